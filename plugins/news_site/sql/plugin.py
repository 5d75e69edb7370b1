"""Gives the SQL page what stands beside its editor and its rows.

A query that Datasette refuses or stops shows its SQL again, with the reason, and not an error page without it.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode
from datasette.utils.asgi import Request, Response
from datasette.views.base import DatasetteError
from markupsafe import Markup

from ..compatibility import canned_queries
from ..permissions import may_view
from ..responses import respond_page
from .errors import Place, locate_error
from .functions import Functions, find_functions
from .row_links import find_links
from .schema import find_schema


def explain_refusal(exception: DatasetteError, limit: int) -> str:
    if exception.title == "SQL Interrupted":
        return f"This query was stopped: it ran for more than {limit / 1000:g} seconds."
    return str(exception.message)


def asks_sql(request: Request, exception: DatasetteError) -> bool:
    """Whether a reader's own query failed on the page of a database."""
    refused = exception.title in ("SQL Interrupted", "Invalid SQL")
    return refused and "." not in request.path and bool(request.args.get("sql"))


async def show_refused(datasette: Datasette, request: Request, exception: DatasetteError) -> Response:
    database = datasette.get_database(route=request.url_vars["database"]).name
    context = {
        "database": database,
        "error": explain_refusal(exception, datasette.setting("sql_time_limit_ms")),
        "query": {"sql": request.args["sql"]},
        "editable": True,
        "allow_execute_sql": True,
        "metadata": {},
    }
    status = exception.status
    return await respond_page(datasette, request, "query.html", context, status=status, view_name="database")


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Awaitable[Response] | None:
    if isinstance(exception, DatasetteError) and asks_sql(request, exception):
        return show_refused(datasette, request, exception)
    return None


@hookimpl
def extra_template_vars(
    datasette: Datasette, database: str | None, request: Request | None
) -> dict[str, Callable[..., Awaitable[Any]]]:
    if not database:
        return {}
    actor = request.actor if request else None

    async def sql_schema() -> Markup:
        return (await find_schema(datasette, actor, database)).html

    async def sql_examples() -> list[tuple[str, str]]:
        """The canned queries with their addresses."""
        queries = await canned_queries(datasette, database, actor)
        base = datasette.urls.database(database)
        return [
            (f"{base}/{tilde_encode(name)}", query.get("title") or name)
            for name, query in queries.items()
            if not query.get("write") and await may_view(datasette, actor, database, query=name)
        ]

    async def sql_functions() -> Functions:
        return await find_functions(datasette.get_database(database))

    async def row_links(sql: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[list[str | None]]:
        return await find_links(datasette, actor, database, sql, columns, list(rows))

    async def error_place(sql: str, message: str) -> Place | None:
        return await locate_error(datasette.get_database(database), sql, message)

    return {
        "error_place": error_place,
        "row_links": row_links,
        "sql_examples": sql_examples,
        "sql_functions": sql_functions,
        "sql_schema": sql_schema,
    }
