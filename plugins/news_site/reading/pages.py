"""A page as it is read, for a reader who may see all that it is made of."""

from collections import OrderedDict

from datasette.plugins import pm
from datasette.utils import await_me_maybe, sqlite_timelimit

from .articles import article, paragraph
from .claims import claim, proposition
from .entities import organization, person, place
from .events import event
from .home import home
from .writing import write

PAGES = {
    "articles": article,
    "paragraphs": paragraph,
    "people": person,
    "organizations": organization,
    "places": place,
    "events": event,
    "claims": claim,
    "propositions": proposition,
}
TABLES = (
    *PAGES,
    *("aliases", "claim_propositions", "event_people", "event_reports", "figures", "mentions", "notes"),
    *("organization_aliases", "organization_mentions", "place_aliases", "place_mentions", "sources"),
    *("claim_sources", "proposition_status", "timeline"),  # views
)


async def may_see_all(datasette, actor, db):
    """Whether a reader may see all that reading pages are made of."""
    if not hasattr(datasette, "permission_allowed"):  # 1.0a
        from datasette.resources import TableResource

        asked = [TableResource(db.name, table) for table in TABLES]
        return all([await datasette.allowed(action="view-table", resource=table, actor=actor) for table in asked])
    if not await datasette.permission_allowed(actor, "view-database", db.name, default=True):
        return False
    return all([await is_not_denied(datasette, actor, (db.name, table)) for table in TABLES])


async def is_not_denied(datasette, actor, table):
    """permission_allowed would look each table up in the database, which takes longer than the page."""
    asked = pm.hook.permission_allowed(datasette=datasette, actor=actor, action="view-table", resource=table)
    return False not in [await await_me_maybe(answer) for answer in asked]


def is_ours(conn):
    return conn.execute("select 1 from sqlite_master where name = 'claim_sources'").fetchone()


async def read(datasette, db, page, *id):
    """A page's data, all of it in one visit to the database; none where that is not ours."""
    limit = datasette.setting("sql_time_limit_ms")

    def visit(conn):
        with sqlite_timelimit(conn, limit):
            return page(conn, *id) if is_ours(conn) else None

    return await db.execute_fn(visit)


REMEMBERED = 200
remembered: OrderedDict = OrderedDict()  # pages of databases that cannot change, the latest last


async def show(datasette, actor, db, template, page, *id):
    """A page as it is read, written once: it stays the same as long as the bytes of an immutable database do."""
    if not await may_see_all(datasette, actor, db):
        return None
    if db.hash is None:
        return await read_and_write(datasette, db, template, page, *id)
    key = (db, page, *id)
    if key not in remembered:
        remembered[key] = await read_and_write(datasette, db, template, page, *id)
        if len(remembered) > REMEMBERED:
            remembered.popitem(last=False)
    remembered.move_to_end(key)
    return remembered[key]


async def read_and_write(datasette, db, template, page, *id):
    data = await read(datasette, db, page, *id)
    return data and write(datasette, db, template, data)


async def show_home(datasette, actor):
    """The home page of the first database that is ours."""
    for db in datasette.databases.values():
        if shown := await show(datasette, actor, db, "home", home):
            return shown
    return None
