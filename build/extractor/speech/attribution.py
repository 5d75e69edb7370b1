"""Joins quotations with cues: who said which words. Readings go in, attributions come out in order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.language import Reading
from ..text.quotations import Quotation, is_fragment
from ..text.verbs import SUBJECTS
from .contents import complement
from .frames import (
    WORDS_WITHOUT_CUE,
    dash_source,
    group_quotations,
    is_speech,
    lead_speaker,
    neighbour,
    sentence_ends,
    unquoted_end,
)
from .reports import Report, find_reports
from .speakers import RELATIVE_WORDS, Speaker, noun_phrase

DIRECT = 0.9  # the share of its letters in quotation marks that makes speech direct
WHEN_AND_WHERE = re.compile(
    r"(?:in|on|at|to|via|by|during|after|before|through|last|this)\b[^,.;:“\"]{0,60}?\bthat\s", re.I
)
TRANSCRIPT = re.compile(r"[\"“]?(?P<name>[A-Z][A-Z.'’]+(?: [A-Z.'’-]+){0,4}|Q|A):\s+(?=\S)")


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

    @property
    def text(self) -> str:
        return self.reading.paragraph.text[self.start : self.end]


def attribute(readings: Sequence[Reading]) -> Iterator[Attribution]:
    """All attributions of an article in order."""
    before: Attribution | None = None
    previous: Reading | None = None
    open_ended: list[Attribution] = []
    for reading in readings:
        found = attribute_paragraph(reading, before or named_last(reading, previous), lead_in(previous))
        yield from (said_by(found, reading, piece) for piece in open_ended)
        open_ended = [piece for piece in found if not piece.speaker and goes_on(piece)]
        yield from (piece for piece in found if piece not in open_ended)
        spoken = [piece for piece in found if piece.speaker]
        before = spoken[-1] if spoken else before if reading.paragraph.quotations else None
        previous = reading
    yield from open_ended


def goes_on(piece: Attribution) -> bool:
    """Whether a quotation lacks its closing mark: the next paragraph goes on with it."""
    last = piece.reading.paragraph.quotations[-1:]
    return bool(last) and not last[0].closed and last[0].end == piece.end


def said_by(found: list[Attribution], reading: Reading, piece: Attribution) -> Attribution:
    """A piece with the speaker whom the next paragraph names, if that goes on with the quotation."""
    following = found[0] if found else None
    if following is None or not following.speaker or not any(q.start == 0 for q in reading.paragraph.quotations):
        return piece
    return replace(piece, speaker=following.speaker, speaker_reading=following.speaker_reading, via=following.via)


def named_last(reading: Reading, previous: Reading | None) -> Attribution | None:
    """Jane Doe shrugs. And then a paragraph that is a quotation and nothing else: she whom a sentence before it is
    about speaks."""
    text = reading.paragraph.text.strip()
    quotations = reading.paragraph.quotations
    if previous is None or not quotations or quotations[0].words(text) < len(text.split()):
        return None
    *_, last = previous.doc.sents
    subject = next((child for child in last.root.children if child.dep_ == "nsubj"), None)
    if subject is None or not (subject.lower_ in ("he", "she") or subject.pos_ == "PROPN"):
        return None
    end = len(previous.paragraph.text)
    return Attribution(previous, end, end, "direct", speaker=noun_phrase(subject), speaker_reading=previous)


def lead_in(reading: Reading | None) -> Attribution | None:
    """The cue at the end of a paragraph that leads into the next: He said:"""
    if reading is None or not reading.paragraph.text.rstrip().endswith((":", ",")):
        return None
    end = len(reading.paragraph.text)
    start = max((m.end() for m in sentence_ends(reading.paragraph.text)), default=0)
    cues = [r for r in find_reports(reading) if reading.starts[r.cue.i] >= start]
    if cues:
        return Attribution(
            reading, end, end, "direct", cues[-1].cue, cues[-1].strength, cues[-1].speaker, reading, cues[-1].via
        )
    return None


def attribute_paragraph(reading: Reading, before: Attribution | None, lead: Attribution | None) -> list[Attribution]:
    if spoken := from_transcript(reading):
        return [spoken]
    reports = list(find_reports(reading))
    found = drop_nested(yield_to_clauses([piece for report in reports for piece in from_report(reading, report)]))
    if lead and not reading.paragraph.quotations and lead.strength == "speech":
        end = len(reading.paragraph.text)  # He said: and then a paragraph without marks
        return [replace(lead, reading=reading, start=0, end=end)]
    for group in group_quotations(reading):
        first, last = group[0], group[-1]
        begun = next((p for p in found if p.start <= first.start < p.end), None)
        if begun and begun.end < last.end and begun.strength != "object":  # called him a “fool,” a “liar” and a “thief”
            found[found.index(begun)] = replace(begun, end=last.end)
        elif not any(p.start < last.end and first.start < p.end for p in found):
            found.extend(from_quotations(reading, group, reports, found, lead or before))
    return sorted(drop_nested(found), key=lambda piece: piece.start)


def from_transcript(reading: Reading) -> Attribution | None:
    """MS. DOE: What she says, up to the end of the paragraph."""
    label = TRANSCRIPT.match(reading.paragraph.text)
    tokens = reading.tokens_in(*label.span("name")) if label else []
    if not label or not tokens or label["name"] in lexicon_set("kickers"):
        return None
    speaker = Speaker(tokens[-1], tokens[0], tokens[-1])
    end = len(reading.paragraph.text)
    return Attribution(reading, label.end(), end, "direct", None, "speech", speaker, reading)


def from_report(reading: Reading, report: Report) -> Iterator[Attribution]:
    """The pieces that a cue's clause gives, with the quotations they touch."""
    around = reading.quotation_at(report.cue)
    if around and not is_fragment(reading.paragraph.text, around):
        return
    told = any(holds_verb(reading, start, end) for start, end in report.contents)
    for start, end in report.contents:
        touched = [q for q in reading.paragraph.quotations if q is not around and touches(reading, q, start, end)]
        piece = make_piece(reading, start, end, touched, report)
        if around and (around.covers(piece.start, piece.end) or piece.start < around.start):
            continue
        if piece.kind == "indirect" and not reports_alone(reading, piece, report, told):
            continue
        if report.strength in ("belief", "abstract") and piece.kind != "direct":
            continue
        yield piece


