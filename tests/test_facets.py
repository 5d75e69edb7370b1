"""Facets with sources say what plain SQL says, and their toggles leave exactly the rows they count."""

import asyncio
import json
import re
import shutil
import sqlite3
from collections import defaultdict
from urllib.parse import urlencode

import pytest
from datasette.app import Datasette
from front_door import PATIENT, ROOT, apart, client_of, get, path_of, text_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from benchmarks.pages import multiply
from news_site.facets.articles import Articles
from news_site.facets.paths import find_ways
from news_site.facets.schema import Step, Table

# Rows of a table, each with an article that it rests on: found by hand.
MENTIONED = "select {table}.id, article_id from {table} join mentions using (person_id)"
RESTS_ON = {
    **dict.fromkeys(
        [
            "paragraphs",
            "notes",
            "claims",
            "mentions",
            "organization_mentions",
            "place_mentions",
            "event_people",
            "event_reports",
        ],
        "select id, article_id from {table}",
    ),
    "articles": "select id, id from articles",
    "sources": "select source_id, id from articles",
    "people": "select person_id, article_id from mentions",
    "organizations": "select organization_id, article_id from organization_mentions",
    "places": "select place_id, article_id from place_mentions",
    "aliases": MENTIONED,
    "organization_aliases": "select t.id, article_id from {table} t join organization_mentions using (organization_id)",
    "place_aliases": "select t.id, article_id from {table} t join place_mentions using (place_id)",
    "events": "select event_id, article_id from event_reports",
    "timeline": "select event_id, article_id from event_reports",
    "figures": "select t.id, article_id from figures t join claims on claims.id = claim_id",
    "claim_propositions": "select t.id, article_id from claim_propositions t join claims on claims.id = claim_id",
    "propositions": "select proposition_id, article_id from claim_propositions t join claims on claims.id = claim_id",
    "proposition_status": "select proposition_id, article_id from claim_propositions t join claims on claims.id = claim_id",
    "claim_sources": "select id, article_id from claims",
}
TABLES = [*RESTS_ON, "disagreements", "roles_as_stated"]
LINKS = [  # the facet, and the values of each row with the article they come from
    ("articles", "mentions.person_id", "select article_id, person_id, article_id from mentions"),
    ("articles", "claims.kind", "select article_id, kind, article_id from claims"),
    ("events", "event_people.person_id", "select event_id, person_id, article_id from event_people"),
    ("events", "event_reports.rule", "select event_id, rule, article_id from event_reports"),
    ("people", "claims.kind", "select speaker_id, kind, article_id from claims where speaker_id is not null"),
    ("propositions", "claim_propositions.stance", "select proposition_id, stance, article_id from claim_propositions t join claims on claims.id = claim_id"),
]  # fmt: skip


