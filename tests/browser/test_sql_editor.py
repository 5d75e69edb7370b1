"""The SQL page in a real browser: typing, completing, running, leaving, by keyboard; errors marked; runaways stopped."""

from contextlib import nullcontext
from urllib.parse import urlencode

import pytest
from test_accessibility import open_folds, violations
from test_browser_queries import SLOWLY_USED

RUNAWAY = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"


@pytest.fixture
def reader(browser):
    """A page that must not complain on its console."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.complaints = []
    expected = ("400 (Bad Request)", SLOWLY_USED)
    page.on("console", lambda message: any(map(message.text.count, expected)) or page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    page.close()
    assert page.complaints == []


@pytest.fixture(params=["live", "static"])
def database(request):
    """The URL of the page of the database."""
    if request.param == "live":
        return request.getfixturevalue("tiny_site") + "/news"
    return request.getfixturevalue("tiny_folder_url") + "/news/"


def open_sql(page, database, sql):
    page.goto(f"{database}?{urlencode({'sql': sql})}")
    page.locator(".editor").wait_for()
    return page.get_by_role("textbox", name="SQL query")


def write(page, editor, sql):
    """Types over all that is there."""
    editor.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(sql)


def accept(page, *keys):
    """Takes a completion; the editor ignores keys right after it has offered some."""
    page.wait_for_timeout(150)
    for key in keys:
        page.keyboard.press(key)


def headings_of(page, expected):
    """The headings of the answer's columns, once they and the editor are there."""
    page.get_by_role("columnheader", name=expected[0], exact=True).wait_for()
    page.locator(".editor").wait_for()
    return page.get_by_role("columnheader").all_inner_texts()


def test_type_complete_run_and_leave(database, reader):
    editor = open_sql(reader, database, "select ")
    editor.focus()
    reader.keyboard.press("Control+End")
    reader.keyboard.type("kind from clai")
    reader.get_by_role("option", name="claims", exact=True).wait_for()
    accept(reader, "ArrowDown", "ArrowDown", "Enter")
    reader.keyboard.type(" order by ki")
    reader.get_by_role("option", name="kind claims").wait_for()
    accept(reader, "Enter")
    reader.keyboard.press("Control+Enter")
    assert headings_of(reader, ["kind"]) == ["kind"]
    assert editor.inner_text() == "select kind from claims order by kind"
    editor.focus()
    reader.keyboard.press("Escape")
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.textContent") == "Run SQL"


def test_an_error_is_marked_and_leads_to_its_place(database, reader):
    editor = open_sql(reader, database, "select id\nform claims\nlimit 3")
    reader.get_by_role("alert").get_by_role("link", name="line 2, column 6").click()
    assert editor.locator(".error").inner_text() == "claims"
    reader.keyboard.type("from claims")
    assert editor.locator(".error").count() == 0
    reader.keyboard.press("Control+Enter")
    assert headings_of(reader, ["form"]) == ["form"]
    assert reader.get_by_role("alert").count() == 0


def test_names_are_inserted(database, reader):
    editor = open_sql(reader, database, "select ")
    editor.focus()
    reader.keyboard.press("Control+End")
    reader.locator(".schema summary", has_text="figures").click()
    reader.locator("[data-table=figures]").get_by_role("button", name="unit").click()
    reader.keyboard.type(" from ")
    reader.locator("[data-table=figures]").get_by_role("button", name="Insert its name").click()
    assert editor.inner_text() == "select unit from figures"
    reader.get_by_role("button", name="Run SQL").click()
    assert headings_of(reader, ["unit"]) == ["unit"]


def test_the_link_is_copied(database, browser):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_sql(page, database, "select :what as answer")
    headings_of(page, ["answer"])  # what is said of the answer takes the place of what is said of the link
    page.get_by_label("what", exact=True).fill("a & b")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied.").wait_for()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    headings_of(page, ["answer"])
    assert page.get_by_role("cell").all_inner_texts() == ["a & b"]
    context.close()


