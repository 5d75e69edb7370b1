"""Cuts a claim out of a paragraph: a span that a cue reports goes in, the piece with its kind comes out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.language import Reading
from ..text.quotations import Quotation, is_fragment
from ..text.verbs import SUBJECTS
from ..text.words import is_verb
from .contents import complement
from .frames import unquoted_end
from .reports import Report
from .speakers import RELATIVE_WORDS, Speaker

DIRECT = 0.9  # the share of its letters in quotation marks that makes speech direct
WHEN_AND_WHERE = re.compile(
    r"(?:in|on|at|to|via|by|during|after|before|through|last|this)\b[^,.;:“\"]{0,60}?\bthat\s", re.I
)


@dataclass(frozen=True)
class Attribution:
    """A claim before its speaker is resolved; spans are in the paragraph of `reading`."""

    reading: Reading
    start: int
    end: int
    kind: str
    cue: Token | None = None
    strength: str | None = None
    speaker: Speaker | None = None
    speaker_reading: Reading | None = None
    via: Speaker | None = None  # in the same reading as the speaker
    polarity: str = "affirms"

    @property
    def text(self) -> str:
        return self.reading.paragraph.text[self.start : self.end]

    def overlaps(self, start: int, end: int) -> bool:
        """She called it [a “mess] indeed”"""
        return self.start < end and start < self.end


def said(reading: Reading, start: int, end: int, kind: str, report: Report) -> Attribution:
    """A span as what a cue reports."""
    stance = "affirms" if kind == "direct" else report.polarity  # denied it: “I was away”
    speaker = report.speaker
    return Attribution(reading, start, end, kind, report.cue, report.strength, speaker, reading, report.via, stance)


def make_piece(reading: Reading, start: int, end: int, report: Report) -> Attribution:
    """A piece and its kind; it grows to the ends of the quotations it touches."""
    text = reading.paragraph.text
    touched = [quotation for quotation in reading.paragraph.quotations if touches(text, quotation, start, end)]
    whole = [quotation for quotation in touched if not is_fragment(text, quotation)]
    if whole and not letters(text, start, whole[0].start):
        start, end, touched = whole[0].start, unquoted_end(reading, whole[-1], report), whole
    opening = WHEN_AND_WHERE if reading.starts[report.cue.i] < start else connective()
    if introduced := opening.match(text, start, end):
        start = introduced.end()
    if touched:
        start, end = min(start, touched[0].start), max(end, touched[-1].end)
    return said(reading, start, end, kind_of(text, start, end, touched), report)


def touches(text: str, quotation: Quotation, start: int, end: int) -> bool:
    """A quotation inside a span, or one with which the span goes on: called it [a] “mess”"""
    if quotation.start < end:
        return start < quotation.end
    return not text[end : quotation.start].strip()


def with_complement(reading: Reading, quotation: Quotation, report: Report | None) -> tuple[int, int]:
    """The span of a quoted fragment with the complement of which it is a part; of a sentence to its end."""
    text = reading.paragraph.text
    if report is None or not is_fragment(text, quotation):
        return quotation.start, unquoted_end(reading, quotation, report)
    start, end = complement(reading, report.cue, quotation.start, quotation.end)
    when = WHEN_AND_WHERE.match(text, start, end)
    return (when.end() if when else start), end


@cache
def connective() -> re.Pattern[str]:
    """In addition, … · As for the rest, …"""
    words = "|".join(lexicon_set("connectives"))
    return re.compile(rf"(?:(?:{words}),|As for [^,.;:“\"]{{1,40}},)\s+", re.IGNORECASE)


def kind_of(text: str, start: int, end: int, quotations: Sequence[Quotation]) -> str:
    """direct, mixed or indirect, by how much of the span stands in quotation marks."""
    quoted = sum(letters(text, max(start, q.start), min(end, q.end)) for q in quotations)
    if quoted >= DIRECT * letters(text, start, end):
        return "direct"
    return "mixed" if sum(q.words(text) for q in quotations) >= 2 else "indirect"


def letters(text: str, start: int, end: int) -> int:
    return sum(character.isalnum() for character in text[start:end])


def is_reported(reading: Reading, piece: Attribution, report: Report) -> bool:
    """She said it had sunk; not: she thought it had sunk, which counts in quotation marks only"""
    if report.strength in ("belief", "abstract"):
        return piece.kind == "direct"
    return piece.kind != "indirect" or reports_alone(reading, piece, report)


def reports_alone(reading: Reading, piece: Attribution, report: Report) -> bool:
    """She said [it had sunk], [the workers], she said, [would be spared]; not: she hailed [them], she called [late].
    Words without marks count after a verb of speech, with a subject or a verb, or where they name what is said."""
    words = reading.tokens_in(piece.start, piece.end)
    if report.strength == "object":
        return len(words) > 1
    return report.strength in ("speech", "phrase", "noun") and any(is_verb(word) or is_subject(word) for word in words)


def is_subject(word: Token) -> bool:
    """[The workers], she said, would be spared; not: calls in [which], she said, he joked"""
    return word.dep_ in SUBJECTS and word.lower_ not in RELATIVE_WORDS


def yield_to_clauses(pieces: list[Attribution]) -> list[Attribution]:
    """The pieces without those that only name what is said where another tells it: praised X, who said …"""
    told = [piece for piece in pieces if piece.strength != "object"]
    return told + [p for p in pieces if not any(p.overlaps(other.start, other.end) for other in told)]


def drop_nested(pieces: list[Attribution]) -> list[Attribution]:
    """Only the outermost of pieces that lie in one another; of equals the first."""
    kept: list[Attribution] = []
    for piece in sorted(pieces, key=lambda p: (p.start, -p.end)):
        if not any(piece.end <= other.end for other in kept):
            kept.append(piece)
    return kept
