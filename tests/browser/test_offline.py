"""A second visit to the static site asks nobody, and a new edition begins anew."""

import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from browsing import FOLDER, serve_files
from front_door import copy_project, path_of
from RangeHTTPServer import RangeRequestHandler
from sqlite_utils import Database
from test_accessibility import violations
from test_browser_queries import open_page, rows_of


@pytest.fixture
def host(tiny_host, tmp_path):
    """The URL of a site at which nobody has been, and the folder that its host has."""
    shutil.copytree(tiny_host, tmp_path / "host", copy_function=shutil.copyfile)  # new files are not trusted to stay
    with serve_files(tmp_path / "host") as url:
        yield url, tmp_path / "host" / FOLDER


@pytest.fixture
def visitor(browser):
    """A browser that has never been anywhere; `asked` is what it asks the network for."""
    context = browser.new_context()
    page = context.new_page()
    page.asked = []
    context.on("request", lambda request: page.asked.append(request))
    yield page
    context.close()


KEPT = """
async () => {
  await navigator.serviceWorker.ready;
  const resources = performance.getEntriesByType("resource").map(({ name }) => name);
  const loaded = [location.href, ...resources].map((url) => url.split(/[?#]/)[0]);
  const missing = async () => {
    const kept = await Promise.all(loaded.map((url) => caches.match(url)));
    return loaded.filter((_, place) => !kept[place]);
  };
  const giveUp = performance.now() + 30_000;
  for (let urls; (urls = await missing()).length; await new Promise(requestAnimationFrame)) {
    if (performance.now() > giveUp) throw new Error(`not kept: ${urls}`);
  }
}
"""

# Until the service worker of the new edition has put away what the one before it kept
ONE_EDITION = """
async (earlier) => {
  const giveUp = performance.now() + 30_000;
  for (let stores; (stores = await caches.keys()).length !== 1 || stores[0] === earlier;) {
    if (performance.now() > giveUp) throw new Error(`still there: ${stores}`);
    await new Promise(requestAnimationFrame);
  }
}
"""


def visit_and_keep(page, url):
    """Opens a page and waits until the service worker has what it loaded."""
    open_page(page, url)
    page.evaluate(KEPT)


def test_a_second_visit_asks_nobody_and_works_offline(host, visitor):
    url, _ = host
    visit_and_keep(visitor, f"{url}/news/claims/?kind=direct")
    first = rows_of(visitor)
    visitor.context.set_offline(True)
    open_page(visitor, f"{url}/news/claims/?kind=direct")
    assert rows_of(visitor) == first != []
    open_page(visitor, f"{url}/news/claims/?kind=indirect&_facet=cue")
    visitor.locator(".facets h2", has_text="cue").wait_for()
    open_page(visitor, f"{url}/news/claims/")
    assert visitor.locator("h1").inner_text() == "claims"


class CachingHandler(RangeRequestHandler):
    """A host that lets caches keep what it sends for so many seconds, with or without a tag of the content."""

    seconds, tagged = 0, False

    def send_head(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        self.tag = f'"{sha256(path.read_bytes()).hexdigest()}"' if self.tagged and path.is_file() else None
        if self.tag and self.headers["If-None-Match"] == self.tag:
            self.send_response(304)
            self.end_headers()
            return None
        return super().send_head()

    def end_headers(self):
        self.send_header("Cache-Control", f"max-age={self.seconds}")
        if self.tag:
            self.send_header("ETag", self.tag)
        super().end_headers()

    def send_header(self, name, value):
        if name != "Last-Modified" or not self.tagged:
            super().send_header(name, value)

    def log_request(self, code="-", size="-"):
        self.server.asked.append((self.path, str(code)))

    def log_message(self, *_):
        pass


@contextmanager
def serve_cached(host, seconds, tagged):
    """The URL of a site on such a host, and the list of what it is asked."""
    handler = type("Handler", (CachingHandler,), {"seconds": seconds, "tagged": tagged})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=host))
    server.asked = []
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{FOLDER}", server.asked
    server.shutdown()


