"""Ids that survive a rebuild: slugs for what people name, hashes of their own words for passages."""

from hashlib import sha256

from slugify import slugify

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"


def slug(words: str, max_length: int = 60) -> str:
    """Lower-case ASCII letters, digits and hyphens; cut at a word; empty if no word has any."""
    return slugify(words, max_length=max_length, word_boundary=True, save_order=True)


def short_hash(*parts: str | int) -> str:
    """Ten hex digits of the SHA-256 of the parts: one clash in a trillion for a pair."""
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:10]
