"""/-/draw: the page on which datasette-vega draws the rows of a table or a query."""

import re
from urllib.parse import urlencode

import pytest
from front_door import client_of

QUERY = urlencode({"sql": "select kind, cue from claims where kind = :kind", "kind": "direct"})
CLOSED = {"databases": {"news": {"tables": {"claims": {"allow": {"id": "root"}}}}}}


def links_of(page):
    """Where a drawing takes its rows from, and the page of them."""
    text = page.text.replace("&amp;", "&")
    return re.search(r'class="export-links">.*?href="([^"]*)">json<', text)[1], re.search(
        r'href="([^"]*)">these', text
    )[1]


@pytest.mark.parametrize(
    ("rows", "as_json"),
    [
        ("/news/claims?kind=direct&_sort=cue", "/news/claims.json?kind=direct&_sort=cue&_labels=on&_size=max"),
        ("/news/claim_sources", "/news/claim_sources.json?_labels=on&_size=max"),
        ("/news/search_paragraphs?words=the", "/news/search_paragraphs.json?words=the"),
        (f"/news?{QUERY}", f"/news.json?{QUERY}"),
    ],
)
def test_rows_lead_to_their_drawing_and_back(tiny_client, rows, as_json):
    table = tiny_client.get(rows)
    assert "datasette_vega" not in table.text
    drawing = re.search(r'href="([^"]*)#g.x_type=ordinal">draw them', table.text)[1].replace("&amp;", "&")
    assert links_of(tiny_client.get(drawing)) == (as_json, rows)
    assert len(tiny_client.get(f"{as_json}{'&' if '?' in as_json else '?'}_shape=array").json()) > 1


@pytest.mark.parametrize("asked", ["_chart=kind&_chart_sum=start_char", "_size=2", "_size=2&_next=a"])
def test_a_drawing_is_of_all_rows(tiny_client, asked):
    as_json, rows = links_of(tiny_client.get(f"/-/draw/news/claims?kind=direct&{asked}"))
    assert (rows, "_size=max" in as_json) == ("/news/claims?kind=direct", True)


def test_one_row_is_not_drawn(tiny_client):
    assert "/-/draw" not in tiny_client.get("/news?sql=select+1").text


def test_a_drawing_below_a_path(tiny):
    client = client_of(tiny, base_url="/data/")
    drawing = re.search(r'href="(/data/-/draw/news/claims[^"]*)#', client.get("/news/claims").text)[1]
    assert links_of(client.get(drawing.removeprefix("/data")))[1] == "/data/news/claims"


@pytest.mark.parametrize("path", ["/-/draw/nothing", "/-/draw/news/nothing", "/-/draw/_internal", "/-/draw/news/a/b"])
def test_what_is_not_there_is_not_drawn(tiny_client, path):
    page = tiny_client.get(path)
    assert page.status_code == 404 and "unsafe" not in page.headers["content-security-policy"]


@pytest.mark.parametrize(("path", "status"), [("claims", 404), ("people", 200)])
def test_what_nobody_may_see_is_not_there(tiny, path, status):
    assert client_of(tiny, CLOSED).get(f"/-/draw/news/{path}").status_code == status


def test_a_static_site_leads_to_no_drawing(tiny):
    client = client_of(tiny, {"plugins": {"static_site": {"fingerprint": "0"}}})
    assert "/-/draw" not in client.get("/news/claims").text


def test_scripts_of_other_plugins_stand_beside_rows(tiny):
    client = client_of(tiny, {"extra_js_urls": ["/another.js"]})
    assert "/another.js" in client.get("/news/claims").text
    assert "/another.js" not in client.get("/-/draw/news/claims").text
