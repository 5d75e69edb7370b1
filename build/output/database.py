"""Writes a dataset to an SQLite file: all of it, or nothing."""

import re
import sqlite3
from dataclasses import fields
from pathlib import Path

from sqlite_utils import Database

from ..core.problems import Problem, Where
from ..core.tables import Dataset
from ..core.workplace import workplace
from .facet_counts import count_facets

SCHEMA = Path(__file__).with_name("schema.sql")
INDEX = re.compile(r"^create index .*;$", re.MULTILINE)


class OutputError(Problem):
    """A file that cannot be written."""


def write(path: Path, dataset: Dataset) -> None:
    """Replaces the file by one that holds the dataset. Raises OutputError, and the old file stays."""
    if path.exists() and not path.is_file():
        raise OutputError(Where(path), "cannot be written (not a file); name another output")
    try:
        with workplace(path) as folder:
            fill(folder / path.name, dataset)
            (folder / path.name).replace(path)
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(
            Where(path), f"cannot be written ({reason}); is there room, and may we write there?"
        ) from error


def fill(path: Path, dataset: Dataset) -> None:
    """Makes a new database, each table and index in pages that follow one another: a browser reads it by parts.

    Tables come first, in the order of their ids, then indexes. Search indexes are last, as VACUUM may renumber rows.
    """
    with Database(path) as database:
        # a file that is renamed when it is whole needs no journal
        database.execute("pragma journal_mode = off")
        schema = SCHEMA.read_text(encoding="utf-8")
        database.executescript(INDEX.sub("", schema))
        with database.atomic():
            insert_rows(database, dataset)
            for statement in INDEX.findall(schema):
                database.execute(statement)
            count_facets(database)
        broken = database.execute("pragma foreign_key_check").fetchall()
        assert not broken, f"rows that refer to nothing: {broken}"
        database.execute("vacuum")
        build_search_indexes(database)


def insert_rows(database: Database, dataset: Dataset) -> None:
    for table in fields(dataset):
        rows = getattr(dataset, table.name)
        columns = [column.name for column in fields(rows[0])] if rows else []
        database.table(table.name).insert_all({column: getattr(row, column) for column in columns} for row in rows)


def build_search_indexes(database: Database) -> None:
    """Fills every FTS5 index from its view and has SQLite compare the two."""
    indexes = [name for name in database.table_names() if name.endswith("_fts")]
    for index in indexes:
        for command in ("'rebuild'", "'optimize'"):
            database.execute(f"insert into {index} ({index}) values ({command})")  # noqa: S608
        database.execute(f"insert into {index} ({index}, rank) values ('integrity-check', 1)")  # noqa: S608
