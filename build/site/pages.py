"""What a bake knows of its pages: those to bake, and what their links lead to. It is on disk: pages may be millions."""

from collections.abc import Iterator
from itertools import groupby
from sqlite3 import connect

from .baker import Found
from .links import Target

SCHEMA = """
create table pages (number integer primary key, file text unique, path text, query text, place int, moved int);
create table anchors (file text, anchor text, primary key (file, anchor)) without rowid;
create table missing (file text primary key, source text) without rowid;
"""
CHUNK = 8  # pages that a worker is given at a time


class Pages:
    """All that were found, in the order in which they were, and how many of them were given out to be baked."""

    def __init__(self) -> None:
        self.db = connect("")  # a file of SQLite's own, gone with the connection
        self.db.executescript(SCHEMA)
        self.given = 0

    def add(self, found: Found) -> None:
        """Remembers what some pages link to; what is new of that is yet to be baked."""
        linked = [(target.file, *target) for target, _ in sorted(found.links)]
        self.db.executemany("insert or ignore into pages (file, path, query, place) values (?, ?, ?, ?)", linked)
        anchors = [(target.file, anchor) for target, anchor in found.links if anchor]
        self.db.executemany("insert or ignore into anchors values (?, ?)", anchors)
        self.db.executemany("insert or ignore into missing values (?, ?)", found.missing.items())
        self.db.executemany("update pages set moved = 1 where file = ?", [(page.file,) for page in found.moved])

    def chunks(self) -> Iterator[list[Target]]:
        """What is to be baked next, as long as there is anything."""
        following = "select path, query, place from pages where number > ? order by number limit ?"
        while chunk := [Target(*row) for row in self.db.execute(following, (self.given, CHUNK))]:
            self.given += len(chunk)
            yield chunk

    def found(self) -> int:
        return int(self.db.execute("select max(number) from pages").fetchone()[0])

    def linked(self) -> Iterator[tuple[str, set[str]]]:
        """The anchors that other pages link to, by the file that should have them."""
        rows = self.db.execute("select file, anchor from anchors order by file")
        for file, anchors in groupby(rows, lambda row: row[0]):
            yield file, {anchor for _, anchor in anchors}

    def missing(self) -> Iterator[tuple[str, str]]:
        """Data files that were not there when a page linked to them, with that page."""
        yield from self.db.execute("select file, source from missing order by file")

    def listed(self) -> Iterator[str]:
        """The folders of all pages but those that only lead on, in order."""
        folder = "substr(file, 1, length(file) - length('index.html'))"
        where = "file like '%index.html' and moved is null"
        return (row[0] for row in self.db.execute(f"select {folder} from pages where {where} order by 1"))  # noqa: S608