def touches(reading: Reading, quotation: Quotation, start: int, end: int) -> bool:
    """A quotation inside a span, or a fragment with which the span goes on."""
    text = reading.paragraph.text
    if quotation.start < end:
        return start < quotation.end
    return not text[end : quotation.start].strip() and is_fragment(text, quotation)


def reports_alone(reading: Reading, piece: Attribution, report: Report, told: bool) -> bool:
    """Words without marks count after a verb of speech, and with a verb among them, unless they are only named.
    A subject counts too where its verb is `told` in another piece: The workers, she said, would be spared."""
    tokens = reading.tokens_in(piece.start, piece.end)
    if report.strength == "object":
        return len(tokens) > 1
    if report.strength not in ("speech", "phrase", "noun"):
        return False
    subject = any(t.dep_ in SUBJECTS and t.lower_ not in RELATIVE_WORDS for t in tokens)
    return holds_verb(reading, piece.start, piece.end) or (told and subject)


def holds_verb(reading: Reading, start: int, end: int) -> bool:
    return any(token.pos_ in ("VERB", "AUX") for token in reading.tokens_in(start, end))


def make_piece(reading: Reading, start: int, end: int, touched: list[Quotation], report: Report) -> Attribution:
    """A piece and its kind; it grows to the ends of the quotations it touches."""
    text = reading.paragraph.text
    whole = [q for q in touched if not is_fragment(text, q)]
    if whole and reading.starts[report.cue.i] >= whole[-1].end and not letters(text, start, whole[0].start):
        start, end, touched = whole[0].start, unquoted_end(reading, whole[-1], report), whole
    opening = WHEN_AND_WHERE if reading.starts[report.cue.i] < start else connective()
    if introduced := opening.match(text, start, end):
        start = introduced.end()
    if touched:
        start = touched[0].start if not letters(text, start, touched[0].start) else start
        start, end = min(start, touched[0].start), max(end, touched[-1].end)
    return Attribution(
        reading,
        start,
        end,
        kind_of(text, start, end, touched),
        report.cue,
        report.strength,
        report.speaker,
        reading,
        report.via,
    )


