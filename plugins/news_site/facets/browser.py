"""/-/source-facets.json: the SQL of every facet, for a browser that has the database, as the static site does.

It is found for each table: for facets whose values have names, such as speaker_id or mentions.person_id, by their
name, for others by their kind, or as claims.:column across a link, with `[:column]` for the column. A browser puts its
own select in the place of `:rows`, runs `counts`, looks its ids up in `articles` as `Articles` does, and runs
`sources` with pairs of values and their first articles. Where nothing leads to a passage, a source’s link leads to
its row of the table `witness`. Of facets across a link those are `suggested` that lead to neither end of the way.
"""

from collections.abc import Iterator
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from ..compatibility import Actor
from ..databases import name_of, to_read
from ..permissions import may_view
from ..responses import respond_json
from .articles import articles_sql
from .counting import count_sql
from .evidence import evidence_sql, witness_of
from .plans import Plan, plan_of
from .ways import UNITS, Way, columns_across, find_way, tables_read

ANY_COLUMN = ":column"


def facets_of(plan: Plan, table: str) -> Iterator[tuple[str, str, str]]:
    """Every facet of a table that a browser can ask for: what to call it, its kind, its column or :column for any."""
    yield from ((kind, kind, ANY_COLUMN) for kind in ("source", *UNITS))
    linking = [other for other in sorted(plan.tables) if table in [step.table for step in plan.tables[other].keys]]
    across = [f"{other}.{column}" for other in linking for column in (*keys_of(plan, other), ANY_COLUMN)]
    yield from ((column, "source", column) for column in keys_of(plan, table) + across)


def keys_of(plan: Plan, table: str) -> list[str]:
    """The columns whose values have names: a key that leads to several tables is there once."""
    return list(dict.fromkeys(step.column for step in plan.tables[table].keys))


def describe_facet(way: Way) -> dict[str, Any]:
    witness = witness_of(way)
    sql: dict[str, Any] = {"counts": count_sql(way), "articles": articles_sql(way), "sources": evidence_sql(way)}
    return sql if witness.passage else sql | {"witness": witness.table}


async def describe_table(
    datasette: Datasette, actor: Actor, database: str, plan: Plan, table: str
) -> dict[str, dict[str, Any]]:
    """The SQL of those facets of a table that show nothing but what somebody may view."""
    ways = {facet: find_way(plan, table, kind, column) for facet, kind, column in facets_of(plan, table)}
    suggested = {column: {"suggested": True} for column in columns_across(plan, table)}
    return {
        facet: describe_facet(way) | suggested.get(facet, {})
        for facet, way in ways.items()
        if await may_view(datasette, actor, database, tables=tables_read(way))
    }


async def describe(datasette: Datasette, actor: Actor, database: str) -> dict[str, dict[str, Any]]:
    """For each table that leads to articles its facets, if somebody may view any."""
    plan = await plan_of(datasette, database)
    tables = {name: table._replace(columns=table.columns | {ANY_COLUMN: ""}) for name, table in plan.tables.items()}
    plan = plan._replace(tables=tables)
    described = {table: await describe_table(datasette, actor, database, plan, table) for table in sorted(plan.ways)}
    return {table: facets for table, facets in described.items() if facets}


async def source_facets(datasette: Datasette, request: Request) -> Response:
    """A database without any facets is there all the same, for those who may view it."""
    names = [name_of(db) for db in to_read(datasette)]
    described = {name: await describe(datasette, request.actor, name) for name in names}
    return respond_json(
        {name: tables for name, tables in described.items() if tables or await may_view(datasette, request.actor, name)}
    )
