"""Asks a server, while it starts, for the pages that read the whole of a database: the first visitor finds them made.

Only where Datasette is served, of databases that cannot change, and only pages of which something is kept.
"""

import asyncio
from collections.abc import Callable
from functools import wraps
from typing import Any

from datasette import hookimpl
from datasette.database import Database, QueryInterrupted
from datasette.utils import escape_sqlite, sqlite3

from ..asgi import Application, Receive, Scope, Send
from ..compatibility import IS_NEXT
from ..databases import name_of, to_read

WHOLE = ("/", "/-/charts", "/-/data")
LONGEST = 60_000  # milliseconds that a count may take, as nobody waits for it


async def make_ready(datasette: Any) -> None:
    """Counts what is in each database, then asks for the pages, one after the other."""
    databases = [db for db in to_read(datasette) if not db.is_mutable]
    for db in databases:
        await keep_counts(datasette, db)
    lists = [path for db in databases for path in await lists_of(datasette, db)]
    for path in [*WHOLE, *lists] if databases else []:
        await datasette.client.get(path)  # one that fails says so to whoever asks next


async def lists_of(datasette: Any, db: Database) -> list[str]:
    """The addresses of a database, its tables and its views, but for those that nobody is led to."""
    hidden = await db.hidden_table_names()
    names = [name for name in [*await db.table_names(), *await db.view_names()] if name not in hidden]
    return [datasette.urls.database(name_of(db)), *(datasette.urls.table(name_of(db), name) for name in names)]


async def keep_counts(datasette: Any, db: Database) -> None:
    """The rows of each table and view where Datasette looks for those that `datasette inspect` has counted.

    It counts tables itself, those that take no longer than some milliseconds, and views for every page.
    """
    await db.table_counts(LONGEST)
    counted = {view: {"count": await count_rows(db, view)} for view in await db.view_names()}
    tables = {view: counts for view, counts in counted.items() if counts["count"] is not None}
    known = {"hash": db.hash, "size": db.size, "tables": tables}
    datasette.inspect_data = (datasette.inspect_data or {}) | {name_of(db): known}


async def count_rows(db: Database, view: str) -> int | None:
    """None of a view that does not work."""
    sql = f"select count(*) from {escape_sqlite(view)}"  # noqa: S608
    try:
        return int((await db.execute(sql, custom_time_limit=LONGEST, log_sql_errors=False)).single_value())
    except (QueryInterrupted, sqlite3.Error):
        return None


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Application], Application]:
    def wrap(app: Application) -> Application:
        @wraps(app)
        async def with_pages(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "lifespan" or IS_NEXT:
                return await app(scope, receive, send)
            making = asyncio.create_task(make_ready(datasette))
            try:
                await app(scope, receive, send)
            finally:
                making.cancel()

        return with_pages

    return wrap
