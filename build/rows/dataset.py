"""Puts all records together: seeds and editorial files go in, the rows of news.db come out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..core.problems import Problems
from ..core.records import (
    Alias,
    Build,
    Mention,
    Organization,
    OrganizationAlias,
    OrganizationMention,
    Person,
    Place,
    PlaceAlias,
    PlaceMention,
    Proposition,
    Record,
    Redirect,
    Site,
    Source,
)
from ..core.tables import Dataset, collect
from ..editorial.editorial import Editorial, organizations_of, people_of, places_of, registries_of
from ..editorial.entries import EventEntry, Sidecar, SiteEntry
from ..extractor.findings import Extraction
from ..extractor.scores import read_scores
from ..extractor.versions import Versions
from ..reading.seeds import Seed
from .articles import NO_SIDECAR, make_article, make_notes
from .claims import make_claims
from .dates import find_dates
from .entities import make_aliases, make_entities, make_mentions
from .events import make_event_reports, make_events
from .known import fuller_names, registries
from .methods import CURATED, Found, method_of
from .origins import known_sources, sources_of, with_origin
from .parts import gather, make_event_people
from .passages import ArticleText
from .proposal import make_proposal
from .proposals import merge, propose
from .words import find_words


def assemble(
    seeds: Iterable[Seed],
    editorial: Editorial,
    extracted: Mapping[str, Extraction],
    versions: Versions,
    problems: Problems,
) -> Dataset:
    """The whole dataset; citations that cannot be found go to `problems`.

    `extracted` holds what the extractor found, by the SHA-256 of the seed, where an editor left something to it.
    """
    records = list(registry_records(editorial, versions))
    proposed: list[Record] = []
    known = replace(registries(editorial), fuller=fuller_names(extracted.values()))
    sources = known_sources(editorial.sources)
    articles, credited = [], []
    for seed in seeds:
        sidecar = editorial.sidecars.get(seed.sha256, NO_SIDECAR)
        article, text = make_article(seed, sidecar)
        article, named = with_origin(article, text.paragraphs, sidecar, sources)
        articles.append(article)
        credited.append(named)
        records += [*text.paragraphs, *curated_records(text, sidecar, problems)]
        if seed.sha256 in extracted:
            proposed += propose(make_proposal(text, extracted[seed.sha256], known), sidecar)
    records += [*articles, *sources_of(articles, credited, sources.values())]
    records += make_event_people(events_with_methods(editorial), gather([*records, *proposed]), problems)
    dataset = collect([*records, *merge(proposed)])
    return replace(dataset, dates=find_dates(dataset), words=find_words(dataset))


def registry_records(editorial: Editorial, versions: Versions) -> Iterator[Record]:
    """The rows that the registries give, whatever the articles say."""
    yield Build(
        id="news",
        seeds_sha256=editorial.sha256,
        version=editorial.edition.version,
        date=editorial.edition.date,
        extractor=versions.extractor,
        model=versions.model,
    )
    yield make_site(editorial.site)
    yield from read_scores()
    for source in editorial.sources:
        yield Source(source.id, source.name, source.kind, source.country, source.url)
    yield from make_entities(Person, people_of(editorial))
    yield from make_aliases(Alias, people_of(editorial))
    yield from make_entities(Organization, organizations_of(editorial))
    yield from make_aliases(OrganizationAlias, organizations_of(editorial))
    yield from make_entities(Place, places_of(editorial))
    yield from make_aliases(PlaceAlias, places_of(editorial))
    yield from make_events(editorial.events)
    for proposition in editorial.propositions:
        yield Proposition(proposition.id, proposition.text, proposition.event, **CURATED)
    for table, entries in registries_of(editorial).items():
        yield from (Redirect(table, former, entry.id) for entry in entries for former in entry.formerly)


def events_with_methods(editorial: Editorial) -> Iterator[tuple[EventEntry, Found]]:
    """Every event of an editor's, and who found its people."""
    yield from ((entry, CURATED) for entry in editorial.events)
    for sidecar in editorial.sidecars.values():
        yield from ((entry, method_of(entry, sidecar.reviewed)) for entry in sidecar.event_records)


def make_site(entry: SiteEntry) -> Site:
    home = None if entry.home is None else json.dumps(entry.home)
    return Site(id="news", **entry.model_dump(exclude={"home"}), home=home)


def curated_records(text: ArticleText, sidecar: Sidecar, problems: Problems) -> Iterator[Record]:
    """The rows that an article's sidecar gives."""
    people, organizations, places = sidecar.mentions, sidecar.organizations, sidecar.places
    yield from make_mentions(Mention, "person", text, people or (), problems, sidecar.reviewed)
    yield from make_mentions(OrganizationMention, "organization", text, organizations or (), problems, sidecar.reviewed)
    yield from make_mentions(PlaceMention, "place", text, places or (), problems, sidecar.reviewed)
    yield from make_claims(text, sidecar, problems)
    yield from make_events(sidecar.event_records, sidecar.reviewed)
    yield from make_event_reports(text, sidecar, problems)
    yield from make_notes(text, sidecar, problems)
