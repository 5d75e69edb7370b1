"""Declared charts: each mark leads to exactly the rows that it counts, and whatever is wrong is said in a sentence."""

import csv
import io
import json
import re
import shutil
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from front_door import ROOT, SETTINGS, client_of, text_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from news_site.charts.declared import ChartError
from news_site.charts.worker import work

METADATA = yaml.safe_load((ROOT / "metadata.yml").read_text())
CHARTS = METADATA["plugins"]["charts"]
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
BARS = {
    "title": "Words by source",
    "sql": "select source_id, sum(words) as words, count(*) as articles from articles group by source_id order by words",
    "mark": "bar",
    "encoding": {
        "y": {"field": "source_id", "type": "nominal", "title": "Source"},
        "x": {"field": "words", "type": "quantitative", "title": "Words"},
    },
    "link": {"table": "articles", "filters": {"source_id": "source_id"}},
}


@pytest.fixture(scope="module")
def client_with(edition):
    """A client of the first edition with other charts than it has."""

    def make(charts, **settings):
        return client_of(edition, metadata=METADATA | {"plugins": {"charts": charts}}, **settings)

    return make


def drawings(html):
    """The wide and the narrow drawing of a page."""
    return [ElementTree.fromstring(svg) for svg in DRAWING.findall(html)]


def marks(svg):
    return [(link.get("href"), link.get("aria-label")) for link in svg.iter(f"{SVG}a")]


def count_rows(client, href):
    """How many rows the page has that a mark leads to."""
    parts = urlsplit(href)
    if not parts.query:  # the page of one row
        return len(client.get(f"{parts.path}.json?_shape=array").json())
    return client.get(f"{parts.path}.json?{parts.query}&_size=0").json()["filtered_table_rows_count"]


COUNTED = {
    "speakers": "claims",
    "quoted-by": "quotations",
    "coverage": "passages",
    "timeline": None,
    "figures": None,
    "meetings": None,
}


def test_every_chart_is_tested():
    assert COUNTED.keys() == CHARTS.keys()


@pytest.mark.parametrize("name", CHARTS)
def test_every_mark_leads_to_the_rows_that_it_counts(client, name):
    html = client.get(f"/-/charts/{name}").text
    rows = list(csv.DictReader(io.StringIO(client.get(f"/-/charts/{name}.csv").text)))
    wide, narrow = map(marks, drawings(html))
    assert wide == narrow
    assert len(wide) == len(rows) > 0
    counted = COUNTED[name]
    assert [count_rows(client, href) for href, _ in wide] == [int(row[counted]) if counted else 1 for row in rows]
    assert all(label and "#" not in label for _, label in wide)


@pytest.mark.parametrize("name", CHARTS)
def test_what_is_left_out_of_a_drawing_is_said(client, name):
    (limit,) = re.findall(r"limit (\d+)", CHARTS[name]["sql"])
    assert f" At most {limit} " in text_of(client.get(f"/-/charts/{name}").text)


@pytest.mark.parametrize("name", CHARTS)
def test_the_rows_beneath_lead_there_too(client, name):
    html = client.get(f"/-/charts/{name}").text
    table = html[html.index("<tbody>") : html.index("</tbody>")]
    assert re.findall(r'<th scope="row"><a href="([^"]*)"', table.replace("&amp;", "&")) == [
        href for href, _ in marks(drawings(html)[0])
    ]


@pytest.mark.parametrize("name", CHARTS)
def test_a_drawing_holds_shapes_words_and_links_only(client, name):
    for svg in drawings(client.get(f"/-/charts/{name}").text):
        tags = {element.tag.removeprefix(SVG) for element in svg.iter()}
        assert tags <= {"svg", "g", "a", "title", "path", "line", "rect", "text", "tspan", "circle"}
        assert not any("style" in element.attrib or "id" in element.attrib for element in svg.iter())


