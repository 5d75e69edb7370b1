"""A page as it is read, for a reader who may see all that it is made of."""

from collections.abc import Callable
from functools import partial
from sqlite3 import Connection

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import sqlite_timelimit
from jinja2.environment import TemplateModule

from ..compatibility import Actor
from ..databases import is_ours, to_read, visit
from ..memory import remember
from ..permissions import may_view
from .articles import article, paragraph
from .claims import claim, proposition
from .entities import organization, person, place
from .events import event
from .home import home
from .queries import Record
from .writing import write

Page = Callable[..., Record]  # of a connection and, but for the home page, an id
PAGES: dict[str, Page] = {
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
    *("article_origins", "claim_sources", "events_articles", "proposition_status", "timeline"),  # views
)


async def read(datasette: Datasette, db: Database, page: Page, *id: str) -> Record | None:
    """A page's data, all of it in one visit to the database; none where that is not ours."""
    limit = datasette.setting("sql_time_limit_ms")

    def find(conn: Connection) -> Record:
        with sqlite_timelimit(conn, limit):
            return page(conn, *id)

    return await visit(db, find) if await is_ours(db) else None


async def show(
    datasette: Datasette, actor: Actor, db: Database, template: str, page: Page, *id: str
) -> TemplateModule | None:
    """A page as it is read, written once, for those who may view all that such pages are made of."""
    if not await may_view(datasette, actor, db.name, tables=TABLES):
        return None
    find = partial(read_and_write, datasette, db, template, page, *id)
    return await remember(db, "pages", (template, *id), find)


async def read_and_write(
    datasette: Datasette, db: Database, template: str, page: Page, *id: str
) -> TemplateModule | None:
    data = await read(datasette, db, page, *id)
    return await write(datasette, db, template, data) if data else None


async def show_home(datasette: Datasette, actor: Actor) -> TemplateModule | None:
    """The home page of the first database that is ours."""
    for db in to_read(datasette):
        if shown := await show(datasette, actor, db, "home", home):
            return shown
    return None
