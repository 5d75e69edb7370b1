"""The SQL page in a real browser: typing, completing, running, leaving, by keyboard; errors marked; runaways stopped."""

from urllib.parse import urlencode

import pytest

RUNAWAY = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"


@pytest.fixture
def reader(browser):
    """A page that must not complain on its console."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.complaints = []
    page.on("console", lambda message: "400 (Bad Request)" in message.text or page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    page.close()
    assert page.complaints == []


def open_sql(page, url, sql):
    page.goto(f"{url}/news?{urlencode({'sql': sql})}")
    page.locator(".editor").wait_for()
    return page.get_by_role("textbox", name="SQL query")


def test_type_complete_run_and_leave(tiny_site, reader):
    editor = open_sql(reader, tiny_site, "select ")
    editor.focus()
    reader.keyboard.press("Control+End")
    reader.keyboard.type("kind from clai")
    reader.get_by_role("option", name="claims", exact=True).wait_for()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        reader.keyboard.press(key)
    reader.keyboard.type(" order by ki")
    reader.get_by_role("option", name="kind claims").wait_for()
    reader.keyboard.press("Enter")
    with reader.expect_navigation():
        reader.keyboard.press("Control+Enter")
    assert reader.get_by_role("heading", name="rows").is_visible()
    assert editor.inner_text() == "select kind from claims order by kind"
    editor.focus()
    reader.keyboard.press("Escape")
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.textContent") == "Run SQL"


def test_an_error_is_marked_and_leads_to_its_place(tiny_site, reader):
    editor = open_sql(reader, tiny_site, "select id\nform claims\nlimit 3")
    assert editor.locator(".error").inner_text() == "claims"
    reader.get_by_role("alert").get_by_role("link", name="line 2, column 6").click()
    reader.keyboard.type("from claims")
    assert editor.locator(".error").count() == 0
    with reader.expect_navigation():
        reader.keyboard.press("Control+Enter")
    assert reader.get_by_role("columnheader").all_inner_texts() == ["form"]


def test_names_are_inserted(tiny_site, reader):
    editor = open_sql(reader, tiny_site, "select ")
    editor.focus()
    reader.keyboard.press("Control+End")
    reader.locator(".schema summary", has_text="figures").click()
    reader.locator("[data-table=figures]").get_by_role("button", name="unit").click()
    reader.keyboard.type(" from ")
    reader.locator("[data-table=figures]").get_by_role("button", name="Insert its name").click()
    assert editor.inner_text() == "select unit from figures"
    reader.get_by_role("button", name="Run SQL").click()
    assert reader.get_by_role("columnheader").all_inner_texts() == ["unit"]


def test_the_link_is_copied(tiny_site, browser):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_sql(page, tiny_site, "select :what as answer").wait_for()
    page.get_by_label("what").fill("a & b")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied.").wait_for()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    assert page.get_by_role("cell").all_inner_texts() == ["a & b"]
    context.close()


def test_a_runaway_query_can_be_cancelled(tiny_site, reader):
    editor = open_sql(reader, tiny_site, "select 1")
    editor.fill(RUNAWAY)
    for key in ("Control+Enter", "Tab", "Tab", "Enter"):  # a click would wait for the answer
        reader.keyboard.press(key)
    assert reader.get_by_role("status").inner_text() == "Cancelled."
    assert editor.inner_text() == RUNAWAY


@pytest.mark.parametrize("path", ["/news?sql=select+1", "/news"])
def test_without_the_bundle_there_is_a_plain_box(tiny_site, browser, path):
    page = browser.new_page()
    page.route("**/assets/vendor/**", lambda route: route.abort())
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
