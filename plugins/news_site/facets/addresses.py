"""The addresses of rows with a value, and without it."""

import json
from collections.abc import Collection
from urllib.parse import parse_qsl, urlencode

from datasette.utils.asgi import Request

from .ways import UNITS, Way

Pair = tuple[str, str]


def address(request: Request, added: Collection[Pair] = (), removed: Collection[Pair] = ()) -> str:
    """The address of the first page of rows with some pairs of its query more or fewer."""
    pairs = parse_qsl(request.query_string, keep_blank_values=True)
    pairs = [pair for pair in pairs if pair not in removed and pair[0] != "_next"]
    query = urlencode([*pairs, *added])
    return f"{request.path}?{query}" if query else str(request.path)


def is_numeric(declared: str) -> bool:
    """Whether a column of that type makes a number of the words in a query."""
    return any(part in declared.upper() for part in ("INT", "REAL", "NUM", "FLO", "DO", "DEC"))


def filter_for(way: Way, value: object) -> Pair:
    """The pair of a query that leaves the rows with a value."""
    if way.link:
        return "_through", json.dumps({"table": way.link.table, "column": way.column, "value": value})
    if way.kind in UNITS:
        return f"{way.column}__startswith", str(value)
    if isinstance(value, (int, float)) and not is_numeric(way.plan.tables[way.table].columns[way.column]):
        return f"{way.column}__in", json.dumps([value])
    plain = not way.column.startswith("_") and "__" not in way.column
    return way.column if plain else f"{way.column}__exact", str(value)


def is_chosen(pair: Pair, pairs: Collection[Pair]) -> Pair | None:
    """The pair as it stands in a query; that of a link is JSON, however spaced."""
    if pair[0] != "_through":
        return pair if pair in pairs else None
    same = (other for other in pairs if other[0] == "_through" and json.loads(other[1]) == json.loads(pair[1]))
    return next(same, None)
