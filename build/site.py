"""Bakes the static site: what the live application answers, as files that any host serves.

Page X becomes the file X/index.html, links become relative, and every table, view, row and query gets
its complete .csv and .json at the same path. What there is to bake is found by following the pages' own
links and the routes that plugins register. Nothing of ours is imported: the application is Datasette's.
"""

import csv
import json
import re
import shutil
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from io import StringIO
from pathlib import Path, PurePosixPath
from posixpath import relpath
from urllib.parse import urljoin, urlsplit

from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import parse_metadata, path_from_row_pks
from httpx import Response

ROOT = Path(__file__).parent.parent
HOST = "http://localhost"  # what Datasette takes itself to be while it bakes

# Attribute values in our templates stand in double quotes, and data never holds one unescaped.
LINK = re.compile(r'(\s(?:href|src|action)=)"([^"]*)"')
ANCHOR = re.compile(r'\sid="([^"]*)"')
HEAD = re.compile(r"(<head\b[^>]*>)")
SUFFIX = re.compile(r"\.\w+$")  # ids hold no dot, so what ends like this is a file
NO_PARAMETERS = re.compile(r"[\w/.-]+\$?")
UNLIMITED = {"max_returned_rows": 1_000_000_000, "sql_time_limit_ms": 600_000}
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src 'self' data:;"
    " object-src 'none'; base-uri 'none'"
)


class SiteError(Exception):
    """A page that does not answer, or a link that leads nowhere."""


@dataclass(frozen=True, slots=True)
class Target:
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


@dataclass(frozen=True, slots=True)
class Baked:
    """A file of the static site, and where it links to."""

    file: str
    content: bytes
    targets: frozenset[tuple[Target, str]]
    """What it links to, each with the anchor."""


