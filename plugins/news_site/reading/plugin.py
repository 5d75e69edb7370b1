"""Gives the templates of home and rows the part that is read."""

from collections.abc import Awaitable, Callable

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_decode
from datasette.utils.asgi import Request
from jinja2.environment import TemplateModule

from .pages import PAGES, show, show_home

Shown = dict[str, TemplateModule | None]


@hookimpl
def extra_template_vars(
    template: str, request: Request, database: str, table: str, datasette: Datasette
) -> Callable[[], Awaitable[Shown]] | Shown:
    async def home_page() -> Shown:
        return {"reading": await show_home(datasette, request.actor)}

    async def row_page() -> Shown:
        if table not in PAGES:
            return {"reading": None}
        id, db = tilde_decode(request.url_vars["pks"]), datasette.get_database(database)
        return {"reading": await show(datasette, request.actor, db, table, PAGES[table], id)}

    return {"index.html": home_page, "row.html": row_page}.get(template) or {}
