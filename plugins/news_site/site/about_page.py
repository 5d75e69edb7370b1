"""/-/about: who annotated the edition, what it says of itself, what is in it, how well the program does, the method.

What is true of every edition is written in plugins/templates/site/about.md.
"""

import itertools
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from datasette import Forbidden, hookimpl
from datasette.app import Datasette
from datasette.utils import escape_sqlite
from datasette.utils.asgi import Request, Response
from markdown_it import MarkdownIt
from markupsafe import Markup

from ..compatibility import Actor
from ..databases import visit
from ..memory import remember
from ..permissions import may_view, metadata_for
from ..responses import Route, respond_page
from .edition import find_edition

TEXT = Path(__file__).parents[2] / "templates/site/about.md"
CONTENTS = """
    select
      count(*) as articles,
      count(*) filter (where published is null) as undated,
      count(distinct source_id) as sources,
      sum(words) as words,
      min(published_earliest) as earliest,
      max(coalesce(published_latest, published_earliest)) as latest
    from articles
"""
WITH_METHOD = """
    select tables.name
    from sqlite_master as tables
    join pragma_table_info(tables.name) as columns
    where tables.type = 'table' and columns.name = 'method'
    order by tables.rowid
"""
BY_METHOD = """
    select
      count(*) filter (where method = 'extracted') as extracted,
      count(*) filter (where method = 'reviewed') as reviewed,
      count(*) filter (where method = 'curated') as curated
    from {table}
"""
SCORES = "select * from scores order by rowid"


def anchor(words: str) -> str:
    """Report an error? becomes report-an-error."""
    return "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())


def render(markdown: str) -> Markup:
    """Markdown as HTML; HTML inside it stays text, and each heading can be linked to."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(markdown)
    for heading, words in itertools.pairwise(tokens):
        if heading.type == "heading_open":
            heading.attrSet("id", anchor(words.content))
    for token in tokens:
        token.attrs.pop("style", None)  # the alignment of a table's columns
    return Markup(parser.renderer.render(tokens, parser.options, {}))


def count_methods(conn: Connection) -> list[tuple[str, dict[str, int]]]:
    """Each table whose rows say who found them, with how many rows by whom."""
    tables = [name for (name,) in conn.execute(WITH_METHOD).fetchall()]
    counts = [dict(conn.execute(BY_METHOD.format(table=escape_sqlite(table))).fetchone()) for table in tables]
    return [(table, count) for table, count in zip(tables, counts, strict=True) if any(count.values())]


def read_contents(conn: Connection) -> dict[str, Any]:
    return {
        "contents": dict(conn.execute(CONTENTS).fetchone()),
        "methods": count_methods(conn),
        "scores": [dict(row) for row in conn.execute(SCORES)],
    }


async def find_contents(datasette: Datasette, actor: Actor) -> dict[str, Any]:
    """The edition with what is in it, for whoever may see all that is counted; nothing for others."""
    edition = await find_edition(datasette, actor)
    if not edition:
        return {}
    db = datasette.get_database(edition.database)
    found: dict[str, Any] = await remember(db, "contents", (), partial(visit, db, read_contents))
    counted = ["articles", *(table for table, _ in found["methods"])]
    may = await may_view(datasette, actor, db.name, tables=counted)
    return {"edition_text": render(edition.about or ""), **(found if may else {})}


async def show_about(datasette: Datasette, request: Request) -> Response:
    if not await may_view(datasette, request.actor):
        raise Forbidden("view-instance")
    context = {
        "text": render(TEXT.read_text()),
        "metadata": await metadata_for(datasette, request.actor),
        **await find_contents(datasette, request.actor),
    }
    return await respond_page(datasette, request, "site/about.html", context)


@hookimpl
def register_routes() -> list[Route]:
    return [(r"^/-/about$", show_about)]
