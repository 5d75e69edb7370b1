"""Writes what the extractor found in an article as a sidecar for an editor to review."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from ..core.problems import Problem, Where, reading
from ..core.records import Article, Claim, Event, EventPerson, EventReport
from ..editorial.entries import (
    ClaimEntry,
    EventEntry,
    EventEvidence,
    FigureEntry,
    OrganizationMentionEntry,
    PersonMention,
    PlaceMentionEntry,
    Proposable,
    Sidecar,
)
from ..editorial.yaml_files import parse_yaml
from ..extractor.findings import Extraction, FoundClaim, FoundFigure
from ..rows.known import Known, Registries
from ..rows.methods import CONFIDENCE
from ..rows.passages import ArticleText, Passage
from ..rows.proposal import Entity, Proposal, forms_of, make_proposal
from ..rows.proposals import (
    passages_of,
    propose_claims,
    propose_events,
    role_of,
    whole,
)

HEAD = """\
# Proposed by the extractor. Review every entry: correct it, remove it, or leave it as it is. When all is read, add
# reviewed: {by: your name, on: 2026-01-31} here, or to the entries that you have read; until then it stays extracted.
# A list that stands here replaces what the extractor finds; without it, the extractor's findings count.
"""
CONTEXT_WORDS = 12  # at most, to tell words from the same words elsewhere


class DraftError(Problem):
    """A sidecar that cannot be drafted."""


def check_missing(sidecar: Path) -> None:
    with reading(sidecar):
        if sidecar.exists():
            raise DraftError(Where(sidecar), "is there already; a draft never overwrites one")


def write_draft(sidecar: Path, words: str) -> None:
    try:
        with sidecar.open("x", encoding="utf-8") as file:
            file.write(words)
    except FileExistsError:
        raise DraftError(Where(sidecar), "is there by now; a draft never overwrites one") from None
    except OSError as error:
        with suppress(OSError):
            sidecar.unlink()
        raise DraftError(Where(sidecar), f"cannot be written ({error.strerror})") from None


def draft(article: Article, text: ArticleText, stated: Sidecar, found: Extraction, known: Registries) -> str:
    """The YAML of a sidecar, without what the front matter has stated. It builds unchanged."""
    proposal = make_proposal(text, found, known)
    people, bodies = proposal.found.people, proposal.found.organizations
    lists: dict[str, list[dict[str, Any]]] = {
        "people": list(draft_records(people, proposal.id_of, known.people)),
        "organization_records": list(draft_records(bodies, proposal.organization_of, known.organizations)),
        "place_records": list(draft_records(proposal.found.places, proposal.place_of, known.places)),
        "event_records": sign(EventEntry, draft_events(proposal), "events"),
        "mentions": sign(PersonMention, distinct(draft_mentions(proposal)), "mentions"),
        "organizations": sign(
            OrganizationMentionEntry, distinct(draft_organizations(proposal)), "organization_mentions"
        ),
        "places": sign(PlaceMentionEntry, distinct(draft_places(proposal)), "place_mentions"),
        "claims": distinct(draft_claims(proposal)),
        "events": sign(EventEvidence, draft_reports(proposal), "event_reports"),
    }
    facts = {"id": article.id, "title": article.title, "published": article.published}
    facts |= {"source": article.source_id, "url": article.url, "credit": article.credit, "origin": article.origin_id}
    if article.published:
        facts["published_basis"] = article.published_basis
    if article.origin_id:
        facts["origin_basis"] = article.origin_basis
    facts = {key: value for key, value in facts.items() if value and key not in stated.model_fields_set}
    return HEAD + (dump(facts) if facts else "") + "".join(map(dump_list, lists.items()))


def dump(value: Any, **options: Any) -> str:
    written: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000, **options)
    return written


def dump_list(item: tuple[str, list[dict[str, Any]]]) -> str:
    """A key with a line for each entry."""
    key, entries = item
    lines = [f"- {dump(entry, default_flow_style=True).strip()}" for entry in entries]
    return "\n".join([f"{key}:", *lines, ""]) if entries else f"{key}: []\n"


def sign(kind: type[Proposable], entries: Iterable[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    """The entries with how sure the program is, and the hash by which the build sees that nobody changed them."""
    return [signed(kind, entry, {"confidence": CONFIDENCE[table]}) for entry in entries]


def signed(kind: type[Proposable], entry: dict[str, Any], sure: dict[str, float]) -> dict[str, Any]:
    unsigned = parse_yaml(dump(entry | {"extracted": sure | {"hash": "none"}}), Path())  # as the build will read it
    return entry | {"extracted": sure | {"hash": kind.model_validate(unsigned).fingerprint}}


def distinct(entries: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries without those that cite again what one before them cites."""
    cited = ("person", "organization", "place", "exact", "prefix", "suffix")
    return list({repr([entry.get(key) for key in cited]): entry for entry in entries}.values())


def draft_records(entities: Iterable[Entity], id_of: dict[str, str], known: Known) -> Iterator[dict[str, Any]]:
    """Everybody, or every organization or place, that no registry knows."""
    found: dict[str, list[str]] = {}
    for entity in entities:
        found.setdefault(id_of[entity.id], []).extend(forms_of(entity))
    for entity_id, (name, *others) in found.items():
        if entity_id not in known.ids:
            aliases = [{"alias": form, "kind": "variant"} for form in dict.fromkeys(others) if form != name]
            yield {"id": entity_id, "name": name} | ({"aliases": aliases} if aliases else {})


def draft_organizations(proposal: Proposal) -> Iterator[dict[str, Any]]:
    for passage, body, kind in passages_of(proposal, proposal.found.organizations, proposal.organization_of):
        yield {"organization": body, "kind": kind} | quote(proposal.text, passage)


