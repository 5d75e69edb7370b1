"""Gives the templates of home and rows the part that is read."""

from datasette import hookimpl
from datasette.utils import tilde_decode

from .pages import PAGES, show, show_home


@hookimpl
def extra_template_vars(template, request, database, table, datasette):
    async def home_page():
        return {"reading": await show_home(datasette, request.actor)}

    async def row_page():
        if table not in PAGES:
            return {"reading": None}
        id, db = tilde_decode(request.url_vars["pks"]), datasette.get_database(database)
        return {"reading": await show(datasette, request.actor, db, table, PAGES[table], id)}

    return {"index.html": home_page, "row.html": row_page}.get(template, {})
