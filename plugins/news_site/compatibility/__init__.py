"""What Datasette 1.0 changed, asked in one way: nothing else in the package asks Datasette for these things."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm
from datasette.utils import await_me_maybe
from datasette.utils.asgi import Forbidden
from jinja2 import Environment

IS_NEXT = not hasattr(Datasette, "permission_allowed")  # 1.0a
MOST_QUERIES = 1000  # that 1.0 lists at once

EitherDatasette = Any  # what one of them has the other lacks
Actor = Mapping[str, Any] | None
Permission = tuple[str, Any]  # an action, and on what: nothing, a database, or a database and a name in it


# --- Permissions


async def is_allowed(datasette: EitherDatasette, actor: Actor, permissions: Sequence[Permission]) -> bool:
    """Whether the first of the permissions that anybody has an opinion on is given; they go from narrow to wide."""
    if IS_NEXT:  # asks for the wider ones by itself
        action, on = permissions[0]
        return bool(await datasette.allowed(action=action, resource=resource_of(action, on), actor=actor))
    try:
        await datasette.ensure_permissions(actor, permissions)
    except Forbidden:
        return False
    return True


def resource_of(action: str, on: Any) -> Any:
    from datasette.resources import DatabaseResource, QueryResource, TableResource

    if on is None:
        return None
    if isinstance(on, str):
        return DatabaseResource(on)
    return (QueryResource if action == "view-query" else TableResource)(*on)


async def opinions_on_tables(
    datasette: EitherDatasette, actor: Actor, database: str, tables: Collection[str]
) -> list[bool | None]:
    """What is said of viewing each of some tables, spelt as the database spells them; None where nothing is.

    Datasette would look the spelling of each up in the database, which takes longer than many a page.
    """
    if IS_NEXT:
        asked = [[("view-table", (database, table))] for table in tables]
        return [await is_allowed(datasette, actor, permissions) for permissions in asked]
    return [await opinion_on_table(datasette, actor, (database, table)) for table in tables]


async def opinion_on_table(datasette: EitherDatasette, actor: Actor, table: tuple[str, str]) -> bool | None:
    hooked = pm.hook.permission_allowed(datasette=datasette, actor=actor, action="view-table", resource=table)
    said = [opinion for answer in hooked if (opinion := await await_me_maybe(answer)) is not None]
    return said[-1] if said else None


def remember_rules_of_tables(datasette: EitherDatasette) -> None:
    """Datasette copies all of metadata.yml for each answer, dozens a page. That of other plugins may change while
    it runs; 1.0a keeps permissions elsewhere."""
    ask = getattr(datasette, "_table_permission_allows", None)
    if ask and not pm.hook.get_metadata.get_hookimpls():
        datasette._table_permission_allows = lru_cache(1000)(ask)


# --- What metadata.yml says


async def instance_metadata(datasette: EitherDatasette) -> dict[str, Any]:
    stated: dict[str, Any] = await datasette.get_instance_metadata() if IS_NEXT else datasette.metadata()
    return stated


async def tables_metadata(datasette: EitherDatasette, database: str) -> dict[str, dict[str, Any]]:
    """What is said of each table of a database, with its columns."""
    if not IS_NEXT:
        return datasette.metadata("tables", database=database, fallback=False) or {}
    described: dict[str, dict[str, Any]] = {}
    for row in await rows_kept("metadata_resources", datasette, database):
        described.setdefault(row["resource_name"], {})[row["key"]] = row["value"]
    for row in await rows_kept("metadata_columns", datasette, database):
        columns = described.setdefault(row["resource_name"], {}).setdefault("columns", {})
        columns[row["column_name"]] = row["value"]
    stated = datasette.config.get("databases", {}).get(database, {}).get("tables", {})
    return {table: described.get(table, {}) | stated.get(table, {}) for table in [*described, *stated]}


async def rows_kept(table: str, datasette: EitherDatasette, database: str) -> Iterable[Mapping[str, Any]]:
    """What 1.0 keeps of metadata.yml in a database of its own, in the order of the file."""
    sql = f"select * from {table} where database_name = ? order by rowid"  # noqa: S608
    kept: list[Mapping[str, Any]] = (await datasette.get_internal_database().execute(sql, [database])).rows
    return kept


async def canned_queries(datasette: EitherDatasette, database: str, actor: Actor) -> dict[str, dict[str, Any]]:
    """The queries with a name, as metadata.yml states them; of 1.0 those that somebody may view."""
    if not IS_NEXT:
        named: dict[str, dict[str, Any]] = await datasette.get_canned_queries(database, actor)
        return named
    found = await stored_queries(datasette, database, actor)
    return {query.name: vars(query) | {"params": query.parameters or None, "write": query.is_write} for query in found}


async def stored_queries(datasette: EitherDatasette, database: str, actor: Actor) -> list[Any]:
    """The queries as 1.0 has them, in the order of the file, then others by title."""
    page = await datasette.list_queries(database, actor=actor, limit=MOST_QUERIES, include_private=True)
    stated = datasette.config.get("databases", {}).get(database, {}).get("queries", {})
    order = {name: place for place, name in enumerate(stated)}
    return sorted(page.queries, key=lambda query: order.get(query.name, len(order)))


def plugin_settings(datasette: EitherDatasette, plugin: str, database: str) -> dict[str, Any]:
    """What is said for a database, else for all; 1.0a41 loses the latter where anything is said of the database."""
    return datasette.plugin_config(plugin, database=database) or datasette.plugin_config(plugin) or {}


# --- Rows and templates


async def expand_labels(
    datasette: EitherDatasette, actor: Actor, database: str, table: str, column: str, values: Iterable[Any]
) -> dict[Any, str]:
    """What people call the values of a foreign key; 1.0a asks who wants to know."""
    who = [actor] if IS_NEXT else []
    found = await datasette.expand_foreign_keys(*who, database, table, column, values)
    return {value: label for (_, value), label in found.items()}


async def label_column(db: Database, table: str) -> str | None:
    """The column with the name of a row; of a view 1.0a41 asks for indexes, and fails of there being none."""
    label: str | None
    if not IS_NEXT or table not in await db.view_names():
        label = await db.label_column_for_table(table)
        return label
    label = (await db.ds.table_config(db.name, table)).get("label_column")
    return label or next((name for name in await db.table_columns(table) if name.lower() in ("name", "title")), None)


def templates_of(datasette: EitherDatasette) -> Environment:
    templates: Environment = datasette.get_jinja_environment() if IS_NEXT else datasette.jinja_env
    return templates
