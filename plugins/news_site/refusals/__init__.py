"""Every refusal is an answer: 400, 404 or 405 with one sentence, as a page, JSON or plain words."""
