"""The tables that can be asked, with their columns, keys and targets."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from ..memory import remember
from ..permissions import may_view

SCHEMA = """
    select tables.name as "table", tables.type as kind, columns.name as "column", columns.pk, keys."table" as target
    from sqlite_master as tables
    join pragma_table_info(tables.name) as columns
    left join pragma_foreign_key_list(tables.name) as keys on keys."from" = columns.name
    where tables.type in ('table', 'view') and tables.name not like 'sqlite^_%' escape '^'
    order by tables.type, tables.name, columns.cid
"""


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


async def find_schema(datasette, actor, database):
    """What somebody may view of a database."""
    db = datasette.get_database(database)
    tables = await remember(db, "tables to ask", (), partial(find_tables, db))
    seen = [table for table in tables if await may_view(datasette, actor, db.name, tables=[table["name"]])]
    names = tuple(table["name"] for table in seen)
    return await remember(db, "schema to read", names, partial(make_schema, datasette, db, seen))


async def find_tables(db):
    return grouped((await db.execute(SCHEMA)).rows, await db.hidden_table_names())


async def make_schema(datasette, db, tables):
    html = await datasette.render_template("sql/_schema.html", {"database": db.name, "tables": tables})
    return Schema(Markup(html), find_keys(tables), find_targets(tables))
