"""The SQL page: tables and examples beside the editor, where SQLite finds an error, and links from ids to rows.

A query that Datasette refuses or stops shows its SQL again, with the reason, and not an error page without it.
"""

import json
import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from datasette import Response, hookimpl
from datasette.utils import escape_sqlite, tilde_encode
from markupsafe import Markup

SCHEMA = """
    select tables.name as "table", tables.type as kind, columns.name as "column", columns.pk, keys."table" as target
    from sqlite_master as tables
    join pragma_table_info(tables.name) as columns
    left join pragma_foreign_key_list(tables.name) as keys on keys."from" = columns.name
    where tables.type in ('table', 'view') and tables.name not like 'sqlite^_%' escape '^'
    order by tables.type, tables.name, columns.cid
"""
EXISTING = "select {place}, {key} from {table} where {key} in (select value from json_each(:ids{place}))"
# What a message names: near "form": syntax error; no such column: claims.txt
NEAR = re.compile(r'^(?:near|unrecognized token:) "(.+)"', re.DOTALL)
NAMED = re.compile(r"(?:no such (?:column|table|function)|ambiguous column name): (\S+)$|function (\w+)\(\)")
NOT_NAMES = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
ASKED = re.compile(r'\b(?:from|join)\s+["\[`]?(\w+)', re.IGNORECASE)


# --- What there is to ask


def grouped(rows, hidden):
    """Tables and views with their columns, each with the table it points to."""
    tables = {}
    for row in rows:
        if row["table"] in hidden:
            continue
        table = tables.setdefault(row["table"], {"name": row["table"], "kind": row["kind"], "columns": []})
        table["columns"].append({"name": row["column"], "key": bool(row["pk"]), "target": row["target"]})
    return list(tables.values())


def find_keys(tables):
    """By the name of a table the one column that names a row of it."""
    keys = {table["name"]: [column["name"] for column in table["columns"] if column["key"]] for table in tables}
    return {name: columns[0] for name, columns in keys.items() if len(columns) == 1}


def find_targets(tables):
    """By the name of a foreign key the table to which all keys of this name point."""
    pointed = defaultdict(set)
    for table in tables:
        for column in table["columns"]:
            pointed[column["name"]].add(column["target"])
    targets = {name: others - {None} for name, others in pointed.items()}
    return {name: others.pop() for name, others in targets.items() if len(others) == 1}


@dataclass(frozen=True)
class Schema:
    html: Markup  # for readers
    keys: dict
    targets: dict


remembered: WeakKeyDictionary = WeakKeyDictionary()  # the schemas of databases that cannot change


async def find_schema(datasette, database):
    db = datasette.get_database(database)
    if db in remembered:
        return remembered[db]
    tables = grouped((await db.execute(SCHEMA)).rows, await db.hidden_table_names())
    html = await datasette.render_template("_schema.html", {"database": database, "tables": tables})
    schema = Schema(Markup(html), find_keys(tables), find_targets(tables))
    if db.hash:
        remembered[db] = schema
    return schema


# --- Which results are rows to open


def targets_of(schema, sql):
    """The table that a column of an answer leads to: that of its foreign key, and for the key of a table that
    alone is asked, this table."""
    asked = {name.lower() for name in ASKED.findall(NOT_NAMES.sub(" ", sql))}
    alone = asked.pop() if len(asked) == 1 else None
    targets = schema.targets | ({schema.keys[alone]: alone} if alone in schema.keys else {})
    return {column: table for column, table in targets.items() if table in schema.keys}


async def find_existing(db, keys, wanted):
    """Those of the wanted rows, (table, id), that there are."""
    ids = defaultdict(list)
    for table, id in sorted(wanted):
        ids[table].append(id)
    selects = [
        EXISTING.format(place=place, key=escape_sqlite(keys[table]), table=escape_sqlite(table))
        for place, table in enumerate(ids)
    ]
    if not selects:
        return set()
    listed = {f"ids{place}": json.dumps(found) for place, found in enumerate(ids.values())}
    tables = list(ids)
    return {(tables[place], id) for place, id in await db.execute(" union all ".join(selects), listed)}


async def find_links(datasette, database, sql, columns, rows):
    """For each cell of each row the address of the row that it names, or None."""
    schema = await find_schema(datasette, database)
    targets = targets_of(schema, sql)
    tables = [targets.get(column) for column in columns]
    wanted = {
        (table, value) for row in rows for table, value in zip(tables, row, strict=True) if table and type(value) is str
    }
    existing = await find_existing(datasette.get_database(database), schema.keys, wanted)
    base = datasette.urls.database(database)
    urls = {(table, id): f"{base}/{tilde_encode(table)}/{tilde_encode(id)}" for table, id in existing}
    return [[urls.get(cell) for cell in zip(tables, row, strict=True)] for row in rows]


# --- Where an error is


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


# --- What Datasette refuses or stops


def explain_refusal(exception, limit):
    if exception.title == "SQL Interrupted":
        return f"This query was stopped: it ran for more than {limit / 1000:g} seconds."
    return str(exception.message)


def asks_sql(request, exception):
    """Whether a reader's own query failed on the page of a database."""
    refused = getattr(exception, "title", None) in ("SQL Interrupted", "Invalid SQL")
    return refused and "." not in request.path and bool(request.args.get("sql"))


async def show_refused(datasette, request, exception):
    database = datasette.get_database(route=request.url_vars["database"]).name
    context = {
        "database": database,
        "error": explain_refusal(exception, datasette.setting("sql_time_limit_ms")),
        "query": {"sql": request.args["sql"]},
        "editable": True,
        "allow_execute_sql": True,
        "metadata": {},
    }
    html = await datasette.render_template("query.html", context, request=request, view_name="database")
    return Response.html(html, status=exception.status)


@hookimpl
def handle_exception(datasette, request, exception):
    return show_refused(datasette, request, exception) if asks_sql(request, exception) else None


@hookimpl
def extra_template_vars(datasette, database, request):
    async def sql_schema():
        return (await find_schema(datasette, database)).html

    async def sql_examples():
        """The canned queries with their addresses; Datasette 1.0a keeps queries in another way."""
        if not hasattr(datasette, "get_canned_queries"):
            return []
        queries = await datasette.get_canned_queries(database, request.actor if request else None)
        base = datasette.urls.database(database)
        return [
            (f"{base}/{tilde_encode(name)}", query.get("title") or name)
            for name, query in queries.items()
            if not query.get("write")
        ]

    async def row_links(sql, columns, rows):
        return await find_links(datasette, database, sql, columns, list(rows))

    async def error_place(sql, message):
        return await locate_error(datasette, database, sql, message)

    return {
        "error_place": error_place,
        "row_links": row_links,
        "sql_examples": sql_examples,
        "sql_schema": sql_schema,
    }
