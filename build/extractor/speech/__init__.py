"""Parsed paragraphs go in; who said which words comes out, as far as grammar tells."""
