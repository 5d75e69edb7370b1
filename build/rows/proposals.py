"""Makes rows of what the extractor finds in an article, for every list that no editor has given.

Registered people and organizations are recognised under all their names; anybody else gets a record of their own, and
is the same in two articles only under the same full name.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from ..core.dates import bounds
from ..core.identifiers import short_hash, slug
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
    Record,
)
from ..editorial.entries import NamedEntry, Sidecar
from .claims import limits
from .passages import ArticleText, Passage

Entry = Mapping[str, Any]
Find = Callable[[Iterable[str]], str | None]
ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
NAMES = ("name", "variant")  # the aliases that are names; a title can be anybody's


def plain(name: str) -> str:
    """A name without accents and capitals."""
    letters = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).casefold().split())


class Known:
    """The registered people, or organizations, by every name that only one of them has."""

    def __init__(self, entries: Iterable[NamedEntry]) -> None:
        ids: dict[str, set[str]] = {}
        self.heir_of: dict[str, str] = {}
        for entry in entries:
            names = [entry.name, *(alias.alias for alias in entry.aliases if alias.kind in NAMES)]
            for name in names:
                ids.setdefault(plain(name), set()).add(entry.id)
            self.heir_of |= dict.fromkeys(entry.formerly, entry.id)
        self.ids = set().union(*ids.values())
        self.id_of = {name: found.pop() for name, found in ids.items() if len(found) == 1}

    def find(self, forms: Iterable[str]) -> str | None:
        """The id of the one whom the forms name, full names before single ones."""
        full = sorted(map(plain, forms), key=lambda form: (-len(form.split()), form))
        longest = len(full[0].split()) if full else 0
        # a surname tells who is meant only of somebody of whom the article gives nothing more
        return next((self.id_of[f] for f in full if f in self.id_of and (longest == 1 or " " in f)), None)

    def find_any(self, forms: Iterable[str]) -> str | None:
        """The id of the one whom any of the forms names: an acronym tells as much as the name."""
        return next((self.id_of[form] for form in sorted(map(plain, forms)) if form in self.id_of), None)

    def make_id(self, forms: list[str], article_id: str) -> str:
        """The id of one who is not found: the name's slug, or what has taken its place.

        Where a registered one has it, whom the name did not tell, it is an id of the article's.
        """
        new = slug(forms[0]) or f"unnamed-{short_hash(*forms)}"
        return f"{new}-{short_hash(article_id)}" if new in self.ids else self.heir_of.get(new, new)


@dataclass(frozen=True)
class Registries:
    """Who and what is registered."""

    people: Known
    organizations: Known


@dataclass(frozen=True)
class Proposal:
    """What the extractor found in an article, with the dataset's ids of its people and organizations."""

    text: ArticleText
    found: Entry
    id_of: dict[str, str]
    organization_of: dict[str, str]
    known: Registries

    def organization_for(self, claim: Entry) -> str | None:
        """The organization that speaks: one that the extractor found, or a registered one by its very name."""
        if claim["speaker"] or not claim["speaker_text"]:
            return None
        if claim["speaker_organization"]:
            return self.organization_of[claim["speaker_organization"]]
        return self.known.organizations.find_any([ARTICLE.sub("", claim["speaker_text"])])

    def passage(self, entry: Entry) -> Passage | None:
        """The span of a paragraph that an entry's offsets into the seed mean; None if it is in none."""
        starts = [paragraph.start_char for paragraph in self.text.paragraphs]
        at = bisect_right(starts, entry["start"]) - 1
        if at < 0 or entry["end"] > self.text.paragraphs[at].end_char:
            return None
        return Passage(self.text.paragraphs[at], entry["start"] - starts[at], entry["end"] - starts[at])


