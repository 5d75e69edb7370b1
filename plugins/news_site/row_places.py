"""Where a row is read that has no page of its own on the static site: the page that shows it, and the anchor there.

A mention is read in its article, at its paragraph; a figure on the page of its claim. Pages lead there on both
sites. The rows’ own addresses are answered by the live site, and on the static one 404.html leads on from them.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from sqlite3 import Row
from typing import Any, NamedTuple

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import tilde_encode
from markupsafe import Markup

from .databases import is_ours, name_of, to_read


class Place(NamedTuple):
    """On the page of which row others are read, and where on it."""

    table: str
    column: str
    """What names that row: article_id."""
    anchor: str
    anchor_column: str | None = None
    """Where the anchor is not the same for all of them: paragraph_id."""


AT_PARAGRAPH = Place("articles", "article_id", "", "paragraph_id")
ROW_PLACES = {
    "paragraphs": Place("articles", "article_id", "", "id"),
    "mentions": AT_PARAGRAPH,
    "organization_mentions": AT_PARAGRAPH,
    "place_mentions": AT_PARAGRAPH,
    "event_reports": AT_PARAGRAPH,
    "notes": AT_PARAGRAPH,
    "aliases": Place("people", "person_id", "other-names"),
    "organization_aliases": Place("organizations", "organization_id", "other-names"),
    "place_aliases": Place("places", "place_id", "other-names"),
    "event_people": Place("events", "event_id", "took-part"),
    "figures": Place("claims", "claim_id", "figures"),
    "claim_propositions": Place("propositions", "proposition_id", "wordings"),
}
# The flat file that people download, with a row for each claim; a claim is read on its own page.
FLAT = ("claim_sources",)
NAMING = {"paragraph_id": "paragraphs"}  # columns that name such a row


async def row_places(db: Database) -> Mapping[str, Place]:
    """By table; none in a database that the build has not made."""
    return ROW_PLACES if await is_ours(db) else {}


def plain(value: Any) -> Any:
    """A cell's value; Datasette wraps that of a foreign key together with its label."""
    return value["value"] if isinstance(value, dict) else value


def address_of(place: Place, row: Any, columns: Iterable[str], base: str) -> str | None:
    """The page and anchor of a row, below the address of its database; None where its columns do not tell."""
    wanted = {place.column, place.anchor_column or place.column}
    if not wanted <= set(columns) or plain(row[place.column]) is None:
        return None
    anchor = plain(row[place.anchor_column]) if place.anchor_column else place.anchor
    page = f"{base}/{place.table}/{tilde_encode(str(plain(row[place.column])))}"
    return f"{page}#{anchor}" if anchor else page


async def show_named(row: Any, value: dict[str, Any], column: str, db: Database, base: str) -> Markup | None:
    """The cell of a foreign key as Datasette writes it, with a link to where the row is read that it names."""
    place = (await row_places(db)).get(NAMING[column])
    if not place or place.column not in row.keys():  # noqa: SIM118 -- iterating over a row gives its values
        return None
    named = {place.column: row[place.column], place.anchor_column: value["value"]}
    url = address_of(place, named, [place.column, "id"], base)
    link = Markup('<a href="%s">%s</a>') % (url, value["label"])
    return link if value["label"] == value["value"] else link + Markup("&nbsp;<em>%s</em>") % value["value"]


@hookimpl
def render_cell(
    row: Row, value: object, column: str, database: str, datasette: Datasette
) -> Awaitable[Markup | None] | None:
    if column not in NAMING or not isinstance(value, dict):
        return None
    return show_named(row, value, column, datasette.get_database(database), datasette.urls.database(database))


@hookimpl
def extra_template_vars(database: str | None, datasette: Datasette) -> dict[str, Callable[..., Awaitable[Any]]]:
    if not database:
        return {}

    async def places_of_rows(rows: Iterable[Row], table: str) -> list[str | None]:
        """Where each row is read; None for one with a page of its own."""
        place = (await row_places(datasette.get_database(database))).get(table)
        base = datasette.urls.database(database)
        return [address_of(place, row, row.keys(), base) if place else None for row in rows]

    async def is_read_elsewhere(table: str) -> bool:
        return table in (*FLAT, *await row_places(datasette.get_database(database)))

    return {"places_of_rows": places_of_rows, "is_read_elsewhere": is_read_elsewhere}


@hookimpl
async def anchored_tables(datasette: Datasette) -> list[str]:
    ours = [db for db in to_read(datasette) if await is_ours(db)]
    return [f"{datasette.urls.database(name_of(db))}/{table}" for db in ours for table in (*ROW_PLACES, *FLAT)]
