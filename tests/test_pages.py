"""What readers see: our pages of Datasette's, the reading pages, /-/data, /-/about, headers."""

import re
import shutil
import sqlite3
from urllib.parse import urlencode

import pytest
from datasette.utils import parse_metadata
from front_door import ROOT, SETTINGS, client_of, text_of
from hostile import IMAGE, SCRIPT, build_hostile
from page_kinds import FIXED, READING, page_kinds
from sqlite_utils import Database

from benchmarks.pages import multiply
from news_site.reading.home import home
from news_site.reading.pages import PAGES, TABLES
from news_site.site.assets import path_of

KINDS = [*FIXED, *READING, "row"]
DESCRIBED = parse_metadata((ROOT / "metadata.yml").read_text())["databases"]["news"]["tables"]
HIDDEN = {name for name, described in DESCRIBED.items() if described.get("hidden")}


@pytest.fixture(scope="module")
def pages(tiny, tiny_client):
    """Each kind of page of the tiny edition."""
    return {kind: tiny_client.get(path) for kind, path in page_kinds(tiny).items()}


def main_of(page):
    return text_of(re.search(r"<main.*?</main>", page.text, re.DOTALL)[0])


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_a_page(pages, kind):
    page = pages[kind]
    expected = {"not-found": 404, "missing-row": 404, "failed-query": 400, "not-a-select": 400}
    assert page.status_code == expected.get(kind, 200)
    assert '<html lang="en">' in page.text and page.text.count("<main") == page.text.count("<h1") == 1
    assert "Edition 0.1" in page.text and "3 March 2024" in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_no_inline_script_or_style(pages, kind):
    html = pages[kind].text
    assert "<style" not in html and " style=" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"<[^>]*\son\w+=", html)


@pytest.mark.parametrize("kind", KINDS)
def test_policy(pages, kind):
    """Only the page that loads datasette-vega may evaluate strings."""
    page = pages[kind]
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    framed_by = "*" if kind == "embedded-chart" else "'none'"
    assert f"frame-ancestors {framed_by}" in policy
    assert ("unsafe" in policy) == ("datasette_vega" in page.text) == (kind == "drawing")
    assert page.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/news.json", "/news/claims.csv", "/news.db", path_of("site/site.css"), "/nothing.json"]
)
def test_policy_on_data(tiny_client, path):
    assert "unsafe" not in tiny_client.get(path).headers["content-security-policy"]


# --- What stock Datasette offers


def test_filters_facets_sort_and_search(tiny_client):
    page = tiny_client.get("/news/claims?_facet=kind&kind=direct&_search=strike&_sort_desc=id").text
    for offered in (
        'name="_search"', 'name="_filter_column_1"', 'name="_filter_op"', 'name="_sort"', 'name="_sort_by_desc"',
        "View and edit SQL", ">json</a>", ">CSV</a>", 'name="_dl"', 'name="_labels"',
        "_shape=object", "_nl=on", "CREATE TABLE claims", "_facet=method", "_nocol=cue", "cue__notblank=1",
        'aria-sort="descending"',
    ):  # fmt: skip
        assert offered in page, offered


def test_next_page(tiny_client):
    page = tiny_client.get("/news/claims?_size=1").text
    following = re.search(r'href="([^"]*)" rel="next"', page)[1].replace("&amp;", "&")
    assert tiny_client.get(following.replace("http://localhost", "")).status_code == 200
    assert 'name="_stream"' in page


def test_sql_editor_keeps_the_query(tiny_client):
    page = tiny_client.get(f"/news?{urlencode({'sql': 'select :x as y', 'x': '<&'})}").text
    assert ">select :x as y</textarea>" in page and 'value="&lt;&amp;"' in page
    assert "_hide_sql=1" in page


def test_failed_and_slow_queries_say_so(tiny):
    client = client_of(tiny, **SETTINGS)
    assert "syntax error" in client.get("/news?sql=select+nothing").text
    slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    page = client.get(f"/news?{urlencode({'sql': slow})}")
    assert page.status_code == 400
    assert "This query was stopped: it ran for more than 2 seconds." in page.text and slow in page.text


