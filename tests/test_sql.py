"""The SQL page: where an error is, which ids are links, and what stands beside the editor."""

import re
from urllib.parse import urlencode

import pytest

from news_site.sql.schema import Column, Table, find_targets


def ask(client, sql, **parameters):
    return client.get(f"/news?{urlencode({'sql': sql, **parameters})}")


@pytest.mark.parametrize(
    "marked",
    [
        "select * «form» claims",
        "select id\nfrom claims\nwhere kind == «==» 1",
        "select «from» claims",
        "select 'from' from «from» claims",
        "select fromage from «from» claims",
        "select id from claims where text = «#»",
        "select (1«»",
        "select 'nothing_such', «nothing_such» from claims",
        "select 1 -- nowhere\nfrom «nowhere»",
        "select «claims.nothing_such» from claims",
        "select «id» from claims join articles on true",
        "select '😀', «no_such_function»(1)",
        "select «length»()",
    ],
)
def test_an_error_is_shown_at_its_place(tiny_client, marked):
    before, words, _ = re.split("[«»]", marked)
    page = ask(tiny_client, re.sub("[«»]", "", marked))
    assert page.status_code == 400
    start, end = (len(text.encode("utf-16-le")) // 2 for text in (before, before + words))
    line, column = before.count("\n") + 1, len(before.split("\n")[-1]) + 1
    assert f'data-start="{start}" data-end="{end}">line {line}, column {column}</a>' in page.text


@pytest.mark.parametrize("sql", ["select 1; select 2", "select sum() over ()", "select json('{')"])
def test_an_error_without_a_place_is_still_shown(tiny_client, sql):
    page = ask(tiny_client, sql)
    assert page.status_code == 400
    assert 'role="alert"' in page.text and 'name="sql"' in page.text


def test_many_errors_are_found_quickly(tiny_client):
    """Places are looked for by halves: a long query of nothing but the word in question is no burden."""
    page = ask(tiny_client, "select " + "a " * 20_000)
    assert "line 1, column 12" in page.text


def test_what_is_refused_can_be_changed(tiny_client):
    page = ask(tiny_client, "drop table claims")
    assert page.status_code == 400
    assert "Statement must be a SELECT" in page.text
    assert re.search(r'name="sql"[^>]*>drop table claims<', page.text)
    assert ask(tiny_client, "drop table claims", _shape="array").status_code == 400
    assert tiny_client.get("/news.json?sql=drop+table+claims").json()["error"] == "Statement must be a SELECT"


def test_ids_lead_to_their_rows(tiny, tiny_client):
    row = next(tiny.query("select id, speaker_id, article_id from claims where speaker_id is not null"))
    page = ask(tiny_client, "select id, speaker_id, article_id from claims where id = :id", id=row["id"]).text
    for table, id in (("claims", row["id"]), ("people", row["speaker_id"]), ("articles", row["article_id"])):
        assert f'<td><a href="/news/{table}/{id}">{id}</a></td>' in page


@pytest.mark.parametrize(
    "sql",
    [
        "select 'nobody' as speaker_id",
        "select min(speaker_id) as who from claims",
        "select claims.id from claims join articles on articles.id = claims.article_id",  # an id of which table?
        "select article_id as id from claims",
        "select 7 as speaker_id, null as article_id, x'00' as event_id",
    ],
)
def test_other_values_lead_nowhere(tiny_client, sql):
    page = ask(tiny_client, sql)
    assert page.status_code == 200
    assert not re.search(r"<td[^>]*><a href=\"/news/", page.text)


@pytest.mark.parametrize("path", ["/news", "/news?sql=select+1"])
def test_tables_and_examples_stand_beside(tiny_client, path):
    page = tiny_client.get(path).text
    assert 'data-table="claims"' in page and "<code>speaker_id</code> <small>→ people</small>" in page
    assert 'data-table="timeline"' in page
    assert 'data-table="claims_fts' not in page and "_searchable" not in page.split('class="aids"')[1]
    assert 'data-table="events_articles' not in page
    assert ">Who met whom, and when?</a>" in page


def test_examples_show_their_sql(tiny_client):
    page = tiny_client.get("/news?sql=select+1").text
    examples = re.findall(r'<li><a href="(/news/[^"]+)">', page.split('class="examples"')[1])
    assert len(examples) > 5
    for path in examples:
        assert re.search('<pre id="sql-query" tabindex="0">(select|with)', tiny_client.get(path).text), path


def test_a_column_that_points_to_two_tables_leads_to_neither():
    tables = [Table(name, "table", [Column("id", True, None)]) for name in ("towns", "rivers")]
    for name, target in (("maps", "towns"), ("views", "rivers")):
        tables.append(Table(name, "table", [Column("place_id", False, target)]))
    assert find_targets(tables) == {}
    assert find_targets(tables[:3]) == {"place_id": "towns"}
