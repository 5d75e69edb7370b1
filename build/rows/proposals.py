"""Makes rows of what the extractor finds in an article, for every list that no editor has given.

People, organizations and places that no registry has get records of their own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from math import isfinite

from ..core.dates import bounds
from ..core.identifiers import short_hash
from ..core.records import (
    Alias,
    Claim,
    Event,
    EventPerson,
    EventReport,
    Figure,
    Mention,
    Organization,
    OrganizationAlias,
    OrganizationMention,
    Person,
    Place,
    PlaceAlias,
    PlaceMention,
    Record,
)
from ..editorial.entries import Sidecar
from ..extractor.findings import (
    FoundClaim,
    FoundEvent,
    FoundFigure,
    FoundMention,
    FoundName,
    FoundOrganization,
    FoundPlace,
)
from .methods import REGISTERED_SPEAKER, extracted
from .passages import Passage
from .proposal import Proposal, forms_of

NAMED = (Person, Organization, Place)


def propose(proposal: Proposal, sidecar: Sidecar) -> Iterator[Record]:
    """The rows for the lists that the sidecar does not give, and whom they refer to."""
    rows: list[Record] = []
    if sidecar.mentions is None:
        rows += propose_mentions(proposal)
    if sidecar.claims is None:
        rows += propose_claims(proposal)
    if sidecar.organizations is None:
        rows += propose_organization_mentions(proposal)
    if sidecar.places is None:
        rows += propose_place_mentions(proposal)
    if sidecar.events is None:
        rows += propose_events(proposal)
    yield from rows
    yield from propose_entities(proposal, rows)


def propose_entities(proposal: Proposal, rows: list[Record]) -> Iterator[Record]:
    """The people, organizations and places to whom rows refer and whom no registry has."""
    yield from propose_people(proposal, ids_in(rows, "person_id", "speaker_id"))
    yield from propose_organizations(proposal, ids_in(rows, "organization_id", "speaker_organization_id"))
    yield from propose_places(proposal, ids_in(rows, "place_id"))


def ids_in(rows: Iterable[Record], *keys: str) -> set[str | None]:
    """Whatever the rows have in any of these columns."""
    return {getattr(row, key, None) for row in rows for key in keys}


def propose_people(proposal: Proposal, used: set[str | None]) -> Iterator[Record]:
    """Those of the used ids that are not registered; so with organizations and places."""
    for person in proposal.found.people:
        if proposal.id_of[person.id] in used - proposal.known.people.ids:
            yield from propose_person(proposal.id_of[person.id], forms_of(person))


def propose_organizations(proposal: Proposal, used: set[str | None]) -> Iterator[Record]:
    for body in proposal.found.organizations:
        if proposal.organization_of[body.id] in used - proposal.known.organizations.ids:
            forms = forms_of(body)
            yield from propose_record(Organization, OrganizationAlias, proposal.organization_of[body.id], forms)


def propose_places(proposal: Proposal, used: set[str | None]) -> Iterator[Record]:
    for place in proposal.found.places:
        if proposal.place_of[place.id] in used - proposal.known.places.ids:
            yield from propose_record(Place, PlaceAlias, proposal.place_of[place.id], forms_of(place))


def role_of(mention: FoundName | FoundMention) -> str | None:
    return mention.role_as_stated if isinstance(mention, FoundName) else None


def propose_person(person_id: str, forms: list[str]) -> Iterator[Record]:
    yield from propose_record(Person, Alias, person_id, forms)


def propose_record(
    record: Callable[[str, str, None], Record],
    alias: Callable[[str, str, str, str], Record],
    entity_id: str,
    forms: list[str],
) -> Iterator[Record]:
    """Somebody or something under the first of the forms, the others as aliases."""
    yield record(entity_id, forms[0], None)
    for form in forms[1:]:
        yield alias(f"{entity_id}-{short_hash('aliases', form)}", entity_id, form, "variant")


def propose_organization_mentions(proposal: Proposal) -> Iterator[OrganizationMention]:
    for passage, body_id, kind in passages_of(proposal, proposal.found.organizations, proposal.organization_of):
        mention_id = proposal.text.id_of("organization_mentions", passage, body_id)
        found = extracted("organization_mentions")
        yield OrganizationMention(
            mention_id, organization_id=body_id, **passage.columns, kind=kind, role_as_stated=None, **found
        )


def propose_place_mentions(proposal: Proposal) -> Iterator[PlaceMention]:
    for passage, place_id, kind in passages_of(proposal, proposal.found.places, proposal.place_of):
        mention_id = proposal.text.id_of("place_mentions", passage, place_id)
        found = extracted("place_mentions")
        yield PlaceMention(mention_id, place_id=place_id, **passage.columns, kind=kind, role_as_stated=None, **found)


def passages_of(
    proposal: Proposal, found: Iterable[FoundOrganization | FoundPlace], id_of: dict[str, str]
) -> Iterator[tuple[Passage, str, str]]:
    """Every mention of what was found, with the id of what it names and its kind."""
    for bearer in found:
        for mention in bearer.mentions:
            if passage := proposal.passage(mention.start, mention.end):
                yield passage, id_of[bearer.id], mention.kind


def propose_mentions(proposal: Proposal) -> Iterator[Mention]:
    for person in proposal.found.people:
        for mention in person.mentions:
            if passage := proposal.passage(mention.start, mention.end):
                person_id = proposal.id_of[person.id]
                yield Mention(
                    id=proposal.text.id_of("person_mentions", passage, person_id),
                    person_id=person_id,
                    **passage.columns,
                    kind=mention.kind,
                    role_as_stated=role_of(mention),
                    **extracted("mentions"),
                )


def propose_claims(proposal: Proposal) -> Iterator[Claim | Figure]:
    pieces = Counter(found.utterance for found in proposal.found.claims)
    for found in proposal.found.claims:
        if passage := proposal.passage(found.start, found.end):
            several = found.utterance is not None and pieces[found.utterance] > 1
            claim = propose_claim(proposal, found, passage, f"utterance-{found.utterance}" if several else None)
            yield claim
            for figure in found.figures:
                yield propose_figure(figure, claim, claim.start_char + figure.start - found.start)


def propose_claim(proposal: Proposal, found: FoundClaim, passage: Passage, utterance: str | None) -> Claim:
    organization = proposal.organization_for(found)
    return Claim(
        id=proposal.text.id_of("claims", passage),
        **passage.columns,
        prefix=passage.prefix,
        suffix=passage.suffix,
        kind=found.kind,
        speaker_id=proposal.speaker_for(found),
        speaker_organization_id=organization,
        speaker_as_stated=found.speaker_text,
        speaker_unknown=None,
        cue=found.cue,
        via=found.via,
        polarity=found.polarity,
        event_id=None,
        utterance=utterance,
        method="extracted",
        confidence=found.confidence,
        speaker_confidence=confidence_of_speaker(found, organization),
    )


def confidence_of_speaker(found: FoundClaim, organization: str | None) -> float | None:
    """The extractor's own; where only a registry knows the organization, how often its name is right."""
    if found.speaker_confidence is None and organization:
        return REGISTERED_SPEAKER
    return found.speaker_confidence


