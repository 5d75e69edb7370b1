"""Shows a row's words in their paragraph, marked, with a link to the article at that paragraph.

A row has such words if it has the columns text, start_char and end_char, and the paragraph's id:
its own paragraph_id, or that of the row which its foreign key leads to.
"""

from datasette import hookimpl
from datasette.utils import escape_sqlite
from markupsafe import Markup

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
    return Markup("{}<mark>{}</mark>{}").format(before, text[start:end], after)


def link_words(words: str, url: str) -> Markup:
    link = '<span class="words">{} <a class="in-article" href="{}">in the article</a></span>'
    return Markup(link).format(words, url)


def plain(value):
    """A cell's value; Datasette wraps that of a foreign key together with its label."""
    return value["value"] if isinstance(value, dict) else value


def holds_span(paragraph: str, start, end, text) -> bool:
    """Whether the offsets, which a visitor's SQL may have made up, do lead to the words."""
    if not all(isinstance(offset, int) for offset in (start, end)):
        return False
    return 0 <= start < end and paragraph[start:end] == text


async def find_paragraph_id(db, table, row):
    """The id in the row's own paragraph_id, else in that of the row its foreign key leads to."""
    if "paragraph_id" in row.keys():  # noqa: SIM118 -- iterating over a row gives its values
        return plain(row["paragraph_id"])
    for key in await db.foreign_keys_for_table(table) if table else []:
        other = key["other_table"]
        if "paragraph_id" in await db.table_columns(other):
            sql = f"select paragraph_id from {escape_sqlite(other)} where id = :id"  # noqa: S608
            found = (await db.execute(sql, {"id": plain(row[key["column"]])})).first()
            return found and found["paragraph_id"]
    return None


async def find_paragraph(db, paragraph_id):
    if paragraph_id is None or not await db.table_exists("paragraphs"):
        return None
    sql = "select article_id, text from paragraphs where id = :id"
    return (await db.execute(sql, {"id": paragraph_id})).first()


async def show_in_paragraph(row, table, database, datasette):
    """The marked words with their link; None, and so the plain text, if the span leads nowhere."""
    db = datasette.get_database(database)
    is_paragraph = table == "paragraphs"
    paragraph_id = row["id"] if is_paragraph else await find_paragraph_id(db, table, row)
    paragraph = await find_paragraph(db, paragraph_id)
    if not paragraph:
        return None
    url = f"{datasette.urls.row(database, 'articles', paragraph['article_id'])}#{paragraph_id}"
    if is_paragraph:
        return link_words(row["text"], url)
    start, end = row["start_char"], row["end_char"]
    if not holds_span(paragraph["text"], start, end, row["text"]):
        return None
    return link_words(mark_words(paragraph["text"], start, end), url)


@hookimpl
def render_cell(row, value, column, table, database, datasette):
    if column == "text" and value and set(row.keys()) >= SPAN:
        return lambda: show_in_paragraph(row, table, database, datasette)


@hookimpl
def extra_template_vars(database, table, datasette):
    """For the page of an article: its paragraphs, which the links above lead to."""

    async def paragraphs_of(article_id):
        sql = "select id, role, text from paragraphs where article_id = :id order by position"
        return (await datasette.get_database(database).execute(sql, {"id": article_id})).rows

    return {"paragraphs_of": paragraphs_of} if table == "articles" else {}
