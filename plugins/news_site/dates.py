"""The dates of the databases in words and in days: the build has read them, in its table `dates`."""

from collections.abc import Awaitable, Callable
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple
from weakref import WeakKeyDictionary

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database

from .databases import to_read, visit

COLUMNS = {"id", "words", "earliest", "latest"}
EVERY_DATE = "select id, words, earliest, latest from dates"
DAY = 10  # characters of a day; what follows it is its time


class Span(NamedTuple):
    """The first and the last day, counted from the year 1; None where it is open."""

    first: int | None
    last: int | None


class Read(NamedTuple):
    """What the build has read a date as."""

    words: str
    span: Span


dates_of: WeakKeyDictionary[Datasette, dict[str, Read]] = WeakKeyDictionary()


def words_for(datasette: Datasette, edtf: str | None) -> str:
    """A date in words; one that no database here has stays as it is."""
    if not edtf:
        return "date unknown"
    read = dates_of.get(datasette, {}).get(edtf)
    return read.words if read else edtf


def span_of(datasette: Datasette, value: object) -> Span | None:
    """The days that a date stands for, a full day itself if no database here has it; None for what is not a date."""
    if not isinstance(value, str):
        return None
    read = dates_of.get(datasette, {}).get(value)
    return read.span if read else span_of_day(value)


def span_of_day(text: str) -> Span | None:
    """2022-02-16, 2022-02-16T10:00 and 2022-02-16 10:00 are that day."""
    day = ordinal(text[:DAY]) if text[DAY : DAY + 1] in ("", "T", " ") else None
    return Span(day, day) if day else None


def ordinal(day: str | None) -> int | None:
    """The number of a day that is written YYYY-MM-DD; Python also takes 20220216 and 2022-W07-3 for one."""
    try:
        found = date.fromisoformat(day or "")
    except ValueError:
        return None
    return found.toordinal() if found.isoformat() == day else None


async def read_dates(db: Database) -> dict[str, Read]:
    if not set(await db.table_columns("dates")) >= COLUMNS:
        return {}
    return await visit(db, find_dates)


def find_dates(conn: Connection) -> dict[str, Read]:
    rows = conn.execute(EVERY_DATE)
    return {edtf: Read(words, Span(ordinal(earliest), ordinal(latest))) for edtf, words, earliest, latest in rows}


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """Templates have no time to ask a database, so its dates are read when the server starts."""

    async def read() -> None:
        dates_of[datasette] = {}
        for db in to_read(datasette):
            dates_of[datasette] |= await read_dates(db)

    return read
