"""A value is written the same on both sites, whatever it is: in files of CSV and JSON, and on pages."""

import re
from html import unescape
from urllib.parse import quote, urlencode

import pytest
from static_answers import LOAD

NUMBERS = """
select -0.0 as a, 0.0 as b, 9e999 as c, -9e999 as d, 9e999 - 9e999 as e, 1e16 as f, 1e15 as g, 1e-05 as h,
  123456789012345678 as i, -1.5e+300 as j, 'inf' as k, 'é "x", 😀' as l, '' as m
""".strip().replace("\n", " ")

WRITTEN = """
async ([root, sql]) => {
  LOAD
  const [{ openSite }, { csvOf, jsonOf }] = await Promise.all([load("engine/site"), load("show/downloads")]);
  const found = await (await openSite()).engine.query(sql);
  return [csvOf(found), jsonOf(found)];
}
""".replace("LOAD", LOAD)


def cells(html):
    return [unescape(text) for text in re.findall(r"<td[^>]*>(.*?)</td>", html.rpartition("<tbody>")[2], re.DOTALL)]


@pytest.fixture
def page(page, folder_url):
    page.goto(f"{folder_url}/news/claims/")
    return page


def test_files(page, folder_url, client):
    live = [
        client.get(f"/news.{form}?{urlencode({'sql': NUMBERS, '_shape': 'array'})}").text for form in ("csv", "json")
    ]
    assert page.evaluate(WRITTEN, [folder_url, NUMBERS]) == live


def test_bytes_in_json(page, folder_url, client):
    sql = "select x'00ff41' as a"
    live = client.get(f"/news.json?{urlencode({'sql': sql, '_shape': 'array'})}").text
    assert page.evaluate(WRITTEN, [folder_url, sql])[1] == live


def test_pages(page, folder_url, client):
    live = cells(client.get(f"/news?{urlencode({'sql': NUMBERS})}").text)
    page.goto(f"{folder_url}/news/?sql={quote(NUMBERS)}")
    page.locator("tbody td").first.wait_for()
    assert cells(page.content())[: len(live)] == live
    assert live[:4] == ["-0.0", "0.0", "inf", "-inf"]
