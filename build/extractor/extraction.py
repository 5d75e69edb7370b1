"""Extracts from one article: text and publication date go in, people, claims, events and dates come out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from ..reading.blocks import Block
from ..reading.copies import Copy
from ..reading.paragraphs import find_blocks
from ..reading.plain import make_plain_copy
from ..reading.seeds import Seed
from ..reading.stamps import stamped_day
from .claims import Dates, Speakers, Voice, asserted, place, spoken
from .facts.happenings import find_happenings
from .facts.timex import TimeExpression, find_dates, last_date
from .findings import (
    Extraction,
    FoundClaim,
    FoundDate,
    FoundEvent,
    FoundMention,
    FoundName,
    FoundOrganization,
    FoundParagraph,
    FoundPerson,
    FoundPlace,
)
from .letters import put_back
from .names.bearers import Bearer, join
from .names.kinds import ORGANIZATION, PLACE
from .names.organizations import Organizations, leave_to_states, mention_all
from .names.people import Person, find_people, stated_role
from .names.reference import PRONOUNS, People
from .names.spots import find_spots
from .speech.attribution import attribute
from .speech.pieces import Attribution
from .speech.speakers import RELATIVES
from .text.language import HEADINGS, Paragraph, Reading, read
from .text.quotations import find_quotations

B = TypeVar("B", FoundOrganization, FoundPlace)

READABLE = (*HEADINGS, "body", "embed", "caption")
DATED = (*READABLE, "dateline", "timestamp")


def extract(seed: Seed, published: str | None = None) -> Extraction:
    """Everything found in an article."""
    blocks = find_blocks(seed)
    copy = make_plain_copy(seed, blocks)
    day = publication_day(published or stamped_day(copy.text, copied(blocks, copy)))
    return put_back(extract_blocks(copy.text, copied(blocks, copy), day), copy)


def copied(blocks: Sequence[Block], copy: Copy) -> list[Block]:
    """The blocks of a seed as blocks of its copy."""
    spans = [copy.from_letter(block.start, block.end) for block in blocks]
    return [replace(b, start=start, end=max(start, end)) for b, (start, end) in zip(blocks, spans, strict=True)]


def extract_blocks(text: str, blocks: Sequence[Block], day: date | None) -> Extraction:
    """Everything found in a text that is cut into blocks, when it was published on a day."""
    readings = list(read(paragraphs_of(text, blocks)))
    found = dates_in(text, blocks, day)
    dates = {id(reading): found[reading.paragraph.start] for reading in readings}
    people = find_people(readings)
    ids = dict(zip(map(id, people), distinct([person.id for person in people]), strict=True))
    attributions = list(attribute(readings))
    organizations, places = find_bearers(text, blocks, readings, people)
    speakers = Speakers(People(people, readings), organizations, ids)
    voices = [speakers.voice_of(attribution) for attribution in attributions]
    mention_all(organizations, readings)
    places = leave_to_states(places, organizations.found)
    return Extraction(
        paragraphs=tuple(FoundParagraph(b.start, b.end, b.role or "body") for b in blocks),
        people=tuple(person_found(person, ids[id(person)], voices) for person in people),
        organizations=tuple(bearers_found(organizations.found, FoundOrganization)),
        places=tuple(bearers_found(places, FoundPlace)),
        claims=tuple(claims_found(readings, attributions, voices, dates)),
        events=tuple(event for reading in readings for event in happened(reading, dates[id(reading)], people, ids)),
        dates=tuple(dates_of(found)),
    )


def find_bearers(
    text: str, blocks: Sequence[Block], readings: Sequence[Reading], people: Sequence[Person]
) -> tuple[Organizations, list[Bearer]]:
    """The organizations and the places that a text names."""
    spots, equal = find_spots(text, blocks, readings, people)
    places = join([spot for spot in spots if spot.kind == PLACE], ())
    return Organizations(join([spot for spot in spots if spot.kind == ORGANIZATION], equal), places), places


def claims_found(
    readings: Sequence[Reading], attributions: Sequence[Attribution], voices: Sequence[Voice | None], dates: Dates
) -> list[FoundClaim]:
    """What others say and what the article states by itself, in the order of the text."""
    claims = [*spoken(attributions, voices, dates), *asserted(readings, attributions, dates)]
    return sorted(claims, key=lambda claim: (claim.start, claim.end))


def extract_text(text: str, published: str | None = None) -> dict[str, Any]:
    """What `extract` prints of a text, for one that is in no file."""
    return asdict(extract(Seed(Path("text.txt"), text, ""), published))


def dates_in(text: str, blocks: Sequence[Block], day: date | None) -> dict[int, list[TimeExpression]]:
    """The time expressions of each block, by its start; each block knows the last date before it."""
    found: dict[int, list[TimeExpression]] = {}
    before = None
    for block in blocks:
        if block.role in DATED:
            found[block.start] = find_dates(text[block.start : block.end], day, before, past=block.role == "caption")
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


def person_found(person: Person, person_id: str, voices: Sequence[Voice | None]) -> FoundPerson:
    """A person with every mention: the names, and other words for whoever speaks."""
    names = [FoundName(*place(name.reading, *name.span), "name", stated_role(name)) for name in person.names]
    own = [voice for voice in voices if voice and voice.person == person_id]
    others = {voice.start: reference(voice) for voice in own if not names_speaker(voice, names)}
    mentions: list[FoundName | FoundMention] = [*names, *others.values()]
    return FoundPerson(person_id, person.name, tuple(sorted(mentions, key=lambda mention: mention.start)))


def names_speaker(voice: Voice, names: Sequence[FoundName]) -> bool:
    """Whether a name is among the words for a speaker, or they are only `who`."""
    named = any(name.start < voice.end and voice.start < name.end for name in names)
    return named or voice.text.lower() in RELATIVES


def reference(voice: Voice) -> FoundMention:
    """The pronoun or the description by which a speaker is meant."""
    kind = "pronoun" if voice.text.lower() in PRONOUNS else "description"
    return FoundMention(voice.start, voice.end, voice.text, kind)


def bearers_found(bearers: Sequence[Bearer], kind: Callable[[str, str, tuple[FoundMention, ...]], B]) -> Iterator[B]:
    """Organizations or places, each under an id of its own, with every mention."""
    for bearer, bearer_id in zip(bearers, distinct([bearer.id for bearer in bearers]), strict=True):
        mentions = (FoundMention(*span, text, "name") for span, text in sorted(bearer.spans.items()))
        yield kind(bearer_id, bearer.name, tuple(mentions))


def happened(
    reading: Reading, dates: Sequence[TimeExpression], people: Sequence[Person], ids: Mapping[int, str]
) -> Iterator[FoundEvent]:
    for event in find_happenings(reading, dates, people):
        participants = tuple(ids[id(person)] for person in event.people)
        yield FoundEvent(event.name, event.date, *place(reading, event.start, event.end), participants)


def dates_of(found: Mapping[int, Sequence[TimeExpression]]) -> Iterator[FoundDate]:
    """The time expressions of all blocks, by the blocks' starts."""
    for start, expressions in found.items():
        for d in expressions:
            yield FoundDate(start + d.start, start + d.end, d.text, d.date, d.rule)