def test_database_page(pages):
    page = pages["database"].text
    for offered in ("hidden tables", "/news.db", "<textarea", "proposition_status", "Who first reported it?"):
        assert offered in page
    for hidden in ("claims_fts_data", "claims_searchable", "events_articles", "article_origins"):
        assert hidden in pages["hidden-tables"].text and hidden not in page.partition("sql-heading")[0]


def test_links_from_other_tables(pages):
    assert "from article_id in claims" in main_of(pages["articles"])


# --- The reading pages


def test_home(pages):
    text = main_of(pages["home"])
    assert "Dockers walked out. sources differ" not in text  # a reprint that differs shares its origin
    assert "The strike is over. one origin only" not in text.split("The articles")[1]
    assert "Jane Doe Mayor · 3 claims" in text and "26 February 2024 – 2 March 2024 Harbour strike" in text


def test_article(pages, tiny):
    page = pages["articles"]
    text = main_of(page)
    assert "Published, as an editor infers, 2 March 2024" in text
    assert "Note: " not in text  # said by the stylesheet
    assert "The letter has not been published." in text and "via local radio" in text
    for claim in tiny["claims"].rows_where("article_id = 'harbour-strike'"):
        assert f'id="claim-{claim["id"]}"' in page.text and f"/news/claims/{claim['id']}" in page.text
    assert '<details class="furniture"' in page.text and "1 line of page furniture" in text


def test_article_without_claims(client):
    page = client.get("/news/articles/key-ally")
    assert page.status_code == 200 and "Prime MinisterYuri" in page.text
    assert "Two words have run together." in page.text


def test_person(pages):
    text = main_of(pages["people"])
    assert "Jane Doe Mayor" in text and "By title the mayor" in text
    assert "“The strike is over,” mayor Jane Doe said" in text
    assert "Harbour strike speaker" in text


def test_organization_and_place(pages):
    assert "some 400 dockers had walked out on Monday" in main_of(pages["organizations"])
    assert "What happened here" in main_of(pages["places"])


def test_event(pages):
    text = main_of(pages["events"])
    trail = "The Daily Example 2 March 2024 (inferred) Monday that weekday, counted from publication 26 February 2024"
    assert trail in text
    assert "Jane Doe speaker" in text and "Said on the occasion" in text


def test_claim(pages, tiny_client, tiny):
    claim = next(tiny["claims"].rows_where("text = ?", ["some 400 dockers had walked out on Monday"]))
    page = tiny_client.get(f"/news/claims/{claim['id']}")
    text = main_of(page)
    assert "reported with said" in text and "whom the article calls The Dockers’ Union" in text
    assert "some 400 dockers : about 400 people dockers who walked out" in text
    assert "This claim supports it. one origin only" in text and "Some 300 dockers had stayed at home" in text
    assert "https://example.org/harbour-strike#:~:text=some%20400%20dockers" in page.text
    assert "How to cite" in text and "Report an error" in text


def test_pieces_of_an_utterance(tiny_client, tiny):
    claim = next(tiny["claims"].rows_where("text = ?", ["“We all go back to work,”"]))
    assert "The article gives it in 2 pieces." in main_of(tiny_client.get(f"/news/claims/{claim['id']}"))


def test_comparison(tiny_client):
    page = tiny_client.get("/news/propositions/walk-out")
    assert "2 articles from 1 independent origin: 1 wording supports it, 1 differs." in main_of(page)
    assert '<mark class="own">400</mark>' in page.text and '<mark class="own">300</mark>' in page.text
    assert '<mark class="own">dockers' not in page.text


def test_paragraph(pages):
    assert "Read on in the article" in main_of(pages["paragraphs"])


@pytest.mark.parametrize("kind", ["articles", "claims", "events"])
def test_cite_and_report(pages, kind):
    text = main_of(pages[kind])
    assert "How to cite" in text and "edition 0.1 (3 March 2024)" in text and "Report an error" in text


# --- /-/data and /-/about


