"""Tables and views with their columns, keys and the foreign keys between them, read from a database."""

from collections.abc import Mapping
from sqlite3 import Connection
from typing import NamedTuple

from datasette.database import Database
from datasette.utils import escape_sqlite, sqlite3

from ..compatibility import label_column
from ..databases import hide_paths, visit


class Step(NamedTuple):
    """From a row to those rows of a table whose other_column holds what its column holds."""

    column: str
    table: str
    other_column: str


class Table(NamedTuple):
    """A table or a view, as far as it matters here."""

    columns: dict[str, str]  # with their types
    key: str | None  # the column that names a row; none if several do, or none
    label: str | None  # the column with the name of a row
    keys: list[Step]  # along its foreign keys
    is_view: bool = False
    reads: frozenset[str] = frozenset()  # the tables and views that a view is made of


def read_by(conn: Connection, view: str) -> frozenset[str]:
    """The tables and views that a view reads. One that does not work any more reads nothing."""
    found: set[str] = set()

    def note(action: int, table: str | None, *_: object) -> int:
        if table and action == sqlite3.SQLITE_READ:
            found.add(table)
        return 0  # which is SQLITE_OK

    conn.set_authorizer(note)
    try:
        conn.execute(f"select * from {escape_sqlite(view)} limit 0")  # noqa: S608
    except sqlite3.OperationalError:
        return frozenset()
    finally:
        hide_paths(conn)
    return frozenset(found - {view})


def read_table(conn: Connection, table: str, is_view: bool) -> Table:
    """Columns, key and foreign keys. A view that does not work any more has none."""
    try:
        columns = conn.execute("select name, type, pk from pragma_table_xinfo(?)", [table]).fetchall()
        keys = conn.execute('select id, "from", "table", "to" from pragma_foreign_key_list(?)', [table]).fetchall()
    except sqlite3.OperationalError:
        columns = keys = []
    named = [column[0] for column in columns if column[2]]
    ids = [key[0] for key in keys]  # one that stands here twice has several columns
    single = [Step(*key[1:]) for key in keys if ids.count(key[0]) == 1]
    key = named[0] if len(named) == 1 else None
    reads = read_by(conn, table) if is_view else frozenset()
    return Table({column[0]: column[1] for column in columns}, key, None, single, is_view, reads)


def read_tables(conn: Connection) -> dict[str, Table]:
    found = conn.execute("select name, type = 'view' from sqlite_master where type in ('table', 'view')").fetchall()
    tables = {name: read_table(conn, name, bool(is_view)) for name, is_view in found}
    return {name: table._replace(keys=resolved(tables, table)) for name, table in tables.items()}


def resolved(tables: Mapping[str, Table], table: Table) -> list[Step]:
    """Its foreign keys to tables that are there; one that names no column leads to the key."""
    steps = [step for step in table.keys if step.table in tables]
    columns = [step.other_column or tables[step.table].key for step in steps]
    return [step._replace(other_column=column) for step, column in zip(steps, columns, strict=True) if column]


async def read_labelled(db: Database) -> dict[str, Table]:
    """The tables, and which column Datasette takes for the name of a row."""
    tables = await visit(db, read_tables)
    for table, known in tables.items():
        label = await label_column(db, table) if known.columns else None
        tables[table] = known._replace(label=label if label in known.columns else None)
    return tables
