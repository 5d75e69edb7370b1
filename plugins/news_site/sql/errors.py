"""Where in a statement SQLite finds an error."""

import re
from bisect import bisect_left

# What a message names: near "form": syntax error; no such column: claims.txt
NEAR = re.compile(r'^(?:near|unrecognized token:) "(.+)"', re.DOTALL)
NAMED = re.compile(r"(?:no such (?:column|table|function)|ambiguous column name): (\S+)$|function (\w+)\(\)")
NOT_NAMES = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)


def complaint(conn, sql):
    """What SQLite says of a statement that it only has to understand; nothing if it is fine."""
    try:
        conn.execute(f"explain {sql}").close()
    except Exception as error:  # a missing parameter is not even an sqlite3.Error
        return str(error)
    return ""


def find_token(conn, sql, token, message):
    """Where SQLite stops reading: at the first such token up to which alone it says the same."""
    begin, end = r"(?<!\w)" * token[0].isalnum(), r"(?!\w)" * token[-1].isalnum()
    spans = [found.span() for found in re.finditer(begin + re.escape(token) + end, sql)]
    place = bisect_left(spans, True, key=lambda span: complaint(conn, sql[: span[1]]) == message)
    return spans[place] if place < len(spans) else None


def find_name(sql, name):
    """The first place of a name, outside of texts and comments; `a.b` may stand there as b only."""
    code = NOT_NAMES.sub(lambda match: " " * len(match[0]), sql)
    for part in (name, name.rpartition(".")[2]):
        if found := re.search(rf"(?<!\w){re.escape(part)}(?!\w)", code, re.IGNORECASE):
            return found.span()
    return None


def find_error(conn, sql, message):
    """The begin and end of what a message of SQLite is about; None where it does not tell."""
    if near := NEAR.match(message):
        return find_token(conn, sql, near[1], message)
    if message == "incomplete input":
        return len(sql.rstrip()), len(sql.rstrip())
    named = NAMED.search(message)
    return find_name(sql, named[1] or named[2]) if named else None


def describe_place(sql, span):
    """Line and column, from 1, for people; offsets in UTF-16 for the editor."""
    before, length = sql[: span[0]], len(sql[: span[1]].encode("utf-16-le")) // 2
    return {
        "line": before.count("\n") + 1,
        "column": len(before) - before.rfind("\n"),
        "start": len(before.encode("utf-16-le")) // 2,
        "end": length,
    }


async def locate_error(datasette, database, sql, message):
    span = await datasette.get_database(database).execute_fn(lambda conn: find_error(conn, sql, message))
    return describe_place(sql, span) if span else None
