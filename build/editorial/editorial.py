"""Reads the editorial files, seeds/*.yml, and checks that they follow the format and fit together."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ..core.problems import Problem, Problems, Where, quoted, reading
from ..reading.blocks import FRONT_MATTER
from ..reading.seeds import EDITION, REGISTRIES, SITE, Seed, find_seeds, line_of
from .entries import (
    ArticleEntry,
    EditionEntry,
    Entry,
    EventEntry,
    NamedEntry,
    PropositionEntry,
    RegistryEntry,
    Sidecar,
    SiteEntry,
    SourceEntry,
)
from .front_matter import as_stated
from .yaml_files import Mapping, parse_yaml

UNVERSIONED = EditionEntry(version="0")
UNTITLED = SiteEntry(title="News reporting, traced to its words")

T = TypeVar("T")
Reference = tuple[Entry, str, str]


class EditorialError(Problem):
    """An editorial file that says what it cannot mean."""


@dataclass(frozen=True)
class Editorial:
    """All editorial files of a folder; `sidecars` by the SHA-256 of their seed.

    `sha256` is that of all seeds and editorial files together; the seeds' names do not count.
    """

    edition: EditionEntry
    site: SiteEntry
    people: tuple[NamedEntry, ...]
    organizations: tuple[NamedEntry, ...]
    places: tuple[NamedEntry, ...]
    sources: tuple[SourceEntry, ...]
    events: tuple[EventEntry, ...]
    propositions: tuple[PropositionEntry, ...]
    sidecars: dict[str, Sidecar]
    sha256: str


def read_editorial(folder: Path, seeds: Sequence[Seed], problems: Problems) -> Editorial:
    """All editorial files of a folder; what is wrong with them goes to `problems`."""

    def read(name: str, kind: type[T], missing: T) -> T:
        return read_as(TypeAdapter(kind), folder / f"{name}.yml", problems) or missing

    sidecars = {seed.sha256: read_sidecar(seed, problems) for seed in seeds}
    editorial = Editorial(
        edition=read(EDITION, EditionEntry, UNVERSIONED),
        site=read(SITE, SiteEntry, UNTITLED),
        people=read("people", tuple[NamedEntry, ...], ()),
        organizations=read("organizations", tuple[NamedEntry, ...], ()),
        places=read("places", tuple[NamedEntry, ...], ()),
        sources=read("sources", tuple[SourceEntry, ...], ()),
        events=read("events", tuple[EventEntry, ...], ()),
        propositions=read("propositions", tuple[PropositionEntry, ...], ()),
        sidecars={key: sidecar for key, sidecar in sidecars.items() if sidecar},
        sha256=digest(folder, seeds),
    )
    check_seeds_exist(folder, problems)
    broken = {problem.where.path.stem for problem in problems.found}
    check_ids(editorial, problems)
    check_references(editorial, broken, problems)
    return editorial


def read_as(adapter: TypeAdapter[T], path: Path, problems: Problems) -> T | None:
    """A YAML file as what it should hold; None if it is missing or wrong."""
    with problems.collect(), reading(path):
        if path.exists():
            return check_format(adapter, parse_yaml(path.read_bytes(), path), path, problems)
    return None


def read_sidecar(seed: Seed, problems: Problems) -> Sidecar | None:
    """What an editor states about a seed, in its sidecar and, for Markdown, in its front matter."""
    path = seed.path.with_suffix(".yml")
    with problems.collect(), reading(path):
        has_sidecar = path.exists()
        front = parse_front_matter(seed)
        if front is not None and not check_format(TypeAdapter(ArticleEntry), front, seed.path, problems):
            return None
        stated = parse_yaml(path.read_bytes(), path) if has_sidecar else None
        if front is not None or has_sidecar:
            return check_format(TypeAdapter(Sidecar), merge(front, stated), path, problems)
    return None


def parse_front_matter(seed: Seed) -> Any:
    """What the front matter of a Markdown seed says; None if there is none."""
    match = FRONT_MATTER.match(seed.text) if seed.is_markdown else None
    if not match:
        return None
    return as_stated(parse_yaml(match["yaml"], seed.path, line_of(seed.text, match.start("yaml"))))


def merge(front: Any, stated: Any) -> Any:
    """Front matter and sidecar as one mapping; raises EditorialError if both give a key."""
    if not (isinstance(front, Mapping) and isinstance(stated, Mapping)):
        return front if stated is None else stated
    if twice := sorted(front.keys() & stated.keys()):
        raise EditorialError(stated.where_of[twice[0]], f"{quoted(twice[0])} stands in the front matter too; keep one")
    stated.update(front)
    stated.where_of.update(front.where_of)
    return stated


def digest(folder: Path, seeds: Sequence[Seed]) -> str:
    """SHA-256 of every seed with its sidecar, in an order of its own, and of the registries."""

    def hash_of(path: Path) -> str:
        try:
            return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        except OSError:  # it has a problem of its own
            return ""

    articles = sorted(seed.sha256 + hash_of(seed.path.with_suffix(".yml")) for seed in seeds)
    registries = [hash_of(folder / f"{name}.yml") for name in (*REGISTRIES, EDITION, SITE)]
    return sha256("\n".join([*articles, *registries]).encode()).hexdigest()


def check_format(adapter: TypeAdapter[T], value: Any, path: Path, problems: Problems) -> T | None:
    """The value as what it should be; None if it is not, with a problem for each thing wrong."""
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        for details in error.errors():
            problems.add(EditorialError(locate(value, details["loc"], path), explain(details)))
        return None


def locate(value: Any, steps: tuple[str | int, ...], path: Path) -> Where:
    """The line on which the innermost part of a value stands that the steps lead to."""
    where = value.where if isinstance(value, Mapping) else Where(path)
    for step in steps:
        if isinstance(value, Mapping) and isinstance(step, str) and step in value:
            value, where = value[step], value.where_of[step]
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
        where = value.where if isinstance(value, Mapping) else where
    return where


def explain(details: ErrorDetails) -> str:
    """An error of pydantic's as a sentence about the file."""
    key = next((step for step in reversed(details["loc"]) if isinstance(step, str)), "")
    named = key or "the file"
    match details["type"]:
        case "extra_forbidden":
            return f"the key {quoted(key)} means nothing here; see seeds/README.md"
        case "missing":
            return f"{quoted(key)} is missing"
        case "edtf" | "basis" | "list" | "speaker" | "figure":
            return details["msg"]
        case "literal_error":
            return f"{key} is {quoted(details['input'])}; it can be {details['ctx']['expected']}"
        case "tuple_type":
            return f"{named} must be a list"
        case "string_pattern_mismatch":
            pattern = details["ctx"]["pattern"]
            return f"{key} is {quoted(details['input'])}, which does not have the form {pattern}"
    return f"{named}: {details['msg']}"


