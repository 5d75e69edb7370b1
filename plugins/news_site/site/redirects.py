"""The address of a row whose id was given up leads to the row that stands in its place.

The table `redirects` says which: id, table_name, new_id. A page of the old address holds the link as well: that is
what the static site has instead of an answer. Its own rows link to both addresses, and so the bake finds them.
"""

from collections.abc import Awaitable
from sqlite3 import Row

from datasette import NotFound, hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_decode, tilde_encode
from datasette.utils.asgi import Request, Response
from markupsafe import Markup

from ..compatibility import Actor
from ..databases import to_read
from ..permissions import may_view
from ..row_places import ROW_PLACES

COLUMNS = {"id", "table_name", "new_id"}
NEW_ID = "select new_id from redirects where id = :id and table_name = :table"


async def new_url(
    datasette: Datasette, actor: Actor, database: str, table: str, pks: str, format: str | None = None
) -> str | None:
    """Where the row is now; None if it has not moved, or nobody may tell."""
    db = next((db for db in to_read(datasette) if db.route == database), None)
    if not db or not set(await db.table_columns("redirects")) >= COLUMNS:
        return None
    if not await may_view(datasette, actor, db.name, tables=["redirects", table]):
        return None
    found = (await db.execute(NEW_ID, {"id": pks, "table": table})).first()
    if not found:
        return None
    url: str = datasette.urls.row(db.name, table, tilde_encode(str(found["new_id"])), format=format)
    return url


async def lead_on(datasette: Datasette, request: Request) -> Response | None:
    """The answer to a request for a row that is not there; None if nobody knows of it."""
    asked = {name: value and tilde_decode(value) for name, value in request.url_vars.items()}
    url = await new_url(datasette, request.actor, **asked) if "pks" in asked else None
    if not url:
        return None
    if request.query_string:
        url = f"{url}?{request.query_string}"
    page = "" if asked.get("format") else await datasette.render_template("site/moved.html", {"url": url}, request)
    moved: Response = Response.html(page, status=301, headers={"Location": url})
    return moved


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Awaitable[Response | None] | None:
    return lead_on(datasette, request) if isinstance(exception, NotFound) else None


@hookimpl
def render_cell(
    row: Row, value: object, column: str, table: str | None, database: str, datasette: Datasette
) -> Markup | None:
    if table != "redirects" or column not in ("id", "new_id") or not set(row.keys()) >= COLUMNS:
        return None
    if row["table_name"] in ROW_PLACES:  # has no page that the bake could find
        return None
    url = datasette.urls.row(database, str(row["table_name"]), tilde_encode(str(value)))
    return Markup('<a href="{}">{}</a>').format(url, value)
