"""The static site answers in the visitor's browser what the live one answers: rows, order, counts, facets, labels, pages.

FUZZ=5000 asks that many generated addresses (`make fuzz`); the tests ask a few hundred, always the same.
"""

import json
import os
from functools import partial
from random import Random
from urllib.parse import parse_qsl, urlencode

import pytest
from addresses import addresses
from datasette.utils import parse_metadata
from datasette.utils.asgi import Request
from front_door import ROOT
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from static_answers import LOAD, live_answer, query_of, static_answers, static_suggestions, suggestions_of

from news_site.charts.table_charts import rows_with
from news_site.facets.articles import Articles

approx = partial(pytest.approx, abs=0.01)
GENERATED = int(os.environ.get("FUZZ", 200))
BATCH = 25  # addresses that the page is asked at once

PICKED = """
claims?kind=direct&_facet=cue
claims?_sort_desc=cue&_size=10
claims?_search=NATO
claims?_search="energy cooperation" OR
claims?_search_text=russia&_search_speaker_as_stated=maduro
claims?_search_nothing=x
claims?_search=text:rus*&_searchmode=raw
claims?_facet=speaker_id&speaker_id=yuri-borisov&_facet_size=3
claims?_facet_size=max&_facet=paragraph_id
articles?_facet_date=published_earliest&published_earliest__date=2022-02-16
claims?text__contains=Russia&text__not=x&start_char__gt=5&kind__in=direct,mixed
claims?kind__in=["direct"]&kind__notin=a,b
claims?kind__in=[
claims?cue__notblank=1&_size=5&_sort=cue&_next=a,b
claims?cue__isblank=1&_size=5&_sort_desc=cue&_next=$null,b
claims?_nocol=id
claims?_nocol=prefix&_nocol=suffix
claims?_col=text&_col=kind&_col=text
claims?_where=length(text)>100&_search=russia&kind=direct
people?_through={"table":"claims","column":"kind","value":"direct"}&name__contains=o&_search=yuri&_where=1
articles?_through=x
articles?_through={}
articles?_through={"table":"claims","column":"cue","value":[]}
articles?_through={"table":"claims","column":"confidence","value":1.0}
articles?_through={"table":"claims","column":"confidence","value":null}
timeline?_size=3&_next=3&_sort=date
timeline?_next=abc
timeline?_next=-1
claim_sources?kind=direct&_facet=source&_size=7
claims?nothing=1
claims?id__foo=1
claims?_filter_column=kind&_filter_op=exact&_filter_value=direct
claims?_filter_column=kind&_filter_op=isnull__1&_filter_value=&_sort=cue&_sort_by_desc=on
claims?_filter_column_1=kind&_filter_op_1=exact&_filter_value_1=direct&_filter_column_2=&_filter_op_2=not
claims?_sort=nothing
claims?_sort=cue&_sort_desc=cue
claims?_size=0
claims?_size=5000
claims?_facet=nothing
claims?_facet=kind&_facet=kind
claims?kind=
claims?confidence__gt=0.5&confidence__lte=1&_facet=confidence
figures?value_min__gte=100&_sort_desc=value_min&_size=4&_facet=value_min
articles?_facet_array=title
claims?_facet_source=kind&_facet_source=claim_propositions.stance&kind=direct
claims?_facet_source=speaker_id&_facet_source_sort=name&_facet_size=2&_search=russia
claims?_facet_source=speaker_id&_sources_of=yuri-borisov&_next=a
events?_facet_source=event_people.person_id&_facet_source_month=date_earliest
events?_facet_source_year=date&_through={"table": "event_people", "column": "person_id", "value": "yuri-borisov"}
events?_facet_source=event_people.person_id&_through={"table":"event_people","column":"person_id","value":"yuri-borisov"}
figures?_facet_source=value_min&value_min__in=[10]
figures?value_min__in=[10.0,2.5,1e-05, 1e16,"ten",null]
sources?_facet_source=id&id__not=alba-ciudad
claims?_facet_source=cue&_size=3&kind__not=mixed&_sort_desc=cue&_search=the&_next=a,b
claims?_facet_source=absent
claims?_facet_source=absent.absent
claims?_facet_source=people.name
claims?_facet_source_year=claim_propositions.stance
claims?_facet_source=kind&_facet_source_sort=x
people?_facet_source=mentions.article_id
people?_facet_source=mentions.person_id&_facet_source_sort=name
articles?_facet_source=paragraphs.article_id&_facet_source_sort=name
events?_facet_source=event_reports.article_id
events?_facet_source=events.part_of
places?_facet_source=events.place_id
claims?_facet_source=figures.claim_id&_facet_source_sort=name&_facet_size=5
organizations?_facet_source=claims.speaker_organization_id
figures?value_min__in=[-0.0,Infinity,1e999,"Infinity",10]
figures?value_min=-0.0&_facet=value_min
claims?text=٣&text__not=²
claims?_labels=off&_size=2
claims?_labels=FALSE&_size=2
claims?_labels=off&_label=article_id&_size=2
claims?_through={"table":"figures","column":"value_min","value":-0.0}
claims_fts?rank__notblank=1&_size=2
nothing?x=1
who_said_what_about?word=NATO
who_said_what_about?word="
search_paragraphs?words=military cooperation
search_paragraphs
all_figures?x=1
?sql=select * from claims order by id limit 3
?sql=select :a as x, :b as x&a=5
?sql=select nothing
?sql=drop table claims
?sql=values (1)
?sql=select 1; select 2
?sql=select count(*) from pragma_table_info('claims')
?sql=pragma table_info(claims)
?sql=-- a comment%0Aselect 1.0, 1, null, 'a'
?sql=select "no such column"
?sql=select typeof(random()) as r, date('now') > '2020' as now, escape_fts('a "b') as f, char(0) || 'a' as n, '😀é' as u
?sql=select '😀é' as words, nothing from claims
?sql=with recursive c(x) as (select 1 union all select x %2b 1 from c) select * from c limit 2000
""".strip()