def test_data_names_every_table_and_column(pages, tiny):
    text = main_of(pages["data"])
    for table in tiny.table_names() + tiny.view_names():
        if table not in HIDDEN and "_fts" not in table:
            assert f"/news/{table}.csv?_stream=on" in pages["data"].text
            for column in tiny[table].columns:
                assert column.name in text
    assert "<svg" in pages["data"].text and not any(table in text for table in HIDDEN - {"dates", "words"})
    assert "Words that" not in text


@pytest.mark.parametrize("path", ["/-/data", "/news/claims"])
def test_where_json_ends(tiny, path):
    """The files of a static site are complete."""
    metadata = {"plugins": {"static_site": {"fingerprint": "0"}}}
    live, static = client_of(tiny, max_returned_rows=2), client_of(tiny, metadata, max_returned_rows=2)
    assert "JSON ends at 2 rows" in live.get(path).text
    assert "JSON ends" not in static.get(path).text


def test_about(pages):
    text = pages["about"].text
    for anchor in ("method", "limits", "rights", "report-an-error", "ask-for-removal"):
        assert f'id="{anchor}"' in text


# --- Bounds and hostile text


@pytest.fixture(scope="module")
def hostile_client(tmp_path_factory):
    return client_of(build_hostile(tmp_path_factory.mktemp("hostile")))


@pytest.mark.parametrize(
    "path",
    ["/", "/-/data", "/news/articles/attack", "/news/people/eve", "/news/places/nowhere", "/news/events/attack-event",
     "/news/propositions/attack-proposition", "/news/claims", "/news/notes", "/news/sources/evil", "/news/timeline"],
)  # fmt: skip
def test_hostile_text_is_escaped(hostile_client, path):
    page = hostile_client.get(path)
    assert page.status_code == 200
    assert SCRIPT not in page.text and "<img" not in page.text and 'href="javascript' not in page.text


def test_hostile_text_is_data(hostile_client):
    (source,) = hostile_client.get("/news/sources.json?_shape=array").json()
    assert source["name"] == IMAGE
    assert SCRIPT in hostile_client.get("/news/people.csv").text


def statements(path, id, page):
    """How many SQL statements a reading page needs."""
    connection, seen = sqlite3.connect(path), []
    connection.row_factory = sqlite3.Row
    connection.set_trace_callback(seen.append)
    page(connection, id) if id else page(connection)
    return len([statement for statement in seen if not statement.startswith("--")])


@pytest.fixture(scope="module")
def many(tiny, tmp_path_factory):
    """The tiny edition fifty times over."""
    path = next(row[2] for row in tiny.execute("pragma database_list"))
    return multiply(path, tmp_path_factory.mktemp("many") / "news.db", 100)


def path_of(database):
    return next(row[2] for row in database.execute("pragma database_list"))


@pytest.mark.parametrize("kind", [None, *READING])
def test_queries_do_not_grow_with_rows(tiny, many, kind):
    page = PAGES[kind] if kind else home
    id = kind and page_kinds(tiny)[kind].rpartition("/")[2]
    assert statements(path_of(tiny), id, page) == statements(path_of(many), id, page) <= 12


@pytest.mark.parametrize("kind", [None, *READING])
def test_a_page_reads_no_table_whose_permission_is_not_asked(tiny, kind):
    connection, read = sqlite3.connect(path_of(tiny)), set()
    connection.row_factory = sqlite3.Row

    def note(action, table, column, database, view):
        read.update({table, view} if action == sqlite3.SQLITE_READ else ())
        return sqlite3.SQLITE_OK

    connection.set_authorizer(note)
    PAGES[kind](connection, page_kinds(tiny)[kind].rpartition("/")[2]) if kind else home(connection)
    read &= {*tiny.table_names(), *tiny.view_names()}
    assert read and read <= set(TABLES)


@pytest.fixture(scope="module")
def many_client(many):
    client = client_of(many, trace_debug=True)
    client.get("/news/mentions")  # the first page of all looks the schema up
    return client


def traced(client, path):
    """How many SQL statements a page of Datasette's needs, facets and counts left out."""
    html = client.get(f"{path}&_trace=1&_nofacet=1&_nosuggest=1&_nocount=1").text
    return int(re.search(r"num_traces&#34;: (\d+)", html)[1])