def propose_figure(figure: FoundFigure, claim: Claim, start: int) -> Figure:
    return Figure(
        id=f"{claim.id}-{short_hash('figures', figure.text, start - claim.start_char)}",
        claim_id=claim.id,
        start_char=start,
        end_char=start + figure.end - figure.start,
        text=figure.text,
        value_min=whole(figure.value_min),
        value_max=whole(figure.value_max),
        comparator=figure.comparator,
        unit=figure.unit,
        measures=figure.measures,
        **extracted("figures"),
    )


def whole(value: float | None) -> int | float | None:
    """264 rather than 264.0; None for a number too great to be one."""
    if value is None or not isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**63 else value


def propose_events(proposal: Proposal) -> Iterator[Record]:
    """An event of its own for each report: which reports tell of the same event, a person must say."""
    for found in proposal.found.events:
        if passage := proposal.passage(found.start, found.end):
            event_id = proposal.text.id_of("events", passage)
            earliest, latest = bounds(found.date)
            yield Event(
                id=event_id,
                name=found.name,
                kind="other",
                date=found.date,
                date_earliest=earliest,
                date_latest=latest,
                date_basis="stated",
                status="reported",
                place_id=None,
                part_of=None,
                **extracted("events"),
            )
            yield propose_report(proposal, event_id, passage, found)
            for person in dict.fromkeys(proposal.id_of[p] for p in found.participants):
                part_id = f"{event_id}-{short_hash('event_people', person)}"
                yield EventPerson(part_id, event_id, person, None, **passage.columns, **extracted("event_people"))


def propose_report(proposal: Proposal, event_id: str, passage: Passage, found: FoundEvent) -> EventReport:
    """The words of the report, with the time expression in them that gives the event its date."""
    inside = (d for d in proposal.found.dates if found.start <= d.start and d.end <= found.end)
    stated = next((d for d in inside if d.date == found.date), None)
    return EventReport(
        id=proposal.text.id_of("event_reports", passage, event_id),
        event_id=event_id,
        **passage.columns,
        date_as_stated=stated.text if stated else None,
        date_resolved=stated.date if stated else None,
        rule=stated.rule if stated else None,
        **extracted("event_reports"),
    )


def merge(records: Iterable[Record]) -> Iterator[Record]:
    """Each proposed row once; who is in several articles has one record, under the last spelling by alphabet."""
    once: dict[tuple[type, str], Record] = {}
    for record in records:
        key = (type(record), record.id)
        before = once.get(key)
        if isinstance(record, NAMED) and isinstance(before, NAMED):
            record = replace(before, name=max(before.name, record.name))
        once[key] = record
    yield from once.values()
