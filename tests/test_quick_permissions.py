"""What metadata.yml allows holds, however often it is asked, and for whoever asks."""

import asyncio
from types import ModuleType

import pytest
from datasette import hookimpl
from datasette.plugins import pm
from front_door import apart, serve

ROOT_ONLY = {"databases": {"news": {"tables": {"Claims": {"allow": {"id": "root"}}}}}}


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
    return (await datasette.client.get(path, cookies=cookies)).status_code


def test_a_table_is_for_those_whom_it_allows(tiny):
    datasette = serve(tiny, ROOT_ONLY)
    asked = [("/news/claims", None), ("/news/claims", "root"), ("/news/claims", None)]
    asked += [("/news/people", None), ("/news/claims.json", "eve")]
    assert [apart(asyncio.run, ask(datasette, *one)) for one in asked] == [403, 200, 403, 200, 403]


def test_metadata_of_a_plugin_may_change(tiny, plugin):
    datasette = serve(tiny, {"title": "News"})
    assert apart(asyncio.run, ask(datasette, "/news/claims")) == 200
    plugin.metadata = ROOT_ONLY
    assert apart(asyncio.run, ask(datasette, "/news/claims")) == 403