def draft_places(proposal: Proposal) -> Iterator[dict[str, Any]]:
    for passage, place, kind in passages_of(proposal, proposal.found.places, proposal.place_of):
        yield {"place": place, "kind": kind} | quote(proposal.text, passage)


def draft_events(proposal: Proposal) -> Iterator[dict[str, Any]]:
    people: dict[str, list[dict[str, str]]] = {}
    for row in propose_events(proposal):
        if isinstance(row, EventPerson):
            people.setdefault(row.event_id, []).append({"person": row.person_id})
    for row in propose_events(proposal):
        if isinstance(row, Event):
            said = {key: getattr(row, key) for key in ("id", "name", "kind", "date", "date_basis", "status")}
            yield {key: value for key, value in said.items() if value} | (
                {"people": people[row.id]} if row.id in people else {}
            )


def draft_reports(proposal: Proposal) -> Iterator[dict[str, Any]]:
    paragraphs = {paragraph.id: paragraph for paragraph in proposal.text.paragraphs}
    for row in propose_events(proposal):
        if isinstance(row, EventReport):
            passage = Passage(paragraphs[row.paragraph_id], row.start_char, row.end_char)
            trail = {key: getattr(row, key) for key in ("date_as_stated", "date_resolved", "rule")}
            said = {"event": row.event_id} | quote(proposal.text, passage)
            yield said | {key: value for key, value in trail.items() if value}


def draft_mentions(proposal: Proposal) -> Iterator[dict[str, Any]]:
    for person in proposal.found.people:
        for mention in person.mentions:
            if passage := proposal.passage(mention.start, mention.end):
                whom = {"person": proposal.id_of[person.id], "kind": mention.kind}
                yield whom | quote(proposal.text, passage) | verbatim(passage, role=role_of(mention))


def draft_claims(proposal: Proposal) -> Iterator[dict[str, Any]]:
    rows = {row.id: row for row in propose_claims(proposal) if isinstance(row, Claim)}
    for found in proposal.found.claims:
        if passage := proposal.passage(found.start, found.end):
            row = rows[proposal.text.id_of("claims", passage)]
            claim = quote(proposal.text, passage) | {"kind": found.kind}
            if found.kind != "assertion":
                claim |= draft_speaker(row)
                claim |= verbatim(passage, speaker_as_stated=found.speaker_text, cue=found.cue, via=found.via)
            claim |= {key: value for key in ("polarity", "utterance") if (value := getattr(row, key))}
            sure = {"confidence": row.confidence, "speaker_confidence": row.speaker_confidence}
            signed_claim = signed(ClaimEntry, claim, {key: value for key, value in sure.items() if value is not None})
            yield signed_claim | draft_figures(found, passage)


def draft_speaker(claim: Claim) -> dict[str, str]:
    speakers = {"speaker": claim.speaker_id, "speaker_organization": claim.speaker_organization_id}
    return {key: value for key, value in speakers.items() if value}


def verbatim(passage: Passage, **words: str | None) -> dict[str, str]:
    """What stands so in the passage's paragraph."""
    return {key: value for key, value in words.items() if value and value in passage.paragraph.text}


def draft_figures(claim: FoundClaim, passage: Passage) -> dict[str, Any]:
    """The figures of a claim, each with as many words around as make it unique there."""
    drafted = [
        cite_once(passage.text, figure.start - claim.start, figure.end - claim.start)
        | {**value, "comparator": figure.comparator}
        | {name: words for name, words in (("unit", figure.unit), ("measures", figure.measures)) if words}
        for figure in claim.figures
        if (value := draft_value(figure))
    ]
    return {"figures": sign(FigureEntry, drafted, "figures")} if drafted else {}


def cite_once(text: str, start: int, end: int) -> dict[str, str]:
    prefix = suffix = ""
    for words in range(CONTEXT_WORDS):
        prefix, suffix = last_words(text[:start], words), first_words(text[end:], words)
        if text.count(prefix + text[start:end] + suffix) == 1:
            break
    return {"exact": text[start:end]} | {k: v for k, v in {"prefix": prefix, "suffix": suffix}.items() if v}


def draft_value(figure: FoundFigure) -> dict[str, int | float]:
    """One value, or the two ends of a range; nothing for a number too great to be one."""
    ends = {"min": whole(figure.value_min), "max": whole(figure.value_max)}
    known = {name: value for name, value in ends.items() if value is not None}
    same = len(set(known.values())) == 1
    return {"value": next(iter(known.values()))} if same else known


def quote(text: ArticleText, passage: Passage) -> dict[str, str]:
    """A W3C TextQuoteSelector with as many words around as make it unique in the article."""
    before, after = passage.paragraph.text[: passage.start_char], passage.paragraph.text[passage.end_char :]
    for words in range(CONTEXT_WORDS):
        prefix, suffix = last_words(before, words), first_words(after, words)
        if len(list(text.occurrences(passage.text, prefix, suffix))) == 1:
            break
    context = {"prefix": prefix, "suffix": suffix}
    return {"exact": passage.text} | {key: value for key, value in context.items() if value}


def last_words(text: str, number: int) -> str:
    """The end of a text from so many words on, with the blanks between."""
    start = len(text)
    for _ in range(number):
        start = max(text[:start].rstrip().rfind(" "), 0)
    return text[start:]


def first_words(text: str, number: int) -> str:
    """The beginning of a text up to so many words."""
    end = 0
    for _ in range(number):
        blank = text.find(" ", end + 1)
        end = len(text) if blank < 0 else blank
    return text[:end]
