"""One frozen dataclass per table, field = column; a Dataset holds one tuple of records per table.

What the columns mean stands in metadata.yml. Offsets are Unicode code points, end exclusive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, get_args, get_type_hints


class Record(Protocol):
    """Any row: all tables have a text id."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    name: str
    kind: str
    country: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Article:
    id: str
    seed: str
    title: str | None
    display_title: str
    source_id: str | None
    url: str | None
    published: str | None
    published_earliest: str | None
    published_latest: str | None
    published_basis: str
    dateline: str | None
    language: str
    credit: str | None
    origin_id: str | None
    rights: str | None
    text_sha256: str
    words: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    id: str
    article_id: str
    position: int
    role: str
    text: str
    start_char: int
    end_char: int
    repeats: int


@dataclass(frozen=True, slots=True)
class Note:
    id: str
    article_id: str
    paragraph_id: str | None
    start_char: int | None
    end_char: int | None
    text: str | None
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    description: str | None


@dataclass(frozen=True, slots=True)
class Alias:
    id: str
    person_id: str
    alias: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mention:
    id: str
    paragraph_id: str
    article_id: str
    person_id: str
    start_char: int
    end_char: int
    text: str
    kind: str
    role_as_stated: str | None
    method: str


@dataclass(frozen=True, slots=True)
class Organization:
    id: str
    name: str
    description: str | None


@dataclass(frozen=True, slots=True)
class OrganizationAlias:
    id: str
    organization_id: str
    alias: str
    kind: str


@dataclass(frozen=True, slots=True)
class OrganizationMention:
    id: str
    paragraph_id: str
    article_id: str
    organization_id: str
    start_char: int
    end_char: int
    text: str
    kind: str
    role_as_stated: str | None
    method: str


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str
    description: str | None


@dataclass(frozen=True, slots=True)
class PlaceAlias:
    id: str
    place_id: str
    alias: str
    kind: str


@dataclass(frozen=True, slots=True)
class PlaceMention:
    id: str
    paragraph_id: str
    article_id: str
    place_id: str
    start_char: int
    end_char: int
    text: str
    kind: str
    role_as_stated: str | None
    method: str


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    name: str
    kind: str
    date: str | None
    date_earliest: str | None
    date_latest: str | None
    date_basis: str
    status: str
    place_id: str | None
    part_of: str | None
    method: str


@dataclass(frozen=True, slots=True)
class EventPerson:
    id: str
    event_id: str
    person_id: str
    role: str | None


@dataclass(frozen=True, slots=True)
class EventReport:
    id: str
    event_id: str
    paragraph_id: str
    article_id: str
    start_char: int
    end_char: int
    text: str
    date_as_stated: str | None
    date_resolved: str | None
    rule: str | None
    method: str


@dataclass(frozen=True, slots=True)
class Claim:
    id: str
    article_id: str
    paragraph_id: str
    start_char: int
    end_char: int
    text: str
    prefix: str
    suffix: str
    kind: str
    speaker_id: str | None
    speaker_organization_id: str | None
    speaker_as_stated: str | None
    speaker_unknown: str | None
    cue: str | None
    via: str | None
    event_id: str | None
    utterance: str | None
    method: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    id: str
    claim_id: str
    start_char: int
    end_char: int
    text: str
    value_min: int | float | None
    value_max: int | float | None
    comparator: str
    unit: str | None
    measures: str | None


@dataclass(frozen=True, slots=True)
class Proposition:
    id: str
    text: str
    event_id: str | None


@dataclass(frozen=True, slots=True)
class ClaimProposition:
    id: str
    claim_id: str
    proposition_id: str
    stance: str


@dataclass(frozen=True, slots=True)
class Redirect:
    id: str
    table_name: str
    new_id: str


@dataclass(frozen=True, slots=True)
class Build:
    id: str
    seeds_sha256: str
    version: str
    date: str | None
    extractor: str | None
    model: str | None


@dataclass(frozen=True, slots=True)
class Date:
    id: str
    words: str
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Word:
    id: str
    word: str
    texts: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """All rows of news.db. Field = table, in an order in which no row precedes what it refers to."""

    sources: tuple[Source, ...] = ()
    articles: tuple[Article, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    notes: tuple[Note, ...] = ()
    people: tuple[Person, ...] = ()
    aliases: tuple[Alias, ...] = ()
    mentions: tuple[Mention, ...] = ()
    organizations: tuple[Organization, ...] = ()
    organization_aliases: tuple[OrganizationAlias, ...] = ()
    organization_mentions: tuple[OrganizationMention, ...] = ()
    places: tuple[Place, ...] = ()
    place_aliases: tuple[PlaceAlias, ...] = ()
    place_mentions: tuple[PlaceMention, ...] = ()
    events: tuple[Event, ...] = ()
    event_people: tuple[EventPerson, ...] = ()
    event_reports: tuple[EventReport, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    claim_propositions: tuple[ClaimProposition, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    build: tuple[Build, ...] = ()
    dates: tuple[Date, ...] = ()
    words: tuple[Word, ...] = ()


TABLES: dict[type, str] = {get_args(row_type)[0]: table for table, row_type in get_type_hints(Dataset).items()}
"""The table of each kind of record."""


def collect(records: Iterable[Record]) -> Dataset:
    """All records, each in its table, sorted by id."""
    tables: dict[str, list[Record]] = {table: [] for table in TABLES.values()}
    for record in records:
        tables[TABLES[type(record)]].append(record)
    in_order = {table: tuple(sorted(rows, key=row_id)) for table, rows in tables.items()}
    return Dataset(**in_order)  # type: ignore[arg-type]


def row_id(record: Record) -> str:
    return record.id
