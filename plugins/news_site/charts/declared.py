"""Charts as metadata.yml declares them: each is checked, and what is wrong with it said in a sentence."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from datasette.app import Datasette
from datasette.utils import validate_sql_select

MARKS = {"arc", "area", "bar", "circle", "line", "point", "rect", "rule", "square", "text", "tick", "trail"}
LEADING = {"arc", "bar", "circle", "point", "rect", "square", "tick"}  # of one row each, so they can lead to its rows
SPEC_KEYS = {"mark", "encoding", "layer", "resolve", "height"}
WORDS = {"title", "takeaway", "takeaway_sql", "database", "sql", "panels", "label", "source"}
NAMED = {"columns", "parameters", "home"}  # each a dictionary of words
KEYS = SPEC_KEYS | WORDS | NAMED | {"link"}
# What would load something, lead elsewhere, or let one mark stand for several rows
REFUSED = {
    "aggregate": "count in the SQL instead, so that each mark is one of its rows",
    "bin": "sort into classes in the SQL instead, so that each mark is one of its rows",
    "timeUnit": "cut the date in the SQL instead, so that each mark is one of its rows",
    "data": "the data come from the SQL",
    "href": "say where marks lead with link",
    "url": "a chart loads nothing",
}
NAME = re.compile(r"[a-z0-9-]+")
Spec = dict[str, Any]  # Vega-Lite


class ChartError(Exception):
    """A chart that cannot be drawn, with the reason in a sentence for whoever reads the page."""


@dataclass(frozen=True)
class Link:
    """The rows that a mark leads to: of which table, with which of its columns like which of the chart's SQL."""

    table: str
    filters: dict[str, str]


@dataclass(frozen=True)
class Chart:
    """What metadata.yml says of one chart; `spec` is the Vega-Lite part of it."""

    name: str
    title: str
    sql: str
    spec: Spec
    takeaway: str = ""
    takeaway_sql: str | None = None
    database: str | None = None
    panels: str | None = None
    label: str = ""
    link: Link | None = None
    source: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    """What the table beneath shows: columns of the SQL with their headings."""
    parameters: dict[str, str] = field(default_factory=dict)
    """What each parameter of the SQL asks the reader for."""
    home: dict[str, str] | None = None
    """The parameters with which it stands on the home page, if it does."""


def declare(name: str, entry: object) -> Chart:
    """The chart of an entry in metadata.yml. Raises ChartError if it cannot be one."""
    if not NAME.fullmatch(name):
        raise ChartError("its name may hold a-z, 0-9 and - only")
    if not isinstance(entry, dict):
        raise ChartError("it has to be a list of keys and values")
    check_keys(entry)
    for key, value in entry.items():
        check_words(key, value)
    spec = {key: value for key, value in entry.items() if key in SPEC_KEYS}
    check_spec(spec)
    link = read_link(entry.get("link"))
    for sql in filter(None, (entry["sql"], entry.get("takeaway_sql"))):
        check_sql(sql)
    words = {key: value for key, value in entry.items() if key in WORDS | NAMED}
    return Chart(name, spec=spec, link=link, **words)


def check_keys(entry: dict[object, object]) -> None:
    if unknown := sorted(map(str, entry.keys() - KEYS)):
        raise ChartError(f"{unknown[0]} is not a key of a chart; there are {', '.join(sorted(KEYS))}")
    for key in ("title", "sql"):
        if key not in entry:
            raise ChartError(f"{key} is missing")


def check_words(key: str, value: object) -> None:
    if key in WORDS and not isinstance(value, str):
        raise ChartError(f"{key} has to be a text")
    if key in NAMED and not (isinstance(value, dict) and all(isinstance(word, str) for word in value.values())):
        raise ChartError(f"{key} has to be a list of names and texts")


def check_sql(sql: str) -> None:
    try:
        validate_sql_select(sql)
    except Exception as error:
        raise ChartError(f"its SQL can only read: {error}") from error


def read_link(link: object) -> Link | None:
    if link is None:
        return None
    if not isinstance(link, dict) or link.keys() != {"table", "filters"} or not isinstance(link["table"], str):
        raise ChartError("link has to name a table and filters")
    filters = link["filters"]
    named = isinstance(filters, dict) and all(isinstance(name, str) for pair in filters.items() for name in pair)
    if not filters or not named:
        raise ChartError("link.filters has to name, for each column of the table, a column of the SQL")
    return Link(link["table"], filters)


def check_spec(spec: Spec) -> None:
    """Raises ChartError with the first thing that is not Vega-Lite, or not allowed here."""
    layers = spec.get("layer", [spec])
    for layer in layers if isinstance(layers, list) else [None]:
        check_mark(layer)
    for key in keys_of(spec):
        if key in REFUSED:
            raise ChartError(f"{key} is not for charts here: {REFUSED[key]}")
    check_grammar(spec)


def check_mark(layer: object) -> None:
    if not isinstance(layer, dict) or "mark" not in layer:
        raise ChartError("mark is missing")
    if mark_type(layer) not in MARKS:
        raise ChartError(f"mark is {mark_type(layer)!r}; there are {', '.join(sorted(MARKS))}")


def check_grammar(spec: Spec) -> None:
    import altair  # takes half a second

    kind = altair.LayerChart if "layer" in spec else altair.Chart
    try:
        kind.from_dict({"data": {"values": []}, **spec})
    except Exception as error:  # its validation errors have no class of their own
        where = ".".join(map(str, getattr(error, "absolute_path", ())))
        reason = getattr(error, "message", str(error)).partition("\n")[0]
        raise ChartError(f"{where or 'it'} is not Vega-Lite: {reason}") from error


def keys_of(value: object) -> Iterator[str]:
    """All keys of nested dictionaries."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def mark_type(layer: Spec) -> str:
    mark = layer["mark"]
    return str(mark.get("type") if isinstance(mark, dict) else mark)


@lru_cache
def declare_all(entries: str) -> tuple[dict[str, Chart], dict[str, str]]:
    """The charts by name, and for each that is wrong what is."""
    charts: dict[str, Chart] = {}
    problems: dict[str, str] = {}
    for name, entry in json.loads(entries).items():
        try:
            charts[name] = declare(name, entry)
        except ChartError as error:
            problems[name] = str(error)
    return charts, problems


def declared(datasette: Datasette) -> tuple[dict[str, Chart], dict[str, str]]:
    return declare_all(json.dumps(datasette.plugin_config("charts") or {}, default=str))