@pytest.mark.parametrize("name", CHARTS)
def test_files_to_take_away(client, name):
    svg = ElementTree.fromstring(client.get(f"/-/charts/{name}.svg").text)
    assert all(href.startswith("http://localhost/news/") for href, _ in marks(svg))
    assert client.get(f"/-/charts/{name}.png").content.startswith(b"\x89PNG")
    spec = client.get(f"/-/charts/{name}.json").json()
    assert spec["usermeta"]["sql"] == CHARTS[name]["sql"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/-/charts/{name}.csv").text)))
    assert len(spec["data"]["values"]) == len(rows)


def test_all_charts_on_one_page(client):
    assert len(drawings(client.get("/-/charts").text)) == len(CHARTS)


def test_the_home_page_has_one(client):
    html = client.get("/").text
    assert len(drawings(html)) == 2
    path, takeaway = re.search(r'<a href="(/-/charts/timeline[^"]*)">([^<]*)</a></h2>', html).groups()
    assert f"<h1>{takeaway}</h1>" in client.get(path).text
    assert '<a href="/-/charts/timeline">' in client.get("/-/charts").text


def test_the_takeaway_follows_the_data(client, tiny_client):
    assert "Nicolás Maduro makes 36 of the 59 claims" in text_of(client.get("/-/charts/speakers").text)
    assert "Nicolás Maduro" not in tiny_client.get("/-/charts/speakers").text


def test_organizations_are_quoted_as_people_are(tiny, tmp_path):
    """In the drawing, and in the sentence above it."""
    shutil.copy(next(row[2] for row in tiny.execute("pragma database_list")), tmp_path / "news.db")
    database = Database(tmp_path / "news.db")
    database.execute("update claims set kind = 'direct', speaker_organization_id = 'dockers-union'")
    html = client_of(database).get("/-/charts/quoted-by").text
    assert "Dockers’ Union and Jane Doe with Dockers’ Union are each quoted by both sources." in text_of(html)
    assert len({label for _, label in marks(drawings(html)[0])}) == len(marks(drawings(html)[0])) == 4


def test_the_example_for_whoever_adds_one_is_a_chart(client_with):
    example = re.search(r"\n( {4}words-by-source:\n.*?)\n\n", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)[1]
    client = client_with(yaml.safe_load(example))
    bars = marks(drawings(client.get("/-/charts/words-by-source").text)[0])
    assert [count_rows(client, href) for href, _ in bars] == [1] * 5
    assert bars[0][1].startswith("source id: venezuelanalysis, words: ")


def test_parameters_come_from_the_address(client):
    path = "/-/charts/timeline.csv?least={}"
    everything, few, nonsense = (len(client.get(path.format(n)).text.splitlines()) for n in ("", "3", "none"))
    assert everything == nonsense > few > 1


def test_no_rows_are_said_to_be_none(client):
    page = client.get("/-/charts/timeline?least=1000")
    assert page.status_code == 200 and drawings(page.text) == []


def test_only_the_embeddable_page_may_be_framed(client):
    embedded, page = (client.get(f"/-/charts/speakers{suffix}").headers for suffix in ("/embed", ""))
    assert "frame-ancestors *" in embedded["content-security-policy"] and "x-frame-options" not in embedded
    assert "frame-ancestors 'none'" in page["content-security-policy"] and page["x-frame-options"] == "DENY"


def test_no_such_chart(client):
    for path in ("/-/charts/nothing", "/-/charts/nothing.svg", "/-/charts/nothing/embed"):
        assert client.get(path).status_code == 404


WRONG = [
    ({}, "title is missing"),
    (5, "it has to be a list of keys and values"),
    (BARS | {"mark": "baar"}, "mark is 'baar'; there are arc, area, bar"),
    (BARS | {"mark": {"type": "image", "url": "https://evil.example/"}}, "mark is 'image'"),
    (BARS | {"encoding": {"x": {"field": "words", "type": "quantitativ"}}}, "encoding.x.type is not Vega-Lite"),
    (BARS | {"encoding": {"x": {"aggregate": "count"}}}, "aggregate is not for charts here: count in the SQL"),
    (BARS | {"encoding": {"href": {"field": "words"}}}, "href is not for charts here: say where marks lead with link"),
    (BARS | {"layer": 5}, "mark is missing"),
    (BARS | {"sql": "delete from articles"}, "its SQL can only read"),
    (BARS | {"link": {"table": "articles"}}, "link has to name a table and filters"),
    (BARS | {"link": {"table": "articles", "filters": {}}}, "link.filters has to name"),
    (BARS | {"colour": "red"}, "colour is not a key of a chart; there are columns, database"),
    (BARS | {"title": 5}, "title has to be a text"),
    (BARS | {"columns": ["words"]}, "columns has to be a list of names and texts"),
]  # fmt: skip


@pytest.mark.parametrize("entry, words", WRONG, ids=[words for _, words in WRONG])
def test_a_wrong_chart_is_named_and_the_others_work(client_with, capfd, entry, words):
    client = client_with({"wrong": entry, "right": BARS})
    assert client.get("/-/charts/right").status_code == 200
    assert f"metadata.yml, chart wrong: {words}" in capfd.readouterr().err
    page = client.get("/-/charts/wrong")
    assert page.status_code == 404 and words.split(":")[0] in text_of(page.text.replace("&#39;", "'"))
    assert len(drawings(client.get("/-/charts").text)) == 1


FAILING = [
    (BARS | {"sql": "select nobody"}, "Its SQL failed: no such column: nobody."),
    (BARS | {"sql": "with recursive n (i) as (select 1 union all select i + 1 from n) select max(i) from n"}, "Its SQL took too long."),
    (BARS | {"sql": "with recursive n (i) as (select 1 union all select i + 1 from n limit 501) select 'a' as source_id, i as words from n"}, "Its SQL gives more than 500 rows, too many for a chart."),
    (BARS | {"sql": "select words from articles"}, "Its link names the column source_id, which the SQL does not give."),
    (BARS | {"takeaway": "{nobody}"}, "Its words name the column nobody, which the SQL does not give."),
    (BARS | {"database": "elsewhere"}, "There is no database elsewhere."),
    (BARS | {"panels": "nobody"}, "Its panels name the column nobody, which the SQL does not give."),
    (BARS | {"encoding": {"x": {"field": "words", "type": "quantitative", "axis": {"labelExpr": "nonsense("}}}}, "Vega-Lite cannot draw it"),
]  # fmt: skip


@pytest.mark.parametrize("entry, words", FAILING, ids=[words for _, words in FAILING])
def test_after_a_failing_chart_the_next_is_right(client_with, entry, words):
    client = client_with({"failing": entry, "right": BARS}, **SETTINGS)
    page = client.get("/-/charts/failing")
    assert page.status_code == 400 and words in text_of(page.text)
    assert client.get("/-/charts/failing.svg").status_code == 400
    right = marks(drawings(client.get("/-/charts/right").text)[0])
    assert [count_rows(client, href) for href, _ in right] == [1] * 5
    both = client.get("/-/charts").text
    assert words in text_of(both) and len(drawings(both)) == 1


def job_for(href):
    """A drawing of one bar that leads there."""
    data = {"values": [{"words": 1, "there": href}]}
    channels = {"x": {"field": "words", "type": "quantitative"}, "href": {"field": "there", "type": "nominal"}}
    return json.dumps({"spec": {"data": data, "mark": "bar", "encoding": channels}})


def test_a_refused_link_does_not_spoil_the_next_drawing():
    """In one and the same process it would: vl-convert cannot draw the chart after it either."""
    with pytest.raises(ChartError):
        work(job_for("javascript:alert(1)"))
    assert "https://site.invalid/next" in work(job_for("https://site.invalid/next"))


def test_a_mark_of_nothing_leads_to_rows_that_have_nothing(client_with):
    client = client_with(
        {"origins": BARS | {"sql": "select origin_id as source_id, count(*) as words from articles group by 1"}}
    )
    (unknown, *_) = marks(drawings(client.get("/-/charts/origins").text)[0])
    assert unknown[0] == "/news/articles?source_id__isnull=1"


HOSTILE = st.text(max_size=60) | st.sampled_from(
    ["javascript:alert(1)", '"><script>alert(1)</script>', "\0\x08\ufffe", "https://evil.example/", "${x}", "{words}"]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_parameter(client, text):
    for suffix in ("", ".json"):
        assert client.get(f"/-/charts/timeline{suffix}?{urlencode({'least': text})}").status_code in (200, 400)


@pytest.fixture
def repeating(client_with):
    """A client with a chart of whatever is asked for."""
    return client_with({"any": BARS | {"sql": "select :value as source_id, 1 as words", "takeaway": "{source_id}"}})


def test_a_long_value_is_cut_where_it_is_drawn(repeating):
    (drawn,) = repeating.get(f"/-/charts/any.json?value={'x' * 400}").json()["data"]["values"]
    assert drawn["source_id"] == "x" * 300
    assert repeating.get(f"/-/charts/any.csv?value={'x' * 400}").text.splitlines()[1] == "x" * 400 + ",1"


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_value_is_drawn_as_words(repeating, value):
    page = repeating.get(f"/-/charts/any?{urlencode({'value': value})}")
    assert page.status_code == 200
    for svg in drawings(page.text):
        assert [urlsplit(urljoin("http://here", href)).path for href, _ in marks(svg)] == ["/news/articles"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*BARS, "x", "field", "type"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([*BARS, "layer", "height", "resolve", "panels", "label", "takeaway"]), JSON)
def test_any_declaration(client_with, key, value):
    client = client_with({"any": json.loads(json.dumps(BARS | {key: value})), "right": BARS})
    assert client.get("/-/charts/any").status_code in (200, 400, 404)
    assert client.get("/-/charts/right").status_code == 200
