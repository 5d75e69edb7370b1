"""A reader of the static site filters, sorts, searches and pages, and the visitor's browser answers."""

import csv
import json
import re
from io import StringIO

import pytest
from test_accessibility import violations

SLOWLY_USED = "preloaded using link preload but not used within a few seconds"  # Chromium's remark on a slow machine


@pytest.fixture
def reader(browser, folder_url):
    """A page whose every request stays on the host and finds something, and which says nothing on the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    failed = []
    page.on("response", lambda response: response.status >= 400 and failed.append(response.url))
    page.on("request", lambda request: "127.0.0.1" not in request.url and failed.append(request.url))
    page.on("console", lambda message: SLOWLY_USED in message.text or failed.append(message.text))
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    assert failed == []


def answered(page):
    """The page once it has its answer."""
    page.locator("main:not([aria-busy])").wait_for()
    return page


def open_page(page, url):
    page.goto(url)
    return answered(page)


def rows_of(page):
    return [
        [cell.strip() for cell in row.locator("td").all_inner_texts()] for row in page.locator(".rows tbody tr").all()
    ]


def test_filter_facet_sort_and_back(folder_url, reader):
    """What a form sends, what a link adds, and every step back and forward, with the state in the address."""
    open_page(reader, f"{folder_url}/news/claims/")
    reader.get_by_text("Filter and sort").click()
    reader.get_by_label("Column of a new filter").select_option("kind")
    reader.get_by_label("Value of a new filter").fill("direct")
    reader.get_by_role("button", name="Apply").click()
    reader.wait_for_url("**/?_sort=id&kind__exact=direct")
    answered(reader).get_by_role("heading", name='rows where kind = "direct" sorted by id').wait_for()
    assert reader.get_by_label("Value of filter 1").input_value() == "direct"
    reader.get_by_label("Facets").get_by_role("link", name="Nicolás Maduro").click()
    reader.wait_for_url("**/?_sort=id&kind__exact=direct&speaker_id=nicolas-maduro")
    chosen = answered(reader).get_by_label("Facets").get_by_role("link", name="Nicolás Maduro (chosen; remove)")
    assert chosen.get_attribute("aria-current") == "true"
    reader.get_by_role("columnheader", name="start_char").get_by_role("link").click()
    reader.wait_for_url("**_sort=start_char")
    answered(reader).locator('th[aria-sort="ascending"]', has_text="start_char").wait_for()
    starts = [int(row[3]) for row in rows_of(reader)]
    assert starts == sorted(starts) and len(starts) > 2
    reader.go_back()
    answered(reader).locator('th[aria-sort="ascending"]', has_text="id").first.wait_for()
    reader.go_back()
    answered(reader).get_by_role("heading", name='rows where kind = "direct" sorted by id').wait_for()


def test_rows_look_as_the_baked_ones(folder_url, reader):
    open_page(reader, f"{folder_url}/news/claims/")
    between = re.compile(r">\s+<")
    baked = between.sub("><", reader.locator(".rows table").inner_html()).strip()
    open_page(reader, f"{folder_url}/news/claims/?_nofacet=1")
    own = between.sub("><", reader.locator(".rows table").inner_html()).strip()
    assert own.replace("?_nofacet=1&amp;_sort", "./?_sort") == baked


@pytest.mark.parametrize("table", ["articles", "sources", "figures", "timeline", "event_people", "notes", "paragraphs"])
def test_other_tables_look_as_the_baked_ones(folder_url, reader, table):
    open_page(reader, f"{folder_url}/news/{table}/")
    parts = ("main h2", ".rows thead", ".rows tbody", ".next", ".facets", ".suggested")
    baked = [reader.locator(part).all_inner_texts() for part in parts]
    links = "Array.from(document.querySelectorAll('.rows tbody a, .facets a, .suggested a'), (link) => link.href)"
    baked.append(reader.evaluate(links))
    open_page(reader, f"{folder_url}/news/{table}/?_nocount=")
    reader.locator(".suggested[aria-busy]").first.wait_for(state="detached")
    own = [reader.locator(part).all_inner_texts() for part in parts]
    own[0].append("Take it with you")  # that is by the buttons
    own.append([re.sub("_nocount=&|&?_nocount=", "", link) for link in reader.evaluate(links)])
    assert own[1:] == baked[1:]
    assert set(baked[0]) <= set(own[0])


def test_a_row_leads_to_the_words(folder_url, reader):
    open_page(reader, f"{folder_url}/news/claims/?_search=NATO")
    words = reader.locator(".rows tbody .words").first
    assert "NATO" in words.locator("mark").inner_text()
    words.get_by_role("link", name="in the article").click()
    reader.locator(":target").wait_for()


def test_next_page_to_the_end(folder_url, reader):
    open_page(reader, f"{folder_url}/news/claims/?_size=40")
    seen = [row[0] for row in rows_of(reader)]
    following = reader.get_by_role("link", name="Next page")
    while following.count():
        address = following.evaluate("(link) => link.href")
        following.click()
        reader.wait_for_url(address)
        seen += [row[0] for row in rows_of(answered(reader))]
        assert len(seen) < 1000
    with_all = reader.request.get(f"{folder_url}/news/claims.json").json()
    assert seen == [row["id"] for row in with_all]


def test_downloads_have_all_rows_of_the_answer(folder_url, reader):
    everything = reader.request.get(f"{folder_url}/news/claims.json").json()
    direct = [row for row in everything if row["kind"] == "direct"]
    open_page(reader, f"{folder_url}/news/claims/?kind=direct&_size=3")
    with reader.expect_download() as download:
        reader.get_by_role("button", name="JSON").click()
    assert json.loads(download.value.path().read_text()) == direct
    with reader.expect_download() as download:
        reader.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "claims.csv"
    lines = list(csv.DictReader(StringIO(download.value.path().read_bytes().decode(), newline="")))
    assert lines == [{name: "" if value is None else str(value) for name, value in row.items()} for row in direct]


def test_the_sql_is_a_step_away(folder_url, reader):
    open_page(reader, f"{folder_url}/news/claims/?kind=direct&_size=3")
    link = reader.get_by_role("link", name="View and edit SQL").get_attribute("href")
    assert link.startswith("../?sql=select+id%2C+article_id") and link.endswith("&p0=direct")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("claims/?_sort=nothing", "Cannot sort table by nothing"),
        ("claims/?_size=x", "_size must be a positive integer"),
        ("claims/?_facet=absent", "no such column: absent"),
        ("claims/?_where=nonsense(", 'near "limit": syntax error'),
        ("claims/?_where=id=?", "Binding 1 has no name, but you supplied a dictionary (which has only names)."),
    ],
)
def test_bad_input_is_said(folder_url, reader, address, message):
    open_page(reader, f"{folder_url}/news/{address}")
    assert reader.get_by_role("alert").inner_text() == message
    assert reader.locator(".rows tbody").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["news/claims/?kind=direct&_facet=cue", "news/claims/?_sort=x", "-/search/?q=oil"])
def test_axe_finds_nothing_in_an_answer(folder_url, reader, address, width):
    reader.set_viewport_size({"width": width, "height": 800})
    open_page(reader, f"{folder_url}/{address}").locator(".suggested[aria-busy]").first.wait_for(state="detached")
    assert violations(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"


def test_nothing_of_the_engine_is_loaded_until_it_is_asked(folder_url, reader):
    loaded = []
    reader.on("request", lambda request: loaded.append(request.url.removeprefix(f"{folder_url}/")))
    open_page(reader, f"{folder_url}/news/claims/")
    reader.wait_for_load_state("networkidle")
    assert [path for path in loaded if "vendor" in path or path.endswith((".db", "schema.json", "engine.js"))] == []


def test_the_database_is_asked_for_once_sqlite_has_come(folder_url, reader):
    """So that SQLite starts while the database is on its way."""
    loaded, held = [], []
    reader.on("request", lambda request: loaded.append(request.url))
    reader.route("**/sqlite3.wasm", lambda route: held.append(route))
    with reader.expect_event("worker"):
        reader.goto(f"{folder_url}/news/claims/?kind=direct", wait_until="commit")
    asked = [ending for url in loaded for ending in ("/sqlite3.wasm", "/engine.js", ".db") if url.endswith(ending)]
    held[0].continue_()
    answered(reader)
    assert asked == ["/sqlite3.wasm", "/engine.js"]


def test_without_webassembly_a_sentence_says_so(folder_url, reader):
    reader.add_init_script("delete globalThis.WebAssembly")
    open_page(reader, f"{folder_url}/news/claims/?kind=direct")
    assert "WebAssembly" in reader.get_by_role("alert").inner_text()
    reader.locator(".static").get_by_role("link", name="CSV").wait_for()


def test_a_search_from_anywhere(folder_url, reader):
    open_page(reader, f"{folder_url}/news/articles/")
    reader.get_by_label("Search everything").fill("military cooperation")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/-/search/?q=military+cooperation")
    first = answered(reader).locator("#results .hit").first
    assert first.locator("mark").count() > 0
    address = first.get_by_role("link").evaluate("(link) => link.href")
    first.get_by_role("link").click()
    reader.wait_for_url(address)
    reader.go_back()
    answered(reader).get_by_role("link", name="Narrow it down").or_(reader.get_by_text("Narrow it down")).first.click()
    reader.get_by_label("Only").select_option("claims")
    reader.get_by_role("button", name="Search").click()
    reader.wait_for_url("**kind=claims**")
    assert answered(reader).locator("#results h2").count() == 1