@pytest.fixture(params=["tiny", "edition"])
def database(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def ask(request, database):
    """The JSON of an address of that database."""
    client = request.getfixturevalue("tiny_client" if "tiny" in request.node.name else "client")
    return lambda path: client.get(path.replace("http://localhost", "")).json()


def facets_of(ask, table, **choices):
    query = urlencode({"_size": 0, "_facet_size": "max", "_nosuggest": 1} | choices, doseq=True)
    results = ask(f"/news/{table}.json?{query}")["facet_results"].values()
    return {facet["name"]: facet for facet in results if facet["type"].startswith("source") and facet["hideable"]}


def origins_of(database):
    """Of each article that has a known one."""
    return {a["id"]: a["origin_id"] for a in database["articles"].rows}


def articles_of(database, table):
    articles = defaultdict(set)
    for row, article in database.execute(RESTS_ON[table].format(table=table).replace(f"{table} t ", f"{table} as t ")):
        articles[row].add(article)
    return articles


def expected(database, triples):
    """What a facet says: of each value the rows, the articles and the origins."""
    rows, articles, origins = defaultdict(set), defaultdict(set), origins_of(database)
    for row, value, article in triples:
        if value is not None:
            rows[value].add(row)
            articles[value] |= {article} - {None}
    return {v: (len(rows[v]), sorted(articles[v]), len({origins[a] for a in articles[v]} - {None})) for v in rows}


def said(facet):
    found = {v["value"]: (v["count"], sorted(s["id"] for s in v["sources"]), v["origins"]) for v in facet["results"]}
    assert all(v["articles"] == len(v["sources"]) for v in facet["results"])
    return found


def triples_of(database, table, column):
    rested = articles_of(database, table) if table in RESTS_ON else None
    for number, row in enumerate(database[table].rows):
        articles = rested[row["id"]] if rested is not None else {row["article_id"]}
        for article in articles or {None}:
            yield number, row[column], article


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_every_table_says_what_sql_says(ask, database, table):
    columns = list(database[table].columns_dict)
    facets = facets_of(ask, table, _facet_source=columns)
    assert {c: said(facets[c]) for c in columns} == {
        c: expected(database, triples_of(database, table, c)) for c in columns
    }


@pytest.mark.parametrize("table, facet, sql", LINKS)
def test_facets_across_links_say_what_sql_says(ask, database, table, facet, sql):
    assert said(facets_of(ask, table, _facet_source=facet)[facet]) == expected(database, database.execute(sql))


def count_at(ask, toggle):
    return ask(f"{toggle}&_nofacet=1&_nosuggest=1")["filtered_table_rows_count"]


@pytest.mark.parametrize("table", TABLES)
def test_toggles_leave_the_rows_that_were_counted(ask, database, table):
    columns = list(database[table].columns_dict)
    for facet in facets_of(ask, table, _facet_source=columns).values():
        for value in {v["value"]: v for v in (*facet["results"][:2], *facet["results"][-1:])}.values():
            assert count_at(ask, value["toggle_url"]) == value["count"], (facet["name"], value["value"])


def without_link(found):
    return {part: value for part, value in found.items() if part != "toggle_url"}


def test_the_build_counts_foreign_keys_and_values_that_come_back_often(database):
    """Five times, on average; foreign keys to articles, paragraphs and claims say little more than the article."""
    counted = "select table_name, column_name from facet_counts where facet = 'source' and column_name not like '%.%'"
    tables = RESTS_ON.keys() & set(database.table_names())
    assert set(map(tuple, database.execute(counted))) == {
        (table, column)
        for table in tables
        for column in database[table].columns_dict.keys() - {"id", "article_id", "paragraph_id", "claim_id"}
        for rows, values in database.execute(f"select count({column}), count(distinct {column}) from {table}")
        if values and (5 * values <= rows or column in {key.column for key in database[table].foreign_keys})
    }


def test_what_the_build_has_counted_is_what_a_page_counts(ask, database):
    """JSON that is asked for counts all anew, with all articles."""
    facets = list(database.execute("select distinct table_name, facet, column_name from facet_counts"))
    assert len(facets) > 20
    for table, kind, column in facets:
        kept = database.query(
            "select * from facet_counts where (table_name, facet, column_name) = (?, ?, ?)", [table, kind, column]
        )
        found = facets_of(ask, table, **{f"_facet_{kind}": column})[column]["results"]
        assert {
            v["value"]: (v["count"], v["articles"], v["origins"], [s["id"] for s in v["sources"][:5]]) for v in found
        } == {
            row["value"]: (row["row_count"], row["articles"], row["origins"], json.loads(row["sources"]))
            for row in kept
        }


@pytest.fixture(scope="module")
def recounted_client(many, tmp_path_factory):
    """GETs of ten editions, of two of whose facets the build has counted what nobody else would."""
    changed = Database(shutil.copy(path_of(many), tmp_path_factory.mktemp("recounted") / "news.db"))
    sql = "update facet_counts set row_count = ? where (table_name, column_name) = (?, ?)"
    with changed.conn:
        changed.conn.executemany(sql, [(1234567, "claims", "cue"), (7654321, "mentions", "person_id")])
    return client_of(changed)


def test_a_page_shows_what_the_build_has_counted(recounted_client):
    assert "1,234,567" in recounted_client.get("/news/claims?_facet_source=cue").text
    some = ("kind__not=mixed", "_where=kind='mixed' except select * from claims&_nocount=1")
    for choice in some:
        page = recounted_client.get(f"/news/claims?_facet_source=cue&{choice}")
        assert page.status_code == 200 and "1,234,567" not in page.text


def test_a_page_shows_what_has_been_counted_in_its_own_table(recounted_client):
    assert "7,654,321" in recounted_client.get("/news/mentions?_facet_source=person_id").text
    assert "7,654,321" not in recounted_client.get("/news/event_people?_facet_source=person_id").text


@pytest.mark.parametrize("table, facet, sql", LINKS)
def test_toggles_across_links_join_other_filters(ask, database, table, facet, sql):
    """Datasette alone mixes the value of a _through up with that of a column."""
    some = next(database[table].rows)["id"]
    for value in facets_of(ask, table, _facet_source=facet, id=some)[facet]["results"]:
        assert value["count"] == count_at(ask, value["toggle_url"]) == 1


def test_dates_by_month_and_year(ask, database):
    def expect(length):
        triples = triples_of(database, "events", "date_earliest")
        return expected(database, ((row, date and date[:length], article) for row, date, article in triples))

    for choice, length in (("_facet_source_month", 7), ("_facet_source_year", 4)):
        facet = facets_of(ask, "events", **{choice: "date_earliest"})["date_earliest"]
        assert said(facet) == expect(length)
        assert [v["value"] for v in facet["results"]] == sorted(v["value"] for v in facet["results"])
        assert all(count_at(ask, v["toggle_url"]) == v["count"] for v in facet["results"])


def test_names_of_foreign_keys_and_their_order(client, edition):
    def labels(**choices):
        facet = facets_of(lambda path: client.get(path).json(), "mentions", _facet_source="person_id", **choices)
        return [v["label"] for v in facet["person_id"]["results"]]

    names = {
        row["name"] for row in edition.query("select name from people where id in (select person_id from mentions)")
    }
    assert set(labels()) == names and labels(_facet_source_sort="count") == labels()
    assert labels(_facet_source_sort="name") == sorted(names, key=str.lower) != labels()


def test_a_facet_says_whether_there_are_more_values(client, edition):
    (kinds,) = edition.execute("select count(distinct kind) from claims").fetchone()

    def ask(size):
        facets = facets_of(lambda path: client.get(path).json(), "claims", _facet_source="kind", _facet_size=size)
        return len(facets["kind"]["results"]), facets["kind"]["truncated"]

    assert [ask(kinds - 1), ask(kinds), ask(kinds + 1)] == [(kinds - 1, True), (kinds, False), (kinds, False)]


def test_evidence_is_the_first_passage(client, edition):
    facet = facets_of(lambda path: client.get(path).json(), "articles", _facet_source="mentions.person_id")
    first = """
        select paragraph_id, mentions.text, articles.published, sources.name
        from mentions
        join paragraphs on paragraphs.id = paragraph_id
        join articles on articles.id = mentions.article_id
        join sources on sources.id = source_id
        where person_id = ? and mentions.article_id = ?
        order by position, mentions.start_char limit 1
    """
    for value in facet["mentions.person_id"]["results"]:
        for source in value["sources"]:
            paragraph, text, published, name = edition.execute(first, [value["value"], source["id"]]).fetchone()
            assert source["url"] == f"/news/articles/{source['id']}#{paragraph}"
            assert (source["text"], source["date"], source["source"]) == (text, published, name)
        dates = [source["date"] for source in value["sources"]]
        assert dates == sorted(dates)


def test_evidence_on_the_page_leads_to_the_words(tiny_client):
    page = tiny_client.get("/news/claims?_facet_source=kind").text
    shown = re.search(
        r"<mark>some 400 dockers had walked out on Monday</mark>.*?href=\"([^\"]*)#([^\"]*)\"", page, re.DOTALL
    )
    assert f'id="{shown[2]}"' in tiny_client.get(shown[1]).text
    assert "1 article · 1 origin" in text_of(page)


@pytest.fixture(scope="module")
def many(tiny, tmp_path_factory):
    """The tiny edition ten times over, which makes ten articles with John Roe."""
    path = next(row[2] for row in tiny.execute("pragma database_list"))
    return multiply(path, tmp_path_factory.mktemp("many") / "news.db", 20)


@pytest.fixture(scope="module")
def many_client(many):
    return client_of(many)


def test_a_page_shows_five_articles_and_the_rest_on_demand(many_client):
    path = "/news/mentions?_facet_source=person_id"
    page = many_client.get(path).text
    shown = re.search(r"10 articles · 1 origin.*?<ol>(.*?)</ol>.*?", page, re.DOTALL)[1]
    assert shown.count("<bdi>") == 5
    everything = re.search(r'href="([^"]*)">all 10 articles', shown)[1].replace("&amp;", "&")
    assert many_client.get(everything.replace("http://localhost", "")).text.count("<bdi>Harbour strike ends") >= 10
    (value, *_) = many_client.get(path.replace("?", ".json?")).json()["facet_results"]["person_id"]["results"]
    assert len(value["sources"]) == 10


@pytest.mark.parametrize("chosen, rows", [("", "true"), ("&id__startswith=harbour", "claims.id like 'harbour%'")])
def test_of_many_articles_the_first_by_date_are_shown(tiny, tmp_path, chosen, rows):
    """Those of some values are all late, and some have no date."""
    many = multiply(next(row[2] for row in tiny.execute("pragma database_list")), tmp_path / "news.db", 1200)
    many.execute(
        "update articles set published = null, published_basis = 'unknown' where id like 'harbour%' and rowid % 3"
    )
    many.conn.commit()
    page = client_of(many).get(f"/news/claims?_size=0&_facet_source=cue&_sources_of=added{chosen}").text
    facet = page.split('id="facet-source-cue"')[1].split("</div>")[0]
    found = re.findall(r'&amp;cue=(\w+)">.*?<ol>(.*?)</ol>', facet, re.DOTALL)
    first = f"""
        select distinct articles.id
        from claims
        join articles on articles.id = article_id
        where cue = ? and {rows}
        order by published is null, published, articles.id
        limit ?
    """
    assert {cue: re.findall('href="/news/articles/([^"#]*)#', shown) for cue, shown in found} == {
        cue: [id for (id,) in many.execute(first, [cue, 1000 if cue == "added" else 5])] for cue, _ in found
    }
    assert {"added", "said"} <= dict(found).keys()


@pytest.mark.parametrize(
    "path",
    [
        "claims.json?_facet_source=cue",  # and those that are declared
        "claims.json?_facet_source=cue&kind__not=mixed&start_char__gte=0&_search=the&_sort_desc=cue",
        'articles.json?_facet_source=mentions.person_id&_through={"table":"claims","column":"cue","value":"said"}',
        "claim_sources.json?_facet_source=kind&_facet_source_month=published&_where=kind!='mixed'",
    ],
)
def test_every_page_has_the_same(tiny_client, path):
    """Datasette's own facets count the rows from a page on."""

    def ask(path):
        page = tiny_client.get(path.replace("http://localhost", "")).json()
        facets = [facet for facet in page["facet_results"].values() if facet["type"].startswith("source")]
        assert "_next" not in json.dumps(facets)  # what is chosen on a later page leads to the first
        return [without_link(facet) | {"results": [*map(without_link, facet["results"])]} for facet in facets], page

    facets, page = ask(f"/news/{path}&_size=1")
    assert facets and page["next_url"]
    while page["next_url"]:
        others, page = ask(page["next_url"])
        assert others == facets


@pytest.mark.parametrize(
    "path, message",
    [
        ("redirects?_facet_source=table_name", "No foreign keys lead from redirects to articles"),
        ("claims?_facet_source=nothing", "claims has no column nothing."),
        ("articles?_facet_source=mentions.nothing", "There is no column mentions.nothing."),
        ("articles?_facet_source=figures.unit", "No foreign key leads from figures to articles."),
        ("people?_facet_source_year=event_people.role", "in a table’s own columns only"),
    ],
)
def test_what_cannot_be_counted_says_why(tiny_client, path, message):
    page = tiny_client.get(f"/news/{path}")
    assert page.status_code == 200 and message in text_of(page.text)
    facets = tiny_client.get(f"/news/{path.replace('?', '.json?')}").json()["facet_results"]
    assert any(message in facet.get("message", "") for facet in facets.values())


def test_a_facet_that_takes_too_long_says_so(tiny, tmp_path):
    path = next(row[2] for row in tiny.execute("pragma database_list"))
    slow = client_of(multiply(path, tmp_path / "news.db", 2000), facet_time_limit_ms=1)
    page = slow.get("/news/claims?_facet_source=cue&kind__not=mixed")
    assert page.status_code == 200 and "Counting who says this took too long: cue." in text_of(page.text)


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
json_values = st.recursive(
    st.none() | st.integers() | names, lambda inner: st.dictionaries(names, inner, max_size=2), max_leaves=4
)
columns = st.sampled_from(
    ["kind", "speaker_id", "confidence", "figures.unit", "claim_propositions.stance", "rowid", "."]
)
any_value = names | columns | json_values.map(json.dumps) | names.map("{".__add__)


@settings(max_examples=40)
@given(
    st.sampled_from(["claims", "articles", "events", "timeline", "build", "claims_fts"]),
    st.lists(
        st.tuples(
            st.sampled_from(["", "_year", "_month", "_sort", "_all", "__exact"]).map("_facet_source".__add__)
            | st.just("_sources_of"),
            any_value,
        ),
        max_size=3,
    ),
)
@example("claims", [("_facet_source", "{")])
@example("claims", [("_facet_source", '{"column": 1}')])
@example("claims", [("_facet_source", "kind"), ("_facet_source_sort", "{}")])
@example("claims", [("_facet_source", "kind"), ("_sources_of", "{direct")])
@example("claims", [("_facet_source", '{"column": "kind"}')])
@example("claims", [("_facet_source", "{" * 5000)])
def test_no_value_of_a_parameter_is_an_error(tiny_client, table, pairs):
    response = tiny_client.get(f"/news/{table}?{urlencode(pairs)}")
    assert response.status_code in (200, 400), response.text[-500:]
    assert response.status_code == 200 or "_facet_source" in response.text


# --- The SQL for browsers


@pytest.mark.parametrize(
    "table, facet, name, column",
    [
        ("claims", "source=kind", "source", "kind"),
        ("claims", "source=speaker_id", "speaker_id", ""),
        ("articles", "source=mentions.person_id", "mentions.person_id", ""),
        ("propositions", "source=claim_propositions.stance", "claim_propositions.:column", "stance"),
        ("events", "source_month=date_earliest", "source_month", "date_earliest"),
        ("timeline", "source_year=date", "source_year", "date"),
    ],
)
def test_a_browser_can_count_with_the_sql_it_is_given(client, edition, table, facet, name, column):
    described = client.get("/-/source-facets.json").json()["news"][table][name]
    sql = {
        part: described[part].replace("[:column]", f"[{column}]").replace(":rows", f"select * from {table}")
        for part in ("counts", "articles", "sources")
    }
    choices = {
        "facet_sort": "value" if name in ("source_month", "source_year") else "count",
        "facet_limit": 1000,
    }
    articles = Articles(*map(json.loads, edition.execute(sql["articles"]).fetchone()))
    values = [v | articles.tell_of(json.loads(v["tied"]), 1000) for v in edition.query(sql["counts"], choices)]
    pairs = [[v["value"], id, number] for number, v in enumerate(values) for id in v["sources"]]
    found = list(edition.query(sql["sources"], {"facet_pairs": json.dumps(pairs)}))
    (expected,) = facets_of(
        lambda path: client.get(path).json(), table, **{f"_facet_{facet.split('=')[0]}": facet.split("=")[1]}
    ).values()
    assert [[v["value"], v["count"], v["articles"], v["origins"]] for v in values] == [
        [v["value"], v["count"], v["articles"], v["origins"]] for v in expected["results"]
    ]
    assert [(f["id"], f["title"]) for f in found] == [
        (s["id"], s["title"]) for v in expected["results"] for s in v["sources"]
    ]


# --- Other databases


OTHER = """
    create table stories (pk integer primary key, title text, outlet text, first_in text);
    create table quotes (pk integer primary key, story integer references stories, words text, tag text, weight any, day);
    create table "odd, name" (pk integer primary key, quote integer references quotes (pk), "a__b" text, _c real);
    create table photos (pk integer primary key, story text references stories, tag text);
    create table islands (name text);
    create table topics (id text primary key, name text);
    create table labels (id integer primary key, topic text references topics, place text);
    create table lakes (id integer primary key, name text);
    create table lakes_stories (id integer primary key, story integer);
    insert into lakes values (1, 'Deep');
    insert into lakes_stories values (1, 1);
    create table gone (a);
    create view broken as select a from gone;
    drop table gone;
    create view origins as select pk as article_id, coalesce(first_in, pk) as origin from stories;
    create view topics_stories as select tag as id, story, words as text from quotes where story > 0;
    create view weights as select weight, story from quotes where story > 0;
    insert into topics values ('red', 'Colour'), ('blue', 'Colour'), ('green', 'Colour'), ('up', 'Direction');
    insert into labels values (1, 'red', 'x'), (2, 'red', 'x'), (3, 'green', 'y');
    insert into stories values (1, 'One', 'A', null), (2, 'Two', 'B', 'A'), (3, 'Three', 'A', 'A');
    insert into quotes values
      (1, 1, 'x', 'red', 1, '2022-02'), (2, 2, 'y', 'red', '1', '2022-02-17/2022-02-18'), (3, 3, 'z', 'blue', 1.5, 20220301),
      (4, null, 'w', 'blue', x'00', '2022-13-01'), (5, 3, 'v', '', null, 'soon'),
      (6, x'01', 'u', 'blue', null, null);
    insert into photos values (1, 1, 'x'), (2, 1, 'x'), (3, 9, 'x'), (4, x'01', 'x');
    insert into "odd, name" values (1, 1, 'p', 0.1), (2, 2, 'p', 2), (3, 5, 'q', 0.1);
"""


@pytest.fixture
def other(tmp_path):
    """GETs of JSON from a database that is not ours, with some settings of the plugin."""
    connection = sqlite3.connect(tmp_path / "press.db")
    connection.executescript(OTHER)
    connection.close()

    def ask(path, metadata=None, **settings):
        plugins = {"plugins": {"source_facets": settings}} if settings else {}
        files = [str(tmp_path / "press.db")]
        metadata = plugins | (metadata or {})
        datasette = Datasette(files, metadata=metadata, settings=PATIENT, plugins_dir=str(ROOT / "plugins"))
        return apart(asyncio.run, get(datasette, path))

    return ask


def counts(response, column):
    results = response.json()["facet_results"][column]["results"]
    return [(v["value"], v["count"], v["articles"], v["origins"]) for v in results]


def test_without_settings_foreign_keys_are_enough(other):
    """Where no view says what counts as an origin, each article is one of its own."""
    response = other("/press/quotes.json?_facet_source=tag")
    assert counts(response, "tag") == [("blue", 3, 1, 1), ("red", 2, 2, 2), ("", 1, 1, 1)]
    (source,) = response.json()["facet_results"]["tag"]["results"][0]["sources"]
    assert source == {"id": 3, "title": "Three", "source": None, "date": None, "url": "/press/quotes/3", "text": None}


def test_a_foreign_key_of_another_type_leads_to_articles(other):
    """And one that leads nowhere to none."""
    assert counts(other("/press/photos.json?_facet_source=tag"), "tag") == [("x", 4, 1, 1)]


def test_settings_name_source_origin_and_words(other):
    response = other("/press/quotes.json?_facet_source=tag", articles="stories", source="outlet", origins="origins")
    assert counts(response, "tag") == [("blue", 3, 1, 1), ("red", 2, 2, 2), ("", 1, 1, 1)]
    assert [s["source"] for s in response.json()["facet_results"]["tag"]["results"][1]["sources"]] == ["A", "B"]
    assert counts(other("/press/topics.json?_facet_source=name", articles="stories", origins="origins"), "name") == [
        ("Colour", 3, 3, 2),
        ("Direction", 1, 0, 0),
    ]


def test_a_view_leads_to_articles_where_no_foreign_key_does(other):
    """And so it does from tables with a foreign key to such a one; what a reader may not see of it is not counted."""
    path = "/press/topics.json?_facet_source=name"
    assert counts(other(path), "name") == [("Colour", 3, 3, 3), ("Direction", 1, 0, 0)]
    (first, *_), _ = (value["sources"] for value in other(path).json()["facet_results"]["name"]["results"])
    assert first == {"id": 1, "title": "One", "source": None, "date": None, "url": "/press/topics/red", "text": None}
    assert counts(other("/press/labels.json?_facet_source=place"), "place") == [
        ("x", 2, 2, 2),
        ("y", 1, 0, 0),
    ]
    hidden = {"databases": {"press": {"tables": {"quotes": {"allow": False}}}}}
    facet = other(path, hidden).json()["facet_results"]["name"]
    assert facet["results"] == [] and "through quotes, which you may not see" in facet["message"]


def test_a_view_with_the_ids_of_articles_leads_there(other):
    """A table of such a name is one of its own."""
    assert counts(other("/press/weights.json?_facet_source=weight"), "weight") == [(1, 2, 2, 2), (1.5, 1, 1, 1)]
    assert "message" in other("/press/lakes.json?_facet_source=name").json()["facet_results"]["name"]


@pytest.mark.parametrize("facet, column", [("_facet_source=a__b&_facet_source=_c", "a__b"), ("_facet_source=_c", "_c")])
def test_odd_names_are_counted_and_filtered(other, facet, column):
    response = other(f"/press/odd~2C+name.json?{facet}")
    for value in response.json()["facet_results"][column]["results"]:
        toggled = other(value["toggle_url"].replace("http://localhost", ""))
        assert toggled.json()["filtered_table_rows_count"] == value["count"]


def test_numbers_without_a_type_are_filtered_as_numbers(other):
    response = other("/press/quotes.json?_facet_source=weight")
    for value in response.json()["facet_results"]["weight"]["results"]:
        toggled = other(value["toggle_url"].replace("http://localhost", ""))
        assert toggled.json()["filtered_table_rows_count"] == value["count"], value


def test_what_is_no_date_has_no_month(other):
    response = other("/press/quotes.json?_facet_source_month=day")
    assert counts(response, "day") == [("2022-02", 2, 2, 2)]
    assert counts(other("/press/quotes.json?_facet_source_year=day"), "day") == [("2022", 4, 3, 3)]


def test_a_table_that_leads_nowhere_and_a_broken_view(other):
    assert "message" in other("/press/islands.json?_facet_source=name").json()["facet_results"]["name"]
    assert other("/press/islands?_facet_source=name").status_code == 200


def test_what_a_reader_may_not_see_is_not_counted(other):
    metadata = {"databases": {"press": {"tables": {"stories": {"allow": False}}}}}
    facet = other("/press/quotes.json?_facet_source=tag", metadata).json()["facet_results"]["tag"]
    assert facet["results"] == [] and "through stories, which you may not see" in facet["message"]


def test_declared_and_suggested(other):
    metadata = {"databases": {"press": {"tables": {"quotes": {"facets": [{"source": "tag"}, {"source_year": "day"}]}}}}}
    response = other("/press/quotes.json", metadata).json()
    assert [(f["name"], f["hideable"]) for f in response["facet_results"].values()] == [("tag", False), ("day", False)]
    asked = other("/press/quotes.json?_facet_source=tag", metadata).json()
    assert [(f["name"], f["hideable"]) for f in asked["facet_results"].values()] == [("tag", True), ("day", False)]
    suggested = other("/press/quotes.json").json()["suggested_facets"]
    assert {
        "name": "tag",
        "type": "source",
        "toggle_url": "http://localhost/press/quotes.json?_facet_source=tag",
    } in suggested
    # values of the others never come back, and not all of a day are dates
    sources = {(f["type"], f["name"]) for f in suggested if f.get("type", "").startswith("source")}
    assert sources == {("source", "story"), ("source", "tag"), ("source", "weight")}


# --- The way to articles


def table(*keys):
    return Table({"id": "text"}, "id", None, [Step(*key) for key in keys])


def test_the_shortest_way_wins_and_views_decide():
    schema = {
        "articles": table(),
        "claims": table(("article_id", "articles", "id"), ("speaker_id", "people", "id")),
        "mentions": table(("article_id", "articles", "id"), ("person_id", "people", "id")),
        "people": table(),
        "aliases": table(("person_id", "people", "id")),
        "alone": table(),
    }
    ways = find_ways(schema, "articles")
    to_articles = Step("article_id", "articles", "id")
    assert ways["claims"] == [to_articles] and ways["articles"] == [] and "alone" not in ways
    assert ways["people"] == [Step("id", "claims", "speaker_id"), to_articles]
    view = Table({"id": "text", "article_id": "text"}, None, None, [], is_view=True)
    ways = find_ways(schema | {"people_articles": view}, "articles")
    assert ways["people"] == [Step("id", "people_articles", "id"), to_articles]
    assert ways["aliases"] == [Step("person_id", "people", "id"), *ways["people"]]
    assert "people_articles" not in ways and ways["claims"] == [to_articles]