@pytest.mark.parametrize("table", ["mentions", "figures", "claim_sources", "paragraphs"])
def test_queries_of_a_table_do_not_grow_with_rows(many_client, table):
    assert traced(many_client, f"/news/{table}?_size=1") == traced(many_client, f"/news/{table}?_size=50")


@pytest.fixture(scope="module")
def long_client(tiny, tmp_path_factory):
    """The tiny edition so many times over that every list is too long for its page."""
    database = multiply(path_of(tiny), tmp_path_factory.mktemp("long") / "news.db", 110)
    with database.conn:
        for table in ("event_people", "event_reports", "claims", "propositions"):
            database.execute(f"update {table} set event_id = 'strike' where event_id is not null")
        database.execute("update events set part_of = 'strike' where id <> 'strike'")
        database.execute("insert into aliases select id, 'jane-doe', id, 'variant' from articles")
    return client_of(database)


@pytest.mark.parametrize(
    ("path", "lists"),
    [("people/jane-doe", 5), ("organizations/dockers-union", 3), ("places/rotterdam", 3), ("events/strike", 5)],
)
def test_a_list_that_ends_early_says_of_how_many_and_leads_to_them(long_client, path, lists):
    page = long_client.get(f"/news/{path}").text
    ends = re.findall(r'The first \d+ of ([\d,]+)[^.<]*\. <a href="([^"]*)">See all', page)
    assert len(ends) == lists
    for total, address in ends:
        rows = long_client.get(address.replace("&amp;", "&").replace("?", ".json?") + "&_size=0").json()
        assert rows["filtered_table_rows_count"] == int(total.replace(",", "")), address


def test_stylesheet_and_script_are_small():
    import gzip

    folders = [ROOT / "plugins/static/site", ROOT / "plugins/static/charts"]
    size = sum(len(gzip.compress(path.read_bytes())) for folder in folders for path in folder.iterdir())
    assert size <= 20_000


@pytest.mark.parametrize("table", ["articles", "people", "organizations", "places", "events", "claims", "propositions"])
def test_a_page_is_the_same_the_second_time(tiny_client, tiny, table):
    """The data of a page are remembered; showing them must not change them."""
    path = f"/news/{table}/{next(tiny[table].rows)['id']}"
    first, second = (re.sub(r"queries took [\d.]+ ms", "", tiny_client.get(path).text) for _ in range(2))
    assert first == second


@pytest.fixture(scope="module")
def archive_client(tiny, tmp_path_factory):
    """The tiny edition in a file that is not named news.db."""
    copy = tmp_path_factory.mktemp("archive") / "archive.2022.db"
    shutil.copy(path_of(tiny), copy)
    return client_of(Database(copy))


def test_a_database_may_have_any_name(archive_client, tiny):
    """Every link of ours to a row or a table leads into that database."""
    kinds = page_kinds(tiny)
    for path in ("/", *(kinds[table].replace("/news/", "/archive~2E2022/") for table in READING)):
        page = archive_client.get(path)
        assert page.status_code == 200, path
        assert 'href="/news/' not in page.text
        assert path == "/" or 'href="/archive~2E2022/claims' in page.text


def test_a_foreign_database_has_plain_pages(tmp_path):
    """A table of somebody else's may have the name of one of ours."""
    database = Database(tmp_path / "other.db")
    database["people"].insert({"id": "jane", "name": "Jane"}, pk="id")
    client = client_of(database)
    assert client.get("/").status_code == 200
    assert "people: jane" in client.get("/other/people/jane").text


@pytest.mark.parametrize(
    ("columns", "view"),
    [("log", "builds"), ("version, date", "builds"), ("log", "claim_sources"), ("version, log", "claim_sources")],
)
def test_a_table_named_build_need_not_be_ours(tmp_path, columns, view):
    database = Database(tmp_path / "other.db")
    database.execute(f"create table build ({columns})")
    database.create_view(view, "select * from build")
    client = client_of(database)
    for path in ("/", "/other/build", "/-/about"):
        page = client.get(path)
        assert page.status_code == 200 and "Edition" not in page.text
