"""Extracts from one article: text and publication date go in, people, claims, events and dates come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..reading.blocks import Block
from ..reading.paragraphs import find_blocks
from ..reading.seeds import Seed
from ..rows.articles import NO_SIDECAR, find_date
from .facts.assertions import find_assertions
from .facts.figures import Figure, find_figures
from .facts.happenings import find_happenings
from .facts.timex import TimeExpression, find_dates, last_date
from .names.organizations import Organization, Organizations, mention_all
from .names.people import Person, find_people, stated_role
from .names.reference import PRONOUNS, People
from .speech.attribution import Attribution, attribute
from .speech.speakers import RELATIVES, Speaker
from .text.language import HEADINGS, Paragraph, Reading, read
from .text.quotations import find_quotations

READABLE = (*HEADINGS, "body", "embed", "caption")
DATED = (*READABLE, "dateline", "timestamp")
CONFIDENCE = {
    "speech": 0.9,
    "phrase": 0.9,
    "quotation": 0.8,
    "noun": 0.7,
    "belief": 0.6,
    "object": 0.6,
    "abstract": 0.6,
}
WITHOUT_CUE = 0.8
ASSERTED = 0.7

Entry = dict[str, Any]
NO_SPEAKER: Entry = dict.fromkeys(("speaker", "speaker_organization", "speaker_text", "speaker_start", "speaker_end"))


def extract(seed: Seed, published: str | None = None) -> Entry:
    """Everything found in an article, as DESIGN's `extract` prints it; offsets into its text."""
    blocks = find_blocks(seed)
    day = publication_day(published or find_date(seed, blocks, NO_SIDECAR)[0])
    readings = list(read(paragraphs_of(seed.text, blocks)))
    people = find_people(readings)
    attributions = list(attribute(readings))
    found = dates_in(seed.text, blocks, day)
    dates = {id(reading): found[reading.paragraph.start] for reading in readings}
    ids = dict(zip(map(id, people), distinct([person.id for person in people]), strict=True))
    organizations = Organizations()
    claims = [
        *spoken(attributions, Speakers(People(people, readings), organizations, ids), dates),
        *asserted(readings, attributions, dates),
    ]
    mention_all(organizations.found, readings)
    return {
        "paragraphs": [{"start": b.start, "end": b.end, "role": b.role} for b in blocks],
        "people": [person_entry(person, ids[id(person)], claims) for person in people],
        "organizations": [organization_entry(organization) for organization in organizations.found],
        "claims": sorted(claims, key=lambda claim: (claim["start"], claim["end"])),
        "events": [event for reading in readings for event in happened(reading, dates[id(reading)], people, ids)],
        "dates": dates_of(found),
    }


def dates_in(text: str, blocks: Sequence[Block], day: date | None) -> dict[int, list[TimeExpression]]:
    """The time expressions of each block, by its start; each block knows the last date before it."""
    found: dict[int, list[TimeExpression]] = {}
    before = None
    for block in blocks:
        if block.role in DATED:
            found[block.start] = find_dates(text[block.start : block.end], day, before)
            before = last_date(found[block.start]) or before
    return found


def publication_day(edtf: str | None) -> date | None:
    """A day to count from; less than a day is none."""
    try:
        return date.fromisoformat(edtf) if edtf else None
    except ValueError:
        return None


def paragraphs_of(text: str, blocks: Sequence[Block]) -> list[Paragraph]:
    """The blocks that are read, with their quotations."""
    readable = [block for block in blocks if block.role in READABLE]
    texts = [text[block.start : block.end] for block in readable]
    headings = [number for number, block in enumerate(readable) if block.role in HEADINGS]
    return [
        Paragraph(words, block.role or "body", block.start, quotations)
        for block, words, quotations in zip(readable, texts, find_quotations(texts, headings), strict=True)
    ]


def distinct(ids: Sequence[str]) -> list[str]:
    """The ids, with a number behind those that stood before."""
    return [f"{name}-{ids[:at].count(name) + 1}" if name in ids[:at] else name for at, name in enumerate(ids)]


def at(reading: Reading, start: int, end: int) -> Entry:
    """A span of a paragraph as a span of the article, with its words."""
    shift = reading.paragraph.start
    return {"start": shift + start, "end": shift + end, "text": reading.paragraph.text[start:end]}


def person_entry(person: Person, person_id: str, claims: Sequence[Entry]) -> Entry:
    """A person with every mention: the names, and other words for whoever speaks."""
    names = [
        {**at(name.reading, *name.span), "kind": "name", "role_as_stated": stated_role(name)} for name in person.names
    ]
    spoken_of = [claim for claim in claims if claim["speaker"] == person_id]
    others = {claim["speaker_start"]: reference(claim) for claim in spoken_of if not names_speaker(claim, names)}
    mentions = sorted([*names, *others.values()], key=lambda mention: mention["start"])
    return {"id": person_id, "name": person.name, "mentions": mentions}


def names_speaker(claim: Entry, names: Sequence[Entry]) -> bool:
    """Whether a name is among the words for a claim's speaker, or they are only `who`."""
    start, end = claim["speaker_start"], claim["speaker_end"]
    named = any(name["start"] < end and start < name["end"] for name in names)
    return named or claim["speaker_text"].lower() in RELATIVES


