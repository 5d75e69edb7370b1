"""The words of a row are shown in their paragraph and lead to the article."""

import re
from urllib.parse import urlencode

import pytest
from front_door import client_of, text_of
from sqlite_utils import Database

from news_site.reading.source_links import cut_after, cut_before, holds_span, mark_words


def words_of(html):
    """The marked cells of a page: what is read, what is marked, where the link leads."""
    cells = re.findall(r'<span class="words">(.*?)</span>', html, re.DOTALL)
    return [
        (text_of(cell), re.findall("<mark>(.*?)</mark>", cell), *re.findall('href="(.*?)"', cell)) for cell in cells
    ]


def test_claim_in_its_paragraph(tiny_client):
    page = tiny_client.get("/news/claims?id=harbour-strike-3cef75f618").text
    assert words_of(page) == [
        (
            "“The strike is over,” mayor Jane Doe said on Saturday. "
            "“We all go back to work,” she added on local radio. in the article",
            ["“We all go back to work,”"],
            "/news/articles/harbour-strike#harbour-strike-10e71f6699",
        )
    ]


@pytest.mark.parametrize(
    "table",
    ["mentions", "organization_mentions", "place_mentions", "event_reports", "claims", "notes",
     "figures", "claim_sources", "disagreements"],
)  # fmt: skip
def test_every_table_with_spans_has_links(tiny_client, tiny, table):
    marked = [marks[0] for _, marks, _ in words_of(tiny_client.get(f"/news/{table}?_size=max").text)]
    assert sorted(marked) == sorted(row["text"] for row in tiny[table].rows if row["text"])


def test_a_paragraph_links_to_its_place(tiny_client):
    page = tiny_client.get("/news/paragraphs?role=headline&article_id=harbour-strike").text
    assert [(text, marks) for text, marks, _ in words_of(page)] == [("Harbour strike ends in the article", [])]


def test_the_link_leads_to_the_paragraph(tiny_client, tiny):
    page = tiny_client.get("/news/articles/harbour-strike").text
    sql = "select id, text from paragraphs where article_id = 'harbour-strike' order by position"
    shown = re.findall(r'<p id="([^"]+)" class="role-\w+" dir="auto">(.*?)</p>', page)
    assert [(id, re.sub("<[^>]*>", "", text)) for id, text in shown] == [
        (row["id"], row["text"]) for row in tiny.query(sql)
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "select 'x' as text, 'a' as start_char, null as end_char, id as paragraph_id from paragraphs",
        "select 'x' as text, -1 as start_char, 99 as end_char, 'nothing' as paragraph_id",
        "select 'x' as text, 0 as start_char, 1 as end_char",
        "select '<b>x</b>' as text, 0 as start_char, 8 as end_char, x'00' as paragraph_id",
    ],
)
def test_a_span_that_leads_nowhere_is_plain_text(tiny_client, sql):
    response = tiny_client.get(f"/news?{urlencode({'sql': sql})}")
    assert response.status_code == 200
    assert words_of(response.text) == []
    assert "<b>x</b>" not in response.text


def test_a_database_of_another_kind(tmp_path):
    database = Database(tmp_path / "other.db")
    database["spans"].insert({"id": 1, "text": "x", "start_char": 0, "end_char": 1, "paragraph_id": 7})
    database["articles"].insert({"id": 1, "name": "Not ours"})
    client = client_of(database)
    assert client.get("/other/spans").status_code == 200
    assert client.get("/other/articles/1").status_code == 200


def test_hostile_words_are_escaped(tmp_path):
    attack = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    database = Database(tmp_path / "hostile.db")
    span = {"text": attack, "start_char": 0, "end_char": len(attack)}
    database["articles"].insert({"id": "a", "language": '"><script>', "name": attack}, pk="id")
    database["paragraphs"].insert({"id": "a-1", "article_id": "a", "position": 1, "role": attack, **span}, pk="id")
    database["notes"].insert({"id": "n", "paragraph_id": "a-1", **span}, pk="id")
    client = client_of(database)
    for path in ("/hostile/notes", "/hostile/paragraphs"):
        page = client.get(path).text
        assert "alert(1)" in page
        assert "<script>alert" not in page and "<img" not in page and '"><script>' not in page


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("short", 10, "short"),
        ("one two three", 9, "… three"),
        ("onelongword", 4, "…word"),
        ("", 3, ""),
    ],
)
def test_cut_before(text, length, expected):
    assert cut_before(text, length) == expected


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [("short", 10, "short"), ("one two three", 9, "one two …"), ("onelongword", 3, "one…"), ("", 3, "")],
)
def test_cut_after(text, length, expected):
    assert cut_after(text, length) == expected


def test_mark_words():
    assert mark_words("a <b> c", 2, 5) == "a <mark>&lt;b&gt;</mark> c"


@pytest.mark.parametrize(
    ("span", "holds"),
    [((0, 3, "The"), True), ((0, 3, "the"), False), ((3, 3, ""), False), ((-3, 3, "x"), False), (("0", 3, "The"), False)],
)  # fmt: skip
def test_holds_span(span, holds):
    assert holds_span("The mayor", *span) is holds
