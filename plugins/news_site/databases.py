"""The databases that are there to be read, which of them is ours, and which tables a statement names."""

import re
from collections.abc import Callable
from functools import partial
from sqlite3 import Connection
from typing import TypeVar

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import sqlite3

from .memory import remember

OURS = """
    select count(*) = 4 and exists (select * from sqlite_master where (type, name) = ('view', 'claim_sources'))
    from sqlite_master as tables
    join pragma_table_info(tables.name) as columns
    where tables.type = 'table' and (tables.name, columns.name) in (
      values ('build', 'version'), ('build', 'date'), ('site', 'title'), ('site', 'annotated_by')
    )
"""
COLUMNS = "select name from pragma_table_xinfo(:table)"  # those that only a search index has as well
PARAMETER = re.compile(r":(\w+)")
OF_PATHS = {
    (sqlite3.SQLITE_READ, "pragma_database_list"): sqlite3.SQLITE_DENY,
    (sqlite3.SQLITE_PRAGMA, "database_list"): sqlite3.SQLITE_IGNORE,
}
Found = TypeVar("Found")


def to_read(datasette: Datasette) -> list[Database]:
    """All but Datasette's own, whose names begin with an underscore."""
    return [db for name, db in datasette.databases.items() if not name.startswith("_")]


def name_of(db: Database) -> str:
    """Its type says that it may have none: Datasette names a database a little later than it makes it."""
    return str(db.name)


async def visit(db: Database, find: Callable[[Connection], Found]) -> Found:
    """What a function finds that is given a connection, in a thread of Datasette's."""
    found: Found = await db.execute_fn(find)
    return found


def hide_paths(conn: Connection) -> None:
    """Lets nobody ask where the file of a database lies.

    A column can be read past what forbids it (`full join pragma_database_list using (file)`), and so the rows are
    kept back as well; Datasette, which asks in the same words, learns of no databases attached to one of ours.
    """

    def judge(action: int, name: str | None, *_: object) -> int:
        verdict: int = OF_PATHS.get((action, (name or "").lower()), sqlite3.SQLITE_OK)
        return verdict

    conn.set_authorizer(judge)


async def is_ours(db: Database) -> bool:
    """Whether the build has made it."""

    async def find() -> bool:
        return bool((await db.execute(OURS)).single_value())

    return await remember(db, "ours", (), find)


async def column_names(db: Database, table: str) -> list[str]:
    """The columns of a table or view; none where there is no such thing, whatever it is called."""
    return [str(row["name"]) for row in (await db.execute(COLUMNS, {"table": table})).rows]


async def tables_named(db: Database, sql: str) -> frozenset[str] | None:
    """The tables and views that a statement names, not those which views read in turn; None if it does not work."""
    return await remember(db, "tables named", (sql,), partial(visit, db, partial(read_names, sql=sql)))


def read_names(conn: Connection, sql: str) -> frozenset[str] | None:
    views = {name for (name,) in conn.execute("select name from sqlite_master where type = 'view'")}
    named: set[str] = set()

    def note(action: int, table: str | None, _column: str | None, _database: str | None, inside: str | None) -> int:
        if table and action == sqlite3.SQLITE_READ and inside not in views:
            named.add(table)
        return 0  # which is SQLITE_OK

    values = dict.fromkeys(PARAMETER.findall(sql))
    try:
        conn.execute(f"explain {sql}", values).close()  # a search index, when it is opened, reads tables of its own
        conn.set_authorizer(note)
        conn.execute(f"explain query plan {sql}", values).close()
    except sqlite3.Error:
        return None
    finally:
        hide_paths(conn)
    return frozenset(named)