def reference(claim: Entry) -> Entry:
    """The pronoun or the description by which a claim’s speaker is meant."""
    text = claim["speaker_text"]
    kind = "pronoun" if text.lower() in PRONOUNS else "description"
    return {"start": claim["speaker_start"], "end": claim["speaker_end"], "text": text, "kind": kind}


def organization_entry(organization: Organization) -> Entry:
    spans = [(reading, start, end) for (_, start, end), reading in organization.spans.items()]
    mentions = [{**at(reading, start, end), "kind": "name"} for reading, start, end in spans]
    return {
        "id": organization.id,
        "name": organization.name,
        "mentions": sorted(mentions, key=lambda mention: mention["start"]),
    }


@dataclass(frozen=True)
class Speakers:
    """Whom and what a speaker's words can mean."""

    people: People
    organizations: Organizations
    ids: dict[int, str]

    def resolve(self, speaker: Speaker, reading: Reading) -> Entry:
        person = self.people.resolve(speaker, reading)
        organization = None if person else self.organizations.resolve(speaker, reading)
        return {
            "speaker": self.ids[id(person)] if person else None,
            "speaker_organization": organization.id if organization else None,
        }


def spoken(
    attributions: Sequence[Attribution],
    speakers: Speakers,
    dates: dict[int, list[TimeExpression]],
) -> list[Entry]:
    utterances = number_utterances(attributions)
    claims = []
    for attribution, utterance in zip(attributions, utterances, strict=True):
        claim = at(attribution.reading, attribution.start, attribution.end)
        claim |= {"kind": attribution.kind, **speaker_entry(attribution, speakers)}
        claim |= {"cue": attribution.cue.text if attribution.cue is not None else None, "via": via_of(attribution)}
        claim |= {
            "utterance": utterance,
            "confidence": CONFIDENCE.get(attribution.strength or "", WITHOUT_CUE),
        }
        span = attribution.start, attribution.end
        claims.append(claim | {"figures": figures_in(attribution.reading, *span, dates)})
    return claims


def number_utterances(attributions: Sequence[Attribution]) -> list[int]:
    """Pieces that share a cue are one utterance."""
    numbers = [1] if attributions else []
    for before, piece in pairwise(attributions):
        numbers.append(numbers[-1] + (piece.cue is None or piece.cue != before.cue))
    return numbers


def speaker_entry(attribution: Attribution, speakers: Speakers) -> Entry:
    """Who speaks: a person's or an organization's id, and the words by which the article says so."""
    speaker, reading = attribution.speaker, attribution.speaker_reading
    if speaker is None or reading is None:
        return dict(NO_SPEAKER)
    words = at(reading, *reading.span(speaker.first, speaker.last))
    return {
        **speakers.resolve(speaker, reading),
        "speaker_text": words["text"],
        "speaker_start": words["start"],
        "speaker_end": words["end"],
    }


def via_of(attribution: Attribution) -> str | None:
    """The words for who merely carries the claim."""
    carrier, reading = attribution.via, attribution.speaker_reading
    if carrier is None or reading is None:
        return None
    start, end = reading.span(carrier.first, carrier.last)
    return reading.paragraph.text[start:end]


def asserted(
    readings: Sequence[Reading], attributions: Sequence[Attribution], dates: dict[int, list[TimeExpression]]
) -> list[Entry]:
    """What the article states by itself."""
    claims = []
    for reading in readings:
        said = [attribution for attribution in attributions if attribution.reading is reading]
        for span in find_assertions(reading, dates[id(reading)], said):
            claim = {
                **at(reading, *span),
                "kind": "assertion",
                **NO_SPEAKER,
                "cue": None,
                "via": None,
                "utterance": None,
                "confidence": ASSERTED,
            }
            claims.append(claim | {"figures": figures_in(reading, *span, dates)})
    return claims


def figures_in(reading: Reading, start: int, end: int, dates: dict[int, list[TimeExpression]]) -> list[Entry]:
    spans = [(d.start - start, d.end - start) for d in dates[id(reading)] if start <= d.start < end]
    figures = find_figures(reading.paragraph.text[start:end], spans)
    return [figure_entry(reading, start, figure) for figure in figures]


def figure_entry(reading: Reading, shift: int, figure: Figure) -> Entry:
    words = at(reading, shift + figure.start, shift + figure.end)
    return words | {"value": figure.value, "comparator": figure.comparator, "unit": figure.unit}


def happened(
    reading: Reading, dates: Sequence[TimeExpression], people: Sequence[Person], ids: dict[int, str]
) -> list[Entry]:
    return [
        {
            "name": event.name,
            "date": event.date,
            **at(reading, event.start, event.end),
            "participants": [ids[id(person)] for person in event.people],
        }
        for event in find_happenings(reading, dates, people)
    ]


def dates_of(found: dict[int, list[TimeExpression]]) -> list[Entry]:
    """The time expressions of all blocks, by the blocks' starts."""
    return [
        {"start": start + d.start, "end": start + d.end, "text": d.text, "date": d.date, "rule": d.rule}
        for start, expressions in found.items()
        for d in expressions
    ]


def extract_text(text: str, published: str | None = None) -> Entry:
    """The same for a text that is in no file."""
    return extract(Seed(Path("text.txt"), text, ""), published)
