"""The tables that can be asked, with their columns, keys and targets."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter
from sqlite3 import Row
from typing import NamedTuple

from datasette.app import Datasette
from datasette.database import Database
from markupsafe import Markup

from ..compatibility import Actor
from ..memory import remember
from ..permissions import may_view

SCHEMA = """
    select tables.name as "table", tables.type as kind, columns.name as "column", columns.pk, keys."table" as target
    from sqlite_master as tables
    join pragma_table_info(tables.name) as columns
    left join pragma_foreign_key_list(tables.name) as keys on keys."from" = columns.name
    where tables.type in ('table', 'view') and tables.name not like 'sqlite^_%' escape '^'
    order by tables.type, tables.name, columns.cid
"""


class Column(NamedTuple):
    name: str
    key: bool
    target: str | None  # the table it points to


class Table(NamedTuple):
    """A table or view with its columns."""

    name: str
    kind: str
    columns: list[Column]


def grouped(rows: Iterable[Row], hidden: Collection[str]) -> list[Table]:
    """The answer of SCHEMA by table."""
    return [
        Table(name, kind, [Column(row["column"], bool(row["pk"]), row["target"]) for row in of_table])
        for (name, kind), of_table in groupby(rows, itemgetter("table", "kind"))
        if name not in hidden
    ]


def find_keys(tables: Sequence[Table]) -> dict[str, str]:
    """By the name of a table the one column that names a row of it."""
    keys = {table.name: [column.name for column in table.columns if column.key] for table in tables}
    return {name: columns[0] for name, columns in keys.items() if len(columns) == 1}


def find_targets(tables: Sequence[Table]) -> dict[str, str]:
    """By the name of a foreign key the table to which all keys of this name point."""
    targets: dict[str, set[str]] = defaultdict(set)
    for table in tables:
        for column in table.columns:
            if column.target:
                targets[column.name].add(column.target)
    return {name: others.pop() for name, others in targets.items() if len(others) == 1}


@dataclass(frozen=True)
class Schema:
    html: Markup  # for readers
    keys: dict[str, str]
    targets: dict[str, str]


async def find_schema(datasette: Datasette, actor: Actor, database: str) -> Schema:
    """What somebody may view of a database."""
    db = datasette.get_database(database)
    tables = await remember(db, "tables to ask", (), partial(find_tables, db))
    seen = [table for table in tables if await may_view(datasette, actor, db.name, tables=[table.name])]
    names = tuple(table.name for table in seen)
    return await remember(db, "schema to read", names, partial(make_schema, datasette, db, seen))


async def find_tables(db: Database) -> list[Table]:
    return grouped((await db.execute(SCHEMA)).rows, await db.hidden_table_names())


async def make_schema(datasette: Datasette, db: Database, tables: Sequence[Table]) -> Schema:
    html = await datasette.render_template("sql/_schema.html", {"database": db.name, "tables": tables})
    return Schema(Markup(html), find_keys(tables), find_targets(tables))