@pytest.fixture(scope="module")
def page(browser, folder_url):
    page = browser.new_page()
    page.goto(f"{folder_url}/news/claims/")
    yield page
    page.close()


@pytest.fixture(scope="module")
def differences(page, folder_url, client):
    """Of pairs of path and query, those that the two sites answer differently, with both answers."""

    def compare(asked):
        static = static_answers(page, folder_url, asked)
        live = [live_answer(client, f"/{path}", query) for path, query in asked]
        return [
            (address, one, other)
            for address, one, other in zip(asked, live, static, strict=True)
            if one is not None and one != other
        ]

    return compare


@pytest.mark.parametrize("address", PICKED.splitlines())
def test_picked_addresses(differences, address):
    path, _, query = address.partition("?")
    assert differences([(f"news/{path}".rstrip("/"), query)]) == []


SUGGESTING = """
claims?kind=direct
claims?_facet_source=cue&_facet=speaker_id&_size=3
articles?_search=russia
events?_facet_date=date&_facet_source=event_people.person_id
timeline?_sort=date
claims?_nocol=kind&_where=length(text)>10
people?_nofacet=1
claims_fts?_size=9
""".split()


def test_suggested_facets(page, folder_url, client):
    asked = [address.split("?") for address in SUGGESTING]
    live = [client.get(f"/news/{address.replace('?', '.json?')}").json()["suggested_facets"] for address in SUGGESTING]
    static = static_suggestions(page, folder_url, [(f"news/{path}", query) for path, query in asked])
    assert static == [suggestions_of(suggested, "toggle_url") for suggested in live]


def test_generated_addresses(differences, edition):
    @seed(1)
    @settings(
        max_examples=GENERATED // BATCH,
        database=None,
        phases=[Phase.generate] + [Phase.shrink] * ("FUZZ" in os.environ),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(addresses(edition), min_size=BATCH, max_size=BATCH, unique=True))
    def same(asked):
        assert differences(asked) == []

    same()


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "military cooperation"},
        {"q": "Borisof Karakas"},
        {"q": "oxlz"},
        {"q": "sadi"},
        {"q": "qqa qqb qqc qqd qqe Borisof"},
        {"q": '"strategic partner" -Maduro'},
        {"q": "vis*", "kind": "claims", "page": "2"},
        {"q": "Maduro energy", "kind": "claims", "page": "2"},
        {"q": "Maduro energy zebra", "kind": "claims", "page": "2"},
        {"q": "oil", "source": "venezuelanalysis"},
        {"q": "relations", "person": "yuri-borisov"},
        {"q": "xyzzy"},
        {"q": ""},
        {"q": "- *"},
        {"q": "oil", "kind": "words"},
        {"q": "oil", "page": "0"},
        {"q": "oil", "kind": "claims", "page": "500"},
        {"q": "oil", "kind": "claims", "page": "501"},
    ],
)
def test_searches(differences, asked):
    assert differences([("-/search", urlencode(asked))]) == []


def test_expressions(page, folder_url):
    """Those of tests/cases/search_expressions.json, which tell plugins/search.py as well what a search means."""
    cases = json.loads((ROOT / "tests/cases/search_expressions.json").read_text())
    understand = """
    async ([root, typed]) => {
      LOAD
      const { clean, expressions } = await load("search/expressions");
      return typed.map((q) => expressions(clean(q), 32) ?? [null, null]);
    }
    """.replace("LOAD", LOAD)
    found = page.evaluate(understand, [folder_url, [case["q"] for case in cases]])
    assert found == [[case["all"], case["any"]] for case in cases]


