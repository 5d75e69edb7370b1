"""All rows of news.db, one tuple of records per table: records of every kind go in, each comes out in its table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args, get_type_hints

from .records import (
    Alias,
    Article,
    Build,
    Claim,
    ClaimProposition,
    Date,
    Event,
    EventPerson,
    EventReport,
    Figure,
    Meaning,
    Mention,
    Note,
    Organization,
    OrganizationAlias,
    OrganizationMention,
    Paragraph,
    Person,
    Place,
    PlaceAlias,
    PlaceMention,
    Proposition,
    Record,
    Redirect,
    Score,
    Site,
    Source,
    Word,
)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Field = table, in an order in which no row precedes what it refers to."""

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
    site: tuple[Site, ...] = ()
    dictionary: tuple[Meaning, ...] = ()
    scores: tuple[Score, ...] = ()
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


def row_id(record: Record) -> tuple[str, str]:
    """The key: an old name of a person may be one of a place."""
    return getattr(record, "table_name", ""), record.id
