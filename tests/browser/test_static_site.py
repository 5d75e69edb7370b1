"""A reader walks over the static site of the first edition, served by a plain file server from a sub-folder."""

from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest

from news_site.row_places import ROW_PLACES


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def reader(browser, request):
    """A page whose every request stays on the host and finds something."""
    page = browser.new_page(java_script_enabled=request.param == "with JavaScript")
    failed = []
    page.on("response", lambda response: response.status >= 400 and failed.append(response.url))
    page.on("request", lambda request: "127.0.0.1" not in request.url and failed.append(request.url))
    page.on("console", lambda message: message.type == "error" and failed.append(message.text))
    yield page
    page.close()
    assert failed == []


def test_from_home_to_the_words(folder_url, reader):
    reader.goto(f"{folder_url}/")
    reader.get_by_role("link", name="Maduro received Russian Deputy Prime Minister").first.click()
    reader.wait_for_url(f"{folder_url}/news/propositions/maduro-met-borisov-2022-02-16/")
    reader.get_by_role("link", name="in the article").first.click()
    reader.locator(":target").wait_for()
    reader.get_by_role("link", name="Articles", exact=True).click()
    reader.get_by_role("link", name="military-cooperation", exact=True).first.click()
    reader.wait_for_url(f"{folder_url}/news/articles/military-cooperation/")
    assert "assured this wednesday the president" in reader.locator("main").inner_text()


def test_from_a_chart_to_the_event(folder_url, reader):
    reader.goto(f"{folder_url}/-/charts/meetings/")
    reader.locator(".drawing.wide a").first.click()
    reader.wait_for_url(f"{folder_url}/news/events/*/")


def test_a_permalink_marks_its_place(folder_url, reader):
    reader.goto(f"{folder_url}/news/claims/")
    reader.get_by_role("link", name="in the article").first.click()
    reader.locator(":target").wait_for()


def test_a_table_says_where_all_of_it_is(folder_url, reader):
    reader.goto(f"{folder_url}/news/claims/?_facet=kind")
    note = reader.locator(".static")
    assert note.get_by_role("link", name="CSV").get_attribute("href") == "../claims.csv"


def test_wrong_addresses_lead_home_from_any_depth(folder_url, browser):
    page = browser.new_page()
    page.goto(f"{folder_url}/404.html")
    page.get_by_role("link", name="News reporting").first.click()
    page.wait_for_url(f"{folder_url}/")
    page.close()


def test_downloads_are_plain_files(folder_url):
    with urlopen(f"{folder_url}/news/claims.csv") as response:
        assert response.read().startswith(b"id,article_id,paragraph_id,")
    part = Request(f"{folder_url}/news.db", headers={"Range": "bytes=0-15"})
    with urlopen(part) as response:
        assert (response.status, response.read()) == (206, b"SQLite format 3\0")


@pytest.mark.parametrize("table", ["mentions", "event_reports", "figures", "claim_propositions"])
def test_404_leads_on_to_where_a_row_is_read(folder_url, browser, edition, table):
    row, place = next(edition[table].rows), ROW_PLACES[table]
    page = browser.new_page()
    refused = []
    page.on("console", lambda message: "Content Security Policy" in message.text and refused.append(message.text))
    anchor = row[place.anchor_column] if place.anchor_column else place.anchor
    page.goto(f"{folder_url}/news/{table}/{row['id']}/")
    page.wait_for_url(f"{folder_url}/news/{place.table}/{row[place.column]}/#{anchor}")
    page.locator(":target").wait_for()
    page.close()
    assert refused == []


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("news/mentions/{id}.json", "select * from mentions where id = :id"),
        ("news/paragraphs_fts/", "select * from paragraphs_fts"),
    ],
)
def test_404_shows_in_the_browser_what_has_no_file(folder_url, browser, edition, path, asked):
    (row,) = edition["mentions"].rows_where(limit=1)
    page = browser.new_page()
    page.goto(f"{folder_url}/{path.format(id=row['id'])}")
    page.wait_for_url(f"{folder_url}/news/?*")
    assert parse_qs(urlsplit(page.url).query)["sql"] == [asked]
    page.get_by_role("button", name="JSON").wait_for()
    page.close()


@pytest.mark.parametrize("path", ["news/mentions/nothing/", "nowhere/", "news/nothing/x.json"])
def test_404_says_that_there_is_no_such_page(folder_url, browser, path):
    page = browser.new_page()
    page.goto(f"{folder_url}/{path}")
    page.wait_for_load_state("networkidle")
    assert page.url == f"{folder_url}/{path}"
    assert page.get_by_role("heading", name="There is no such page").is_visible()
    assert not page.get_by_role("status").is_visible()
    page.close()
