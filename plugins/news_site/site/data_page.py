"""/-/data: what every table and column means, what is in it, how the tables hang together, all downloads."""

from functools import partial

from datasette import Response, hookimpl
from datasette.utils import escape_sqlite, sqlite_timelimit

from ..compatibility import tables_metadata
from ..databases import to_read
from ..memory import remember
from ..permissions import may_view, metadata_for

BOX_WIDTH, BOX_HEIGHT, COLUMN_GAP, ROW_GAP, MARGIN = 168, 30, 72, 14, 8


def columns_of(conn, table):
    return [(row["name"], row["type"]) for row in conn.execute(f"pragma table_info({escape_sqlite(table)})")]


def describe(conn, table, meanings):
    """A table's number of rows, and of each column the type, the null share and an example, in one query."""
    columns = columns_of(conn, table)
    facts = ", ".join(
        f"count({escape_sqlite(name)}), min(substr({escape_sqlite(name)}, 1, 80)),"
        f" sum(length(cast({escape_sqlite(name)} as blob)))"
        for name, _ in columns
    )
    total, *found = conn.execute(f"select count(*), {facts} from {escape_sqlite(table)}").fetchone()  # noqa: S608
    return {
        "name": table,
        "rows": total,
        "bytes": sum(size or 0 for size in found[2::3]) + total * len(columns),
        "columns": [
            {
                "name": name,
                "type": kind.lower(),
                "meaning": meanings.get(name),
                "example": found[3 * place + 1],
                "empty": (total - found[3 * place]) / total if total else None,
            }
            for place, (name, kind) in enumerate(columns)
        ],
    }


def relations(conn, tables):
    """(table, column, other table) for each foreign key."""
    return [
        (table, row["from"], row["table"])
        for table in tables
        for row in conn.execute(f"pragma foreign_key_list({escape_sqlite(table)})")
    ]


def levels(tables: list[str], keys: list[tuple[str, str, str]]) -> dict[str, int]:
    """How many steps lead from a table to one that points nowhere; circles are cut."""
    points_to = {table: {other for name, _, other in keys if name == table} - {table} for table in tables}

    def level(table, seen=()):
        others = [level(other, (*seen, table)) for other in points_to.get(table, ()) if other not in seen]
        return 1 + max(others, default=-1)

    return {table: level(table) for table in tables}


def untangle(columns: list[list[str]], keys: list[tuple[str, str, str]]) -> list[list[str]]:
    """Each column sorted by how high the tables that it points to stand on average."""
    height: dict[str, float] = {}
    for column in columns:
        for table in column:
            others = [height[other] for name, _, other in keys if name == table and other in height]
            height[table] = sum(others) / len(others) if others else 0
        column.sort(key=lambda table: (height[table], table))
        height |= {table: place - len(column) / 2 for place, table in enumerate(column)}
    return columns


def diagram(tables: list[str], keys: list[tuple[str, str, str]]) -> dict:
    """Boxes and curves: tables in columns, each to the right of those it points to."""
    joined = [table for table in tables if any(table in (name, other) for name, _, other in keys)]
    level_of = levels(joined, keys)
    depth = max(level_of.values(), default=0)
    columns = untangle([[t for t in joined if level_of[t] == level] for level in range(depth + 1)], keys)
    tallest = max(map(len, columns), default=0)
    boxes = {
        table: box(level, place + (tallest - len(column)) / 2, table)
        for level, column in enumerate(columns)
        for place, table in enumerate(column)
    }
    pairs = dict.fromkeys((name, other) for name, _, other in keys if name != other)
    return {
        "width": 2 * MARGIN + (depth + 1) * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP,
        "height": 2 * MARGIN + tallest * (BOX_HEIGHT + ROW_GAP),
        "boxes": list(boxes.values()),
        "curves": [curve(boxes[name], boxes[other]) for name, other in pairs],
    }


def box(column, row, name):
    x = MARGIN + column * (BOX_WIDTH + COLUMN_GAP)
    return {
        "x": x,
        "y": MARGIN + row * (BOX_HEIGHT + ROW_GAP),
        "width": BOX_WIDTH,
        "height": BOX_HEIGHT,
        "name": name,
    }


def curve(begin, end):
    """The path from a table's left side to the right side of the one it points to."""
    x1, y1 = begin["x"], begin["y"] + BOX_HEIGHT / 2
    x2, y2 = end["x"] + BOX_WIDTH, end["y"] + BOX_HEIGHT / 2
    bend = COLUMN_GAP * 0.6
    return f"M{x1:g} {y1:g}C{x1 - bend:g} {y1:g} {x2 + bend:g} {y2:g} {x2:g} {y2:g}"


def survey(conn, described, hidden):
    """All that the page shows of a database, in one visit."""
    sql = "select name, type from sqlite_master where type in ('table', 'view') order by type, name"
    names = [(row["name"], row["type"]) for row in conn.execute(sql)]
    public = [(name, kind) for name, kind in names if name not in hidden and not name.startswith("sqlite_")]
    order = {name: place for place, name in enumerate(described)}
    public.sort(key=lambda table: (order.get(table[0], len(order)), table[0]))
    meanings = {name: described.get(name) or {} for name, _ in public}
    return {
        "tables": [
            describe(conn, name, meanings[name].get("columns") or {})
            | {"kind": kind, "description": meanings[name].get("description")}
            for name, kind in public
        ],
        "keys": relations(conn, sorted(name for name, kind in public if kind == "table")),
    }


async def find_survey(datasette, db):
    described = await tables_metadata(datasette, db.name)
    hidden = await db.hidden_table_names()
    limit = max(60_000, datasette.setting("sql_time_limit_ms"))  # it reads every row, once

    def visit(conn):
        with sqlite_timelimit(conn, limit):
            return survey(conn, described, hidden)

    return await db.execute_fn(visit)


async def shown_of(datasette, actor, db):
    """What somebody may view of a survey, and how that hangs together."""
    found = await remember(db, "survey", (), partial(find_survey, datasette, db))
    tables = [table for table in found["tables"] if await may_view(datasette, actor, db.name, tables=[table["name"]])]
    names = {table["name"] for table in tables}
    keys = [key for key in found["keys"] if {key[0], key[2]} <= names]
    return {"tables": tables, "keys": keys, "diagram": diagram(sorted(names), keys)}


async def show_data(datasette, request):
    databases = [
        {"name": db.name, "size": db.size, "download": not db.is_mutable} | await shown_of(datasette, request.actor, db)
        for db in to_read(datasette)
        if await may_view(datasette, request.actor, db.name)
    ]
    metadata = await metadata_for(datasette, request.actor)
    context = {"databases": databases, "metadata": metadata, "settings": datasette.settings_dict()}
    return Response.html(await datasette.render_template("site/data.html", context, request=request))


@hookimpl
def register_routes():
    return [(r"^/-/data$", show_data)]
