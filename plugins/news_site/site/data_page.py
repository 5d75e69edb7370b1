"""/-/data: what every table and column means, what is in it, how the tables hang together, all downloads."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from sqlite3 import Connection
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import escape_sqlite, sqlite_timelimit
from datasette.utils.asgi import Request, Response

from ..compatibility import Actor, tables_metadata
from ..databases import name_of, to_read, visit
from ..memory import remember
from ..permissions import may_view, metadata_for
from ..responses import Route, respond_page
from .diagram import Diagram, Key, diagram

Described = Mapping[str, Any]  # what metadata.yml says of a table


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    meaning: str | None
    example: Any
    empty: float | None
    """The share of rows that have nothing there."""


@dataclass(frozen=True)
class Table:
    name: str
    kind: str
    description: str | None
    rows: int
    bytes: int
    columns: list[Column]


@dataclass(frozen=True)
class Survey:
    """All tables of a database with their foreign keys."""

    tables: list[Table]
    keys: list[Key]


@dataclass(frozen=True)
class Shown:
    """What somebody may view of a database."""

    name: str
    size: int
    download: bool
    tables: list[Table]
    keys: list[Key]
    diagram: Diagram


def columns_of(conn: Connection, table: str) -> list[tuple[str, str]]:
    return [(row["name"], row["type"]) for row in conn.execute(f"pragma table_info({escape_sqlite(table)})")]


def describe(conn: Connection, table: str, kind: str, described: Described) -> Table:
    """A table's number of rows, and of each column the type, the null share and an example, in one query."""
    columns = columns_of(conn, table)
    facts = ", ".join(
        f"count({escape_sqlite(name)}), min(substr({escape_sqlite(name)}, 1, 80)),"
        f" sum(length(cast({escape_sqlite(name)} as blob)))"
        for name, _ in columns
    )
    total, *found = conn.execute(f"select count(*), {facts} from {escape_sqlite(table)}").fetchone()  # noqa: S608
    meanings = described.get("columns") or {}
    return Table(
        name=table,
        kind=kind,
        description=described.get("description"),
        rows=total,
        bytes=sum(size or 0 for size in found[2::3]) + total * len(columns),
        columns=[
            Column(name, type.lower(), meanings.get(name), example, (total - filled) / total if total else None)
            for (name, type), filled, example in zip(columns, found[::3], found[1::3], strict=True)
        ],
    )


def relations(conn: Connection, tables: Iterable[str]) -> list[Key]:
    return [
        Key(table, row["from"], row["table"])
        for table in tables
        for row in conn.execute(f"pragma foreign_key_list({escape_sqlite(table)})")
    ]


def public_tables(
    conn: Connection, described: Mapping[str, Described], hidden: Collection[str]
) -> list[tuple[str, str]]:
    """Tables and views with their kind, first those that metadata.yml describes, in its order."""
    sql = "select name, type from sqlite_master where type in ('table', 'view') order by type, name"
    names = [(row["name"], row["type"]) for row in conn.execute(sql)]
    public = [(name, kind) for name, kind in names if name not in hidden and not name.startswith("sqlite_")]
    order = {name: place for place, name in enumerate(described)}
    return sorted(public, key=lambda table: (order.get(table[0], len(order)), table[0]))


def survey(conn: Connection, described: Mapping[str, Described], hidden: Collection[str]) -> Survey:
    """All that the page shows of a database, in one visit."""
    public = public_tables(conn, described, hidden)
    tables = [describe(conn, name, kind, described.get(name) or {}) for name, kind in public]
    return Survey(tables, relations(conn, sorted(name for name, kind in public if kind == "table")))


async def find_survey(datasette: Datasette, db: Database) -> Survey:
    described = await tables_metadata(datasette, name_of(db))
    hidden = await db.hidden_table_names()
    limit = max(60_000, datasette.setting("sql_time_limit_ms"))  # it reads every row, once

    def find(conn: Connection) -> Survey:
        with sqlite_timelimit(conn, limit):
            return survey(conn, described, hidden)

    return await visit(db, find)


async def shown_of(datasette: Datasette, actor: Actor, db: Database) -> Shown:
    """What somebody may view of a survey, and how that hangs together."""
    found = await remember(db, "survey", (), partial(find_survey, datasette, db))
    tables = [table for table in found.tables if await may_view(datasette, actor, db.name, tables=[table.name])]
    names = {table.name for table in tables}
    keys = [key for key in found.keys if {key.table, key.target} <= names]
    return Shown(name_of(db), db.size, not db.is_mutable, tables, keys, diagram(sorted(names), keys))


async def show_data(datasette: Datasette, request: Request) -> Response:
    databases = [
        await shown_of(datasette, request.actor, db)
        for db in to_read(datasette)
        if await may_view(datasette, request.actor, db.name)
    ]
    metadata = await metadata_for(datasette, request.actor)
    context = {"databases": databases, "metadata": metadata, "settings": datasette.settings_dict()}
    return await respond_page(datasette, request, "site/data.html", context)


@hookimpl
def register_routes() -> list[Route]:
    return [(r"^/-/data$", show_data)]