def application(database: Path, **settings: int) -> Datasette:
    """Datasette as `make serve` starts it but for some settings; templates see `static` in its metadata."""
    metadata = parse_metadata((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    return Datasette(
        immutables=[str(database)],
        metadata={**metadata, "static": True},
        settings={**json.loads((ROOT / "settings.json").read_text()), **settings},
        plugins_dir=str(ROOT / "plugins"),
        template_dir=str(ROOT / "plugins/templates"),
        static_mounts=[("assets", str(ROOT / "plugins/static"))],
    )


def target_of(url: str, page: Target) -> tuple[Target, str, str] | None:
    """What a page's link leads to, its query and its anchor; None if it leaves the site."""
    parts = urlsplit(urljoin(HOST + page.path, url))
    if f"{parts.scheme}://{parts.netloc}" != HOST:
        return None
    path = parts.path.rstrip("/") or "/"
    target = Target(path)
    if target.is_page and parts.query.startswith("_next=") and "&" not in parts.query:
        return Target(path, parts.query, page.number + 1), "", parts.fragment
    return target, parts.query, parts.fragment


def relative_url(target: Target, query: str, fragment: str, page: Target) -> str:
    """The link from one file of the static site to another; that to a page ends in a slash."""
    here, there = str(PurePosixPath(page.file).parent), target.file
    url = relpath(there.removesuffix("index.html") or ".", here)
    url += "/" if target.is_page else ""
    return url + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def bake_page(html: str, page: Target) -> Baked:
    """The page with relative links and a Content-Security-Policy of its own."""
    targets = set()

    def relink(match: re.Match[str]) -> str:
        found = target_of(unescape(match[2]), page)
        if not found:
            return match[0]
        target, query, fragment = found
        targets.add((target, "" if query else fragment))
        return f'{match[1]}"{escape(relative_url(target, query, fragment, page))}"'

    policy = f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    html = HEAD.sub(rf"\1{policy}", LINK.sub(relink, html), count=1)
    return Baked(page.file, html.encode(), frozenset(targets))


def first_targets(application: Datasette) -> Iterator[Target]:
    """The home page, every route of a plugin that takes no parameters, and what scripts may load of the assets."""
    yield Target("/")
    for mount, folder in application.static_mounts:
        for path in sorted(Path(folder).rglob("*.*")):
            yield Target(f"/{mount}/{path.relative_to(folder).as_posix()}")
    for routes in pm.hook.register_routes(datasette=application):
        for pattern, _view in routes:
            if NO_PARAMETERS.fullmatch(pattern):
                yield Target(pattern.rstrip("$"))


async def answer(url: str, application: Datasette) -> Response:
    """What the application answers. Raises SiteError if it fails."""
    response: Response = await application.client.get(url)
    if response.status_code != 200:
        raise SiteError(f"{url} answered {response.status_code}")
    return response


async def bake(database: Path) -> AsyncIterator[tuple[Baked, int]]:
    """Every file of the site, with the number of pages that are known to follow."""
    pages, unlimited = application(database), application(database, **UNLIMITED)
    await pages.invoke_startup()
    await unlimited.invoke_startup()
    queue = deque(first_targets(pages))
    seen = set(queue)
    while queue:
        target = queue.popleft()
        async for baked in bake_target(target, pages, unlimited):
            # what is linked from one page is baked in an order of its own, the same every time
            linked = {linked for linked, _ in baked.targets if not is_table_data(linked, pages)}
            new = sorted(linked - seen, key=lambda t: (t.path, t.number))
            seen.update(new)
            queue.extend(new)
            yield baked, len(queue)


async def bake_target(target: Target, application: Datasette, unlimited: Datasette) -> AsyncIterator[Baked]:
    """The file of a target, and with a page of the database its data."""
    response = await answer(f"{target.path}?{target.query}", application)
    if not target.is_page:
        yield Baked(target.file, response.content, frozenset())
        return
    yield bake_page(response.text, target)
    database, *name = target.path.strip("/").split("/")
    if len(name) != 1 or database not in application.databases or target.number > 1:
        return
    query = await application.get_canned_query(database, name[0], None)
    if not query:
        async for baked in bake_table_data(target.path, database, name[0], application):
            yield baked
    elif not query.get("params"):  # what asks the reader for something has no data by itself
        async for baked in bake_query_data(target.path, unlimited):
            yield baked


def is_table_data(target: Target, application: Datasette) -> bool:
    """Whether a target is the CSV or JSON of a table, view, query or row: that comes with its page."""
    database, _, name = target.path.strip("/").partition("/")
    return database in application.databases and bool(name) and not target.is_page


async def bake_table_data(path: str, database: str, table: str, application: Datasette) -> AsyncIterator[Baked]:
    """All rows of a table or view as CSV and JSON, and so each row of a table."""
    response = await answer(f"{path}.csv?_stream=on", application)
    yield Baked(f"{path[1:]}.csv", response.content, frozenset())
    keys = await application.get_database(database).primary_keys(table)
    rows = []
    async for row in rows_of(path, application):
        rows.append(json.dumps(row))
        if keys:
            row_path = f"{path[1:]}/{path_from_row_pks(row, keys, False)}"
            yield Baked(f"{row_path}.json", f"[{rows[-1]}]".encode(), frozenset())
            yield Baked(f"{row_path}.csv", to_csv(row), frozenset())
    yield Baked(f"{path[1:]}.json", f"[{', '.join(rows)}]".encode(), frozenset())


async def rows_of(path: str, application: Datasette) -> AsyncIterator[dict[str, object]]:
    """All rows of a table or view in the order of its page, asked for a thousand at a time."""
    url = f"{path}.json?_shape=array&_size=max"
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


async def bake_query_data(path: str, application: Datasette) -> AsyncIterator[Baked]:
    """The whole answer of a query as CSV and JSON."""
    for suffix in (".csv", ".json"):
        response = await answer(f"{path}{suffix}?_shape=array", application)
        yield Baked(f"{path[1:]}{suffix}", response.content, frozenset())


async def not_found(application: Datasette, url: str) -> bytes:
    """The application's own page for what is not there. It may be shown at any depth, so its links
    begin with the address of the site."""
    response = await application.client.get("/-/no-such-page")
    html = LINK.sub(lambda m: f'{m[1]}"{re.sub("^/(?!/)", escape(url), m[2])}"', response.text)
    return html.encode()


def files_for_hosts(pages: Iterable[str], url: str) -> Iterator[tuple[str, bytes]]:
    """What a host or a crawler wants beside the pages."""
    yield ".nojekyll", b""  # GitHub Pages would leave out folders that begin with _ or -
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {url}sitemap.xml\n".encode()
    addresses = (url + page.removesuffix("index.html") for page in sorted(pages))
    entries = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    yield (
        "sitemap.xml",
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'.encode(),
    )


class Site:
    """A folder that is filled beside the old one, checked, and then takes its place."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.partial = output.with_name(f".{output.name}.partial")
        self.anchors: defaultdict[str, set[str]] = defaultdict(set)
        """The anchors that pages link to, by the file that should have them."""
        self.linked_from: dict[str, str] = {}

    def write(self, file: str, content: bytes) -> None:
        """Writes a file; one that has not changed keeps the time of the old one, for small uploads."""
        path, old = self.partial / file, self.output / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if old.is_file() and old.read_bytes() == content:
            shutil.copystat(old, path)

    def add(self, baked: Baked) -> None:
        self.write(baked.file, baked.content)
        for target, anchor in baked.targets:
            self.linked_from.setdefault(target.file, baked.file)
            if anchor:
                self.anchors[target.file].add(anchor)

    def check_links(self) -> None:
        """Raises SiteError if a link leads to a file or to an anchor that is not there."""
        for file, source in self.linked_from.items():
            if not (self.partial / file).is_file():
                raise SiteError(f"{source} links to {file}, which is not there")
        for file, wanted in self.anchors.items():
            there = set(map(unescape, ANCHOR.findall((self.partial / file).read_text(encoding="utf-8"))))
            if missing := sorted(wanted - there):
                raise SiteError(f"a page links to {file}#{missing[0]}, which is not there")

    def swap(self) -> None:
        """Puts the new folder where the old one is."""
        old = self.output.with_name(f".{self.output.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if self.output.exists():
            self.output.rename(old)
        self.partial.rename(self.output)
        shutil.rmtree(old, ignore_errors=True)


async def bake_site(database: Path, output: Path, url: str, progress: Callable[[int], None]) -> int:
    """Bakes the whole site into a folder and returns the number of its files.

    `url` is the address at which the site will stand, ending in a slash. `progress` is told after each
    file how many are known to follow. Raises SiteError, and then the old folder stays as it was.
    """
    if output.exists() and any(output.iterdir()) and not (output / ".nojekyll").exists():
        raise SiteError(f"{output} holds something else than a site; name a new folder")
    site = Site(output)
    shutil.rmtree(site.partial, ignore_errors=True)
    pages = []
    try:
        async for baked, left in bake(database):
            site.add(baked)
            pages += [baked.file] if baked.file.endswith(".html") else []
            progress(left)
        for file, content in files_for_hosts(pages, url):
            site.write(file, content)
        site.write("404.html", await not_found(application(database), url))
        site.check_links()
        site.swap()
    finally:
        shutil.rmtree(site.partial, ignore_errors=True)
    return sum(path.is_file() for path in output.rglob("*"))
