"""Gives the SQL page what stands beside its editor and its rows.

A query that Datasette refuses or stops shows its SQL again, with the reason, and not an error page without it.
"""

from datasette import Response, hookimpl
from datasette.utils import tilde_encode

from ..compatibility import canned_queries
from ..permissions import may_view
from .errors import locate_error
from .row_links import find_links
from .schema import find_schema


def explain_refusal(exception, limit):
    if exception.title == "SQL Interrupted":
        return f"This query was stopped: it ran for more than {limit / 1000:g} seconds."
    return str(exception.message)


def asks_sql(request, exception):
    """Whether a reader's own query failed on the page of a database."""
    refused = getattr(exception, "title", None) in ("SQL Interrupted", "Invalid SQL")
    return refused and "." not in request.path and bool(request.args.get("sql"))


async def show_refused(datasette, request, exception):
    database = datasette.get_database(route=request.url_vars["database"]).name
    context = {
        "database": database,
        "error": explain_refusal(exception, datasette.setting("sql_time_limit_ms")),
        "query": {"sql": request.args["sql"]},
        "editable": True,
        "allow_execute_sql": True,
        "metadata": {},
    }
    html = await datasette.render_template("query.html", context, request=request, view_name="database")
    return Response.html(html, status=exception.status)


@hookimpl
def handle_exception(datasette, request, exception):
    return show_refused(datasette, request, exception) if asks_sql(request, exception) else None


@hookimpl
def extra_template_vars(datasette, database, request):
    actor = request.actor if request else None

    async def sql_schema():
        return (await find_schema(datasette, actor, database)).html

    async def sql_examples():
        """The canned queries with their addresses."""
        queries = await canned_queries(datasette, database, actor)
        base = datasette.urls.database(database)
        return [
            (f"{base}/{tilde_encode(name)}", query.get("title") or name)
            for name, query in queries.items()
            if not query.get("write") and await may_view(datasette, actor, database, query=name)
        ]

    async def row_links(sql, columns, rows):
        return await find_links(datasette, actor, database, sql, columns, list(rows))

    async def error_place(sql, message):
        return await locate_error(datasette, database, sql, message)

    return {
        "error_place": error_place,
        "row_links": row_links,
        "sql_examples": sql_examples,
        "sql_schema": sql_schema,
    }
