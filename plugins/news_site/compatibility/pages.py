"""Gives templates under Datasette 1.0 what 0.65 gives them, and by the same names."""

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from jinja2.utils import missing

from . import IS_NEXT, Actor, NextDatasette, instance_metadata, stored_queries, tables_metadata

RENAMED = {
    "canned_query": "stored_query",
    "canned_write": "stored_query_write",
    "filtered_table_rows_count": "count",
    "table_actions": "actions",
}
INHERITED = ("license", "license_url", "source", "source_url", "about", "about_url")
WITHOUT_LIMIT = 2**62


class NextContext(Context):
    """Finds what a page is given by its name in 0.65 as well."""

    def resolve_or_missing(self, key: str) -> Any:
        found = super().resolve_or_missing(key)
        return super().resolve_or_missing(RENAMED[key]) if found is missing and key in RENAMED else found


async def inherited(datasette: NextDatasette, database: str) -> dict[str, Any]:
    """Licence, source and so on, which 1.0 gives to no page but that of what they are said of."""
    stated = await instance_metadata(datasette) | await datasette.get_database_metadata(database)
    return {key: value for key, value in stated.items() if key in INHERITED}


async def of_database_page(datasette: NextDatasette, actor: Actor, database: str) -> dict[str, Any]:
    """1.0 gives five of its queries, and nothing of its tables."""
    metadata = await inherited(datasette, database) | await datasette.get_database_metadata(database)
    metadata["tables"] = await tables_metadata(datasette, database)
    return {"metadata": metadata, "queries": await stored_queries(datasette, database, actor)}


async def of_rows_page(datasette: Datasette, database: str, table: str, request: Request) -> dict[str, Any]:
    described = (await tables_metadata(datasette, database)).get(table, {})
    metadata = await inherited(datasette, database) | described
    return {"metadata": metadata, "search": request.args.get("_search") or ""}


@hookimpl
def extra_template_vars(
    template: str, database: str | None, table: str | None, request: Request | None, datasette: Datasette
) -> Any:
    if not (IS_NEXT and database and request):
        return {}
    if template.startswith("database"):
        return of_database_page(datasette, request.actor, database)
    return of_rows_page(datasette, database, table, request) if template.startswith(("table", "row")) and table else {}


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    @pass_context
    async def answer_rows(context: Context) -> tuple[Any, bool]:
        """The rows of a query, and whether there are more; 1.0 gives a page their cells, and so they are asked for
        again."""
        if not IS_NEXT:
            return context["rows"], context["truncated"]
        query = context["query"]
        found = await datasette.execute(context["database"], query["sql"], query["params"], truncate=True)
        return found.rows, found.truncated

    env.globals["answer_rows"] = answer_rows
    if IS_NEXT:
        env.context_class = NextContext


@hookimpl
def startup(datasette: Datasette) -> None:
    """1.0 counts up to 10,000 rows; our pages tell how many there are."""
    for db in datasette.databases.values() if IS_NEXT else ():
        db.count_limit = WITHOUT_LIMIT
