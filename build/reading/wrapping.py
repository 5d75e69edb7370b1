"""Joins the lines of paragraphs that were wrapped by hand: lines between blank ones go in, paragraphs come out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

WRAP = range(40, 121)  # characters; nobody wraps lines by hand below or beyond that
INDENT = 2  # blanks that open a paragraph
FILLED = 0.8  # of the longest line: a line of a paragraph of several, which may end in a full stop by chance
GOING_ON = 0.4  # of the lines of a wrapped text, at least
SENTENCE_END = re.compile(r"[.!?…:]['\"”’»)\]]*\s*$")
GOES_ON = re.compile(r"\s*[a-zß-öø-ÿ]")
ITEM = re.compile(r"\s*(?:[•*–—-]\s|\(?\d{1,2}[.)]\s)")


@dataclass(frozen=True, slots=True)
class Line:
    start: int
    end: int  # without the line break

    @property
    def width(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its longest line that a hand may have wrapped, and whether its lines go on in the next."""

    text: str
    width: int
    goes_on: bool

    def words(self, line: Line) -> str:
        return self.text[line.start : line.end]

    def indent(self, line: Line) -> int:
        words = self.words(line)
        return len(words.expandtabs(4)) - len(words.expandtabs(4).lstrip())

    def is_wide(self, line: Line) -> bool:
        """Beyond what a hand wraps, and no address"""
        return line.width >= WRAP.stop and " " in self.words(line).strip()

    def is_full(self, line: Line, following: Line) -> bool:
        """Whether the next word would not have fitted."""
        word = re.match(r"\s*\S*", self.words(following))
        first = len(word.group().strip()) if word else 0
        return line.width <= self.width < line.width + 1 + first

    def opens_paragraph(self, line: Line, before: Line) -> bool:
        """An indented line behind one that is not, or an item of a list."""
        deeper = self.indent(line) >= INDENT and self.indent(line) > self.indent(before)
        return deeper or bool(ITEM.match(self.words(line))) or "\t" in self.words(line).strip()


def page_of(text: str, lines: Sequence[Line]) -> Page:
    width = max((line.width for line in lines if line.width in WRAP), default=0)
    page = Page(text, width, goes_on=False)
    pairs = [(a, b) for a, b in pairwise(lines) if a.width in WRAP and page.words(b).strip()]
    on = sum(goes_on(page, a, b) for a, b in pairs)
    return Page(text, width, goes_on=not any(map(page.is_wide, lines)) and on > 1 and on >= GOING_ON * len(pairs))


def goes_on(page: Page, before: Line, line: Line) -> bool:
    """No full stop there and a small letter here."""
    return not SENTENCE_END.search(page.words(before)) and bool(GOES_ON.match(page.words(line)))


def join_wrapped(page: Page, lines: Sequence[Line]) -> Iterator[Line]:
    """The paragraphs of lines between blank ones."""
    indented = any(page.opens_paragraph(b, a) for a, b in pairwise(lines))
    wrapped = not indented and is_wrapped(page, lines)
    first = lines[0]
    for before, line in pairwise(lines):
        if not (wrapped or continues(page, before, line, indented)):
            yield Line(first.start, before.end)
            first = line
    yield Line(first.start, lines[-1].end)


def is_wrapped(page: Page, lines: Sequence[Line]) -> bool:
    """Every line but the last ends where the next word would not have fitted."""
    return len(lines) > 1 and all(page.is_full(a, b) for a, b in pairwise(lines))


def continues(page: Page, before: Line, line: Line, indented: bool) -> bool:
    """Whether a line goes on with the paragraph of the one before."""
    if before.width not in WRAP or page.opens_paragraph(line, before):
        return False
    if goes_on(page, before, line):
        return True
    filled = page.is_full(before, line) or before.width >= FILLED * page.width
    return filled and (indented or page.goes_on)