@cache
def connective() -> re.Pattern[str]:
    """In addition, … · As for the rest, …"""
    words = "|".join(lexicon_set("connectives"))
    return re.compile(rf"(?:(?:{words}),|As for [^,.;:“\"]{{1,40}},)\s+", re.IGNORECASE)


def kind_of(text: str, start: int, end: int, quotations: Sequence[Quotation]) -> str:
    """direct, mixed or indirect, by how much of the span stands in quotation marks."""
    quoted = sum(letters(text, max(start, q.start), min(end, q.end)) for q in quotations)
    if quotations and quoted >= DIRECT * letters(text, start, end):
        return "direct"
    return "mixed" if sum(q.words(text) for q in quotations) >= 2 else "indirect"


def letters(text: str, start: int, end: int) -> int:
    return sum(character.isalnum() for character in text[start:end])


def yield_to_clauses(pieces: list[Attribution]) -> list[Attribution]:
    """The pieces without those that only name what is said where another tells it: praised X, who said …"""
    told = [piece for piece in pieces if piece.strength != "object"]
    named = (piece for piece in pieces if piece.strength == "object")
    return told + [p for p in named if not any(p.start < other.end and other.start < p.end for other in told)]


def drop_nested(pieces: list[Attribution]) -> list[Attribution]:
    """Only the outermost of pieces that lie in one another; of equals the first."""
    kept: list[Attribution] = []
    for piece in sorted(pieces, key=lambda p: (p.start, -p.end)):
        if not any(other.start <= piece.start and piece.end <= other.end for other in kept):
            kept.append(piece)
    return kept


def from_quotations(
    reading: Reading,
    group: list[Quotation],
    reports: list[Report],
    found: list[Attribution],
    before: Attribution | None,
) -> Iterator[Attribution]:
    """Quoted words that no clause has: their cue by position, else the speaker before goes on."""
    text = reading.paragraph.text
    whole = replace(group[0], end=group[-1].end, closed=group[-1].closed)
    if source := dash_source(reading, whole):
        yield Attribution(reading, whole.start, whole.end, "direct", source.head, "phrase", source, reading)
        return
    report = neighbour(reading, whole, reports)
    if report and report.speaker is None and text[: whole.start].rstrip().endswith(":"):
        report = None
    if not is_speech(reading, whole, report):
        return
    if report:
        start, end = with_complement(reading, whole, report)
        kind = kind_of(text, start, end, group)
        yield Attribution(reading, start, end, kind, report.cue, report.strength, report.speaker, reading, report.via)
        return
    end = whole.end if is_fragment(text, whole) else unquoted_end(reading, whole, None)
    piece = Attribution(reading, whole.start, end, kind_of(text, whole.start, end, group))
    if leading := lead_speaker(reading, whole):
        yield replace(piece, speaker=leading, speaker_reading=reading)
        return
    known = [a for a in found if a.speaker and a.start < whole.start]
    last = max(known, key=lambda a: a.start, default=before)
    if last or whole.words(text) >= WORDS_WITHOUT_CUE:
        yield (
            replace(piece, speaker=last.speaker, speaker_reading=last.speaker_reading, via=last.via) if last else piece
        )


def with_complement(reading: Reading, quotation: Quotation, report: Report) -> tuple[int, int]:
    """The span of a quoted fragment with the complement of which it is a part."""
    text = reading.paragraph.text
    if not is_fragment(text, quotation):
        return quotation.start, unquoted_end(reading, quotation, report)
    if reading.starts[report.cue.i] > quotation.start:
        return quotation.start, quotation.end
    start, end = complement(reading, report.cue, quotation.start, quotation.end)
    when = WHEN_AND_WHERE.match(text, start, end)
    return (when.end() if when else start), end
