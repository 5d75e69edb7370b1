"""How results are shown: matches marked, with the ways to more of them and to fewer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from markupsafe import Markup, escape

from ..folding import fold
from .expressions import clean
from .finding import MOST_PAGES, PAGE, Asked, Results
from .kinds import KINDS, Kind
from .searched import Row

MATCH = re.compile("\x02([^\x02\x03]*)\x03")
STRAY = re.compile("[\x02\x03]")  # an article's own, or one whose other was cut off
MARK = Markup("<mark>{}</mark>")


@dataclass(frozen=True)
class Narrowing:
    """A way to narrow a search down, with what can be chosen: values with their names."""

    name: str
    label: str
    unset: str
    options: list[tuple[str, str]]
    chosen: str | None


@dataclass(frozen=True)
class Group:
    """The results of a kind, with the ways to more of it."""

    kind: Kind
    rows: list[Row]
    total: int
    all: str | None
    next: str | None
    previous: str | None


def show_matches(text: str | None) -> Markup:
    """Text with its matches marked."""
    pieces = [STRAY.sub("", piece) for piece in MATCH.split(text or "")]
    return Markup().join(MARK.format(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces))


def address(datasette: Datasette, asked: Asked, **changed: object) -> str:
    """The address of the search with some of it changed."""
    values = {name: value for name, value in {**asdict(asked), "page": None, **changed}.items() if value}
    return f"{datasette.urls.path('/-/search')}?{urlencode(values)}"


def as_json(row: Row, base: str | None) -> dict[str, Any]:
    """A result as people get it who ask for JSON."""
    return {
        "id": row["id"],
        "url": f"{base}/{row['page']}",
        "title": STRAY.sub("", row["title"] or ""),
        "snippet": str(show_matches(row["snippet"] or row["title"])),
        "note": STRAY.sub("", row["note"] or "") or None,
        "source": row["source"],
        "date": row["date"],
        "method": row["method"],
        "confidence": row["confidence"],
    }


def narrowings(asked: Asked, kinds: Sequence[str], choices: Mapping[str, Sequence[Row]]) -> Iterator[Narrowing]:
    """The three ways to narrow a search down, each with its options; one that is chosen is always among them."""
    options: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
        "kind": ("Only", "everything", [(kind, KINDS[kind].many) for kind in kinds]),
        "source": ("From", "any source", [(row["id"], row["name"]) for row in choices["sources"]]),
        "person": (
            "With",
            "anybody",
            sorted(((row["id"], row["name"]) for row in choices["people"]), key=itemgetter(1)),
        ),
    }
    for name, (label, unset, pairs) in options.items():
        chosen = getattr(asked, name)
        added = [(chosen, chosen)] if chosen and chosen not in dict(pairs) else []
        yield Narrowing(name, label, unset, pairs + added, chosen)


def examples(people: Sequence[Row]) -> list[tuple[str, str]]:
    """What can be typed, with the two people that are named most."""
    names = [name for person in people[:2] if (name := clean(person["name"]).split())]
    if len(names) < 2:
        return []
    family, other = names[0][-1], names[1][-1]
    return [
        (fold(family), "a word: capitals and accents do not matter, and endings hardly"),
        (f"{family} {other}", "several words: all of them"),
        (f'"{" ".join(names[0])}"', "words in this order"),
        (f"{family[:4]}*", "words that begin like this"),
        (f"{family} -{other}", "without a word"),
    ]


def groups(datasette: Datasette, answer: Results, asked: Asked) -> Iterator[Group]:
    """The results by kind: one by itself in pages, the beginning of each among others."""
    for kind, rows in answer.found.items():
        total = rows[0]["total"]
        if asked.kind:
            yield Group(KINDS[kind], rows, total, None, *pages_beside(datasette, asked, total, len(rows)))
        else:
            more = address(datasette, asked, kind=kind) if len(rows) < total else None
            yield Group(KINDS[kind], rows, total, more, None, None)


def pages_beside(datasette: Datasette, asked: Asked, total: int, shown: int) -> tuple[str | None, str | None]:
    """The addresses of the next and the previous page."""
    ends = (asked.page - 1) * PAGE + shown >= total or asked.page >= MOST_PAGES
    following = None if ends else address(datasette, asked, page=asked.page + 1)
    return following, address(datasette, asked, page=asked.page - 1) if asked.page > 1 else None
