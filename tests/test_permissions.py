"""What metadata.yml allows holds on every page, however often it is asked, and for whoever asks."""

import asyncio
from types import ModuleType

import pytest
from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils import parse_metadata
from front_door import ROOT, apart, serve

ALLOW = {"allow": {"id": "root"}}
ROOT_ONLY = {"databases": {"news": {"tables": {"Claims": ALLOW}}}}


@pytest.fixture
def plugin():
    """A plugin whose metadata change while Datasette runs."""

    changing = ModuleType("changing")
    changing.metadata = {}
    changing.get_metadata = hookimpl(lambda: changing.metadata)
    pm.register(changing)
    yield changing
    pm.unregister(changing)


async def ask(datasette, path, actor=None):
    await datasette.invoke_startup()
    cookies = {"ds_actor": datasette.sign({"a": {"id": actor}}, "actor")} if actor else {}
    return await datasette.client.get(path, cookies=cookies)


def get(datasette, path, actor=None):
    return apart(asyncio.run, ask(datasette, path, actor))


def address_of_file(datasette):
    return f"/news-{datasette.databases['news'].hash[:12]}.db"


def test_a_table_is_for_those_whom_it_allows(tiny):
    datasette = serve(tiny, ROOT_ONLY)
    asked = [("/news/claims", None), ("/news/claims", "root"), ("/news/claims", None)]
    asked += [("/news/people", None), ("/news/claims.json", "eve")]
    assert [get(datasette, *one).status_code for one in asked] == [403, 200, 403, 200, 403]


def test_metadata_of_a_plugin_may_change(tiny, plugin):
    datasette = serve(tiny, {"title": "News"})
    assert get(datasette, "/news/claims").status_code == 200
    plugin.metadata = ROOT_ONLY
    assert get(datasette, "/news/claims").status_code == 403


@pytest.fixture(scope="module")
def closed(edition):
    """The first edition, for root only."""
    metadata = parse_metadata((ROOT / "metadata.yml").read_text())
    metadata["databases"]["news"] |= ALLOW
    return serve(edition, metadata)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Yuri Borisov"),
        ("/", "<svg"),
        ("/-/data", "speaker_id"),
        ("/-/data", "<svg"),
        ("/-/schema.json", "speaker_id"),
        ("/-/charts", "Yuri Borisov"),
        ("/-/charts.json", "speaker_id"),
        ("/-/search.json?q=oil", "Fort Russ News"),
    ],
)
def test_no_page_shows_a_database_to_those_whom_it_does_not_allow(closed, path, words):
    hidden, seen, again = (get(closed, path, actor) for actor in (None, "root", None))
    assert hidden.status_code == seen.status_code == 200 and hidden.text == again.text
    assert words in seen.text and words not in hidden.text


def test_a_private_instance_says_nothing_about_itself(tiny):
    datasette = serve(tiny, parse_metadata((ROOT / "metadata.yml").read_text()) | ALLOW)
    asked = [("/-/about", None), ("/-/about", "root"), ("/-/data", None), ("/-/data", "root")]
    answers = [get(datasette, *one) for one in asked]
    assert [answer.status_code for answer in answers] == [403, 200, 200, 200]
    assert ["The Harbour Record" in answer.text for answer in answers] == [False, True, False, True]


@pytest.mark.parametrize("ending", ["", "/embed", ".svg", ".csv"])
def test_nobody_else_finds_its_charts(closed, ending):
    assert [get(closed, f"/-/charts/timeline{ending}", actor).status_code for actor in (None, "root")] == [404, 200]


def test_nobody_else_can_download_it(closed):
    assert [get(closed, address_of_file(closed), actor).status_code for actor in (None, "root")] == [403, 200]


@pytest.fixture
def downloads_for_root():
    """A plugin that gives the file of a database to root only; what is in it anybody may see."""
    strict = ModuleType("strict")

    @hookimpl
    def permission_allowed(actor, action):
        return (actor or {}).get("id") == "root" if action == "view-database-download" else None

    strict.permission_allowed = permission_allowed
    pm.register(strict)
    yield strict
    pm.unregister(strict)


def test_a_download_is_for_those_who_may_download(tiny, downloads_for_root):
    datasette = serve(tiny)
    assert [get(datasette, address_of_file(datasette), actor).status_code for actor in (None, "root")] == [403, 200]
    assert get(datasette, "/news/claims").status_code == 200


def test_without_downloads_nobody_has_the_file(tiny):
    datasette = serve(tiny, allow_download=False)
    assert get(datasette, address_of_file(datasette), "root").status_code == 403


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Who speaks"),
        ("/news/articles/harbour-strike", 'class="claim direct"'),
        ("/news/people/jane-doe", "“The strike is over,”"),
        ("/-/data", "speaker_unknown"),
        ("/-/schema.json", "speaker_unknown"),
    ],
)
def test_no_page_shows_a_table_to_those_whom_it_does_not_allow(tiny, path, words):
    datasette = serve(tiny, ROOT_ONLY)
    hidden, seen, again = (get(datasette, path, actor) for actor in (None, "root", None))
    assert hidden.status_code == seen.status_code == again.status_code == 200
    assert words in seen.text and words not in hidden.text + again.text
