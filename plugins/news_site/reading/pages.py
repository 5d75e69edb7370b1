"""A page as it is read, for a reader who may see all that it is made of."""

from functools import partial

from datasette.utils import sqlite_timelimit

from ..databases import is_ours, to_read
from ..memory import remember
from ..permissions import may_view
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


async def read(datasette, db, page, *id):
    """A page's data, all of it in one visit to the database; none where that is not ours."""
    limit = datasette.setting("sql_time_limit_ms")

    def visit(conn):
        with sqlite_timelimit(conn, limit):
            return page(conn, *id)

    return await db.execute_fn(visit) if await is_ours(db) else None


async def show(datasette, actor, db, template, page, *id):
    """A page as it is read, written once, for those who may view all that such pages are made of."""
    if not await may_view(datasette, actor, db.name, tables=TABLES):
        return None
    find = partial(read_and_write, datasette, db, template, page, *id)
    return await remember(db, "pages", (template, *id), find)


async def read_and_write(datasette, db, template, page, *id):
    data = await read(datasette, db, page, *id)
    return data and await write(datasette, db, template, data)


async def show_home(datasette, actor):
    """The home page of the first database that is ours."""
    for db in to_read(datasette):
        if shown := await show(datasette, actor, db, "home", home):
            return shown
    return None
