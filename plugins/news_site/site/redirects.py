"""The address of a row whose id was given up leads to the row that stands in its place.

The table `redirects` says which: id, table_name, new_id. A page of the old address holds the link as well: that is
what the static site has instead of an answer. Its own rows link to both addresses, and so the bake finds them.
"""

from datasette import NotFound, Response, hookimpl
from datasette.utils import tilde_decode, tilde_encode
from markupsafe import Markup

from ..databases import to_read
from ..permissions import may_view

COLUMNS = {"id", "table_name", "new_id"}
NEW_ID = "select new_id from redirects where id = :id and table_name = :table"


async def new_url(datasette, actor, database, table, pks, format=None):
    """Where the row is now; None if it has not moved, or nobody may tell."""
    db = next((db for db in to_read(datasette) if db.route == database), None)
    if not db or not set(await db.table_columns("redirects")) >= COLUMNS:
        return None
    if not await may_view(datasette, actor, db.name, tables=["redirects", table]):
        return None
    found = (await db.execute(NEW_ID, {"id": pks, "table": table})).first()
    return found and datasette.urls.row(db.name, table, tilde_encode(str(found["new_id"])), format=format)


async def lead_on(datasette, request):
    """The answer to a request for a row that is not there; None if nobody knows of it."""
    asked = {name: value and tilde_decode(value) for name, value in request.url_vars.items()}
    url = await new_url(datasette, request.actor, **asked) if "pks" in asked else None
    if not url:
        return None
    if request.query_string:
        url = f"{url}?{request.query_string}"
    page = "" if asked.get("format") else await datasette.render_template("site/moved.html", {"url": url}, request)
    return Response.html(page, status=301, headers={"Location": url})


@hookimpl
def handle_exception(datasette, request, exception):
    return lead_on(datasette, request) if isinstance(exception, NotFound) else None


@hookimpl
def render_cell(row, value, column, table, database, datasette):
    if table != "redirects" or column not in ("id", "new_id") or not set(row.keys()) >= COLUMNS:
        return None
    url = datasette.urls.row(database, str(row["table_name"]), tilde_encode(str(value)))
    return Markup('<a href="{}">{}</a>').format(url, value)