def check_seeds_exist(folder: Path, problems: Problems) -> None:
    known = {*REGISTRIES, EDITION, SITE, *(path.stem for path in find_seeds(folder))}
    for path in sorted(folder.glob("[!.]*.[yY]*[mM][lL]")):
        if path.suffix != ".yml":
            problems.add(EditorialError(Where(path), f"is not read; name it {path.stem}.yml"))
        elif path.stem not in known:
            sentence = "there is no seed of this name; rename or remove it"
            problems.add(EditorialError(Where(path), sentence))


def people_of(editorial: Editorial) -> tuple[NamedEntry, ...]:
    """Everybody: the registry's people and those whom only one article knows."""
    return (*editorial.people, *of_sidecars(editorial, "people"))


def organizations_of(editorial: Editorial) -> tuple[NamedEntry, ...]:
    return (*editorial.organizations, *of_sidecars(editorial, "organization_records"))


def places_of(editorial: Editorial) -> tuple[NamedEntry, ...]:
    return (*editorial.places, *of_sidecars(editorial, "place_records"))


def events_of(editorial: Editorial) -> tuple[EventEntry, ...]:
    return (*editorial.events, *of_sidecars(editorial, "event_records"))


def of_sidecars(editorial: Editorial, key: str) -> Iterator[Any]:
    """The entries that sidecars have under a key."""
    return chain.from_iterable(getattr(sidecar, key) for sidecar in editorial.sidecars.values())


def registries_of(editorial: Editorial) -> dict[str, tuple[Any, ...]]:
    """The entries of every registry, by its name."""
    return {name: getattr(editorial, name) for name in REGISTRIES} | {
        "people": people_of(editorial),
        "organizations": organizations_of(editorial),
        "places": places_of(editorial),
        "events": events_of(editorial),
    }


