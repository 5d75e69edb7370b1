"""Charts as readers meet them: seen without JavaScript, followed by mouse and keyboard, framed by other sites."""

import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

MARKS = "figure .drawing.wide a"


def count_rows(page):
    """The number of rows in the heading of a table's page."""
    return int(re.match(r"[\d,]+", page.locator("#rows").inner_text())[0].replace(",", ""))


@pytest.mark.parametrize("place", [0, 5, 15])
def test_a_bar_opens_the_rows_that_it_counts(site, page, place):
    page.goto(f"{site}/-/charts/speakers")
    mark = page.locator(MARKS).nth(place)
    counted = int(mark.get_attribute("aria-label").rpartition(": ")[2])
    mark.click()
    page.wait_for_url(re.compile(re.escape(f"{site}/news/claims?speaker_id")))
    assert count_rows(page) == counted


def test_a_number_in_a_square_does_not_stand_in_the_way(site, page):
    page.goto(f"{site}/-/charts/coverage")
    page.locator(MARKS).first.click()
    page.wait_for_url(re.compile(re.escape(f"{site}/news/event_reports?event_id=")))


def test_marks_are_reached_by_keyboard(site, page):
    page.goto(f"{site}/-/charts/timeline")
    first = page.locator(MARKS).first
    first.focus()
    page.get_by_role("link", name=first.get_attribute("aria-label")).first.wait_for()
    page.keyboard.press("Tab")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label == page.locator(MARKS).nth(1).get_attribute("aria-label")
    assert page.locator(".tip").inner_text() == label
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/news/events/*")


def test_the_mark_under_the_mouse_stands_out(site, page):
    page.goto(f"{site}/-/charts/speakers")
    first, other = (page.locator(MARKS).nth(n) for n in (0, 4))
    first.hover()
    page.locator(".tip").wait_for()
    opacity = "(mark) => getComputedStyle(mark).opacity"
    assert float(first.evaluate(opacity)) == 1 > float(other.evaluate(opacity))
    page.mouse.move(0, 0)
    assert page.locator(".tip").is_hidden() and float(other.evaluate(opacity)) == 1


@pytest.mark.parametrize("width, shown, hidden", [(1280, "wide", "narrow"), (360, "narrow", "wide")])
def test_one_drawing_is_seen_without_javascript(site, browser, width, shown, hidden):
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=False)
    page.goto(f"{site}/-/charts/figures")
    assert page.locator(f".drawing.{shown} a").first.is_visible()
    assert page.locator(f".drawing.{hidden}").is_hidden()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_in_any_light(site, browser, scheme):
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{site}/-/charts/coverage")
    words, paper = page.evaluate("""[
        getComputedStyle(document.querySelector('.drawing.wide [aria-hidden] text')).fill,
        getComputedStyle(document.documentElement).backgroundColor,
    ].map((colour) => colour.match(/\\d+/g).map(Number).reduce((sum, part) => sum + part))""")
    assert abs(words - paper) > 400
    page.close()


def test_words_stay_on_the_screen(site, browser):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for name in ("timeline", "speakers", "quoted-by", "coverage", "figures", "meetings"):
        page.goto(f"{site}/-/charts/{name}")
        right = page.evaluate("""Math.max(
            ...[...document.querySelectorAll('.drawing.narrow text')].map((text) => text.getBoundingClientRect().right)
        )""")
        assert right <= 360, name
    page.close()


@pytest.fixture
def copy(folder_url, page):
    """Opens a page of the copy that is made of files, once it has its answer."""

    def open_page(path):
        page.goto(f"{folder_url}/{path}")
        page.locator("main:not([aria-busy])").wait_for()
        return page

    return open_page


def test_the_copy_draws_what_is_asked_for(site, page, copy):
    """The same marks, words and rows as the live site, whose server has drawn them."""
    parts = {part: f".drawing.{part} a" for part in ("wide", "narrow")} | {"rows": ".listing tbody tr", "says": "h1"}
    read = "(found) => found.map((one) => [one.getAttribute('aria-label') || one.textContent.trim(), one.tagName])"
    page.goto(f"{site}/-/charts/timeline?least=2")
    live = {part: page.locator(selector).evaluate_all(read) for part, selector in parts.items()}
    copy("-/charts/timeline/")
    page.get_by_label("Told by at least").fill("2")
    page.get_by_role("button", name="Draw").click()
    page.wait_for_url("**/?least=2")
    page.locator("main:not([aria-busy])").wait_for()
    assert live == {part: page.locator(selector).evaluate_all(read) for part, selector in parts.items()}
    assert page.get_by_label("Told by at least").input_value() == "2"
    assert "/-/charts/timeline/embed/?least=2" in page.locator(".embed-code").text_content()
    mark = page.locator(MARKS).nth(1)
    name = mark.get_attribute("aria-label").partition(",")[0]
    mark.click()
    page.get_by_role("heading", name=name, level=1).wait_for()


