"""A second visit to the static site asks nobody, and a new edition begins anew."""

import shutil
from pathlib import Path

import pytest
from browsing import FOLDER, bake, serve_files
from sqlite_utils import Database
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

# What the browser does by itself a while after a page was opened.
RENEWED = """
async (earlier) => {
  const registration = await navigator.serviceWorker.ready;
  const giveUp = performance.now() + 30_000;
  while ((await caches.keys()).includes(earlier)) {
    if (performance.now() > giveUp) throw new Error(`still there: ${earlier}`);
    await registration.update();
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


def test_a_new_edition_never_meets_the_old_database(host, visitor, tiny, tmp_path):
    url, folder = host
    visit_and_keep(visitor, f"{url}/news/claims/?_size=1")
    (earlier,) = visitor.evaluate("caches.keys()")
    path = tmp_path / "new/news.db"
    path.parent.mkdir()
    shutil.copy(next(row[2] for row in tiny.execute("pragma database_list")), path)
    changed = Database(path)
    changed.execute("update people set name = 'Somebody Else'")
    changed.conn.commit()
    changed.close()
    shutil.rmtree(folder)
    bake(Database(path), tmp_path / "next")
    shutil.copytree(tmp_path / "next" / FOLDER, folder)
    for _ in ("by the earlier service worker", "by the new one"):
        open_page(visitor, f"{url}/news/people/?_sort=id")  # the old page is not kept: this one is new
        assert {row[1] for row in rows_of(visitor)} == {"Somebody Else"}
        visitor.evaluate(RENEWED, earlier)
    assert len(visitor.evaluate("caches.keys()")) == 1


def test_downloads_are_not_kept(host, visitor):
    url, _ = host
    visit_and_keep(visitor, f"{url}/news/claims/")
    open_page(visitor, f"{url}/news/claims/")
    with visitor.expect_download():
        visitor.locator(".static").get_by_role("link", name="database").click()
    kept = "caches.keys().then((names) => caches.open(names[0])).then((cache) => cache.keys())"
    names = visitor.evaluate(f"{kept}.then((keys) => keys.map((key) => key.url))")
    assert [Path(name).name for name in names if name.endswith("/news.db")] == []
