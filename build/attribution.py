"""Joins quotations with cues: who said which words. Readings go in, attributions come out in order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from .language import Reading
from .quotations import Quotation, is_fragment
from .speakers import Speaker, find_speaker, following_speaker
from .speech import Report, find_reports, strength_of

WORDS_WITHOUT_CUE = 4  # fewer quoted words are a name, a title or a scare quote
DIRECT = 0.9  # the share of its letters in quotation marks that makes speech direct
SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]*\s+(?=[\"“‘'(\[]?[A-ZÀ-ÖØ-Þ])")
WHOLE = re.compile(r"[A-ZÀ-ÖØ-Þ].*[.!?…,—–-]", re.DOTALL)  # a sentence by itself
TRANSCRIPT = re.compile(r"[\"“]?(?P<name>[A-Z][A-Z.'’ -]{1,40}(?:,[^:.]{1,60})?|Q|A):\s+(?=\S)")
DASH_SOURCE = re.compile(r"\s*[—–―-]+\s*(?P<name>[A-Z][^.!?\n]{2,100})$")


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

    @property
    def text(self) -> str:
        return self.reading.paragraph.text[self.start : self.end]


def attribute(readings: Sequence[Reading]) -> Iterator[Attribution]:
    """All attributions of an article in order."""
    before: Attribution | None = None
    previous: Reading | None = None
    for reading in readings:
        found = attribute_paragraph(reading, before, previous)
        yield from found
        before = found[-1] if found else None
        previous = reading


def attribute_paragraph(reading: Reading, before: Attribution | None, previous: Reading | None) -> list[Attribution]:
    reports = list(find_reports(reading))
    reported = [piece for report in reports for piece in from_report(reading, report)]
    reported = drop_nested(reported)
    free = [q for q in reading.paragraph.quotations if not any(p.start < q.end and q.start < p.end for p in reported)]
    found = list(reported)
    for quotation in free:
        found.extend(from_quotation(reading, quotation, reports, [*found, *([before] if before else [])], previous))
    return sorted(found, key=lambda piece: piece.start)


def from_report(reading: Reading, report: Report) -> Iterator[Attribution]:
    """The pieces that a cue's clause gives, with the quotations they touch."""
    around = reading.quotation_at(report.cue)
    for start, end in report.contents:
        if around and around.covers(start, end):
            continue
        touched = [q for q in reading.paragraph.quotations if q is not around and q.start < end and start < q.end]
        piece = make_piece(reading, start, end, touched, report)
        if piece.kind == "indirect" and report.strength not in ("speech", "phrase", "noun"):
            continue
        if report.strength in ("belief", "abstract") and piece.kind != "direct":
            continue
        yield piece


def make_piece(reading: Reading, start: int, end: int, touched: list[Quotation], report: Report) -> Attribution:
    """A piece and its kind; it grows to the ends of the quotations it touches."""
    text = reading.paragraph.text
    whole = [q for q in touched if not is_fragment(text, q)]
    if whole and reading.starts[report.cue.i] >= whole[-1].end and not letters(text, start, whole[0].start):
        start, end, touched = whole[0].start, whole[-1].end, whole  # “…,” he said: nothing else is content
    outside = letters(text, start, end) - sum(
        letters(text, max(start, q.start), min(end, q.end)) for q in touched
    )
    if touched:
        start = touched[0].start if touched[0].start < start or not letters(text, start, touched[0].start) else start
        end = max(end, touched[-1].end)
    total = letters(text, start, end)
    words = sum(q.words(text) for q in touched)
    kind = "direct" if touched and outside <= (1 - DIRECT) * total else "mixed" if words >= 2 else "indirect"
    return Attribution(reading, start, end, kind, report.cue, report.strength, report.speaker, reading)


def is_speech(reading: Reading, quotation: Quotation, report: Report | None) -> bool:
    """Quoted words that somebody said, not a name, a title or a scare quote."""
    text = reading.paragraph.text
    if quotation.words(text) >= WORDS_WITHOUT_CUE:
        return report is not None or not is_fragment(text, quotation)
    if report is not None:
        return report.strength == "speech"
    return bool(WHOLE.fullmatch(quotation.inside(text)))


def letters(text: str, start: int, end: int) -> int:
    return sum(character.isalnum() for character in text[start:end])


def drop_nested(pieces: list[Attribution]) -> list[Attribution]:
    """Only the outermost of pieces that lie in one another; of equals the first."""
    kept: list[Attribution] = []
    for piece in sorted(pieces, key=lambda p: (p.start, -p.end)):
        if not any(other.start <= piece.start and piece.end <= other.end for other in kept):
            kept.append(piece)
    return kept


def from_quotation(
    reading: Reading, quotation: Quotation, reports: list[Report], known: list[Attribution], previous: Reading | None
) -> Iterator[Attribution]:
    """A quotation that no clause has: its cue by position, else the speaker before goes on."""
    text = reading.paragraph.text
    report = neighbour(reading, quotation, reports)
    piece = Attribution(reading, quotation.start, quotation.end, "direct")
    if not is_speech(reading, quotation, report):
        return
    if report:
        yield replace(piece, cue=report.cue, strength=report.strength, speaker=report.speaker, speaker_reading=reading)
    elif quotation.words(text) >= WORDS_WITHOUT_CUE or any(a.reading is reading for a in known):
        yield inherit(piece, known, previous)


def neighbour(reading: Reading, quotation: Quotation, reports: list[Report]) -> Report | None:
    """The cue that stands nearest in the sentence around a quotation."""
    start, end = frame_of(reading, quotation)
    near = [r for r in reports if reading.quotation_at(r.cue) is None and start <= reading.starts[r.cue.i] < end]
    near = [r for r in near if r.strength != "noun"]
    after = [r for r in near if reading.starts[r.cue.i] >= quotation.end]
    before = [r for r in near if reading.starts[r.cue.i] < quotation.start]
    lead = reading.paragraph.text[start : quotation.start].strip()
    if before and (not after or lead.endswith((":", ","))):
        return before[-1]
    return next(iter(after), None)


def frame_of(reading: Reading, quotation: Quotation) -> tuple[int, int]:
    """The sentence around a quotation, other quotations counting as words of it."""
    text = reading.paragraph.text
    start, end = 0, len(text)
    for boundary in SENTENCE_END.finditer(text):
        if any(q.start < boundary.start() and boundary.end() < q.end for q in reading.paragraph.quotations):
            continue
        if boundary.end() <= quotation.start:
            start = boundary.end()
        elif boundary.start() >= quotation.end - 2 and boundary.end() >= quotation.end:
            return start, boundary.start()
    return start, end


def inherit(piece: Attribution, known: list[Attribution], previous: Reading | None) -> Attribution:
    """Whoever spoke last speaks on."""
    last = max((a for a in known if a.speaker), key=lambda a: (a.reading is piece.reading, a.start), default=None)
    if last is None:
        return piece
    return replace(piece, speaker=last.speaker, speaker_reading=last.speaker_reading)
