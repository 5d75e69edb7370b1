"""Who first reported an article, as its text credits it: paragraphs and known sources go in, a source comes out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..core.identifiers import slug
from ..core.lexicons import read_lexicon
from ..core.records import Article, Paragraph, Source
from ..editorial.entries import Sidecar, SourceEntry
from ..reading.credits import is_outlet

NAMED = re.compile(r"[(/]\s*([^()/]{2,40}?)\s*[)/]")  # CARACAS (Reuters) · MOSCOW, March 4. /TASS/
BETWEEN = re.compile(r"[,;:/|()]|\s[-–—]\s|\s?\b(?:and|by|for|from|with|via)\s")
SIGNED = ("credit", "dateline")
ENDS = 3  # paragraphs at either end among which an outlet's own line stands


@dataclass(frozen=True)
class Credited:
    """The sources that a text names: who published it, and the agencies that it credits."""

    outlets: tuple[Source, ...]
    agencies: tuple[Source, ...]


def with_origin(
    article: Article, paragraphs: Sequence[Paragraph], stated: Sidecar, known: Mapping[str, Source]
) -> tuple[Article, Credited]:
    """The article with its source and origin as far as an editor leaves them to the text: an agency that it credits,
    else the outlet itself if it credits nobody; two of either are no answer."""
    credited = find_credited(paragraphs, known)
    if stated.source_name:
        credited = replace(credited, outlets=(as_source(stated.source_name, "other", known),))
    if "source" not in stated.model_fields_set and len(credited.outlets) == 1:
        article = replace(article, source_id=credited.outlets[0].id)
    if "origin" in stated.model_fields_set:
        return article, credited
    origin = article.source_id
    if credited.agencies:
        origin = credited.agencies[0].id if len(credited.agencies) == 1 else None
    return replace(article, origin_id=origin, origin_basis="inferred" if origin else "unknown"), credited


def sources_of(articles: Iterable[Article], credited: Iterable[Credited], stated: Iterable[Source]) -> Iterator[Source]:
    """The sources that articles have and the edition's registry does not, each once."""
    found = {source.id: source for one in credited for source in (*one.outlets, *one.agencies)}
    needed = {id for article in articles for id in (article.source_id, article.origin_id) if id}
    for id in sorted(needed - {source.id for source in stated}):
        if id in found:
            yield found[id]


def find_credited(paragraphs: Sequence[Paragraph], known: Mapping[str, Source]) -> Credited:
    return Credited(
        tuple(as_source(name, "other", known) for name in outlets_of(paragraphs)),
        tuple(as_source(name, "agency", known) for name in agencies_of(paragraphs)),
    )


def outlets_of(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The outlets that stand in a line of their own at either end, each once; no agencies."""
    lines = (p.text.strip(" .\n") for p in ends_of(paragraphs) if p.role == "credit")
    return list(dict.fromkeys(line for line in lines if is_outlet(line) and not agencies_in(line, "credit")))


def agencies_of(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The agencies that credits and datelines name, each once."""
    signed = (p for p in paragraphs if p.role in SIGNED)
    return list(dict.fromkeys(name for p in signed for name in agencies_in(p.text, p.role)))


def ends_of(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    return paragraphs if len(paragraphs) <= 2 * ENDS else [*paragraphs[:ENDS], *paragraphs[-ENDS:]]


def agencies_in(text: str, role: str) -> list[str]:
    """Those of a dateline stand in brackets or strokes, those of a credit anywhere, each a word of its own."""
    pieces = NAMED.findall(text) if role == "dateline" else BETWEEN.split(text)
    found = (agency_of(piece.strip(" .")) for piece in pieces)
    return list(dict.fromkeys(name for name in found if name))


@cache
def forms() -> dict[str, str]:
    entries = [[form.strip() for form in line.split("|")] for line in read_lexicon("agencies")]
    return {form: entry[0] for entry in entries for form in entry}


def agency_of(words: str) -> str | None:
    """The name of the agency that goes by these words."""
    return forms().get(words)


def known_sources(entries: Iterable[SourceEntry]) -> dict[str, Source]:
    """The edition's sources by the names that a text may use."""
    sources = [Source(entry.id, entry.name, entry.kind, entry.country, entry.url) for entry in entries]
    return {folded(source.name): source for source in sources}


def folded(name: str) -> str:
    """The Daily Example, DAILY EXAMPLE"""
    return name.casefold().removeprefix("the ")


def as_source(name: str, kind: str, known: Mapping[str, Source]) -> Source:
    """The edition's own source of that name, in whichever form; a new one where it has none."""
    named = [form for form, full in forms().items() if full == name] or [name]
    registered = (known.get(folded(form)) for form in [name, *named])
    return next((source for source in registered if source), Source(slug(name), name, kind, None, None))
