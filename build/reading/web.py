"""What of a web page is no word of an article: tags, entities, escaped line breaks; a text goes in, edits come out."""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from ..core.problems import Where
from .copies import Edit
from .seeds import Seed, line_of

BLOCKS = (
    "p|br|div|h[1-6]|ul|ol|li|hr|blockquote|figure|figcaption|table|tr|section|article|aside|header|footer|main|nav"
    "|html|head|body|title|form|dl|dt|dd|pre|iframe|video|picture|svg|noscript"
)
INLINE = (
    "a|b|i|em|strong|span|u|s|sup|sub|small|big|font|cite|q|img|td|th|abbr|time|mark|code|center|input|button|meta|link"
)
TAG = re.compile(
    rf"(?P<hidden><(?P<name>script|style)\b[^<>]{{0,2000}}>.{{0,100000}}?</(?P=name)>|<!--.{{0,5000}}?-->|<!DOCTYPE[^<>]{{0,200}}>)"
    rf"|</?(?:(?P<block>{BLOCKS})|(?:{INLINE}))(?:\s[^<>]{{0,2000}})?\s?/?>",
    re.IGNORECASE | re.DOTALL,
)
ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][\da-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});(?:#\d{2,6};)?")
ESCAPED_BREAK = re.compile(r"(?:(?:\\r)?\\n){2,}|(?<![\w:\\])(?:\\r)?\\n(?![a-z]{3})")

REMEDIES = {
    "HTML": "save the page as plain text. Tags are read as no words",
    "an HTML entity": "write the sign itself. It is read as the sign for which it stands",
    "an escaped line break": "break the line there. It is read as a line break",
}


def web_signs(text: str) -> Iterator[Edit]:
    """A line break for a tag that ends a line, nothing for other tags, the sign for an entity."""
    for match in TAG.finditer(text) if "<" in text else ():
        yield Edit(*match.span(), "\n" if match["block"] or match["hidden"] else "")
    for match in entities(text):
        yield Edit(*match.span(), unescape(unescape(match.group())).replace("\u00a0", " "))
    for match in ESCAPED_BREAK.finditer(text) if "\\n" in text else ():
        yield Edit(*match.span(), "\n")


def entities(text: str) -> Iterator[re.Match[str]]:
    """&#8220; and &amp;, but not &c; or AT&T;"""
    for match in ENTITY.finditer(text) if "&" in text else ():
        if match.group()[1] == "#" or match.group()[1:].split(";")[0] + ";" in html5:
            yield match


def name_web_signs(seed: Seed) -> Iterator[str]:
    """A sentence for each kind of sign that a web page left in a plain text: where it stands first, and what to do."""
    if seed.is_markdown:
        return
    found = {
        "HTML": TAG.search(seed.text),
        "an HTML entity": next(entities(seed.text), None),
        "an escaped line break": ESCAPED_BREAK.search(seed.text),
    }
    for kind, match in found.items():
        if match:
            words = match.group() if len(match.group()) <= 20 else match.group()[:19] + "…"
            yield f"{Where(seed.path, line_of(seed.text, match.start()))}: {words} looks like {kind}; {REMEDIES[kind]}"
