"""What the extractor finds in an article, as it hands it on: typed, frozen, in the order in which `extract` prints it.

Offsets are code points of the article's text, end exclusive.
"""

from dataclasses import dataclass

from pydantic import ConfigDict, with_config


@dataclass(frozen=True, slots=True)
class FoundParagraph:
    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class FoundName:
    """Where an article names a person, with the office that it states there."""

    start: int
    end: int
    text: str
    kind: str
    role_as_stated: str | None


@dataclass(frozen=True, slots=True)
class FoundMention:
    """Any other words for somebody, or any for an organization or a place."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class FoundPerson:
    id: str
    name: str
    mentions: tuple[FoundName | FoundMention, ...]


@dataclass(frozen=True, slots=True)
class FoundOrganization:
    id: str
    name: str
    mentions: tuple[FoundMention, ...]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    id: str
    name: str
    mentions: tuple[FoundMention, ...]


@dataclass(frozen=True, slots=True)
class FoundFigure:
    start: int
    end: int
    text: str
    value_min: float | None
    value_max: float | None
    comparator: str
    unit: str | None
    measures: str | None


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """`speaker` and `speaker_organization` are ids of the extraction; pieces of one utterance share its number."""

    start: int
    end: int
    text: str
    kind: str
    speaker: str | None
    speaker_organization: str | None
    speaker_text: str | None
    speaker_start: int | None
    speaker_end: int | None
    cue: str | None
    via: str | None
    polarity: str | None
    utterance: int | None
    confidence: float
    speaker_confidence: float | None
    figures: tuple[FoundFigure, ...]


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """`participants` are ids of the extraction's people."""

    name: str
    date: str
    start: int
    end: int
    text: str
    participants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundDate:
    start: int
    end: int
    text: str
    date: str | None
    rule: str


@with_config(ConfigDict(extra="forbid", strict=True))  # for those who read one back
@dataclass(frozen=True, slots=True)
class Extraction:
    paragraphs: tuple[FoundParagraph, ...]
    people: tuple[FoundPerson, ...]
    organizations: tuple[FoundOrganization, ...]
    places: tuple[FoundPlace, ...]
    claims: tuple[FoundClaim, ...]
    events: tuple[FoundEvent, ...]
    dates: tuple[FoundDate, ...]
