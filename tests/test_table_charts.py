"""“Chart these rows”: all rows that match are counted, each bar leads to its rows, and bad input is said to be bad."""

import re
from datetime import date
from html import unescape
from time import perf_counter
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from front_door import client_of, text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from news_site.charts.table_charts import LIMIT, by_size, by_time
from news_site.dates import span_of_day

BAR = re.compile(r'<tr><th scope="row"><a href="([^"]*)">([^<]*)</a></th>.*?<td class="number">([^<]*)</td></tr>')
RECT = re.compile(r'<rect x="([\d.]+)%" width="([\d.]+)%"')


def chart_of(html):
    table = html.partition('<table class="bars">')[2].partition("</table>")[0]
    return [(unescape(href), unescape(label), number) for href, label, number in BAR.findall(table)]


def count_rows(client, href):
    parts = urlsplit(href)
    if "sql" in dict(parse_qsl(parts.query)):
        return len(client.get(f"{parts.path}.json?{parts.query}&_shape=array").json())
    return client.get(f"{parts.path}.json?{parts.query}&_size=0").json()["filtered_table_rows_count"]


COLUMNS = {
    "claims": ["kind", "speaker_id", "event_id", "cue", "confidence"],
    "events": ["date", "kind", "place_id"],
    "figures": ["value_min", "unit", "comparator"],
    "paragraphs": ["role", "repeats", "text"],
    "timeline": ["date", "independent_origins"],
    "claim_sources": ["source", "published"],
}


@pytest.mark.parametrize("table, column", [(table, column) for table in COLUMNS for column in COLUMNS[table]])
def test_each_bar_leads_to_the_rows_that_it_counts(client, table, column):
    bars = chart_of(client.get(f"/news/{table}?_chart={column}").text)
    assert bars
    assert [count_rows(client, href) for href, _, _ in bars] == [int(number) for _, _, number in bars]


def test_each_bar_of_numbers_and_words_leads_to_its_rows(tmp_path):
    database = Database(tmp_path / "any.db")
    database.execute("create table sizes (size any) strict")
    database["sizes"].insert_all({"size": size} for size in (1.5, 1.5, -2, 3, "3", 1.0, 0.00001, "few"))
    client = client_of(database)
    bars = chart_of(client.get("/any/sizes?_chart=size").text)
    assert sorted(label for _, label, _ in bars) == ["-2", "1.0", "1.5", "1e-05", "3", "3", "few"]
    assert [count_rows(client, href) for href, _, _ in bars] == [int(number) for _, _, number in bars]


def test_all_rows_that_match_are_counted_not_only_the_page(client):
    html = client.get("/news/claims?kind=direct&_search=Venezuela&_chart=speaker_id&_size=1").text
    found = client.get("/news/claims.json?kind=direct&_search=Venezuela&_size=0").json()["filtered_table_rows_count"]
    assert sum(int(number) for _, _, number in chart_of(html)) == found > 1
    assert all("kind=direct&_search=Venezuela" in href for href, _, _ in chart_of(html))


def test_of_many_values_the_largest_are_drawn(tmp_path):
    database = Database(tmp_path / "any.db")
    database["words"].insert_all({"word": f"w{size}"} for size in range(1, 71) for _ in range(size))
    bars = chart_of(client_of(database).get("/any/words?_chart=word").text)
    assert [int(number) for _, _, number in bars] == list(range(70, 10, -1))


def test_ids_are_shown_by_name(client):
    assert "Nicolás Maduro" in [label for _, label, _ in chart_of(client.get("/news/claims?_chart=speaker_id").text)]


def test_sums(client, edition):
    bars = chart_of(client.get("/news/articles?_chart=source_id&_chart_sum=words").text)
    words = [
        row["words"]
        for row in edition.query("select sum(words) as words from articles group by source_id order by words desc")
    ]
    assert [int(number) for _, _, number in bars] == words


