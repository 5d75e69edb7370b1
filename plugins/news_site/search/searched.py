"""Which database can be searched, what for, and what a reader may see of that."""

from functools import partial

from datasette.database import QueryInterrupted

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


async def ask(db, sql, values):
    """The rows as dictionaries, or None where they take too long."""
    try:
        return [dict(row) for row in await db.execute(sql, values)]
    except QueryInterrupted:
        return None


async def find_kinds(db):
    """What can be searched for, each with all tables whose words that shows."""
    named = {kind.table: await tables_named(db, kind.sql) for kind in KINDS.values()}
    return {kind: tables.union(KINDS[kind].indexed) for kind, tables in named.items() if tables is not None}


async def find_choices(db):
    """The sources and people by which a search is narrowed; the people that are named most come first."""
    return {"sources": await ask(db, ALL_SOURCES, {}) or [], "people": await ask(db, MOST_NAMED, {}) or []}


async def find_searched(datasette):
    """The first database that can be searched, and what for; none and nothing where there is none."""
    for db in to_read(datasette):
        if kinds := await remember(db, "kinds searched", (), partial(find_kinds, db)):
            return db, kinds
    return None, {}


async def can_search(datasette):
    return bool((await find_searched(datasette))[1])


async def find_seen(datasette, actor):
    """The same, and those kinds of which somebody may view all that is shown."""
    db, kinds = await find_searched(datasette)
    seen = [kind for kind, tables in kinds.items() if await may_view(datasette, actor, db.name, tables=tables)]
    return db, kinds, seen


async def may_see_spellings(datasette, actor, db):
    return bool(db) and await may_view(datasette, actor, db.name, tables=SPELT_IN)


async def choices_for(datasette, actor, db):
    choices = await remember(db, "choices", (), partial(find_choices, db))
    return {
        table: rows if await may_view(datasette, actor, db.name, tables=CHOSEN_FROM[table]) else []
        for table, rows in choices.items()
    }
