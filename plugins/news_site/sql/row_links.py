"""Which cells of a result name a row to open."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import escape_sqlite, tilde_encode

from ..compatibility import Actor
from .errors import NOT_NAMES
from .schema import Schema, find_schema

EXISTING = "select {place}, {key} from {table} where {key} in (select value from json_each(:ids{place}))"
ASKED = re.compile(r'\b(?:from|join)\s+["\[`]?(\w+)', re.IGNORECASE)


def targets_of(schema: Schema, sql: str) -> dict[str, str]:
    """The table that a column of an answer leads to: that of its foreign key, and for the key of a table that
    alone is asked, this table."""
    asked = {name.lower() for name in ASKED.findall(NOT_NAMES.sub(" ", sql))}
    alone = asked.pop() if len(asked) == 1 else None
    targets = schema.targets | ({schema.keys[alone]: alone} if alone in schema.keys else {})
    return {column: table for column, table in targets.items() if table in schema.keys}


async def find_existing(
    db: Database, keys: Mapping[str, str], wanted: Iterable[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Those of the wanted rows, (table, id), that there are."""
    ids = defaultdict(list)
    for table, id in sorted(wanted):
        ids[table].append(id)
    selects = [
        EXISTING.format(place=place, key=escape_sqlite(keys[table]), table=escape_sqlite(table))
        for place, table in enumerate(ids)
    ]
    if not selects:
        return set()
    listed = {f"ids{place}": json.dumps(found) for place, found in enumerate(ids.values())}
    tables = list(ids)
    return {(tables[place], id) for place, id in await db.execute(" union all ".join(selects), listed)}


async def find_links(
    datasette: Datasette,
    actor: Actor,
    database: str,
    sql: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
) -> list[list[str | None]]:
    """For each cell of each row the address of the row that it names, or None."""
    schema = await find_schema(datasette, actor, database)
    targets = targets_of(schema, sql)
    tables = [targets.get(column) for column in columns]
    wanted = {
        (table, value) for row in rows for table, value in zip(tables, row, strict=True) if table and type(value) is str
    }
    existing = await find_existing(datasette.get_database(database), schema.keys, wanted)
    base = datasette.urls.database(database)
    urls: dict[tuple[str | None, Any], str] = {
        (table, id): f"{base}/{tilde_encode(table)}/{tilde_encode(id)}" for table, id in existing
    }
    return [[urls.get(cell) for cell in zip(tables, row, strict=True)] for row in rows]
