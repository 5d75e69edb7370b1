"""Hostile text goes through a real browser: nothing runs, nothing breaks."""

import pytest
from hostile import LONG_WORD, SCRIPT
from page_kinds import FIXED, READING

ROWS = {
    "articles": "attack",
    "people": "eve",
    "organizations": "gang",
    "places": "nowhere",
    "events": "attack-event",
    "propositions": "attack-proposition",
    "sources": "evil",
}


@pytest.fixture(scope="module")
def victim(browser):
    """A page that remembers what it was made to do."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.requests, page.console = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("console", lambda message: page.console.append(message.text))
    yield page
    page.close()


def paths_of(page, url, table):
    rows = page.request.get(f"{url}/news/{table}.json?_shape=array").json()
    return [f"/news/{table}/{row['id']}" for row in rows]


def assert_harmless(page, url):
    assert page.title() != "hacked"
    assert page.locator("main img, main script, main [onerror]").count() == 0
    assert page.evaluate("[...document.links].every((link) => !link.protocol.startsWith('javascript'))")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    assert all(request.startswith((url, "data:")) for request in page.requests)
    assert not any("Content Security Policy" in line for line in page.console), page.console


@pytest.mark.parametrize("table", [*READING, "sources", "notes"])
def test_rows_do_no_harm(hostile_site, victim, table):
    for path in paths_of(victim, hostile_site, table):
        assert victim.goto(hostile_site + path).status == 200
        assert_harmless(victim, hostile_site)


@pytest.mark.parametrize("path", FIXED.values(), ids=FIXED)
def test_pages_do_no_harm(hostile_site, victim, path):
    assert victim.goto(hostile_site + path).status < 500
    assert_harmless(victim, hostile_site)


@pytest.mark.parametrize("value", [SCRIPT, '"><img src=x onerror="document.title=\'hacked\'">', "javascript:alert(1)"])
def test_addresses_do_no_harm(hostile_site, victim, value):
    for path in (
        "/news/claims?_search=",
        "/news/claims?text__contains=",
        "/news?sql=select+",
        "/",
        "/news/claims/",
    ):
        victim.goto(hostile_site + path + victim.evaluate("encodeURIComponent", value))
        assert_harmless(victim, hostile_site)


def test_the_words_are_all_there(hostile_site, victim):
    victim.goto(f"{hostile_site}/news/articles/attack")
    text = victim.locator(".article-text").text_content()
    assert SCRIPT in text and LONG_WORD in text
