"""A page is made once for all whom nobody knows, and never for somebody else."""

import asyncio

import pytest
from datasette.app import Datasette
from datasette.utils import parse_metadata
from front_door import ROOT, apart, ask, client_of, serve
from sqlite_utils import Database


@pytest.fixture
def own_client(tiny):
    """A server that nobody has asked anything."""
    return client_of(tiny)


def footer_of(page):
    """Which tells how long the queries of the page took."""
    return page.text.split("<footer>")[1]


@pytest.mark.parametrize("path", ["/news/claims", "/news/articles/harbour-strike", "/news/timeline"])
def test_a_page_is_made_once(own_client, path):
    first, *others = (own_client.get(path) for _ in range(4))
    assert "queries took" in first.text and {page.text for page in others} == {first.text}
    assert {tuple(page.headers.multi_items()) for page in others} == {tuple(first.headers.multi_items())}


def test_what_a_visitor_makes_up_is_answered_anew(own_client):
    assert len({footer_of(own_client.get("/news/claims?kind=direct")) for _ in range(4)}) > 1


def test_links_name_the_host_that_was_asked(own_client):
    hosts = ("a.example", "b.example")
    pages = [own_client.request("GET", "/news/claims", headers={"host": host}).text for host in hosts]
    assert [[host in page for host in hosts] for page in pages] == [[True, False], [False, True]]


def test_what_somebody_may_see_is_kept_for_nobody_else(tiny):
    metadata = parse_metadata((ROOT / "metadata.yml").read_text())
    metadata["databases"]["news"]["tables"]["claims"]["allow"] = {"id": "root"}
    datasette = serve(tiny, metadata)
    cookies = {"ds_actor": datasette.sign({"a": {"id": "root"}}, "actor")}

    async def statuses():
        visits = [{"cookies": cookies}, {}, {"cookies": cookies}, {}]
        return [(await ask(datasette, "GET", "/news/claims", **visit)).status_code for visit in visits]

    assert apart(asyncio.run, statuses()) == [200, 403, 200, 403]


def test_what_may_change_is_read_anew(tmp_path):
    path = tmp_path / "notes.db"
    Database(path)["notes"].insert({"id": 1, "words": "before"})
    datasette = Datasette([str(path)], plugins_dir=str(ROOT / "plugins"))

    async def visits():
        before = await ask(datasette, "GET", "/notes/notes")
        Database(path)["notes"].update(1, {"words": "after"})
        return "before" in before.text, "after" in (await ask(datasette, "GET", "/notes/notes")).text

    assert apart(asyncio.run, visits()) == (True, True)