def propose(proposal: Proposal, sidecar: Sidecar) -> Iterator[Record]:
    """The rows for the lists that the sidecar does not give, and whom they refer to."""
    rows: list[Record] = []
    if sidecar.mentions is None:
        rows += propose_mentions(proposal)
    if sidecar.claims is None:
        rows += propose_claims(proposal)
    if sidecar.claims is None and sidecar.organizations is None:  # only those that speak are found
        rows += propose_organization_mentions(proposal)
    if sidecar.events is None:
        rows += propose_events(proposal)
    yield from rows
    yield from propose_entities(proposal, rows)


def propose_entities(proposal: Proposal, rows: list[Record]) -> Iterator[Record]:
    """The people and organizations to whom rows refer and whom no registry has."""
    used = {getattr(row, key, None) for row in rows for key in ("person_id", "speaker_id")}
    for person in proposal.found["people"]:
        if proposal.id_of[person["id"]] in used - proposal.known.people.ids:
            yield from propose_person(proposal.id_of[person["id"]], forms_of(person))
    bodies = {getattr(row, key, None) for row in rows for key in ("organization_id", "speaker_organization_id")}
    for body in proposal.found["organizations"]:
        if proposal.organization_of[body["id"]] in bodies - proposal.known.organizations.ids:
            yield from propose_organization(proposal.organization_of[body["id"]], forms_of(body))


def make_proposal(text: ArticleText, found: Entry, known: Registries) -> Proposal:
    """What was found, each of its people and organizations under the registered id, else the name's slug."""
    people = ids_for(found["people"], known.people, known.people.find, text.article_id)
    bodies = ids_for(found["organizations"], known.organizations, known.organizations.find_any, text.article_id)
    return Proposal(text, found, people, bodies, known)


def ids_for(entities: Iterable[Entry], known: Known, find: Find, article_id: str) -> dict[str, str]:
    return {e["id"]: find(forms_of(e)) or known.make_id(forms_of(e), article_id) for e in entities}


def forms_of(entity: Entry) -> list[str]:
    """The name, then every other name that the article uses."""
    others = {mention["text"] for mention in entity["mentions"] if mention["kind"] == "name"}
    return [entity["name"], *sorted(others - {entity["name"]})]


def propose_person(person_id: str, forms: list[str]) -> Iterator[Record]:
    yield Person(person_id, forms[0], None)
    for form in forms[1:]:
        yield Alias(f"{person_id}-{short_hash('aliases', form)}", person_id, form, "variant")


def propose_organization(organization_id: str, forms: list[str]) -> Iterator[Record]:
    yield Organization(organization_id, forms[0], None)
    for form in forms[1:]:
        alias_id = f"{organization_id}-{short_hash('aliases', form)}"
        yield OrganizationAlias(alias_id, organization_id, form, "variant")


def propose_organization_mentions(proposal: Proposal) -> Iterator[OrganizationMention]:
    for body in proposal.found["organizations"]:
        for entry in body["mentions"]:
            if passage := proposal.passage(entry):
                organization_id = proposal.organization_of[body["id"]]
                yield OrganizationMention(
                    id=proposal.text.id_of("organization_mentions", passage, organization_id),
                    organization_id=organization_id,
                    **passage.columns,
                    kind=entry["kind"],
                    role_as_stated=None,
                    method="extracted",
                )


def propose_mentions(proposal: Proposal) -> Iterator[Mention]:
    for person in proposal.found["people"]:
        for entry in person["mentions"]:
            passage = proposal.passage(entry)
            if passage:
                person_id = proposal.id_of[person["id"]]
                yield Mention(
                    id=proposal.text.id_of("person_mentions", passage, person_id),
                    person_id=person_id,
                    **passage.columns,
                    kind=entry["kind"],
                    role_as_stated=entry.get("role_as_stated"),
                    method="extracted",
                )