@pytest.fixture(scope="module")
def next_site(tiny, tmp_path_factory):
    """The folder of the following edition: somebody has another name, and a script does something else."""
    folder = tmp_path_factory.mktemp("next")
    copy_project(folder)
    with (folder / "plugins/static/site/site.js").open("a") as script:
        script.write('document.documentElement.dataset.code = "new";\n')
    changed = Database(shutil.copy(path_of(tiny), folder / "news.db"))
    changed.execute("update people set name = 'Somebody Else'")
    changed.conn.commit()
    changed.close()
    command = [sys.executable, "-m", "build", "site", "--output", "dist"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "dist"


def publish(site, folder):
    """Another edition in place of the one that a host has."""
    shutil.rmtree(folder)
    shutil.copytree(site, folder, copy_function=shutil.copyfile)


def edition_of(page):
    """Who is in the table of people, and what the scripts do."""
    names = {row[1] for row in rows_of(page)}
    return names, page.evaluate("document.documentElement.dataset.code")


NEW = {"Somebody Else"}, "new"


@pytest.mark.parametrize("tagged", [False, True], ids=["untagged", "tagged"])
@pytest.mark.parametrize("seconds", [0, 20, 600])
def test_no_edition_outlives_its_successor(tiny_host, next_site, visitor, tmp_path, seconds, tagged):
    shutil.copytree(tiny_host, tmp_path / "host", copy_function=shutil.copyfile)
    with serve_cached(tmp_path / "host", seconds, tagged) as (url, _):
        for address in (f"{url}/", f"{url}/news/people/", f"{url}/news/people/?_sort=id"):
            visit_and_keep(visitor, address)
        (earlier,) = visitor.evaluate("caches.keys()")
        publish(next_site, tmp_path / "host" / FOLDER)
        open_page(visitor, f"{url}/")
        assert visitor.evaluate("document.documentElement.dataset.code") == "new"
        for address in (f"{url}/news/people/", f"{url}/news/people/?_sort=id", f"{url}/news/people/?_sort_desc=id"):
            open_page(visitor, address)
            assert edition_of(visitor) == NEW
        visitor.evaluate(ONE_EDITION, earlier)
        visit_and_keep(visitor, f"{url}/news/people/?_sort=id")
        visitor.context.set_offline(True)
        open_page(visitor, f"{url}/news/people/?_sort=id")
        assert edition_of(visitor) == NEW


def test_an_open_page_of_an_earlier_edition_mends_itself_with_one_reload(host, next_site, visitor):
    url, folder = host
    visit_and_keep(visitor, f"{url}/news/people/")
    publish(next_site, folder)
    visitor.reload()
    assert edition_of(visitor) == NEW


def test_a_visit_asks_once_whether_there_is_a_newer_edition(tiny_host, visitor, tmp_path):
    shutil.copytree(tiny_host, tmp_path / "host", copy_function=shutil.copyfile)
    with serve_cached(tmp_path / "host", 600, tagged=False) as (url, asked):
        for address in (f"{url}/news/people/", f"{url}/"):
            visit_and_keep(visitor, address)
        visitor.goto("about:blank")
        asked.clear()
        open_page(visitor, f"{url}/")
        visitor.locator("nav a", has_text="People").first.click()
        visitor.wait_for_url("**/people/")
        assert {path.partition("?")[0] for path, _ in asked} == {f"/{FOLDER}/sw.js"}
        assert sum(path.partition("?")[2].isdecimal() for path, _ in asked) == 1
        assert (tmp_path / "host" / FOLDER / "sw.js").stat().st_size < 1000


def test_a_page_that_is_not_kept_says_so(host, visitor):
    url, _ = host
    visit_and_keep(visitor, f"{url}/news/people/")
    visitor.context.set_offline(True)
    visitor.goto(f"{url}/news/events/")
    visitor.get_by_text("this page has not been kept on this device").wait_for()
    visitor.locator("main").get_by_role("link", name="people").click()
    assert visitor.locator("h1").inner_text() == "people"


def test_the_whole_edition_is_kept(host, visitor):
    url, folder = host
    visit_and_keep(visitor, f"{url}/")
    visit_and_keep(visitor, f"{url}/-/offline/")
    visitor.get_by_role("button", name="Keep the whole edition").click()
    visitor.get_by_text("The whole edition is kept").wait_for(timeout=120_000)
    assert violations(visitor) == []
    visitor.context.set_offline(True)
    for page in sorted(folder.rglob("index.html"))[::25]:
        visitor.goto(f"{url}/{page.parent.relative_to(folder)}/")
        assert "Read offline" not in visitor.title()


def test_downloads_are_not_kept(host, visitor):
    url, _ = host
    visit_and_keep(visitor, f"{url}/news/claims/")
    open_page(visitor, f"{url}/news/claims/")
    with visitor.expect_download():
        visitor.locator(".static").get_by_role("link", name="database").click()
    kept = "caches.keys().then((names) => caches.open(names[0])).then((cache) => cache.keys())"
    names = visitor.evaluate(f"{kept}.then((keys) => keys.map((key) => key.url))")
    assert [Path(name).name for name in names if name.endswith("/news.db")] == []
