"""Makes the copy of a text that programs read: composed letters, one kind of blank, no signs that nobody sees.

A text and edits go in; a Copy comes out, whose every character knows its place in the letter.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .seeds import INVISIBLE, is_blank

ODD_BLANK = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
DIRECTIONS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn what stands behind them, and are no blanks
UNUSUAL = re.compile(rf"(?P<blank>[{ODD_BLANK}])|[{INVISIBLE}{DIRECTIONS}]+|\w[\u0300-\u036f]+")


class Edit(NamedTuple):
    """What stands in the copy for a stretch of the letter."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Copy:
    """A text to read; its character number n stands for `letter[starts[n]:ends[n]]`."""

    letter: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    edits: tuple[Edit, ...]

    def to_letter(self, start: int, end: int) -> tuple[int, int]:
        """A span of the copy as a span of the letter."""
        return (self.starts[start], self.ends[end - 1]) if start < end else (self.place(start),) * 2

    def from_letter(self, start: int, end: int) -> tuple[int, int]:
        """A span of the letter as a span of the copy."""
        return bisect_left(self.ends, start + 1), bisect_right(self.starts, end - 1)

    def place(self, at: int) -> int:
        return self.starts[at] if at < len(self.starts) else len(self.letter)

    @cached_property
    def left_out(self) -> list[tuple[int, int]]:
        """What one sees in the letter and what is no word of the copy, such as tags."""
        return [(e.start, e.end) for e in self.edits if not e.words.strip() and not blank(self.letter[e.start : e.end])]


def blank(words: str) -> bool:
    return all(map(is_blank, words))


def make_copy(letter: str, edits: Iterable[Edit]) -> Copy:
    """The copy with all edits in it; of two that overlap, the one that begins first."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    if not kept:
        return Copy(letter, letter, range(len(letter)), range(1, len(letter) + 1), ())
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for begin, edit in zip([0, *(edit.end for edit in kept)], [*kept, Edit(len(letter), len(letter), "")], strict=True):
        parts += (letter[begin : edit.start], edit.words)
        starts += (*range(begin, edit.start), *placed(edit, edit.start, 0))
        ends += (*range(begin + 1, edit.start + 1), *placed(edit, edit.end, 1))
    return Copy(letter, "".join(parts), starts, ends, tuple(kept))


def placed(edit: Edit, edge: int, shift: int) -> Iterable[int]:
    """The places of an edit's words: one by one where they are as many as the letter's, else all in one."""
    if len(edit.words) == edit.end - edit.start:
        return range(edit.start + shift, edit.end + shift)
    return [edge] * len(edit.words)


def usual_signs(text: str) -> Iterator[Edit]:
    """A blank for every kind of blank, é for e and its accent, nothing for what nobody sees."""
    for match in UNUSUAL.finditer(text) if not text.isascii() else ():
        seen = unicodedata.normalize("NFC", match.group().strip(INVISIBLE))
        yield Edit(*match.span(), " " if match["blank"] else seen)
