"""Finds what an article states by itself: sentences with a figure or a date that nobody is quoted for."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span

from ..speech.pieces import Attribution
from ..text.language import Reading
from ..text.verbs import has_tense
from .figures import find_figures
from .timex import TimeExpression

CHECKABLE = ("body", "caption")


def find_assertions(
    reading: Reading, dates: Sequence[TimeExpression], said: Sequence[Attribution]
) -> Iterator[tuple[int, int]]:
    """The spans of the sentences that state a checkable figure or date, as spans of the paragraph."""
    if reading.paragraph.role not in CHECKABLE:
        return
    for sentence in reading.doc.sents:
        start, end = trimmed(reading, sentence)
        if any(claim.start < end and start < claim.end for claim in said):
            continue
        if any(map(has_tense, sentence)) and is_checkable(reading, start, end, dates):
            yield start, end


def trimmed(reading: Reading, sentence: Span) -> tuple[int, int]:
    """A sentence without the blanks at its ends; an empty span if there is nothing else."""
    words = [token for token in sentence if not token.is_space]
    if not any(token.is_alpha for token in words):
        return 0, 0
    return reading.span(words[0], words[-1])


def is_checkable(reading: Reading, start: int, end: int, dates: Sequence[TimeExpression]) -> bool:
    """It sank on Tuesday; forty boats sank. Not: nobody came; the one who came was late."""
    here = [d for d in dates if start <= d.start < end]
    figures = find_figures(reading, start, end, [(d.start, d.end) for d in here])
    return any(d.date for d in here) or any(figure.high != 1 for figure in figures)
