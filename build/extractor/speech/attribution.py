"""Joins quotations with cues: who said which words. Readings go in, attributions come out in order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...core.lexicons import lexicon_set
from ..text.language import Reading
from ..text.quotations import Quotation
from .frames import (
    WORDS_WITHOUT_CUE,
    dash_source,
    group_quotations,
    is_speech,
    lead_speaker,
    leads_in,
    neighbour,
    sentence_ends,
)
from .pieces import Attribution, drop_nested, is_reported, kind_of, make_piece, said, with_complement, yield_to_clauses
from .reports import Report, find_reports
from .speakers import Speaker, noun_phrase

TRANSCRIPT = re.compile(r"[\"“]?(?P<name>[A-Z][A-Z.'’]+(?: [A-Z.'’-]+){0,4}|Q|A):\s+(?=\S)")


def attribute(readings: Sequence[Reading]) -> Iterator[Attribution]:
    """All attributions of an article in order."""
    before: Attribution | None = None
    previous: Reading | None = None
    open_ended: list[Attribution] = []
    for reading in readings:
        found = attribute_paragraph(reading, before or named_last(reading, previous), lead_in(previous))
        yield from (said_by(found, reading, piece) for piece in open_ended)
        open_ended = [piece for piece in found if goes_on(piece)]
        yield from (piece for piece in found if piece not in open_ended)
        before = last_spoken(found, before if reading.paragraph.quotations else None)
        previous = reading
    yield from open_ended


def last_spoken(found: Sequence[Attribution], before: Attribution | None) -> Attribution | None:
    """The last piece of which it is told who says it."""
    return next((piece for piece in reversed(found) if piece.speaker), before)


def goes_on(piece: Attribution) -> bool:
    """“We waited for hours. · without a closing mark: the next paragraph goes on, and tells who speaks."""
    last = piece.reading.paragraph.quotations[-1:]
    return not piece.speaker and bool(last) and not last[0].closed and last[0].end == piece.end


def said_by(found: list[Attribution], reading: Reading, piece: Attribution) -> Attribution:
    """A piece with the speaker whom the next paragraph names, if that goes on with the quotation."""
    if not found or not opens_quoted(reading):
        return piece
    return replace(piece, speaker=found[0].speaker, speaker_reading=found[0].speaker_reading, via=found[0].via)


def opens_quoted(reading: Reading) -> bool:
    """“And then it rained,” she said: the paragraph begins with quoted words"""
    return any(quotation.start == 0 for quotation in reading.paragraph.quotations)


def named_last(reading: Reading, previous: Reading | None) -> Attribution | None:
    """Jane Doe shrugs. And then a paragraph that is a quotation and nothing else: she whom a sentence before it is
    about speaks."""
    if previous is None or not is_quotation(reading):
        return None
    *_, last = previous.doc.sents
    subject = next((child for child in last.root.children if child.dep_ == "nsubj"), None)
    if subject is None or not (subject.lower_ in ("he", "she") or subject.pos_ == "PROPN"):
        return None
    end = len(previous.paragraph.text)
    return Attribution(previous, end, end, "direct", speaker=noun_phrase(subject), speaker_reading=previous)


def is_quotation(reading: Reading) -> bool:
    """“Ask me in a year.”: a paragraph of quoted words and nothing else"""
    text, quotations = reading.paragraph.text, reading.paragraph.quotations
    return bool(quotations) and quotations[0].words(text) == len(text.split())


def lead_in(reading: Reading | None) -> Attribution | None:
    """The cue at the end of a paragraph that leads into the next: He said:"""
    if reading is None or not leads_in(reading.paragraph.text):
        return None
    end = len(reading.paragraph.text)
    start = max((m.end() for m in sentence_ends(reading.paragraph.text)), default=0)
    cues = [r for r in find_reports(reading) if reading.starts[r.cue.i] >= start]
    return said(reading, end, end, "direct", cues[-1]) if cues else None


def attribute_paragraph(reading: Reading, before: Attribution | None, lead: Attribution | None) -> list[Attribution]:
    if spoken := from_transcript(reading) or from_lead(reading, lead):
        return [spoken]
    reports = list(find_reports(reading))
    found = drop_nested(yield_to_clauses([piece for report in reports for piece in from_report(reading, report)]))
    for group in group_quotations(reading):
        found = with_quotations(found, reading, group, reports, lead or before)
    return sorted(drop_nested(found), key=lambda piece: piece.start)


def from_transcript(reading: Reading) -> Attribution | None:
    """MS. DOE: What she says, up to the end of the paragraph."""
    label = TRANSCRIPT.match(reading.paragraph.text)
    if label is None or label["name"] in lexicon_set("kickers"):
        return None
    tokens = reading.tokens_in(*label.span("name"))
    speaker = Speaker(tokens[-1], tokens[0], tokens[-1])
    end = len(reading.paragraph.text)
    return Attribution(reading, label.end(), end, "direct", None, "speech", speaker, reading)


def from_lead(reading: Reading, lead: Attribution | None) -> Attribution | None:
    """He said: and then a paragraph without marks."""
    if lead is None or lead.strength != "speech" or reading.paragraph.quotations:
        return None
    return replace(lead, reading=reading, start=0, end=len(reading.paragraph.text))


def from_report(reading: Reading, report: Report) -> Iterator[Attribution]:
    """The pieces that a cue's clause gives, with the quotations they touch; none if the cue is quoted itself."""
    if reading.quotation_at(report.cue):
        return
    for start, end in report.contents:
        piece = make_piece(reading, start, end, report)
        if is_reported(reading, piece, report):
            yield piece


