"""Bakes one page of the static site with its data: asks the application and writes the files.

Page X becomes the file X/index.html, links become relative, and every table, view, row and query gets
its complete .csv and .json at the same path. Nothing of ours is imported: the application is Datasette's.
"""

import csv
import filecmp
import json
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from html import escape, unescape
from io import StringIO
from pathlib import Path
from time import perf_counter
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import escape_sqlite, parse_metadata, path_from_row_pks
from httpx import Response

ROOT = Path(__file__).parent.parent
HOST = "http://localhost"  # what Datasette takes itself to be while it bakes

# Attribute values in our templates stand in double quotes, and data never holds one unescaped.
LINK = re.compile(r'(\s(?:(?:href|src|action)="|content="0; url=))([^"]*)"')
ANCHOR = re.compile(r'\sid="([^"]*)"')
HEAD = re.compile(r"(<head\b[^>]*>)")
SUFFIX = re.compile(r"\.\w+$")  # ids hold no dot, so what ends like this is a file
LATER = re.compile(r"_next=[^&]+(&_sort(_desc)?=[^&]+)?")  # a table that metadata.yml sorts says so in its next link
NO_PARAMETERS = re.compile(r"[\w/.-]+\$?")
# What is asked takes as long as it takes: what a page shows must not depend on how fast it was found.
# In a thread of its own a question would take longer to hand over than to answer.
PATIENT = {
    "sql_time_limit_ms": 600_000,
    "facet_time_limit_ms": 600_000,
    "facet_suggest_time_limit_ms": 600_000,
    "num_sql_threads": 0,
}
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src 'self' data:;"
    " object-src 'none'; base-uri 'none'"
)
SLOW, SHORT, KEPT = 0.005, 50, 500  # seconds; rows; answers


class SiteError(Exception):
    """A page that does not answer, or a link that leads nowhere."""


class Target(NamedTuple):
    """Something to bake: a path of the live site, and for a later page of rows its query and number."""

    path: str
    query: str = ""
    number: int = 1

    @property
    def is_page(self) -> bool:
        return not SUFFIX.search(self.path)

    @property
    def file(self) -> str:
        """Where it lies in the static site, relative to its root."""
        folder = self.path.strip("/") + (f"/page/{self.number}" if self.number > 1 else "")
        return f"{folder}/index.html".lstrip("/") if self.is_page else folder


class Found(NamedTuple):
    """What a page links to."""

    targets: list[tuple[Target, str]]
    """Each with the anchor, in an order of its own that is the same every time."""
    missing: list[str]
    """Data files that were not there yet."""
    moved: bool = False
    """Whether it only leads on."""


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


