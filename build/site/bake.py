"""Bakes the static site: what the live application answers, as files that any host serves.

What there is to bake is found by following the pages' own links and what plugins say of their addresses.
Pages are baked on all cores; what is known of them is on disk, so that memory does not grow with them.
"""

import re
import signal
from asyncio import Runner
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from fnmatch import fnmatch
from functools import partial
from html import escape
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from ..core.outputs import check_free, put, written
from ..core.workers import end_with_parent, end_with_workers
from ..core.workplace import workplace
from .application import SiteError
from .baker import Baker, Folder
from .edition import add_service_worker, check_undamaged, fingerprint_of
from .links import check_anchors
from .pages import Pages
from .scripts import check_scripts

AHEAD = 100  # chunks of pages that workers are given before the first of these is baked
ADDRESSES = 50_000  # that a sitemap may have
# What a site has at its top, its databases apart
NAMES = ("-", "assets-*", "files-*.js", "sw.js", "index.html", "404.html", "robots.txt", "sitemap*.xml")

# Calls a method of each worker's baker with each of the arguments.
Run = Callable[[str, Iterable[Any]], Iterator[Any]]


baker: Baker
runner: Runner


def start(*arguments: Any) -> None:
    """What a worker keeps from page to page."""
    global baker, runner
    baker, runner = Baker(*arguments), Runner()


def start_worker(*arguments: Any) -> None:
    end_with_parent()
    start(*arguments)


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
def workers(number: int, *arguments: Any) -> Iterator[Run]:
    """Bakers, made with these arguments, in processes of their own; one alone needs no process."""
    if number == 1:
        start(*arguments)
        with runner:
            yield lambda method, arguments: map(partial(work, method), arguments)
        return
    context = get_context("spawn")  # a thread of the caller's, say a browser's, must not be copied
    with end_with_workers(), ProcessPoolExecutor(number, context, start_worker, arguments) as pool:
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


class Site:
    """A folder that is filled in a workplace and checked before it is put where it belongs."""

    def __init__(self, output: Path, place: Path) -> None:
        self.new, self.output = place / "new", output
        self.folder = Folder(self.new, output)
        self.pages = Pages()

    def bake(self, run: Run, progress: Callable[[int], None]) -> None:
        """Bakes all pages: the first, those that they link to, and so on."""
        (first,) = run("survey", ["/"])
        check_free(self.output, partial(takes, first.databases))
        self.pages.add(first.found)
        baked = 0
        while baked < self.pages.found():  # what the last ones led to may not have been given out yet
            for found in run("bake", self.pages.chunks()):
                self.pages.add(found)
                known = max(first.rows, self.pages.found())
                for _ in range(found.baked):
                    baked += 1
                    progress(known - baked)

    def check_links(self) -> None:
        """Raises SiteError if a link leads to a file or to an anchor that is not there."""
        for file, source in self.pages.missing():
            if not (self.new / file).is_file():
                raise SiteError(f"{source} links to {file}, which is not there")
        for file, anchors in self.pages.linked():
            check_anchors((self.new / file).read_text(encoding="utf-8"), file, anchors)

    def add_files_for_hosts(self, url: str) -> None:
        """What a host or a crawler wants beside the pages."""
        self.folder.write(".nojekyll", b"")  # GitHub Pages would leave out folders that begin with _ or -
        self.folder.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {url}sitemap.xml\n".encode())
        for file, content in sitemaps((url + folder for folder in self.pages.listed()), url):
            self.folder.write(file, content.encode())


def takes(databases: Collection[str], name: str) -> bool:
    """Whether a file's name is one of those that a site with these databases may have."""
    first = name.partition("/")[0]
    return any(fnmatch(first, pattern) for pattern in NAMES) or re.split(r"-[0-9a-f]{12}|\.", first)[0] in databases


def bake_site(database: Path, output: Path, url: str, number: int, progress: Callable[[int], None]) -> int:
    """Bakes the whole site into a folder, with so many workers, and returns the number of its files.

    `url` is the address at which the site will stand, ending in a slash. `progress` is told after each
    page how many are known to follow. Raises SiteError or NotOurs, and then the old folder stays as it was.
    """
    output = output.resolve()
    output.parent.mkdir(parents=True, exist_ok=True)
    check_undamaged(database)
    fingerprint = fingerprint_of(database, url)
    with workplace(output) as place:
        site = Site(output, place)
        try:
            with workers(number, database, fingerprint, site.folder) as run:
                site.bake(run, progress)
                list(run("not_found", [url]))
            site.add_files_for_hosts(url)
            add_service_worker(site.folder, fingerprint)
            site.check_links()
            check_scripts(site.new)
        except KeyboardInterrupt:
            raise SiteError("stopped") from None
        with interrupts_held():
            put(site.new, output)
    return sum(1 for _ in written(output))
