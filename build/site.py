"""Bakes the static site: what the live application answers, as files that any host serves.

What there is to bake is found by following the pages' own links and the routes that plugins register.
Pages are baked on all cores; what is known of them here, and so the memory, is a line a page.
"""

import os
import shutil
import signal
from asyncio import Runner
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from hashlib import file_digest, sha256
from html import escape
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from .baker import Baker, Folder, Found, SiteError, Target, check_anchors
from .workers import end_with_parent

CHUNK = 8  # pages that a worker is given at a time
ADDRESSES = 50_000  # that a sitemap may have

# Calls a method of each worker's baker with each of the arguments.
Run = Callable[[str, Iterable[Any]], Iterator[Any]]


baker: Baker
runner: Runner


def start(database: Path, folder: Folder) -> None:
    """What a worker keeps from page to page."""
    global baker, runner
    baker, runner = Baker(database, folder), Runner()


def start_worker(database: Path, folder: Folder) -> None:
    end_with_parent()
    start(database, folder)


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Ctrl-C waits. Processes that are started meanwhile never see it: the main process ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def work(method: str, argument: Any) -> Any:
    return runner.run(getattr(baker, method)(argument))


@contextmanager
def workers(number: int, database: Path, folder: Folder) -> Iterator[Run]:
    """Bakers in processes of their own; one alone needs no process."""
    if number == 1:
        start(database, folder)
        with runner:
            yield lambda method, arguments: map(partial(work, method), arguments)
        return
    context = get_context("spawn")  # a thread of the caller's, say a browser's, must not be copied
    with ProcessPoolExecutor(number, context, start_worker, (database, folder)) as pool:

        def run(method: str, arguments: Iterable[Any]) -> Iterator[Any]:
            with interrupts_held():
                return pool.map(partial(work, method), arguments, chunksize=CHUNK)

        try:
            yield run
        except BrokenProcessPool:
            raise SiteError("a worker was killed, perhaps for want of memory") from None
        finally:
            pool.shutdown(cancel_futures=True)


def sitemap(kind: str, entry: str, addresses: Iterable[str]) -> str:
    entries = "".join(f"<{entry}><loc>{escape(address)}</loc></{entry}>\n" for address in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</{kind}>\n'
    )


def sitemaps(pages: list[str], url: str) -> Iterator[tuple[str, str]]:
    """sitemap.xml: all pages, or a list of the files that list them, where they are too many for one."""
    if len(pages) <= ADDRESSES:
        yield "sitemap.xml", sitemap("urlset", "url", pages)
        return
    parts = [pages[begin : begin + ADDRESSES] for begin in range(0, len(pages), ADDRESSES)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield "sitemap.xml", sitemap("sitemapindex", "sitemap", (url + name for name in names))
    for name, part in zip(names, parts, strict=True):
        yield name, sitemap("urlset", "url", part)


def files_in(folder: Path) -> Iterator[Path]:
    """All files below a folder in an order that stays the same, without a list of them all."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(place, name) for name in sorted(names))


class Site:
    """A folder that is filled beside the old one, checked, and then takes its place."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.partial = output.with_name(f".{output.name}.partial")
        self.folder = Folder(self.partial, output)
        self.pages: set[str] = set()
        """The files that were or will be baked."""
        self.moved: set[str] = set()
        """Those of them that only lead on."""
        self.anchors: defaultdict[str, set[str]] = defaultdict(set)
        """The anchors that other pages link to, by the file that should have them."""
        self.missing: dict[str, str] = {}
        """Data files that were not there when a page linked to them, with that page."""

    def note(self, page: Target, found: Found) -> Iterator[Target]:
        """Remembers what a page links to; what is new of that is yet to be baked."""
        if found.moved:
            self.moved.add(page.file)
        for file in found.missing:
            self.missing.setdefault(file, page.file)
        for target, anchor in found.targets:
            if anchor:
                self.anchors[target.file].add(anchor)
            if target.file not in self.pages:
                self.pages.add(target.file)
                yield target

    def bake(self, run: Run, progress: Callable[[int], None]) -> None:
        """Bakes all pages: the first, those that they link to, and so on."""
        ((targets, known),) = run("survey", ["/"])
        self.pages.update(target.file for target in targets)
        while targets:
            following: list[Target] = []
            for done, (target, found) in enumerate(zip(targets, run("bake", targets), strict=True), 1):
                following += self.note(target, found)
                known -= 1
                progress(max(known, len(targets) - done + len(following)))
            targets = following

    def add_service_worker(self) -> None:
        """The script that keeps visited files in the visitor's browser, with the hash of all files in it."""
        digest = sha256()
        for path in files_in(self.partial):
            with path.open("rb") as file:
                digest.update(f"{path.relative_to(self.partial)}\0".encode() + file_digest(file, "sha256").digest())
        script = self.partial / "assets/queries/service_worker.js"
        worker = script.read_text(encoding="utf-8").replace("EDITION`", f"{digest.hexdigest()[:16]}`")
        self.folder.write("sw.js", worker.encode())

    def check_links(self) -> None:
        """Raises SiteError if a link leads to a file or to an anchor that is not there."""
        for file, source in self.missing.items():
            if not (self.partial / file).is_file():
                raise SiteError(f"{source} links to {file}, which is not there")
        for file, wanted in self.anchors.items():
            check_anchors((self.partial / file).read_text(encoding="utf-8"), file, wanted)

    def add_files_for_hosts(self, url: str) -> None:
        """What a host or a crawler wants beside the pages."""
        self.folder.write(".nojekyll", b"")  # GitHub Pages would leave out folders that begin with _ or -
        self.folder.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {url}sitemap.xml\n".encode())
        listed = (page for page in self.pages - self.moved if page.endswith(".html"))
        pages = sorted(url + page.removesuffix("index.html") for page in listed)
        for file, content in sitemaps(pages, url):
            self.folder.write(file, content.encode())

    def swap(self) -> None:
        """Puts the new folder where the old one is."""
        old = self.output.with_name(f".{self.output.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        with interrupts_held():
            if self.output.exists():
                self.output.rename(old)
            self.partial.rename(self.output)
        shutil.rmtree(old, ignore_errors=True)


def bake_site(database: Path, output: Path, url: str, number: int, progress: Callable[[int], None]) -> int:
    """Bakes the whole site into a folder, with so many workers, and returns the number of its files.

    `url` is the address at which the site will stand, ending in a slash. `progress` is told after each
    page how many are known to follow. Raises SiteError, and then the old folder stays as it was.
    """
    if output.exists() and any(output.iterdir()) and not (output / ".nojekyll").exists():
        raise SiteError(f"{output} holds something else than a site; name a new folder")
    site = Site(output)
    shutil.rmtree(site.partial, ignore_errors=True)
    try:
        with workers(number, database, site.folder) as run:
            site.bake(run, progress)
            list(run("not_found", [url]))
        site.add_files_for_hosts(url)
        site.add_service_worker()
        site.check_links()
    except KeyboardInterrupt:
        raise SiteError("stopped") from None
    else:
        site.swap()
    finally:
        shutil.rmtree(site.partial, ignore_errors=True)
    return sum(1 for _ in files_in(output))