def test_words_are_folded_as_the_build_folds_them(page, folder_url):
    cases = json.loads((ROOT / "tests/cases/folding.json").read_text())
    fold = """
    async ([root, texts]) => {
      LOAD
      const { fold } = await load("ask/folding");
      return texts.map(fold);
    }
    """.replace("LOAD", LOAD)
    assert page.evaluate(fold, [folder_url, [text for text, _ in cases]]) == [folded for _, folded in cases]


def test_many_articles_of_a_value(page, folder_url):
    """How many, of how many origins, and the first: the edition has too few to leave any out."""
    random = Random(1)
    ids = random.sample(range(100), 40)
    origins = random.choices(["a", "b", 3], k=40)
    cases = [(random.choices(range(100), k=random.randrange(300)), random.choice([5, 1000])) for _ in range(50)]
    tell = """
    async ([root, ids, origins, cases]) => {
      LOAD
      const { tellOf } = await load("facets/source_facets");
      const articles = { ids, origins, places: new Map(ids.map((id, place) => [id, place])) };
      return cases.map(([tied, most]) => tellOf(articles, tied, most));
    }
    """.replace("LOAD", LOAD)
    found = page.evaluate(tell, [folder_url, ids, origins, cases])
    assert found == [Articles(ids, origins).tell_of(*case) for case in cases]


DECLARED = parse_metadata((ROOT / "metadata.yml").read_text())["plugins"]["charts"]
CHART = """
async ([root, name, query]) => {
  LOAD
  const [{ answerChart, specification }, { describe }] = await Promise.all([load("charts/declared"), load("engine/schema")]);
  const { drawing, charts } = await (await fetch(`${root}/-/charts.json`)).json();
  const chart = charts[name];
  const site = { ...window.site, schema: describe(window.site.described, "news") };
  const answer = await answerChart(chart, drawing, query, site);
  const { columns, takeaway, parameters, urls } = answer;
  const spec = specification(chart.spec.wide, chart, answer, urls, drawing);
  return JSON.parse(JSON.stringify({ columns, takeaway, parameters, spec }));
}
""".replace("LOAD", LOAD)


def leading(spec, root):
    """A chart's specification with what its marks' links name, on whatever host."""
    for row in spec["data"]["values"]:
        path, _, query = row["mark_link"].removeprefix(root).partition("?")
        row["mark_link"] = path.rstrip("/"), parse_qsl(query)
    return spec


@pytest.mark.parametrize(
    "name, query", [*((name, "") for name in DECLARED), *(("timeline", f"least={n}") for n in ("2", "x", "99", "%26"))]
)
def test_charts(page, folder_url, client, name, query):
    """The whole specification, and so the rows with their names and links; the words above it."""
    static_answers(page, folder_url, [("news/claims", "_size=1")])  # opens the database
    static = page.evaluate(CHART, [folder_url, name, f"?{query}"])
    spec = client.get(f"/-/charts/{name}.json?{query}").json()
    about = spec.pop("usermeta")
    assert leading(static["spec"], folder_url) == leading(spec, "http://localhost")
    assert (static["takeaway"], static["parameters"]) == (about["takeaway"], about["parameters"])
    columns = client.get(f"/-/charts/{name}.csv?{query}").text.splitlines()[0].split(",")
    assert static["columns"] == columns


LIMITED = """
async ([root, sql]) => {
  LOAD
  const [{ answerChart, specification }, { describe }] = await Promise.all([load("charts/declared"), load("engine/schema")]);
  const { drawing, charts } = await (await fetch(`${root}/-/charts.json`)).json();
  const chart = { ...charts.timeline, sql, takeaway_sql: null, takeaway: "Said", label: "Mark", link: null, panels: null };
  const site = { ...window.site, schema: describe(window.site.described, "news") };
  try {
    const answer = await answerChart(chart, drawing, "", site);
    return specification({}, chart, answer, [], drawing).data.values.map(({ words }) => words.length);
  } catch ({ message }) {
    return message;
  }
}
""".replace("LOAD", LOAD)


def test_limits_of_charts(page, folder_url):
    """As tests/test_charts.py has them of the live site: rows, and letters of a value."""
    static_answers(page, folder_url, [("news/claims", "_size=1")])  # opens the database
    sql = "with recursive n (i) as (select 1 union all select i + 1 from n limit {}) select {} as words from n"
    asked = [sql.format(500, "'x'"), sql.format(501, "'x'"), sql.format(1, "replace(hex(zeroblob(200)), '0', 'x')")]
    assert [page.evaluate(LIMITED, [folder_url, one]) for one in asked] == [
        [1] * 500,
        "Its SQL gives more than 500 rows, too many for a chart. Add a limit.",
        [300],
    ]


