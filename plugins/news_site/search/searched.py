"""Which database can be searched, what for, and what a reader may see of that."""

import re

from datasette.database import QueryInterrupted
from datasette.utils import sqlite3

from .kinds import KIND_QUERIES

PARAMETER = re.compile(r":(\w+)")
ALL_SOURCES = "select id, name from sources order by name limit 200"
MOST_NAMED = """
    select people.id, people.name
    from (select person_id, count(*) as times from mentions group by person_id order by times desc limit 200)
    join people on people.id = person_id
    order by times desc, people.id
"""


async def ask(db, sql, values):
    """The rows as dictionaries, or None where they take too long."""
    try:
        return [dict(row) for row in await db.execute(sql, values)]
    except QueryInterrupted:
        return None


def answers(conn, sql):
    """Whether the database has what the query asks for."""
    try:
        conn.execute(f"explain {sql}", dict.fromkeys(PARAMETER.findall(sql)))
    except sqlite3.OperationalError:
        return False
    return True


remembered: dict = {}  # of databases that cannot change


async def remember(db, what, find_it):
    if db.hash is None:  # it may change
        return await find_it(db)
    if (db.hash, what) not in remembered:
        remembered[db.hash, what] = await find_it(db)
    return remembered[db.hash, what]


async def find_kinds(db):
    return await db.execute_fn(lambda conn: [kind for kind, sql in KIND_QUERIES.items() if answers(conn, sql)])


async def find_choices(db):
    """The sources and people by which a search is narrowed; the people that are named most come first."""
    return {"sources": await ask(db, ALL_SOURCES, {}) or [], "people": await ask(db, MOST_NAMED, {}) or []}


async def find_searched(datasette):
    """The first database that can be searched, and what for; none and nothing where there is none."""
    for db in datasette.databases.values():
        if db.is_memory:  # Datasette's own
            continue
        kinds = await remember(db, "kinds", find_kinds)
        if kinds:
            return db, kinds
    return None, []


async def can_search(datasette):
    return bool((await find_searched(datasette))[1])


async def may_see(datasette, actor, db, kind):
    permissions = [("view-table", (db.name, kind)), ("view-database", db.name), "view-instance"]
    visible, _private = await datasette.check_visibility(actor, permissions=permissions)
    return visible


async def choices_for(datasette, actor, db):
    choices = await remember(db, "choices", find_choices)
    return {table: rows if await may_see(datasette, actor, db, table) else [] for table, rows in choices.items()}
