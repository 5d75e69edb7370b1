"""The format of the editorial files: one model per kind of entry; a key that is not here is an error.

seeds/README.md explains the format with examples.
"""

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ..core.dates import bounds
from ..core.identifiers import SLUG, short_hash
from ..core.problems import Where
from .yaml_files import Mapping


def check_edtf(value: str) -> str:
    try:
        bounds(value)
    except ValueError as error:
        raise PydanticCustomError("edtf", "{reason}", {"reason": str(error)}) from None
    return value


def check_number(value: int | float) -> int | float:
    """The number as SQLite holds it."""
    if not abs(value) <= sys.float_info.max:
        raise PydanticCustomError("figure", "a figure is a finite number")
    return value if abs(value) < 2**63 else float(value)


Slug = Annotated[str, StringConstraints(pattern=rf"^{SLUG}$", max_length=80)]
Words = Annotated[str, StringConstraints(min_length=1)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$"), AfterValidator(check_edtf)]
Edtf = Annotated[str, AfterValidator(check_edtf)]
Number = Annotated[int | float, AfterValidator(check_number)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Confidence = Annotated[float, Field(ge=0, le=1)]
DateBasis = Literal["stated", "inferred"]


class Entry(BaseModel):
    """A mapping in an editorial file, which knows where it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    _mapping: Mapping | None = PrivateAttr(None)

    @model_validator(mode="wrap")
    @classmethod
    def keep_mapping(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        entry = handler(value)
        entry._mapping = value if isinstance(value, Mapping) else None
        return entry

    def where(self, key: str | None = None) -> Where:
        """The line of a key, else the one on which the entry begins."""
        if not self._mapping:
            return Where(Path())
        return self._mapping.where_of.get(key or "", self._mapping.where)


class Review(Entry):
    """Who accepted what the program found, and when."""

    by: Words
    on: Day


class Extracted(Entry):
    """What `draft` writes beside an entry: how sure the program is, and the hash of the entry as it wrote it."""

    confidence: Confidence
    speaker_confidence: Confidence | None = None
    hash: Words


class Proposable(Entry):
    """An entry that the program may have written. One that a person changed no longer has its hash: it is theirs."""

    extracted: Extracted | None = None
    reviewed: Review | None = None

    @property
    def fingerprint(self) -> str:
        """A hash of what the entry says; what it is joined with has one of its own."""
        apart = {"extracted", "reviewed", "figures", "propositions"}
        said = self.model_dump(mode="json", exclude=apart, exclude_defaults=True)
        return short_hash(json.dumps(said, sort_keys=True))

    @property
    def proposed(self) -> Extracted | None:
        """What the program says of the entry, if nobody has changed it."""
        return self.extracted if self.extracted and self.extracted.hash == self.fingerprint else None


class Quote(Entry):
    """Words of an article: a W3C TextQuoteSelector (Web Annotation Data Model, 4.2.4)."""

    exact: Words
    prefix: str = ""
    suffix: str = ""


class AliasEntry(Entry):
    alias: Words
    kind: Literal["name", "variant", "title", "description"] = "variant"


class RegistryEntry(Entry):
    """A record of a registry; `formerly` are ids that it had, or that others had that turned out to be the same."""

    id: Slug
    formerly: tuple[Slug, ...] = ()


class NamedEntry(RegistryEntry):
    """A person, an organization or a place of a registry."""

    name: Words
    description: Words | None = None
    aliases: tuple[AliasEntry, ...] = ()


class SourceEntry(RegistryEntry):
    name: Words
    kind: Literal["agency", "newspaper", "website", "broadcaster", "government", "other"]
    country: Words | None = None
    url: Url | None = None


class Participation(Entry):
    person: Slug
    role: Words | None = None


class EventEntry(RegistryEntry, Proposable):
    name: Words
    kind: Words
    date: Edtf | None = None
    date_basis: DateBasis | Literal["unknown"] = "unknown"
    status: Literal["occurred", "planned", "reported", "hypothetical"]
    place: Slug | None = None
    part_of: Slug | None = None
    people: tuple[Participation, ...] = ()

    @model_validator(mode="after")
    def check_basis(self) -> Self:
        if (self.date is None) != (self.date_basis == "unknown"):
            raise PydanticCustomError("basis", "date_basis is stated or inferred with a date, unknown without one")
        return self


class PropositionEntry(RegistryEntry):
    text: Words
    event: Slug | None = None


class EditionEntry(Entry):
    version: Words
    date: Day | None = None


class SiteEntry(Entry):
    """What an edition is; `home` names what stands on its first page, in that order."""

    title: Words
    description: Words | None = None
    about_line: Words | None = None
    about: Words | None = None
    license: Words | None = None
    license_url: Url | None = None
    report_errors_to: Annotated[str, StringConstraints(pattern=r"^(https?://|mailto:)\S+$")] | None = None
    annotated_by: Words | None = None
    home: tuple[Slug, ...] | None = None


class ArticleEntry(Entry):
    """What an editor states about an article. A key that is not given is read from the text."""

    id: Slug | None = None
    title: Words | None = None
    source: Slug | None = None
    source_name: Words | None = None
    url: Url | None = None
    published: Edtf | None = None
    published_basis: DateBasis | Literal["unknown"] | None = None
    dateline: Words | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    credit: Words | None = None
    origin: Slug | None = None
    origin_basis: DateBasis | None = None
    rights: Words | None = None

    @model_validator(mode="after")
    def check_basis(self) -> Self:
        if self.published and self.published_basis not in ("stated", "inferred"):
            raise PydanticCustomError("basis", "a publication date needs published_basis: stated or inferred")
        return self


class MentionEntry(Quote, Proposable):
    kind: Literal["name", "description", "pronoun"] = "name"
    role: Words | None = None


class PersonMention(MentionEntry):
    person: Slug


class OrganizationMentionEntry(MentionEntry):
    organization: Slug


class PlaceMentionEntry(MentionEntry):
    place: Slug


class FigureEntry(Quote, Proposable):
    value: Number | None = None
    min: Number | None = None
    max: Number | None = None
    comparator: Literal["exactly", "about", "at_least", "more_than", "at_most", "less_than"]
    unit: Words | None = None
    measures: Words | None = None

    @model_validator(mode="after")
    def check_value(self) -> Self:
        if (self.value is None) == (self.min is None and self.max is None):
            raise PydanticCustomError("figure", "a figure needs value, or min and max for a range")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise PydanticCustomError("figure", "min is greater than max")
        return self


class ClaimEntry(Quote, Proposable):
    """A claim: an assertion is the article's own, anything else has a speaker or says why not."""

    kind: Literal["direct", "indirect", "mixed", "assertion"]
    speaker: Slug | None = None
    speaker_organization: Slug | None = None
    speaker_as_stated: Words | None = None
    speaker_unknown: Words | None = None
    cue: Words | None = None
    via: Words | None = None
    polarity: Literal["affirms", "denies", "unsure"] | None = None
    event: Slug | None = None
    utterance: Slug | None = None
    propositions: dict[Slug, Literal["supports", "differs", "contradicts"]] = {}
    figures: tuple[FigureEntry, ...] = ()

    @model_validator(mode="after")
    def check_speaker(self) -> Self:
        spoken = self.speaker or self.speaker_organization
        if self.kind == "assertion" and (spoken or self.cue):
            raise PydanticCustomError("speaker", "an assertion has neither speaker nor cue")
        if self.kind != "assertion" and not self.extracted and bool(spoken) == bool(self.speaker_unknown):
            raise PydanticCustomError("speaker", "a claim needs a speaker, or speaker_unknown to say why there is none")
        return self


class EventEvidence(Quote, Proposable):
    event: Slug
    date_as_stated: Words | None = None
    date_resolved: Edtf | None = None
    rule: Words | None = None


class NoteEntry(Quote):
    """A note on words of the article, or without `exact` on the article as a whole."""

    exact: str = ""
    kind: Literal["source_error", "editorial"]
    note: Words


class ScareQuote(Quote):
    kind: Literal["scare_quotes"] = "scare_quotes"
    note: Words = "The quotation marks quote nobody."


class Sidecar(ArticleEntry):
    """Everything an editor says about an article. A list that is not given is the extractor's."""

    reviewed: Review | None = None
    people: tuple[NamedEntry, ...] = ()
    organization_records: tuple[NamedEntry, ...] = ()
    place_records: tuple[NamedEntry, ...] = ()
    event_records: tuple[EventEntry, ...] = ()
    mentions: tuple[PersonMention, ...] | None = None
    organizations: tuple[OrganizationMentionEntry, ...] | None = None
    places: tuple[PlaceMentionEntry, ...] | None = None
    claims: tuple[ClaimEntry, ...] | None = None
    events: tuple[EventEvidence, ...] | None = None
    notes: tuple[NoteEntry, ...] = ()
    scare_quotes: tuple[ScareQuote, ...] = ()

    @model_validator(mode="after")
    def check_lists(self) -> Self:
        """`claims:` with nothing behind it could mean none, or not yet; only one may be meant."""
        for name in ("mentions", "organizations", "places", "claims", "events"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise PydanticCustomError("list", "{name} is empty: write [] for none, or leave it out", {"name": name})
        return self
