"""What Datasette 1.0 changed, asked in one way: nothing else in the package asks Datasette for these things."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from datasette.app import Datasette
from datasette.facets import Facet
from datasette.plugins import pm
from datasette.utils import await_me_maybe
from datasette.utils.asgi import Forbidden
from jinja2 import Environment

IS_NEXT = not hasattr(Datasette, "permission_allowed")  # 1.0a

Actor = Mapping[str, Any] | None
Permission = tuple[str, Any]  # an action, and on what: nothing, a database, or a database and a name in it


# --- Permissions


async def is_allowed(datasette: Datasette, actor: Actor, permissions: Sequence[Permission]) -> bool:
    """Whether the first of the permissions that anybody has an opinion on is given; they go from narrow to wide."""
    if IS_NEXT:  # asks for the wider ones by itself
        action, on = permissions[0]
        return await datasette.allowed(action=action, resource=resource_of(action, on), actor=actor)
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
    datasette: Datasette, actor: Actor, database: str, tables: Collection[str]
) -> list[bool | None]:
    """What is said of viewing each of some tables, spelt as the database spells them; None where nothing is.

    Datasette would look the spelling of each up in the database, which takes longer than many a page.
    """
    if IS_NEXT:
        asked = [[("view-table", (database, table))] for table in tables]
        return [await is_allowed(datasette, actor, permissions) for permissions in asked]
    return [await opinion_on_table(datasette, actor, (database, table)) for table in tables]


async def opinion_on_table(datasette: Datasette, actor: Actor, table: tuple[str, str]) -> bool | None:
    hooked = pm.hook.permission_allowed(datasette=datasette, actor=actor, action="view-table", resource=table)
    said = [opinion for answer in hooked if (opinion := await await_me_maybe(answer)) is not None]
    return said[-1] if said else None


def remember_rules_of_tables(datasette: Datasette) -> None:
    """Datasette copies all of metadata.yml for each answer, dozens a page. That of other plugins may change while
    it runs; 1.0a keeps permissions elsewhere."""
    ask = getattr(datasette, "_table_permission_allows", None)
    if ask and not pm.hook.get_metadata.get_hookimpls():
        datasette._table_permission_allows = lru_cache(1000)(ask)


# --- What metadata.yml says


async def instance_metadata(datasette: Datasette) -> dict[str, Any]:
    return await datasette.get_instance_metadata() if IS_NEXT else datasette.metadata()


async def tables_metadata(datasette: Datasette, database: str) -> dict[str, dict[str, Any]]:
    """What is said of each table of a database, with its columns."""
    return datasette.metadata("tables", database=database, fallback=False) or {}


async def canned_queries(datasette: Datasette, database: str, actor: Actor) -> dict[str, dict[str, Any]]:
    """The queries with a name; 1.0a keeps them in another way."""
    return {} if IS_NEXT else await datasette.get_canned_queries(database, actor)


# --- Rows, templates, facets


async def expand_labels(
    datasette: Datasette, actor: Actor, database: str, table: str, column: str, values: Iterable[Any]
) -> dict[Any, str]:
    """What people call the values of a foreign key; 1.0a asks for an actor as well."""
    if IS_NEXT:
        return {}
    found = await datasette.expand_foreign_keys(database, table, column, values)
    return {value: label for (_, value), label in found.items()}


def templates_of(datasette: Datasette) -> Environment:
    return datasette.get_jinja_environment() if IS_NEXT else datasette.jinja_env


def facet_classes(classes: list[type[Facet]]) -> list[type[Facet]]:
    """Those that can be registered: 1.0a makes facets in another way."""
    return [] if IS_NEXT else classes
