"""/-/draw and the address of a table, a view or a query: those rows, for datasette-vega to draw as a reader asks.

It evaluates strings and weighs a megabyte, and so it stands on this page alone. It finds the rows by a link to them as
JSON, and asks for them itself: nothing of them is on the page.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from datasette import NotFound, hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import tilde_decode
from datasette.utils.asgi import Request, Response

from ..compatibility import Actor, canned_queries
from ..databases import name_of, to_read
from ..permissions import may_view
from ..responses import Route, respond_page
from .table_charts import kept_of

HERE = "/-/draw"
OF_A_TABLE = {"_labels": "on", "_size": "max"}  # names for ids, and as many rows as there may be


async def find_kind(datasette: Datasette, actor: Actor, db: Database, name: str) -> str | None:
    """Whether a name is that of a table, which includes views, or of a query; None if there is none for this reader."""
    database = name_of(db)
    if not name:  # any SQL
        return "query" if await may_view(datasette, actor, database) else None
    if name in [*await db.table_names(), *await db.view_names()]:
        return "table" if await may_view(datasette, actor, database, tables=[name]) else None
    if name in await canned_queries(datasette, database, actor):
        return "query" if await may_view(datasette, actor, database, query=name) else None
    return None


async def find_rows(datasette: Datasette, request: Request) -> tuple[str, str, str]:
    """Database, name and kind of what an address asks to be drawn; nobody may draw what he may not view."""
    database, name = (tilde_decode(request.url_vars.get(part, "")) for part in ("database", "rows"))
    for db in to_read(datasette):
        if db.route == database and (kind := await find_kind(datasette, request.actor, db, name)):
            return name_of(db), name, kind
    raise NotFound("There are no such rows to draw.")


async def show_drawing(datasette: Datasette, request: Request) -> Response:
    database, name, kind = await find_rows(datasette, request)
    path, asked = datasette.urls.path(path_of(request).removeprefix(HERE)), kept_of(request)
    added = [(key, value) for key, value in OF_A_TABLE.items() if key not in dict(asked)] if kind == "table" else []
    context = {
        "database": database,
        "name": name,
        "rows_url": with_query(path, asked),
        "json_url": with_query(f"{path}.json", [*asked, *added]),
        "most": datasette.setting("max_returned_rows"),
    }
    return await respond_page(datasette, request, "charts/ad-hoc.html", context)


def path_of(request: Request) -> str:
    """Below the one under which the site is served, if there is such."""
    return str(request.scope.get("route_path") or request.path)


def with_query(path: str, asked: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path


@hookimpl
def register_routes() -> list[Route]:
    return [(pattern, show_drawing) for pattern in live_routes()]


@hookimpl
def live_routes() -> list[str]:
    database = rf"^{HERE}/(?P<database>[^/.]+)"
    any_sql = [rf"{database}$", rf"{database}/-/query$"]  # where 0.65 and 1.0 answer it
    return [*any_sql, rf"{database}/(?P<rows>[^/.]+)$"]


@hookimpl
def extra_template_vars(template: str, request: Request | None, datasette: Datasette) -> dict[str, Callable[[], str]]:
    """The address under which the rows of a page are drawn."""
    if not request or datasette.plugin_config("static_site") or not template.startswith(("table", "query")):
        return {}
    path = datasette.urls.path(f"{HERE}{path_of(request)}")
    return {"drawing_url": lambda: with_query(path, kept_of(request))}