@pytest.mark.parametrize(
    "sql",
    [
        "select kind from claims",
        "select kind from claims -- all",
        "with c as (select * from claims) select kind from c;",
    ],
)
def test_queries(client, sql):
    bars = chart_of(client.get(f"/news?{urlencode({'sql': sql, '_chart': 'kind'})}").text)
    assert sum(int(number) for _, _, number in bars) == 90
    assert [count_rows(client, href) for href, _, _ in bars] == [int(number) for _, _, number in bars]


def test_queries_keep_their_parameters(client):
    bars = chart_of(client.get("/news/search_paragraphs?words=military&_chart=article").text)
    assert [count_rows(client, href) for href, _, _ in bars] == [int(number) for _, _, number in bars]


def test_a_bar_of_a_bar(client):
    asked = urlencode({"sql": "select kind, speaker_id from claims", "_chart": "kind"})
    links = {label: href for href, label, _ in chart_of(client.get(f"/news?{asked}").text)}
    bars = chart_of(client.get(f"{links['direct']}&_chart=speaker_id").text)
    assert len(bars) > 1
    assert [count_rows(client, href) for href, _, _ in bars] == [int(number) for _, _, number in bars]


@pytest.mark.parametrize(
    "path, words",
    [
        ("/news/claims?_chart=nothing", "There is no column nothing here."),
        ("/news/claims?_chart=kind&_chart_sum=nothing", "There is no column nothing here."),
        ("/news/claims?_size=10&_next=a,a&_chart=kind", "stands on the first page of them"),
        ("/news?sql=explain+select+1&_chart=addr", "These rows cannot be charted"),
    ],
)
def test_what_cannot_be_charted_is_said(client, path, words):
    page = client.get(path)
    assert page.status_code == 200 and words in text_of(page.text)


@settings(max_examples=30)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
def test_any_columns_can_be_asked_for(client, column, measure):
    page = client.get(f"/news/sources?{urlencode({'_chart': column, '_chart_sum': measure})}")
    assert page.status_code == 200 and chart_of(page.text) == []


DAY = 738_000  # some day


@pytest.mark.parametrize("value", ["2022-02-16", "2022-02-16T10:00:00", "2022-02-16 10:00"])
def test_a_day_that_the_build_has_not_read_is_that_day(value):
    day = date(2022, 2, 16).toordinal()
    assert span_of_day(value) == (day, day)


@pytest.mark.parametrize("value", ["", "..", "soon", "2022", "2022-02-30", "20220216", "2022-02-16x", "2022-W07-3"])
def test_what_is_no_day(value):
    assert span_of_day(value) is None


def test_open_ends_reach_to_the_edge():
    assert by_time([(DAY, DAY + 9), (None, DAY + 4), (DAY + 5, None)]) == [(0, 100), (0, 50), (50, 50)]


def test_a_month_is_drawn_as_a_month(client):
    html = client.get(
        "/news/events?_chart=date&id__in=borisov-visit-to-caracas-2021-03,maduro-borisov-meeting-2022-02-16"
    ).text
    (month, day) = [float(width) for _, width in RECT.findall(html.partition('<table class="bars">')[2])]
    assert 8 < month < 10 and day == 0.5
    assert "March 2021" in html


def test_bars_below_nothing_go_to_the_left():
    assert by_size([3, -1]) == [(25, 75), (0, 25)]


def test_facets_show_how_much(client):
    html = client.get("/news/claims?_facet=kind").text
    facet = html.partition('id="facet-kind"')[2].partition("</div>")[0]
    counts = [int(count) for count in re.findall(r'<span class="figures">(\d+)</span><svg', facet)]
    assert [float(width) for _, width in RECT.findall(facet)] == [round(100 * count / counts[0], 1) for count in counts]


def test_a_condition_of_blanks_is_read_in_a_moment():
    begun = perf_counter()
    LIMIT.sub("", "select 1 where 1" + " " * 20_000 + "= 1")
    assert perf_counter() - begun < 0.4
