"""Writes what the extractor found in an article as a sidecar for an editor to review."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from ..core.problems import Problem, Where, reading
from ..core.records import Article
from ..editorial.entries import Sidecar
from ..extractor.findings import Extraction, FoundClaim, FoundFigure
from ..rows.known import Known, Registries
from ..rows.passages import ArticleText, Passage
from ..rows.proposals import Proposal, forms_of, make_proposal, role_of, whole

HEAD = """\
# Proposed by the extractor. Review every entry: correct it, remove it, or leave it as it is.
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
    lists: dict[str, list[dict[str, Any]]] = {
        "people": list(draft_people(proposal, known.people)),
        "mentions": distinct(draft_mentions(proposal)),
        "claims": distinct(draft_claims(proposal)),
    }
    facts = {"id": article.id, "title": article.title, "published": article.published}
    if article.published:
        facts["published_basis"] = article.published_basis
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


def distinct(entries: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries without those that cite again what one before them cites."""
    return list(
        {repr([entry.get(k) for k in ("person", "exact", "prefix", "suffix")]): entry for entry in entries}.values()
    )


def draft_people(proposal: Proposal, known: Known) -> Iterator[dict[str, Any]]:
    """Everybody whom no registry knows."""
    people: dict[str, list[str]] = {}
    for person in proposal.found.people:
        people.setdefault(proposal.id_of[person.id], []).extend(forms_of(person))
    for person_id, (name, *others) in people.items():
        if person_id not in known.ids:
            aliases = [{"alias": form, "kind": "variant"} for form in dict.fromkeys(others) if form != name]
            yield {"id": person_id, "name": name} | ({"aliases": aliases} if aliases else {})


def draft_mentions(proposal: Proposal) -> Iterator[dict[str, Any]]:
    for person in proposal.found.people:
        for mention in person.mentions:
            if passage := proposal.passage(mention.start, mention.end):
                whom = {"person": proposal.id_of[person.id], "kind": mention.kind}
                yield whom | quote(proposal.text, passage) | verbatim(passage, role=role_of(mention))


def draft_claims(proposal: Proposal) -> Iterator[dict[str, Any]]:
    for found in proposal.found.claims:
        if passage := proposal.passage(found.start, found.end):
            claim = quote(proposal.text, passage) | {"kind": found.kind}
            if found.kind != "assertion":
                claim |= draft_speaker(proposal, found)
                claim |= verbatim(passage, speaker_as_stated=found.speaker_text, cue=found.cue, via=found.via)
            yield claim | draft_figures(found.figures, passage)


def draft_speaker(proposal: Proposal, claim: FoundClaim) -> dict[str, str]:
    """A person, or an organization if it is registered: a sidecar can make none."""
    if speaker := proposal.speaker_for(claim):
        return {"speaker": speaker}
    organization = proposal.organization_for(claim)
    if organization in proposal.known.organizations.ids:
        return {"speaker_organization": organization}
    return {"speaker_unknown": "The extractor names nobody who is registered."}


def verbatim(passage: Passage, **words: str | None) -> dict[str, str]:
    """What stands so in the passage's paragraph."""
    return {key: value for key, value in words.items() if value and value in passage.paragraph.text}


def draft_figures(figures: Iterable[FoundFigure], passage: Passage) -> dict[str, Any]:
    """The figures of a claim that stand in its words once."""
    drafted = [
        {"exact": figure.text, **value, "comparator": figure.comparator}
        | {name: words for name, words in (("unit", figure.unit), ("measures", figure.measures)) if words}
        for figure in figures
        if passage.text.count(figure.text) == 1 and (value := draft_value(figure))
    ]
    return {"figures": drafted} if drafted else {}


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
