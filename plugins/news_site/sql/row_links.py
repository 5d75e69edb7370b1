"""Which cells of a result name a row to open."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import escape_sqlite, tilde_encode

from ..compatibility import Actor
from ..row_places import Place, address_of, row_places
from .errors import NOT_NAMES
from .schema import Schema, find_schema

EXISTING = "select {key}, * from {table} where {key} in (select value from json_each(:ids))"
ASKED = re.compile(r'\b(?:from|join)\s+["\[`]?(\w+)', re.IGNORECASE)


def targets_of(schema: Schema, sql: str) -> dict[str, str]:
    """The table that a column of an answer leads to: that of its foreign key, and for the key of a table that
    alone is asked, this table."""
    asked = {name.lower() for name in ASKED.findall(NOT_NAMES.sub(" ", sql))}
    alone = asked.pop() if len(asked) == 1 else None
    targets = schema.targets | ({schema.keys[alone]: alone} if alone in schema.keys else {})
    return {column: table for column, table in targets.items() if table in schema.keys}


async def find_existing(
    db: Database, key: str, table: str, place: Place | None, ids: Iterable[str], base: str
) -> dict[str, str]:
    """The addresses of those rows of a table that there are, by their ids."""
    sql = EXISTING.format(key=escape_sqlite(key), table=escape_sqlite(table))
    rows = await db.execute(sql, {"ids": json.dumps(sorted(ids))})
    own = f"{base}/{tilde_encode(table)}/"
    return {row[0]: (place and address_of(place, row, row.keys(), base)) or own + tilde_encode(row[0]) for row in rows}


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
    wanted = defaultdict(set)
    for row in rows:
        for table, value in zip(tables, row, strict=True):
            if table and type(value) is str:
                wanted[table].add(value)
    db, base = datasette.get_database(database), datasette.urls.database(database)
    places = await row_places(db)
    urls = {
        table: await find_existing(db, schema.keys[table], table, places.get(table), ids, base)
        for table, ids in wanted.items()
    }
    return [[urls.get(table or "", {}).get(value) for table, value in zip(tables, row, strict=True)] for row in rows]