def test_a_runaway_query_can_be_cancelled(database, reader):
    editor = open_sql(reader, database, "select 1")
    headings_of(reader, ["1"])
    write(reader, editor, RUNAWAY)
    asked = "**/*sql=with*"
    reader.route(asked, lambda route: None)  # the live server would stop it by itself
    is_live = not database.endswith("/")
    with reader.expect_request(asked) if is_live else nullcontext():  # what is not yet asked cannot be cancelled
        reader.keyboard.press("Control+Enter")
    for key in ("Tab", "Tab", "Enter"):  # a click would wait for the answer
        reader.keyboard.press(key)
    reader.get_by_text("Cancelled.").wait_for()
    assert editor.inner_text() == RUNAWAY
    write(reader, editor, "select 'again' as said")
    reader.keyboard.press("Control+Enter")
    assert headings_of(reader, ["said"]) == ["said"]


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_while_it_is_used(database, reader, width):
    reader.set_viewport_size({"width": width, "height": 800})
    editor = open_sql(reader, database, "select id, text\nform claims")
    reader.get_by_role("alert").wait_for()
    open_folds(reader)
    assert violations(reader) == []
    write(reader, editor, "select id, kind from claims order by ki")
    reader.get_by_role("option", name="kind claims").wait_for()
    assert violations(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    reader.keyboard.type("nd")
    reader.keyboard.press("Control+Enter")
    headings_of(reader, ["kind"])
    assert violations(reader) == []


@pytest.mark.parametrize("path", ["/news?sql=select+1", "/news"])
def test_without_the_bundle_there_is_a_plain_box(tiny_site, browser, path):
    page = browser.new_page()
    page.route("**/assets-*/vendor/**", lambda route: route.abort())
    page.goto(tiny_site + path)
    box = page.get_by_label("SQL query")
    box.fill("select ")
    page.locator(".schema summary", has_text="figures").click()
    page.locator("[data-table=figures]").get_by_role("button", name="unit").click()
    box.press("End")
    page.keyboard.type(" from figures")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.get_by_role("columnheader").all_inner_texts() == ["unit"]
    page.close()


def test_without_sql_nothing_is_asked(database, reader):
    reader.goto(f"{database}?_show_hidden=1")
    reader.locator(".editor").wait_for()
    reader.wait_for_load_state("networkidle")
    assert reader.locator("main .error").count() == 0


# --- The static site


ANSWERS = [
    "select id, speaker_id, text, paragraph_id, start_char, end_char, confidence from claims order by id",
    "select *, 1.0 as whole, ' https://example.org/a?b=c ' as address, '' as empty from articles",
    "select id from claims join (select 1) order by id limit 2",
    "select id, event_id from propositions order by id",
    "with recursive n(i) as (select 1 union all select i + 1 from n limit 1500) select i, '<b>' || i as words from n",
]
SHOWN = """(table) => [...table.querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => [
  cell.textContent.trim(), cell.className,
  [...cell.querySelectorAll('a')].map((link) => link.href.replace(/^.*[/]news[/]/, '').replace(/[/](#|$)/, '$1')),
  [...cell.querySelectorAll('mark')].map((mark) => mark.textContent)]))"""


def shown(page, database, sql):
    open_sql(page, database, sql)
    heading = page.locator("#rows")
    heading.wait_for()
    return heading.inner_text().split(" in ")[0], page.locator(".rows-and-columns").evaluate(SHOWN)


@pytest.mark.parametrize("sql", ANSWERS)
def test_answers_look_alike(tiny_site, tiny_folder_url, reader, sql):
    live = shown(reader, f"{tiny_site}/news", sql)
    assert shown(reader, f"{tiny_folder_url}/news/", sql) == live


def test_nothing_is_loaded_until_a_query_needs_it(tiny_folder_url, reader):
    loaded = []
    reader.on("request", lambda request: loaded.append(request.url))
    reader.goto(f"{tiny_folder_url}/news/")
    editor = reader.get_by_role("textbox", name="SQL query")
    reader.locator(".editor").wait_for()
    reader.wait_for_load_state("networkidle")
    assert not any(".wasm" in url or ".db" in url for url in loaded)
    write(reader, editor, "select 'now' as asked")
    reader.keyboard.press("Control+Enter")
    assert headings_of(reader, ["asked"]) == ["asked"]
    assert sum(".wasm" in url for url in loaded) == 1


def test_back_and_forward(tiny_folder_url, reader):
    editor = open_sql(reader, f"{tiny_folder_url}/news/", "select 1 as one")
    headings_of(reader, ["one"])
    write(reader, editor, "select 2 as two")
    reader.keyboard.press("Control+Enter")
    headings_of(reader, ["two"])
    reader.go_back()
    assert headings_of(reader, ["one"]) == ["one"] and editor.inner_text() == "select 1 as one"
    reader.go_forward()
    assert headings_of(reader, ["two"]) == ["two"] and reader.title().startswith("SQL query – ")


def test_what_is_typed_before_the_answer_stays(tiny_folder_url, browser):
    """The editor is there before what answers the address."""
    held = []
    with browser.new_context(service_workers="block") as context:  # what one loads cannot be held
        page = context.new_page()
        page.route("**/vendor/sql/local.js", lambda route: held.append(route))
        with page.expect_request("**/vendor/sql/local.js"):
            editor = open_sql(page, f"{tiny_folder_url}/news/", "select 1 as one")
        assert editor.inner_text() == "select 1 as one"
        write(page, editor, "select 2 as two")
        held[0].continue_()
        headings_of(page, ["one"])
        assert editor.inner_text() == "select 2 as two"


def test_what_writes_is_refused(tiny_folder_url, reader):
    editor = open_sql(reader, f"{tiny_folder_url}/news/", "drop table claims")
    assert reader.get_by_role("alert").inner_text() == "Statement must be a SELECT"
    assert editor.inner_text() == "drop table claims"


def test_a_ready_made_query_asks_for_its_words(tiny_folder_url, reader):
    reader.goto(f"{tiny_folder_url}/news/search_paragraphs/")
    reader.get_by_label("words", exact=True).fill("strike")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/?words=strike")
    reader.locator("#rows").wait_for()
    reader.get_by_role("link", name="Edit SQL").click()
    reader.wait_for_url("**/news/?sql=*")
    assert reader.get_by_label("words", exact=True).input_value() == "strike"
    reader.locator("#rows").wait_for()


@pytest.mark.parametrize(
    ("kind", "content"), [("CSV", 'id,said\r\n1,"a ""b"""\r\n'), ("JSON", '[{"id": 1, "said": "a \\"b\\""}]')]
)
def test_answers_are_downloaded(tiny_folder_url, reader, kind, content):
    open_sql(reader, f"{tiny_folder_url}/news/", """select 1 as id, 'a "b"' as said""")
    with reader.expect_download() as download:
        reader.get_by_role("button", name=kind).click()
    assert download.value.path().read_bytes().decode() == content
