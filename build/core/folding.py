"""Words without capitals and accents, as search indexes and readers compare them.

plugins/news_site/folding.py and plugins/static/queries/ask/folding.js do the same; tests/cases/folding.json says so.
"""

from unicodedata import combining, normalize


def fold(text: str) -> str:
    """Borísov and BORISOV are borisov."""
    return "".join(letter for letter in normalize("NFKD", text) if not combining(letter)).lower()