CHARTED = """
async ([root, path, query, html]) => {
  LOAD
  const [{ answer }, { chartOf }] = await Promise.all([load("answer/answer"), load("show/bars")]);
  const found = await answer(path, query, window.site);
  const made = await chartOf(found, "../", { ...window.site, schema: found.schema });
  const live = new DOMParser().parseFromString(html, "text/html").querySelector("#chart-rows");
  const read = (chart) => {
    const all = (selector, value) => Array.from(chart.querySelectorAll(selector), value);
    return {
      words: all("caption, th, .number, .error, .nothing", ({ textContent }) => textContent.trim()),
      kept: all("input", ({ name, value }) => [name, value]),
      choices: all("option", ({ value, text, selected }) => [value, text, selected]),
      links: all("tbody a", (link) => [...new URLSearchParams(link.getAttribute("href").split("?")[1])]),
      shapes: all("rect", (bar) => ["x", "width"].map((name) => parseFloat(bar.getAttribute(name)))),
    };
  };
  return [live, made].map(read);
}
""".replace("LOAD", LOAD)


@pytest.mark.parametrize(
    "address",
    """
news/claims?_chart=kind
news/claims?kind=direct&_search=Venezuela&_chart=speaker_id&_size=1&_facet=kind
news/claims?_chart=event_id&_nocol=text
news/claims?_chart=confidence&_chart_sum=start_char
news/claims?_chart=text
news/claims?_chart=nothing
news/claims?_size=3&_next=a,a&_chart=kind
news/articles?_chart=source_id&_chart_sum=words
news/events?_chart=date
news/events?_chart=date_latest&kind=visit
news/figures?_chart=value_min&_chart_sum=value_max
news/timeline?_chart=date
news/claim_sources?_chart=published&_sort_desc=source
news/search_paragraphs?words=military&_chart=article
news/all_figures?_chart=source
news?sql=select kind, 1.5 as x, start_char - 500 as y from claims;&_chart=x&_chart_sum=y
news?sql=select start_char - 500 as y, null as z from claims&_chart=y&_chart_sum=y
news?sql=select :b as a, 2 as c&b=3&_chart=a&_chart_sum=c
news?sql=select kind, cue from claims where kind = :chart_value&chart_value=direct&_chart=cue
news?sql=select '1970-01-01' as day union select '1969-02/..' union select '0050-03-01'&_chart=day
news?sql=select 'a "b" %26 c' as word union select '' union select null&_chart=word
news?sql=explain select 1&_chart=addr
""".split("\n")[1:-1],
)
def test_charts_of_rows(page, folder_url, client, address):
    path, _, query = address.partition("?")
    static_answers(page, folder_url, [("news/claims", "_size=1")])  # opens the database
    live, static = page.evaluate(CHARTED, [folder_url, path, f"?{query}", client.get(f"/{address}").text])
    assert [list(map(approx, shape)) for shape in live.pop("shapes")] == static.pop("shapes")
    assert live == static
    assert live["words"]


NUMBERS = """
async ([root, sql]) => {
  LOAD
  const [{ chartRows }, { Arguments }, { describe }] = await Promise.all(["charts/chart_rows", "ask/addresses", "engine/schema"].map(load));
  const table = { foreign_keys: [] };
  const found = { table, args: new Arguments("?_chart=size"), columns: ["size"], rows: [], complete: { sql } };
  const { bars } = await chartRows(found, "../", { ...window.site, schema: describe(window.site.described, "news") });
  return bars.map(({ url }) => url);
}
""".replace("LOAD", LOAD)


def test_bars_of_numbers_lead_to_the_same_rows(page, folder_url):
    """Whatever their form in JSON: the edition has whole ones only."""
    static_answers(page, folder_url, [("news/claims", "_size=1")])  # opens the database
    sizes = [-2, 1e-05, 1.0, 1.5, 3, 1e16, "3", "few"]
    sql = " union all ".join(f"select {json.dumps(size)} as size" for size in sizes).replace('"', "'")
    links = page.evaluate(NUMBERS, [folder_url, sql])
    assert links == [rows_with(Request.fake("/"), "size", size).removeprefix("/") for size in sizes]


@pytest.mark.parametrize("query", ["_size=7", "_size=7&_sort=cue", "_size=7&_sort_desc=speaker_id&kind=direct"])
@pytest.mark.parametrize("table", ["claims", "claim_sources"])
def test_every_page_of_rows(page, folder_url, client, table, query):
    """From page to page by its own token, each site with the other's."""
    for _ in range(20):
        asked = (f"news/{table}", query)
        live, (static,) = live_answer(client, f"/{asked[0]}", query), static_answers(page, folder_url, [asked])
        assert static == live
        if not live["next"]:
            return
        query = "&".join(f"{name}={value}" for name, value in query_of(f"?{query}") if name != "_next")
        query += f"&_next={live['next']}"
    raise AssertionError("there is no last page")
