"""Which database can be searched, what for, and what a reader may see of that."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted

from ..compatibility import Actor
from ..databases import tables_named, to_read
from ..memory import remember
from ..permissions import may_view
from .kinds import KINDS, SPELT_IN

ALL_SOURCES = "select id, name from sources order by name limit 200"
MOST_NAMED = """
    select people.id, people.name
    from (select person_id, count(*) as times from mentions group by person_id order by times desc limit 200)
    join people on people.id = person_id
    order by times desc, people.id
"""
CHOSEN_FROM = {"sources": ("sources",), "people": ("people", "mentions")}  # the tables that choices are read from

Row = dict[str, Any]
Kinds = dict[str, frozenset[str]]  # what can be searched for, each with all tables whose words that shows


class Seen(NamedTuple):
    """Where somebody searches: which database, what can be searched for there, and of that what he may view."""

    db: Database | None
    searched: Collection[str]
    kinds: list[str]


async def ask(db: Database, sql: str, values: Mapping[str, object]) -> list[Row] | None:
    """The rows as dictionaries, or None where they take too long."""
    try:
        return [dict(row) for row in await db.execute(sql, values)]
    except QueryInterrupted:
        return None


async def find_kinds(db: Database) -> Kinds:
    named = {kind.table: await tables_named(db, kind.sql) for kind in KINDS.values()}
    return {kind: tables.union(KINDS[kind].indexed) for kind, tables in named.items() if tables is not None}


async def find_choices(db: Database) -> dict[str, list[Row]]:
    """The sources and people by which a search is narrowed; the people that are named most come first."""
    return {"sources": await ask(db, ALL_SOURCES, {}) or [], "people": await ask(db, MOST_NAMED, {}) or []}


async def find_searched(datasette: Datasette) -> tuple[Database, Kinds] | None:
    """The first database that can be searched, and what for."""
    for db in to_read(datasette):
        if kinds := await remember(db, "kinds searched", (), partial(find_kinds, db)):
            return db, kinds
    return None


async def can_search(datasette: Datasette) -> bool:
    return bool(await find_searched(datasette))


async def find_seen(datasette: Datasette, actor: Actor) -> Seen:
    """Somebody may search for those kinds of which he may view all that is shown."""
    found = await find_searched(datasette)
    if not found:
        return Seen(None, (), [])
    db, kinds = found
    seen = [kind for kind, tables in kinds.items() if await may_view(datasette, actor, db.name, tables=tables)]
    return Seen(db, kinds, seen)


async def may_see_spellings(datasette: Datasette, actor: Actor, db: Database) -> bool:
    return await may_view(datasette, actor, db.name, tables=SPELT_IN)


async def choices_for(datasette: Datasette, actor: Actor, db: Database) -> dict[str, list[Row]]:
    choices = await remember(db, "choices", (), partial(find_choices, db))
    return {
        table: rows if await may_view(datasette, actor, db.name, tables=CHOSEN_FROM[table]) else []
        for table, rows in choices.items()
    }
