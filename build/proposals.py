"""Makes rows of what the extractor finds in an article, for every list that no editor has given.

Registered people are recognised under all their names; anybody else gets a record of their own, and is the
same person in two articles only under the same full name.
"""

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .claims import limits
from .dates import bounds
from .entries import NamedEntry, Sidecar
from .identifiers import short_hash, slug
from .passages import ArticleText, Passage
from .records import Alias, Claim, Event, EventPerson, EventReport, Figure, Mention, Person, Record

Entry = Mapping[str, Any]
NAMES = ("name", "variant")  # the aliases that are names; a title can be anybody's


def plain(name: str) -> str:
    """A name without accents and capitals."""
    letters = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).casefold().split())


class KnownPeople:
    """The registered people by every name that only one of them has."""

    def __init__(self, people: Iterable[NamedEntry]) -> None:
        ids: dict[str, set[str]] = {}
        for person in people:
            names = [person.name, *(alias.alias for alias in person.aliases if alias.kind in NAMES)]
            for name in names:
                ids.setdefault(plain(name), set()).add(person.id)
        self.ids = set().union(*ids.values())
        self.id_of = {name: found.pop() for name, found in ids.items() if len(found) == 1}

    def find(self, forms: Iterable[str]) -> str | None:
        """The id of the one whom the forms name, full names before single ones."""
        full = sorted(map(plain, forms), key=lambda form: (-len(form.split()), form))
        longest = len(full[0].split()) if full else 0
        # a surname tells who is meant only of somebody of whom the article gives nothing more
        return next((self.id_of[f] for f in full if f in self.id_of and (longest == 1 or " " in f)), None)


@dataclass(frozen=True)
class Proposal:
    """What the extractor found in an article, with the ids of its people in the dataset."""

    text: ArticleText
    found: Entry
    id_of: dict[str, str]

    def passage(self, entry: Entry) -> Passage | None:
        """The span of a paragraph that an entry's offsets into the seed mean; None if it is in none."""
        starts = [paragraph.start_char for paragraph in self.text.paragraphs]
        at = bisect_right(starts, entry["start"]) - 1
        if at < 0 or entry["end"] > self.text.paragraphs[at].end_char:
            return None
        return Passage(self.text.paragraphs[at], entry["start"] - starts[at], entry["end"] - starts[at])


def propose(text: ArticleText, found: Entry, sidecar: Sidecar, known: KnownPeople) -> Iterator[Record]:
    """The rows for the lists that the sidecar does not give, and the people whom they refer to."""
    ids = propose_ids(found, known)
    proposal = Proposal(text, found, ids)
    rows: list[Record] = []
    if sidecar.mentions is None:
        rows += propose_mentions(proposal)
    if sidecar.claims is None:
        rows += propose_claims(proposal)
    if sidecar.events is None:
        rows += propose_events(proposal)
    yield from rows
    used = {getattr(row, key, None) for row in rows for key in ("person_id", "speaker_id")}
    for person in found["people"]:
        if ids[person["id"]] in used - known.ids:
            yield from propose_person(ids[person["id"]], forms_of(person))


def propose_ids(found: Entry, known: KnownPeople) -> dict[str, str]:
    """The id in the dataset of everybody found in an article: a registered one, else the name's slug."""
    ids = {}
    for person in found["people"]:
        forms = forms_of(person)
        ids[person["id"]] = known.find(forms) or slug(forms[0]) or f"person-{short_hash(*forms)}"
    return ids


def forms_of(person: Entry) -> list[str]:
    """The name, then every other form that the article uses."""
    others = Counter(mention["text"] for mention in person["mentions"])
    return [person["name"], *sorted(others.keys() - {person["name"]})]


def propose_person(person_id: str, forms: list[str]) -> Iterator[Record]:
    yield Person(person_id, forms[0], None)
    for form in forms[1:]:
        yield Alias(f"{person_id}-{short_hash('aliases', form)}", person_id, form, "variant")


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
        speaker_organization_id=None,
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
    """264 rather than 264.0."""
    return int(value) if value is not None and float(value).is_integer() else value


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
    """Each proposed row once; a person of several articles has one record, under the last spelling by alphabet."""
    once: dict[tuple[type, str], Record] = {}
    for record in records:
        key = (type(record), record.id)
        before = once.get(key)
        if isinstance(record, Person) and isinstance(before, Person):
            record = replace(before, name=max(before.name, record.name))
        once[key] = record
    yield from once.values()
