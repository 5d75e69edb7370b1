"""Who may see what: of the rules for a table or query, its database and the instance, the narrowest decides."""

from collections.abc import Collection
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

from .compatibility import (
    Actor,
    Permission,
    instance_metadata,
    is_allowed,
    opinions_on_tables,
    remember_rules_of_tables,
)


async def may_view(
    datasette: Datasette,
    actor: Actor,
    database: str | None = None,
    *,
    tables: Collection[str] = (),
    query: str | None = None,
) -> bool:
    """Whether somebody may view the instance; a database of it; a query, or each of some tables, of that database."""
    opinions = await opinions_on_tables(datasette, actor, database, tables) if database else []
    if False in opinions:
        return False
    if opinions and None not in opinions:
        return True
    return await is_allowed(datasette, actor, wider_permissions(database, query))


def wider_permissions(database: str | None, query: str | None) -> list[Permission]:
    """What is asked where no table's own rule decides, from narrow to wide."""
    of_database = [("view-database", database)] if database else []
    of_query = [("view-query", (database, query))] if query else []
    return [*of_query, *of_database, ("view-instance", None)]


async def metadata_for(datasette: Datasette, actor: Actor) -> dict[str, Any]:
    """What metadata.yml says of the instance, for those who may view it."""
    return await instance_metadata(datasette) if await may_view(datasette, actor) else {}


@hookimpl
def startup(datasette: Datasette) -> None:
    remember_rules_of_tables(datasette)