def propose_claims(proposal: Proposal) -> Iterator[Claim | Figure]:
    pieces = Counter(entry["utterance"] for entry in proposal.found["claims"])
    for entry in proposal.found["claims"]:
        passage = proposal.passage(entry)
        if passage:
            several = entry["utterance"] is not None and pieces[entry["utterance"]] > 1
            claim = propose_claim(proposal, entry, passage, f"utterance-{entry['utterance']}" if several else None)
            yield claim
            yield from propose_figures(entry, claim)


def propose_claim(proposal: Proposal, entry: Entry, passage: Passage, utterance: str | None) -> Claim:
    return Claim(
        id=proposal.text.id_of("claims", passage),
        **passage.columns,
        prefix=passage.prefix,
        suffix=passage.suffix,
        kind=entry["kind"],
        speaker_id=proposal.id_of.get(entry["speaker"]),
        speaker_organization_id=proposal.organization_for(entry),
        speaker_as_stated=entry["speaker_text"],
        speaker_unknown=None,
        cue=entry["cue"],
        via=entry["via"],
        event_id=None,
        utterance=utterance,
        method="extracted",
        confidence=entry["confidence"],
    )


def propose_figures(entry: Entry, claim: Claim) -> Iterator[Figure]:
    for figure in entry["figures"]:
        start = claim.start_char + figure["start"] - entry["start"]
        value = whole(figure["value"])
        value_min, value_max = limits(value, value, figure["comparator"])
        yield Figure(
            id=f"{claim.id}-{short_hash('figures', figure['text'], start)}",
            claim_id=claim.id,
            start_char=start,
            end_char=start + figure["end"] - figure["start"],
            text=figure["text"],
            value_min=value_min,
            value_max=value_max,
            comparator=figure["comparator"],
            unit=figure["unit"],
            measures=None,
        )


def whole(value: float | None) -> int | float | None:
    """264 rather than 264.0; None for a number too great to be one."""
    if value is None or not isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**63 else value


def propose_events(proposal: Proposal) -> Iterator[Record]:
    """An event of its own for each report: which reports tell of the same event, a person must say."""
    for entry in proposal.found["events"]:
        passage = proposal.passage(entry)
        if passage:
            event_id = proposal.text.id_of("events", passage)
            earliest, latest = bounds(entry["date"]) if entry["date"] else (None, None)
            yield Event(
                id=event_id,
                name=entry["name"],
                kind="other",
                date=entry["date"],
                date_earliest=earliest,
                date_latest=latest,
                date_basis="stated" if entry["date"] else "unknown",
                status="reported",
                place_id=None,
                part_of=None,
                method="extracted",
            )
            yield propose_report(proposal, event_id, passage, entry)
            for person in dict.fromkeys(proposal.id_of[p] for p in entry["participants"]):
                part_id = f"{event_id}-{short_hash('event_people', person)}"
                yield EventPerson(part_id, event_id, person, None)


def propose_report(proposal: Proposal, event_id: str, passage: Passage, entry: Entry) -> EventReport:
    """The words of the report, with the time expression in them that gives the event its date."""
    inside = (d for d in proposal.found["dates"] if entry["start"] <= d["start"] and d["end"] <= entry["end"])
    stated = next((d for d in inside if d["date"] and d["date"] == entry["date"]), None)
    return EventReport(
        id=proposal.text.id_of("event_reports", passage, event_id),
        event_id=event_id,
        **passage.columns,
        date_as_stated=stated["text"] if stated else None,
        date_resolved=stated["date"] if stated else None,
        rule=stated["rule"] if stated else None,
        method="extracted",
    )


def merge(records: Iterable[Record]) -> Iterator[Record]:
    """Each proposed row once; who is in several articles has one record, under the last spelling by alphabet."""
    once: dict[tuple[type, str], Record] = {}
    for record in records:
        key = (type(record), record.id)
        before = once.get(key)
        if isinstance(record, Person | Organization) and isinstance(before, Person | Organization):
            record = replace(before, name=max(before.name, record.name))
        once[key] = record
    yield from once.values()
