"""Everything that is declared works on an edition of many articles: eighty, made by benchmarks/generated.py.

The bench asks the same of 2,000 and more (benchmarks/lists.py).
"""

import asyncio
import re
import shutil
import sqlite3
from urllib.parse import urlencode

import pytest
from datasette.utils import parse_metadata
from front_door import PATIENT, ROOT, apart, client_of, get, path_of, serve, text_of
from sqlite_utils import Database

from benchmarks.generated import generate
from benchmarks.lists import addresses

METADATA = parse_metadata((ROOT / "metadata.yml").read_text())
NEWS = METADATA["databases"]["news"]
LISTS = sorted(name for name, table in NEWS["tables"].items() if not table.get("hidden"))
ARTICLES = 80
LOOKS_FOR_FACETS = re.compile(r"json_type|\bgroup by value\s+limit|glob '\?\?\?\?-")


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    path = tmp_path_factory.mktemp("generated") / "news.db"
    generate(ARTICLES, path)
    return Database(path)


@pytest.fixture(scope="module")
def client(generated):
    return client_of(generated, trace_debug=True)


def test_each_chart_query_view_and_kind_of_page_is_answered(generated, client):
    answers = {path: client.get(path) for path in addresses(generated, METADATA)}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}


@pytest.mark.parametrize("name", METADATA["plugins"]["charts"])
def test_each_chart_has_marks_or_says_that_there_is_nothing(client, name):
    answer = client.get(f"/-/charts/{name}")
    assert answer.status_code == 200
    assert "<svg" in answer.text or "There is nothing to draw here yet." in answer.text


def test_home_says_of_how_many_it_shows_what(client):
    words = text_of(client.get("/").text)
    assert "8 are shown. All 300 comparisons" in words
    assert "The latest 10 of 80. All articles" in words
    assert "The 8 with the most claims of 367 people who speak." in words
    assert "The 10 most reported of 500. The whole timeline" in words


def test_home_shows_some_wordings_of_a_comparison_with_many(generated, tmp_path):
    path = shutil.copy(path_of(generated), tmp_path)
    with sqlite3.connect(path) as database:
        database.execute("update claim_propositions set proposition_id = 'proposition-1'")
        database.execute("update claim_propositions set stance = 'differs' where rowid > 957")
    database.close()
    html = client_of(Database(path)).get("/").text
    assert "20 of 960 wordings, those first that do not support it" in text_of(html)
    assert [html.count(f'<li class="{stance}">') for stance in ("supports", "differs")] == [17, 3]


def asked(client, path, **arguments):
    return [
        query["sql"]
        for query in client.get(f"{path}.json?{urlencode(arguments | {'_trace': 1})}").json()["_trace"]["traces"]
    ]


@pytest.mark.parametrize("name", LISTS)
def test_what_to_suggest_is_looked_for_once(client, name):
    """Whatever order, page or facet of the list is asked for next."""
    first = client.get(f"/news/{name}.json").json()["suggested_facets"]
    assert not [sql for sql in asked(client, f"/news/{name}") if LOOKS_FOR_FACETS.search(sql)]
    later = client.get(f"/news/{name}.json?_size=5").json()["suggested_facets"]
    assert [(one["name"], one.get("type")) for one in later] == [(one["name"], one.get("type")) for one in first]
    assert all("_size=5" in one["toggle_url"] for one in later)


def test_what_is_shown_is_not_suggested(client):
    def suggested(path):
        return [(one["name"], one.get("type")) for one in client.get(path).json()["suggested_facets"]]

    everything = suggested("/news/claim_sources.json")
    assert ("published", "date") in everything
    others = [one for one in everything if one != ("published", "date")]
    assert suggested("/news/claim_sources.json?_facet_date=published") == others


def test_a_server_makes_its_pages_ready_while_it_starts(generated):
    apart(asyncio.run, start_and_ask(serve(generated, **PATIENT, trace_debug=True)))


async def start_and_ask(datasette):
    await datasette.invoke_startup()
    stopping = asyncio.Event()
    events = iter(["lifespan.startup"])

    async def receive():
        if event := next(events, None):
            return {"type": event}
        await stopping.wait()
        return {"type": "lifespan.shutdown"}

    async def send(event):
        pass

    server = asyncio.create_task(datasette.app()({"type": "lifespan"}, receive, send))
    count = "select count(*) from timeline"
    for _ in range(600):
        traces = (await get(datasette, "/news/timeline.json?_trace=1&_nosuggest=1")).json()["_trace"]["traces"]
        if count not in [query["sql"] for query in traces]:
            break
        await asyncio.sleep(0.1)
    stopping.set()
    await server
    assert count not in [query["sql"] for query in traces]
    assert (await get(datasette, "/news/timeline.json?_size=1")).json()["filtered_table_rows_count"] == 500
