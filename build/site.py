"""Bakes the static site: what the live application answers, as files that any host serves.

Page X becomes the file X/index.html, links become relative, and every table, view, row and query gets
its complete .csv and .json at the same path. What there is to bake is found by following the pages' own
links and the routes that plugins register. Nothing of ours is imported: the application is Datasette's.
"""

import json
import re
import shutil
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import escape, unescape
from pathlib import Path, PurePosixPath
from posixpath import relpath
from urllib.parse import urljoin, urlsplit

from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import parse_metadata

ROOT = Path(__file__).parent.parent
HOST = "http://localhost"  # what Datasette takes itself to be while it bakes

# Attribute values in our templates stand in double quotes, and data never holds one unescaped.
LINK = re.compile(r'(\s(?:href|src|action)=)"([^"]*)"')
ANCHOR = re.compile(r'\sid="([^"]*)"')
HEAD = re.compile(r"(<head\b[^>]*>)")
SUFFIX = re.compile(r"\.\w+$")  # ids hold no dot, so what ends like this is a file
NO_PARAMETERS = re.compile(r"[\w/.-]+\$?")
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"

# The whole of a table, where a page shows its first rows.
COMPLETE = {".csv": "_stream=on", ".json": "_shape=array&_size=max"}
EVERYTHING = {"max_returned_rows": 1_000_000_000, "max_csv_mb": 0, "sql_time_limit_ms": 600_000}


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
    """Datasette as `make serve` starts it, with some settings changed."""
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
    if parts.query.startswith("_next=") and "&" not in parts.query:
        return Target(path, parts.query, page.number + 1), "", parts.fragment
    return Target(path), parts.query, parts.fragment


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
    """The home page, and every route of a plugin that takes no parameters."""
    yield Target("/")
    for routes in pm.hook.register_routes(datasette=application):
        for pattern, _view in routes:
            if NO_PARAMETERS.fullmatch(pattern):
                yield Target(pattern.rstrip("$"))


def data_of(page: Target, application: Datasette) -> Iterator[Target]:
    """The CSV and JSON of a table, view, query or row."""
    database, *name = page.path.strip("/").split("/")
    if page.number == 1 and name and database in application.databases:
        yield from (Target(page.path + suffix) for suffix in COMPLETE)


def complete(path: str) -> str:
    """The query with which /database/table.csv, or .json, gives all rows."""
    if path.startswith("/-/") or path.count("/") < 2:
        return ""
    return COMPLETE.get(PurePosixPath(path).suffix, "")


async def fetch(target: Target, application: Datasette) -> tuple[bytes, bool]:
    """What the application answers, and whether it is a page. Raises SiteError if it fails."""
    response = await application.client.get(f"{target.path}?{target.query or complete(target.path)}")
    if response.status_code != 200:
        raise SiteError(f"{target.path} answered {response.status_code}")
    return response.content, response.headers.get("content-type", "").startswith("text/html")


async def bake(database: Path) -> AsyncIterator[tuple[Baked, int]]:
    """Every file of the site, with how many are known to follow."""
    pages, data = application(database), application(database, **EVERYTHING)
    await pages.invoke_startup()
    await data.invoke_startup()
    queue = deque(first_targets(pages))
    seen = set(queue)
    while queue:
        target = queue.popleft()
        content, is_html = await fetch(target, pages if target.is_page else data)
        baked = bake_page(content.decode(), target) if is_html else Baked(target.file, content, frozenset())
        found = {linked for linked, _ in baked.targets}
        if is_html and not await takes_parameters(target, pages):
            found |= set(data_of(target, pages))
        new = sorted(found - seen, key=lambda t: (t.path, t.number))
        seen.update(new)
        queue.extend(new)
        yield baked, len(queue)


async def takes_parameters(page: Target, application: Datasette) -> bool:
    """Whether a page is that of a query which needs something from the reader."""
    database, *name = page.path.strip("/").split("/")
    if len(name) != 1 or database not in application.databases:
        return False
    query = await application.get_canned_query(database, name[0], None)
    return bool(query and query.get("params"))


async def not_found(application: Datasette, url: str) -> bytes:
    """The application's own page for what is not there. It may be shown at any depth, so its links
    begin with the address of the site."""
    response = await application.client.get("/-/no-such-page")
    html = LINK.sub(lambda m: f'{m[1]}"{re.sub("^/(?!/)", escape(url), m[2])}"', response.text)
    return html.encode()


def files_for_hosts(database: Path, pages: Iterable[str], url: str) -> Iterator[tuple[str, bytes]]:
    """What a host or a crawler wants beside the pages."""
    content = database.read_bytes()
    yield f"{database.stem}-{sha256(content).hexdigest()[:12]}.db", content
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
        for file, content in files_for_hosts(database, pages, url):
            site.write(file, content)
        site.write("404.html", await not_found(application(database), url))
        site.check_links()
        site.swap()
    finally:
        shutil.rmtree(site.partial, ignore_errors=True)
    return sum(path.is_file() for path in output.rglob("*"))