@pytest.mark.parametrize("suffix, start", [("svg", b"<svg "), ("png", b"\x89PNG"), ("json", b"{"), ("csv", b"id,")])
def test_what_the_copy_has_drawn_can_be_taken_away(page, copy, suffix, start):
    copy("-/charts/timeline/?least=2")
    words = {"json": "Vega-Lite"}.get(suffix, suffix.upper())
    with page.expect_download() as download:
        page.get_by_role("button", name=words).click()
    assert download.value.suggested_filename == f"timeline.{suffix}"
    assert download.value.path().read_bytes().startswith(start)


def test_a_bar_of_the_copy_opens_the_rows_that_it_counts(page, copy):
    copy("-/charts/speakers/")
    mark = page.locator(MARKS).nth(5)
    counted = int(mark.get_attribute("aria-label").rpartition(": ")[2])
    mark.click()
    page.wait_for_url("**/news/claims/?speaker_id**")
    page.locator("main:not([aria-busy])").wait_for()
    assert count_rows(page) == counted


@pytest.mark.parametrize("address", ["news/claims/?cue__notblank=1", "news/?sql=select+kind+from+claims"])
def test_the_copy_charts_the_rows_of_any_answer(page, copy, address):
    """A bar that is followed leads to as many rows as it counts."""
    rows = "#rows" if "sql" not in address else "main > .rows h2"
    copy(address)
    page.get_by_text("Chart these rows").click()
    page.get_by_label("By which column").select_option("kind")
    page.get_by_role("button", name="Draw").click()
    page.wait_for_url("**_chart=kind**")
    bar = page.locator(".bars tbody tr").nth(1)
    counted = int(bar.locator(".number").inner_text())
    bar.get_by_role("link").click()
    page.wait_for_url(re.compile("kind__exact|chart_value"))
    page.locator(rows).get_by_text(re.compile(rf"^{counted} row")).wait_for()


def test_the_copy_says_what_it_cannot_draw(page, copy):
    page.add_init_script("delete globalThis.WebAssembly")
    copy("-/charts/timeline/?least=2")
    assert "WebAssembly" in page.get_by_role("alert").inner_text()
    assert page.locator(".drawing").count() == 0
    page.get_by_role("link", name="The chart as it is with nothing filled in").click()
    page.locator(MARKS).first.wait_for()


@pytest.fixture
def other_site(tmp_path):
    """The folder and the URL of a site of somebody else's."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path))
    Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://localhost:{server.server_port}"
    server.shutdown()


def test_another_site_frames_the_chart_alone(site, page, other_site):
    folder, other = other_site
    (folder / "index.html").write_text(f"<iframe src={site}/-/charts/meetings/embed width=900 height=600></iframe>")
    page.goto(other)
    frame = page.frame_locator("iframe")
    frame.locator(".drawing.wide a").first.wait_for()
    with page.expect_popup() as popup:
        frame.locator(".drawing.wide a").first.click()
    popup.value.wait_for_url(f"{site}/news/events/*")
    popup.value.close()


def test_the_code_to_embed_it_has_its_address(site, page):
    page.goto(f"{site}/-/charts/meetings")
    assert f'<iframe src="{site}/-/charts/meetings/embed"' in page.locator(".embed-code").text_content()