def application(database: Path, **settings: int) -> Datasette:
    """Datasette as `make serve` starts it but for some settings; plugins see that they are baked."""
    metadata = parse_metadata((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    baking = Datasette(
        immutables=[str(database)],
        metadata={**metadata, "plugins": {**metadata.get("plugins", {}), "static_site": {"baked": True}}},
        settings={**json.loads((ROOT / "settings.json").read_text()), **PATIENT, **settings},
        plugins_dir=str(ROOT / "plugins"),
        template_dir=str(ROOT / "plugins/templates"),
        static_mounts=[("assets", str(ROOT / "plugins/static"))],
    )
    inherit(baking)
    ask_once(baking)
    return baking


def inherit(baking: Datasette) -> None:
    """Gives tables the licence and source of the whole. Datasette does so when it shows a table, and then on the
    pages of its rows as well: they would depend on what was baked before them."""
    for database in (baking.metadata("databases") or {}).values():
        for described in (database, *(database.get("tables") or {}).values()):
            baking.update_with_inherited_metadata(described)


def ask_once(baking: Datasette) -> None:
    """Datasette asks hundreds of times a page what stays the same: nobody but the public looks at a site
    while it is baked, and neither metadata nor templates nor data change."""
    baking.metadata = cache(baking.metadata)
    baking.permission_allowed = remember(baking.permission_allowed, lambda answer, seconds: True)
    baking.jinja_env.auto_reload = False
    for database in baking.databases.values():
        for question in ("get_all_foreign_keys", "foreign_keys_for_table", "label_column_for_table", "table_exists"):
            setattr(database, question, remember(getattr(database, question), lambda answer, seconds: True))
        database.execute = remember(
            database.execute, lambda answer, seconds: seconds > SLOW and len(answer.rows) <= SHORT
        )


def remember(
    ask: Callable[..., Awaitable[Any]], worth_keeping: Callable[[Any, float], bool]
) -> Callable[..., Awaitable[Any]]:
    """A function that keeps its latest answers; each page of a table, say, counts all its rows."""
    answers: dict[str, Any] = {}

    async def recall(*arguments: object, **named: object) -> Any:
        key = repr((arguments, named))
        if key in answers:
            answers[key] = answers.pop(key)
            return answers[key]
        begin = perf_counter()
        answer = await ask(*arguments, **named)
        if worth_keeping(answer, perf_counter() - begin):
            answers[key] = answer
        if len(answers) > KEPT:
            del answers[next(iter(answers))]
        return answer

    return recall


@lru_cache(1000)
def parts_of(url: str) -> tuple[str, str, str] | None:
    """Path, query and fragment of an absolute URL; None if it leaves the site."""
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}" != HOST:
        return None
    return parts.path.rstrip("/") or "/", parts.query, parts.fragment


def target_of(url: str, page: Target) -> tuple[Target, str, str] | None:
    """What a page's link leads to, its query and its anchor; None if it leaves the site."""
    if url.startswith("#"):
        return page, "", url[1:]
    parts = parts_of(HOST + url if url[:1] == "/" and url[:2] != "//" else urljoin(HOST + page.path, url))
    if not parts:
        return None
    path, query, fragment = parts
    target = Target(path)
    if LATER.fullmatch(query) and target.is_page:
        return Target(path, query, page.number + 1), "", fragment
    return target, query, fragment


def relative_url(target: Target, query: str, fragment: str, page: Target) -> str:
    """The link from one file of the static site to another; that to a page ends in a slash."""
    here, there = page.file.split("/")[:-1], target.file.removesuffix("index.html").rstrip("/").split("/")
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    url = "/".join([".."] * (len(here) - shared) + [part for part in there[shared:] if part]) or "."
    url += "/" if target.is_page else ""
    return url + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def bake_page(html: str, page: Target) -> tuple[bytes, frozenset[tuple[Target, str]]]:
    """The page with relative links and a Content-Security-Policy of its own, and where it links to."""
    targets = set()

    def relink(match: re.Match[str]) -> str:
        found = target_of(unescape(match[2]), page)
        if not found:
            return match[0]
        target, query, fragment = found
        targets.add((target, "" if query else fragment))
        return f'{match[1]}{escape(relative_url(target, query, fragment, page))}"'

    policy = f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    html = HEAD.sub(rf"\1{policy}", LINK.sub(relink, html), count=1)
    return html.encode(), frozenset(targets)


def check_anchors(html: str, file: str, wanted: set[str]) -> None:
    """Raises SiteError if a file lacks an anchor that is linked to."""
    there = set(map(unescape, ANCHOR.findall(html)))
    if missing := sorted(wanted - there):
        raise SiteError(f"a page links to {file}#{missing[0]}, which is not there")


def first_targets(application: Datasette) -> Iterator[Target]:
    """Every route of a plugin that takes no parameters, and what scripts may load of the assets."""
    for mount, folder in application.static_mounts:
        for path in sorted(Path(folder).rglob("*.*")):
            yield Target(f"/{mount}/{path.relative_to(folder).as_posix()}")
    for routes in pm.hook.register_routes(datasette=application):
        for pattern, _view in routes:
            if NO_PARAMETERS.fullmatch(pattern):
                yield Target(pattern.rstrip("$"))


async def answer(url: str, application: Datasette) -> Response:
    """What the application answers; what has moved for good may have a page that leads on. Raises SiteError
    if it fails."""
    response: Response = await application.client.get(url)
    if response.status_code not in (200, 301):
        raise SiteError(f"{url} answered {response.status_code}")
    return response


class Baker:
    """Bakes what it is told to into a folder."""

    def __init__(self, database: Path, folder: Folder) -> None:
        self.database, self.folder = database, folder

    @cached_property
    def application(self) -> Datasette:
        return application(self.database)

    @cached_property
    def unlimited(self) -> Datasette:
        """The application that gives all rows of a query at once."""
        return application(self.database, max_returned_rows=1_000_000_000)

    async def bake(self, target: Target) -> Found:
        """Writes the file of a target, and with a page of the database its data."""
        await self.application.invoke_startup()
        if not target.is_page:
            await self.save(target.path, target.file)
            return Found([], [])
        response = await answer(f"{target.path}?{target.query}", self.application)
        html, links = bake_page(response.text, target)
        check_anchors(html.decode(), target.file, {anchor for linked, anchor in links if linked == target and anchor})
        self.folder.write(target.file, html)
        await self.bake_data(target)
        data = {linked.file for linked, _ in links if self.is_data(linked)}
        return Found(
            sorted(link for link in links if link[0] != target and not self.is_data(link[0])),
            sorted(file for file in data if not (self.folder.new / file).is_file()),
            response.status_code == 301,
        )

    def is_data(self, target: Target) -> bool:
        """Whether a target is the CSV or JSON of a table, view, query or row: that comes with its page."""
        database, _, name = target.path.strip("/").partition("/")
        return database in self.application.databases and bool(name) and not target.is_page

    async def bake_data(self, target: Target) -> None:
        database, *name = target.path.strip("/").split("/")
        if len(name) != 1 or database not in self.application.databases or target.number > 1:
            return
        query = await self.application.get_canned_query(database, name[0], None)
        if not query:
            await self.bake_table_data(target.path, database, name[0])
        elif not query.get("params"):  # what asks the reader for something has no data by itself
            await self.bake_query_data(target.path)

    async def bake_table_data(self, path: str, database: str, table: str) -> None:
        """All rows of a table or view as CSV and JSON, and so each row of a table."""
        await self.save(f"{path}.csv?_stream=on", f"{path[1:]}.csv")
        keys = await self.application.get_database(database).primary_keys(table)
        with self.folder.open(f"{path[1:]}.json") as output:
            separator = b"["
            async for row in rows_of(path, self.application):
                content = json.dumps(row).encode()
                output.write(separator + content)
                separator = b", "
                if keys:
                    row_path = f"{path[1:]}/{path_from_row_pks(row, keys, False)}"
                    self.folder.write(f"{row_path}.json", b"[" + content + b"]")
                    self.folder.write(f"{row_path}.csv", to_csv(row))
            output.write(b"]" if separator == b", " else b"[]")

    async def bake_query_data(self, path: str) -> None:
        """The whole answer of a query as CSV and JSON. It is held in memory: the queries of metadata.yml count and
        compare; a list as long as a table should be a view, whose rows are written a thousand at a time."""
        await self.unlimited.invoke_startup()
        for suffix in (".csv", ".json"):
            response = await answer(f"{path}{suffix}?_shape=array", self.unlimited)
            self.folder.write(f"{path[1:]}{suffix}", response.content)

    async def save(self, url: str, file: str) -> None:
        """Writes what the application answers piece by piece: a database is large. Raises SiteError if it fails."""
        path, _, query = url.partition("?")
        scope = {
            "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": unquote(path),
            "raw_path": path.encode(), "query_string": query.encode(), "headers": [(b"host", b"localhost")],
        }  # fmt: skip
        with self.folder.open(file) as output:

            async def receive() -> dict[str, object]:
                return {"type": "http.request"}

            async def send(event: dict[str, Any]) -> None:
                if event.get("status", 200) != 200:
                    raise SiteError(f"{url} answered {event['status']}")
                output.write(event.get("body", b""))

            await self.application.client.app(scope, receive, send)

    async def survey(self, home: str) -> tuple[list[Target], int]:
        """Where to begin, and about how many pages there will be: one a row, for the most part."""
        await self.application.invoke_startup()
        rows = 0
        for database in self.application.databases.values():
            hidden = await database.hidden_table_names()
            for table in set(await database.table_names()) - set(hidden):
                rows += (await database.execute(f"select count(*) from {escape_sqlite(table)}")).single_value()  # noqa: S608
        return [Target(home), *first_targets(self.application)], rows

    async def not_found(self, url: str) -> None:
        """The application's own page for what is not there. It may be shown at any depth, so its links
        begin with the address of the site."""
        await self.application.invoke_startup()
        response = await self.application.client.get("/-/no-such-page")
        html = LINK.sub(lambda m: f'{m[1]}{re.sub("^/(?!/)", escape(url), m[2])}"', response.text)
        self.folder.write("404.html", html.encode())


async def rows_of(path: str, application: Datasette) -> AsyncIterator[dict[str, object]]:
    """All rows of a table or view in the order of its page, asked for a thousand at a time."""
    url = f"{path}.json?_shape=array&_size=max&_nofacet=1&_nosuggest=1&_nocount=1"
    while url:
        response = await answer(url, application)
        for row in response.json():
            yield row
        url = response.links.get("next", {}).get("url", "").removeprefix(HOST)


def to_csv(row: dict[str, object]) -> bytes:
    """A row as Datasette writes one."""
    lines = StringIO()
    csv.writer(lines).writerows([row.keys(), row.values()])
    return lines.getvalue().encode()