def with_quotations(
    found: list[Attribution],
    reading: Reading,
    group: list[Quotation],
    reports: list[Report],
    before: Attribution | None,
) -> list[Attribution]:
    """The pieces found so far, and what quoted words add: the rest of a piece that they begin, or one of their own."""
    start, end = group[0].start, group[-1].end
    begun = next((piece for piece in found if piece.start <= start < piece.end), None)
    if begun and begun.end < end and begun.strength != "object":  # called him a “fool,” a “liar” and a “thief”
        return [replace(piece, end=end) if piece is begun else piece for piece in found]
    if any(piece.overlaps(start, end) for piece in found):
        return found
    return [*found, *from_quotations(reading, group, reports, found, before)]


def from_quotations(
    reading: Reading,
    group: list[Quotation],
    reports: list[Report],
    found: list[Attribution],
    before: Attribution | None,
) -> Iterator[Attribution]:
    """Quoted words that no clause has: their cue by position, else the speaker before goes on."""
    whole = replace(group[0], end=group[-1].end, closed=group[-1].closed)
    if source := dash_source(reading, whole):
        yield Attribution(reading, whole.start, whole.end, "direct", source.head, "phrase", source, reading)
        return
    report = neighbour(reading, whole, reports)
    if not is_speech(reading, whole, report):
        return
    start, end = with_complement(reading, whole, report)
    kind = kind_of(reading.paragraph.text, start, end, group)
    if report:
        yield said(reading, start, end, kind, report)
    elif piece := without_cue(reading, whole, Attribution(reading, start, end, kind), found, before):
        yield piece


def without_cue(
    reading: Reading, quotation: Quotation, piece: Attribution, found: list[Attribution], before: Attribution | None
) -> Attribution | None:
    """Quoted words of whomever the sentence is about that leads into them, or of who spoke last."""
    if leading := lead_speaker(reading, quotation):
        return replace(piece, speaker=leading, speaker_reading=reading)
    known = sorted((each for each in found if each.start < quotation.start), key=lambda each: each.start)
    if last := last_spoken(known, before):
        return replace(piece, speaker=last.speaker, speaker_reading=last.speaker_reading, via=last.via)
    return piece if quotation.words(reading.paragraph.text) >= WORDS_WITHOUT_CUE else None