def check_ids(editorial: Editorial, problems: Problems) -> None:
    """No two entries of a kind share an id, none gives the same twice, and no event is a part of itself."""
    registries = registries_of(editorial)
    sidecars = (sidecar for sidecar in editorial.sidecars.values() if sidecar.id)
    articles = sorted(sidecars, key=lambda sidecar: sidecar.where("id"))
    for entries in (*registries.values(), articles):
        first: dict[str, Entry] = {}
        for entry in entries:
            if (other := first.setdefault(entry.id, entry)) is not entry:
                sentence = f"the id {quoted(entry.id)} is taken by {other.where('id')}; give another"
                problems.add(EditorialError(entry.where("id"), sentence))
    check_former_ids(registries, problems)
    for name in ("people", "organizations", "places"):
        for entry in registries[name]:
            check_once(entry.aliases, "alias", problems)
    for event in events_of(editorial):
        check_once(event.people, "person", problems)
    check_no_circle(events_of(editorial), problems)


def check_once(entries: Sequence[Entry], key: str, problems: Problems) -> None:
    """No two entries of a list say the same under a key."""
    first: dict[str, Entry] = {}
    for entry in entries:
        value = getattr(entry, key)
        if (other := first.setdefault(value, entry)) is not entry:
            sentence = f"{quoted(value)} is given by {other.where(key)} already; keep one"
            problems.add(EditorialError(entry.where(key), sentence))


def check_former_ids(registries: dict[str, tuple[RegistryEntry, ...]], problems: Problems) -> None:
    """An id that was given up is nobody's, and leads to one entry of one registry alone."""
    for entries in registries.values():
        heirs: dict[str, RegistryEntry] = {}
        taken = {entry.id: entry for entry in entries}
        for entry in entries:
            for former in entry.formerly:
                other = taken.get(former) or heirs.setdefault(former, entry)
                if other is not entry or former == entry.id:
                    sentence = f"the id {quoted(former)} is taken by {other.where()}; take it out of one of them"
                    problems.add(EditorialError(entry.where("formerly"), sentence))


def check_no_circle(events: tuple[EventEntry, ...], problems: Problems) -> None:
    part_of = {event.id: event.part_of for event in events}
    for event in events:
        above, seen = event.part_of, {event.id}
        while above and above not in seen:
            seen.add(above)
            above = part_of.get(above)
        if above == event.id:
            sentence = f"{quoted(event.id)} is part of itself, by way of {quoted(event.part_of)}"
            problems.add(EditorialError(event.where("part_of"), sentence))


def check_references(editorial: Editorial, broken: Collection[str], problems: Problems) -> None:
    """Every id that an entry names is that of an entry. What a broken registry may hold is not known: it is counted."""
    known = {name: {entry.id for entry in entries} for name, entries in registries_of(editorial).items()}
    for entry, key, kind in references(editorial):
        value = getattr(entry, key)
        for named in value if isinstance(value, dict) else [value]:
            if not named or named in known[kind]:
                continue
            if kind in broken:
                problems.following += 1
            else:
                sentence = f"no id {quoted(named)} among the {kind}; add it to {kind}.yml or correct it"
                problems.add(EditorialError(entry.where(key), sentence))


def references(editorial: Editorial) -> Iterator[Reference]:
    """Every entry that names another, the key that does, and the kind of what it names."""
    for event in events_of(editorial):
        yield event, "place", "places"
        yield event, "part_of", "events"
        yield from each(event.people, "person", "people")
    yield from each(editorial.propositions, "event", "events")
    for sidecar in editorial.sidecars.values():
        yield from references_of(sidecar)


def references_of(sidecar: Sidecar) -> Iterator[Reference]:
    yield sidecar, "source", "sources"
    yield sidecar, "origin", "sources"
    yield from each(sidecar.mentions, "person", "people")
    yield from each(sidecar.organizations, "organization", "organizations")
    yield from each(sidecar.places, "place", "places")
    yield from each(sidecar.events, "event", "events")
    for claim in sidecar.claims or ():
        yield claim, "speaker", "people"
        yield claim, "speaker_organization", "organizations"
        yield claim, "event", "events"
        yield claim, "propositions", "propositions"


def each(entries: Sequence[Entry] | None, key: str, kind: str) -> Iterator[Reference]:
    """What every entry of a list names under a key."""
    return ((entry, key, kind) for entry in entries or ())
