"""Refuses filters by columns that are not there, sizes that are none, and a next page that nothing leads to."""

import re
from collections.abc import Collection, Iterable, Sequence

from datasette.app import Datasette
from datasette.database import Database
from datasette.filters import Filters
from datasette.utils import MultiParams
from datasette.utils.asgi import BadRequest
from rapidfuzz.distance import OSA

from ..compatibility import tables_metadata
from ..databases import column_names

LOOKUPS = [str(name) for name in Filters._filters_by_key]
SIZES = {"_size": "_size must be a positive integer", "_facet_size": "_facet_size is a number, or max"}
NUMBER = re.compile("-?[0-9]{1,18}")


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that was meant: it begins so, or one letter in three is changed, swapped, added or missing."""
    folded = {other: other.lower() for other in names}
    rated = [(OSA.distance(name, lower), lower[:1] != name[:1], other) for other, lower in folded.items()]
    most = max(1, len(name) // 3)
    near = [rate for rate in rated if rate[0] <= most or folded[rate[2]].startswith(name)]
    return min(near)[2] if name and near else None


def meant(words: str, name: str | None) -> str:
    return f"{words}; did you mean {name}?" if name else f"{words}."


def is_filter(key: str) -> bool:
    """As Datasette has it: what begins with _ and has no __ in it is none."""
    return not key.startswith("_") or "__" in key


def check_filter(key: str, columns: Collection[str]) -> None:
    column, _, lookup = key.rpartition("__") if "__" in key else (key, "", "exact")
    known = {name.lower() for name in columns}
    if key.lower() in known:
        return
    if column.lower() not in known:
        raise BadRequest(meant(f"There is no column {column}", nearest(column.lower(), columns)))
    if lookup not in LOOKUPS:
        near = nearest(lookup.lower(), LOOKUPS)
        raise BadRequest(meant(f"There is no filter {key}", near and f"{column}__{near}"))


def check_sizes(args: MultiParams) -> None:
    for name, words in SIZES.items():
        if not re.fullmatch("[0-9]*|max", args.get(name) or ""):
            raise BadRequest(words)


def check_next(token: str, keys: Sequence[str], is_view: bool, is_sorted: bool) -> None:
    """What comes next is counted off in a view, and in a table comes after a row: its sorted value and its keys."""
    parts = [token] if is_view else token.split(",")
    if not is_view and len(parts) != len(keys) + is_sorted:
        raise BadRequest(f"_next={token} leads nowhere; follow the link to the next page.")
    if (is_view or list(keys) == ["rowid"]) and not NUMBER.fullmatch(parts[-1]):
        raise BadRequest(f"_next={token} is not a number")


async def is_sorted(datasette: Datasette, database: str, table: str, args: MultiParams) -> bool:
    asked = args.get("_sort") or args.get("_sort_desc")
    stated = (await tables_metadata(datasette, database)).get(table) or {}
    return bool(asked or stated.get("sort") or stated.get("sort_desc"))


async def check_filters(datasette: Datasette, database: str, table: str, args: MultiParams) -> None:
    """Raises BadRequest for what Datasette would fail on, or answer with all rows or none."""
    db: Database = datasette.get_database(database)
    filters, token = list(filter(is_filter, args)), args.get("_next")
    is_view = bool((filters or token) and await db.get_view_definition(table))
    columns = [*await column_names(db, table), *([] if is_view else ["rowid"])] if filters else []
    for key in filters:
        check_filter(key, columns)
    check_sizes(args)
    if token:
        keys = await db.primary_keys(table) or ["rowid"]
        check_next(token, keys, is_view, await is_sorted(datasette, database, table, args))
