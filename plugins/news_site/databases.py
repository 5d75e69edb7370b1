"""The databases that are there to be read, which of them is ours, and which tables a statement names."""

import re
from functools import partial
from sqlite3 import Connection

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import sqlite3

from .memory import remember

OURS = """
    select count(*) = 2
    from sqlite_master
    where (type, name) in (values ('table', 'build'), ('view', 'claim_sources'))
"""
PARAMETER = re.compile(r":(\w+)")


def to_read(datasette: Datasette) -> list[Database]:
    """All but Datasette's own, whose names begin with an underscore."""
    return [db for name, db in datasette.databases.items() if not name.startswith("_")]


async def is_ours(db: Database) -> bool:
    """Whether the build has made it."""

    async def find() -> bool:
        return bool((await db.execute(OURS)).single_value())

    return await remember(db, "ours", (), find)


async def tables_named(db: Database, sql: str) -> frozenset[str] | None:
    """The tables and views that a statement names, not those which views read in turn; None if it does not work."""
    return await remember(db, "tables named", (sql,), partial(db.execute_fn, partial(read_names, sql=sql)))


def read_names(conn: Connection, sql: str) -> frozenset[str] | None:
    views = {name for (name,) in conn.execute("select name from sqlite_master where type = 'view'")}
    named = set()

    def note(action: int, table: str, _column: str, _database: str, inside: str | None) -> int:
        if action == sqlite3.SQLITE_READ and inside not in views:
            named.add(table)
        return sqlite3.SQLITE_OK

    conn.set_authorizer(note)
    try:
        conn.execute(f"explain {sql}", dict.fromkeys(PARAMETER.findall(sql))).close()
    except sqlite3.Error:
        return None
    finally:
        conn.set_authorizer(None)
    return frozenset(named)
