"""Where in a statement SQLite finds an error."""

import re
from bisect import bisect_left
from functools import partial
from sqlite3 import Connection
from typing import NamedTuple

from datasette.database import Database

from ..databases import visit

# What a message names: near "form": syntax error; no such column: claims.txt
NEAR = re.compile(r'^(?:near|unrecognized token:) "(.+)"', re.DOTALL)
NAMED = re.compile(r"(?:no such (?:column|table|function)|ambiguous column name): (\S+)$|function (\w+)\(\)")
NOT_NAMES = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)


Span = tuple[int, int]


class Place(NamedTuple):
    """Line and column, from 1, for people; offsets in UTF-16 for the editor."""

    line: int
    column: int
    start: int
    end: int


def complaint(conn: Connection, sql: str) -> str:
    """What SQLite says of a statement that it only has to understand; nothing if it is fine."""
    try:
        conn.execute(f"explain {sql}").close()
    except Exception as error:  # a missing parameter is not even an sqlite3.Error
        return str(error)
    return ""


def find_token(conn: Connection, sql: str, token: str, message: str) -> Span | None:
    """Where SQLite stops reading: at the first such token up to which alone it says the same."""
    begin, end = r"(?<!\w)" * token[0].isalnum(), r"(?!\w)" * token[-1].isalnum()
    spans = [found.span() for found in re.finditer(begin + re.escape(token) + end, sql)]
    place = bisect_left(spans, True, key=lambda span: complaint(conn, sql[: span[1]]) == message)
    return spans[place] if place < len(spans) else None


def find_name(sql: str, name: str) -> Span | None:
    """The first place of a name, outside of texts and comments; `a.b` may stand there as b only."""
    code = NOT_NAMES.sub(lambda match: " " * len(match[0]), sql)
    for part in (name, name.rpartition(".")[2]):
        if found := re.search(rf"(?<!\w){re.escape(part)}(?!\w)", code, re.IGNORECASE):
            return found.span()
    return None


def find_error(conn: Connection, sql: str, message: str) -> Span | None:
    """The begin and end of what a message of SQLite is about; None where it does not tell."""
    if near := NEAR.match(message):
        return find_token(conn, sql, near[1], message)
    if message == "incomplete input":
        return len(sql.rstrip()), len(sql.rstrip())
    named = NAMED.search(message)
    return find_name(sql, named[1] or named[2]) if named else None


def describe_place(sql: str, span: Span) -> Place:
    before = sql[: span[0]]
    start, end = (len(sql[:offset].encode("utf-16-le")) // 2 for offset in span)
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"), start, end)


async def locate_error(db: Database, sql: str, message: str) -> Place | None:
    span = await visit(db, partial(find_error, sql=sql, message=message))
    return describe_place(sql, span) if span else None
