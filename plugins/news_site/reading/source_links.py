"""Shows a row's words in their paragraph, marked, with a link to the article at that paragraph.

A row has such words if it has the columns text, start_char and end_char, and the paragraph's id:
its own paragraph_id, or that of the row which its foreign key leads to. A page looks its paragraphs up
together, whatever the number of rows.
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from sqlite3 import Row
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import escape_sqlite
from datasette.utils.asgi import Request
from jinja2 import Environment
from markupsafe import Markup

from ..permissions import may_view

SPAN = {"text", "start_char", "end_char"}
CONTEXT = 80  # characters shown before and after the words


def cut_before(text: str, length: int) -> str:
    """The end of a text, begun at a word, with … where something is left out."""
    if len(text) <= length:
        return text
    kept = text[-length:]
    return "…" + (kept[kept.index(" ") :] if " " in kept[:-1] else kept)


def cut_after(text: str, length: int) -> str:
    """The beginning of a text, ended at a word, with … where something is left out."""
    if len(text) <= length:
        return text
    kept = text[:length]
    return (kept[: kept.rindex(" ") + 1] if " " in kept[1:] else kept) + "…"


def mark_words(text: str, start: int, end: int) -> Markup:
    """A paragraph's words between two offsets, marked, with some context."""
    before, after = cut_before(text[:start], CONTEXT), cut_after(text[end:], CONTEXT)
    return Markup("%s<mark>%s</mark>%s") % (before, text[start:end], after)  # format() takes thrice as long


def link_words(words: str, url: str) -> Markup:
    link = Markup('<span class="words">%s <a class="in-article" href="%s">in the article</a></span>')
    return link % (words, url)


def plain(value: Any) -> Any:
    """A cell's value; Datasette wraps that of a foreign key together with its label."""
    return value["value"] if isinstance(value, dict) else value


def holds_span(paragraph: str, start: object, end: object, text: object) -> bool:
    """Whether the offsets, which a visitor's SQL may have made up, do lead to the words."""
    if not (isinstance(start, int) and isinstance(end, int)):
        return False
    return 0 <= start < end and paragraph[start:end] == text


def listed(ids: Iterable[object]) -> str:
    """Ids for `in (select value from json_each(:ids))`; an id is text, what else SQL may give is not."""
    return json.dumps(sorted({id for id in ids if isinstance(id, str)}))


async def find_paragraph_ids(db: Database, table: str | None, rows: Sequence[Row]) -> list[Any]:
    """For each row the id in its own paragraph_id, else in that of the row its foreign key leads to."""
    if table == "paragraphs":
        return [row["id"] for row in rows]
    if "paragraph_id" in rows[0].keys():  # noqa: SIM118 -- iterating over a row gives its values
        return [plain(row["paragraph_id"]) for row in rows]
    for key in await db.foreign_keys_for_table(table) if table else []:
        if "paragraph_id" in await db.table_columns(key["other_table"]):
            return await follow(db, key["other_table"], [plain(row[key["column"]]) for row in rows])
    return [None] * len(rows)


async def follow(db: Database, table: str, ids: Sequence[Any]) -> list[Any]:
    sql = f"select id, paragraph_id from {escape_sqlite(table)} where id in (select value from json_each(:ids))"  # noqa: S608
    found = dict(tuple(row) for row in await db.execute(sql, {"ids": listed(ids)}))
    return [found.get(id) for id in ids]


async def find_paragraphs(db: Database, ids: Sequence[Any]) -> dict[str, Row]:
    if not listed(ids).strip("[]") or "article_id" not in await db.table_columns("paragraphs"):
        return {}
    sql = "select id, article_id, text from paragraphs where id in (select value from json_each(:ids))"
    return {row["id"]: row for row in await db.execute(sql, {"ids": listed(ids)})}


def show_in_paragraph(row: Row, paragraph: Row | None, is_paragraph: bool, articles_url: str) -> Markup | None:
    """The marked words with their link; None, and so the plain text, if the span leads nowhere."""
    if not paragraph:
        return None
    url = f"{articles_url}/{paragraph['article_id']}#{paragraph['id']}"
    if is_paragraph:
        return link_words(row["text"], url)
    start, end = row["start_char"], row["end_char"]
    if not holds_span(paragraph["text"], start, end, row["text"]):
        return None
    return link_words(mark_words(paragraph["text"], start, end), url)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    env.filters["in_context"] = mark_words


@hookimpl
def extra_template_vars(
    database: str, datasette: Datasette, request: Request | None
) -> dict[str, Callable[..., Awaitable[list[Markup | None]]]]:
    async def words_in_articles(rows: Iterable[Row], table: str | None) -> list[Markup | None]:
        """For each row what to show for its text, or None."""
        rows = list(rows)
        if not rows or not set(rows[0].keys()) >= SPAN:
            return [None] * len(rows)
        db, actor = datasette.get_database(database), request.actor if request else None
        if not await may_view(datasette, actor, db.name, tables=["articles", "paragraphs"]):
            return [None] * len(rows)
        ids = await find_paragraph_ids(db, table, rows)
        paragraphs = await find_paragraphs(db, ids)
        articles_url = datasette.urls.table(database, "articles")
        found = [paragraphs.get(id) if isinstance(id, str) else None for id in ids]
        return [
            show_in_paragraph(row, paragraph, table == "paragraphs", articles_url)
            for row, paragraph in zip(rows, found, strict=True)
        ]

    return {"words_in_articles": words_in_articles}
