"""One frozen dataclass per table of news.db, field = column.

What the columns mean stands in metadata.yml. Offsets are Unicode code points, end exclusive.
"""

from dataclasses import dataclass
from typing import Protocol


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
    origin_basis: str
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
    confidence: float | None


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
    confidence: float | None


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
    confidence: float | None


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
    confidence: float | None


@dataclass(frozen=True, slots=True)
class EventPerson:
    id: str
    event_id: str
    person_id: str
    role: str | None
    paragraph_id: str
    article_id: str
    start_char: int
    end_char: int
    text: str
    method: str
    confidence: float | None


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
    confidence: float | None


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
    polarity: str | None
    event_id: str | None
    utterance: str | None
    method: str
    confidence: float | None
    speaker_confidence: float | None


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
    method: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Proposition:
    id: str
    text: str
    event_id: str | None
    method: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class ClaimProposition:
    id: str
    claim_id: str
    proposition_id: str
    stance: str
    method: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Redirect:
    table_name: str
    id: str
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
class Site:
    id: str
    title: str
    description: str | None
    about_line: str | None
    about: str | None
    license: str | None
    license_url: str | None
    report_errors_to: str | None
    annotated_by: str | None
    home: str | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """A row of `dictionary`."""

    id: str
    table_name: str
    column_name: str | None
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Score:
    """How well the extractor did on annotated news, as a share of 1."""

    id: str
    measure: str
    measured_on: str
    share: float
    date: str


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
