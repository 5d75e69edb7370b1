"""Bakes pages of the static site with their data: asks the application and writes the files.

Page X becomes the file X/index.html, links become relative, and every table, view and query gets
its complete .csv and .json at the same path.
"""

import filecmp
import json
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import BinaryIO, NamedTuple

from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import await_me_maybe, escape_sqlite

from .application import HOST, SiteError, application, ask, ask_piecewise, hold_views, is_long_view
from .links import LINK, Target, check_anchors, relink, with_policy

NEXT = re.compile(rf'<{HOST}([^>]*)>; rel="next"')


@dataclass(slots=True)
class Found:
    """What some pages link to."""

    links: set[tuple[Target, str]] = field(default_factory=set)
    """Each with the anchor."""
    missing: dict[str, str] = field(default_factory=dict)
    """Data files that were not there yet, each with a page that links to it."""
    moved: list[Target] = field(default_factory=list)
    """Pages that only lead on."""
    baked: int = 0
    """How many the pages are."""


class Survey(NamedTuple):
    """What is known before the first page is baked."""

    found: Found
    rows: int
    databases: list[str]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is filled beside the old one."""

    new: Path
    old: Path

    def write(self, file: str, content: bytes) -> None:
        with self.open(file) as output:
            output.write(content)

    @contextmanager
    def open(self, file: str) -> Iterator[BinaryIO]:
        """A file that has not changed keeps the time of the old one, for small uploads."""
        path, old = self.new / file, self.old / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as output:
            yield output
        if old.is_file() and filecmp.cmp(old, path, shallow=False):
            shutil.copystat(old, path)


def first_targets(application: Datasette) -> Iterator[Target]:
    """What each plugin says is baked."""
    for addresses in pm.hook.baked_addresses(datasette=application):
        yield from map(Target, addresses)


class Baker:
    """Bakes what it is told to into a folder."""

    def __init__(self, database: Path, fingerprint: str, folder: Folder) -> None:
        self.database, self.fingerprint, self.folder = database, fingerprint, folder
        self.anchored: set[str] | None = None

    @cached_property
    def application(self) -> Datasette:
        return application(self.database, self.fingerprint)

    @cached_property
    def holding_views(self) -> Datasette:
        """The application that is asked for long views."""
        baking = application(self.database, self.fingerprint)
        hold_views(baking)
        return baking

    async def application_for(self, path: str) -> Datasette:
        return self.holding_views if await is_long_view(self.application, path) else self.application

    @cached_property
    def unlimited(self) -> Datasette:
        """The application that gives all rows of a query at once."""
        return application(self.database, self.fingerprint, max_returned_rows=1_000_000_000)

    @cached_property
    def live_routes(self) -> list[re.Pattern[str]]:
        """What each plugin says is not baked."""
        return [re.compile(route) for routes in pm.hook.live_routes(datasette=self.application) for route in routes]

    async def anchored_tables(self) -> set[str]:
        """What plugins say of tables whose rows are read on pages of other rows."""
        if self.anchored is None:
            application = self.application  # which loads the plugins
            said = [await await_me_maybe(tables) for tables in pm.hook.anchored_tables(datasette=application)]
            self.anchored = {table for tables in said for table in tables}
        return self.anchored

    async def bake(self, targets: list[Target]) -> Found:
        """Writes the files of targets, and with a page of the database its data."""
        found = Found(baked=len(targets))
        for target in targets:
            if target.is_page:
                await self.bake_page(target, found)
            else:
                await self.save(target.path, target.file)
        return found

    async def bake_page(self, page: Target, found: Found) -> None:
        answer = await ask(await self.application_for(page.path), f"{page.path}?{page.query}", (200, 301))
        in_pages = page.path not in await self.anchored_tables()
        html, links = relink(answer.body.decode(), page, in_pages)
        to_itself = {link for link in links if link[0] == page}
        check_anchors(html, page.file, {anchor for _, anchor in to_itself if anchor})
        self.folder.write(page.file, html.encode())
        await self.bake_data(page)
        if answer.status == 301:
            found.moved.append(page)
        for link in links - to_itself:
            self.follow(link, page, found)

    def follow(self, link: tuple[Target, str], page: Target, found: Found) -> None:
        """Notes what a page leads to: a page to bake, or data that has to be there in the end."""
        target, _ = link
        if any(route.match(target.path) for route in self.live_routes):
            raise SiteError(f"{page.file} links to {target.path}, which is not baked")
        if not self.is_data(target):
            found.links.add(link)
        elif not (self.folder.new / target.file).is_file():
            found.missing.setdefault(target.file, page.file)

    def is_data(self, target: Target) -> bool:
        """Whether a target is the CSV or JSON of a table, view or query: that comes with its page."""
        database, _, name = target.path.strip("/").partition("/")
        return database in self.application.databases and bool(name) and not target.is_page

    async def bake_data(self, target: Target) -> None:
        database, *name = target.path.strip("/").split("/")
        if len(name) != 1 or database not in self.application.databases or target.number > 1:
            return
        query = await self.application.get_canned_query(database, name[0], None)
        if not query:
            await self.bake_table_data(target.path)
        elif not query.get("params"):  # what asks the reader for something has no data by itself
            await self.bake_query_data(target.path)

    async def bake_table_data(self, path: str) -> None:
        """All rows of a table or view as CSV and JSON."""
        asked = await self.application_for(path)
        await self.save(f"{path}.csv?_stream=on", f"{path[1:]}.csv", asked)
        with self.folder.open(f"{path[1:]}.json") as output:
            separator = b"["
            async for row in rows_of(path, asked):
                output.write(separator + json.dumps(row).encode())
                separator = b", "
            output.write(b"]" if separator == b", " else b"[]")

    async def bake_query_data(self, path: str) -> None:
        """The whole answer of a query as CSV and JSON. The queries of metadata.yml count and compare; a list as long as
        a table should be a view, which is asked for a thousand rows at a time."""
        for suffix in (".csv", ".json"):
            await self.save(f"{path}{suffix}?_shape=array", f"{path[1:]}{suffix}", self.unlimited)

    async def save(self, url: str, file: str, asked: Datasette | None = None) -> None:
        with self.folder.open(file) as output:
            await ask_piecewise(asked or self.application, url, output.write)

    async def survey(self, home: str) -> Survey:
        """Where to begin, and about how many pages there will be: one a row, for the most part."""
        rows, anchored = 0, await self.anchored_tables()
        for name, database in self.application.databases.items():
            hidden = await database.hidden_table_names()
            for table in set(await database.table_names()) - set(hidden):
                if f"/{name}/{table}" in anchored:
                    continue
                rows += (await database.execute(f"select count(*) from {escape_sqlite(table)}")).single_value()  # noqa: S608
        found = Found({(target, "") for target in (Target(home), *first_targets(self.application))})
        return Survey(found, rows, list(self.application.databases))

    async def not_found(self, url: str) -> None:
        """The application's own page for what is not there. It may be shown at any depth, so its links
        begin with the address of the site."""
        page = await ask(self.application, "/-/no-such-page", (404,))
        html = LINK.sub(lambda m: f'{m[1]}{re.sub("^/(?!/)", escape(url), m[2])}"', page.body.decode())
        self.folder.write("404.html", with_policy(html).encode())


async def rows_of(path: str, application: Datasette) -> AsyncIterator[dict[str, object]]:
    """All rows of a table or view in the order of its page, asked for a thousand at a time."""
    url = f"{path}.json?_shape=array&_size=max&_nofacet=1&_nosuggest=1&_nocount=1"
    while url:
        answer = await ask(application, url)
        for row in json.loads(answer.body):
            yield row
        following = NEXT.search(answer.link)
        url = following[1] if following else ""
