"""Bakes the static site: what the live application answers, as files that any host serves.

What there is to bake is found by following the pages' own links and what plugins say of their addresses.
Pages are baked on all cores; what is known of them is on disk, so that memory does not grow with them.
"""

import os
import signal
from asyncio import Runner
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from hashlib import file_digest, sha256
from html import escape
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from ..core.workers import end_with_parent, end_with_workers
from ..core.workplace import workplace
from .application import SiteError
from .baker import Baker, Folder
from .links import check_anchors
from .pages import Pages
from .scripts import check_scripts

AHEAD = 100  # chunks of pages that workers are given before the first of these is baked
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
    with end_with_workers(), ProcessPoolExecutor(number, context, start_worker, (database, folder)) as pool:
        try:
            yield partial(run_ahead, pool)
        finally:
            pool.shutdown(cancel_futures=True)


def run_ahead(pool: ProcessPoolExecutor, method: str, arguments: Iterable[Any]) -> Iterator[Any]:
    """As map() of a pool, which would take all arguments at once."""
    waiting: deque[Future[Any]] = deque()
    for argument in arguments:
        with interrupts_held():
            waiting.append(pool.submit(work, method, argument))
        if len(waiting) == AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def sitemap(kind: str, entry: str, addresses: Iterable[str]) -> str:
    entries = "".join(f"<{entry}><loc>{escape(address)}</loc></{entry}>\n" for address in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</{kind}>\n'
    )


def sitemaps(pages: Iterable[str], url: str) -> Iterator[tuple[str, str]]:
    """sitemap.xml: all pages, or a list of the files that list them, where they are too many for one."""
    rest = iter(pages)
    parts = (sitemap("urlset", "url", part) for part in iter(lambda: list(islice(rest, ADDRESSES)), []))
    first, second = next(parts), next(parts, None)
    if not second:
        yield "sitemap.xml", first
        return
    names = []
    for number, part in enumerate(chain([first, second], parts), 1):
        names.append(f"sitemap-{number}.xml")
        yield names[-1], part
    yield "sitemap.xml", sitemap("sitemapindex", "sitemap", (url + name for name in names))


def files_in(folder: Path) -> Iterator[Path]:
    """All files below a folder in an order that stays the same, without a list of them all."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(place, name) for name in sorted(names))


class Site:
    """A folder that is filled in a workplace, checked, and then takes the place of the old one."""

    def __init__(self, output: Path, place: Path) -> None:
        self.output = output
        self.partial, self.old = place / "new", place / "old"
        self.folder = Folder(self.partial, output)
        self.pages = Pages()

    def bake(self, run: Run, progress: Callable[[int], None]) -> None:
        """Bakes all pages: the first, those that they link to, and so on."""
        ((found, expected),) = run("survey", ["/"])
        self.pages.add(found)
        baked = 0
        while baked < self.pages.found():  # what the last ones led to may not have been given out yet
            for found in run("bake", self.pages.chunks()):
                self.pages.add(found)
                known = max(expected, self.pages.found())
                for _ in range(found.baked):
                    baked += 1
                    progress(known - baked)

    def add_service_worker(self) -> None:
        """The script that keeps visited files in the visitor's browser, with the hash of all files in it."""
        digest = sha256()
        for path in files_in(self.partial):
            with path.open("rb") as file:
                digest.update(f"{path.relative_to(self.partial)}\0".encode() + file_digest(file, "sha256").digest())
        script = self.partial / "assets/static_site/service_worker.js"
        worker = script.read_text(encoding="utf-8").replace("EDITION`", f"{digest.hexdigest()[:16]}`")
        self.folder.write("sw.js", worker.encode())

    def check_links(self) -> None:
        """Raises SiteError if a link leads to a file or to an anchor that is not there."""
        for file, source in self.pages.missing():
            if not (self.partial / file).is_file():
                raise SiteError(f"{source} links to {file}, which is not there")
        for file, anchors in self.pages.linked():
            check_anchors((self.partial / file).read_text(encoding="utf-8"), file, anchors)

    def add_files_for_hosts(self, url: str) -> None:
        """What a host or a crawler wants beside the pages."""
        self.folder.write(".nojekyll", b"")  # GitHub Pages would leave out folders that begin with _ or -
        self.folder.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {url}sitemap.xml\n".encode())
        for file, content in sitemaps((url + folder for folder in self.pages.listed()), url):
            self.folder.write(file, content.encode())

    def swap(self) -> None:
        """Puts the new folder where the old one is."""
        with interrupts_held():
            if self.output.exists():
                self.output.rename(self.old)
            self.partial.rename(self.output)


def bake_site(database: Path, output: Path, url: str, number: int, progress: Callable[[int], None]) -> int:
    """Bakes the whole site into a folder, with so many workers, and returns the number of its files.

    `url` is the address at which the site will stand, ending in a slash. `progress` is told after each
    page how many are known to follow. Raises SiteError, and then the old folder stays as it was.
    """
    if output.exists() and any(output.iterdir()) and not (output / ".nojekyll").exists():
        raise SiteError(f"{output} holds something else than a site; name a new folder")
    output.parent.mkdir(parents=True, exist_ok=True)
    with workplace(output) as place:
        site = Site(output, place)
        try:
            with workers(number, database, site.folder) as run:
                site.bake(run, progress)
                list(run("not_found", [url]))
            site.add_files_for_hosts(url)
            site.add_service_worker()
            site.check_links()
            check_scripts(site.partial)
        except KeyboardInterrupt:
            raise SiteError("stopped") from None
        site.swap()
    return sum(1 for _ in files_in(output))
