"""What Datasette answers: the URLs that others rely on."""

import csv
import io
from urllib.parse import quote, urlencode

import pytest
import yaml
from front_door import ROOT, SETTINGS, client_of, text_of
from hypothesis import given, settings
from hypothesis import strategies as st

METADATA = yaml.safe_load((ROOT / "metadata.yml").read_text())["databases"]["news"]


def test_articles_as_json(client, edition):
    response = client.get("/news/articles.json?_shape=array&_size=max")
    by_id = {row["id"]: row for row in response.json()}
    assert by_id == {row["id"]: row for row in edition["articles"].rows}


def test_all_paragraphs_as_csv(client, edition):
    response = client.get("/news/paragraphs.csv?_stream=on")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert [row["text"].replace("\r\n", "\n") for row in rows] == [row["text"] for row in edition["paragraphs"].rows]


@pytest.mark.parametrize("words", ["Borisov", "Borísov", "borisov"])
def test_search_finds_both_spellings(client, words):
    rows = client.get(f"/news/paragraphs.json?_search={quote(words)}&_shape=array&_size=max").json()
    text = " ".join(row["text"] for row in rows)
    assert "Borisov" in text and "Borísov" in text


def test_search_leaves_page_furniture_out(client):
    assert client.get("/news/paragraphs.json?_search=filed&_shape=array").json() == []


@pytest.mark.parametrize("name", [*METADATA["tables"], *METADATA["queries"]])
def test_every_page_opens(client, name):
    path = f"/news/{name}"
    if "params" in METADATA["queries"].get(name, ()):
        path += "?words=military&word=military"
    response = client.get(path)
    assert response.status_code == 200
    assert "0 results" not in response.text


def test_foreign_keys_show_names(client):
    assert "Venezuelanalysis" in text_of(client.get("/news/articles?_nofacet=1&_labels=on").text)


def test_descriptions_are_on_the_page(client):
    assert "How often the seed prints it." in client.get("/news/paragraphs").text


def test_database_is_served_immutable(client):
    (database,) = [d for d in client.get("/-/databases.json").json() if d["name"] == "news"]
    assert database["is_mutable"] is False


def test_database_can_be_downloaded(client):
    assert client.get("/news.db").content.startswith(b"SQLite format 3\0")


def test_limits(edition):
    client = client_of(edition, **SETTINGS)
    slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    assert "This query was stopped" in client.get(f"/news?{urlencode({'sql': slow})}").text
    assert client.get("/news?sql=delete+from+articles").status_code == 400


def test_settings_are_datasettes():
    assert all(isinstance(value, int) for value in SETTINGS.values())


@settings(max_examples=50)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40))
def test_any_words_can_be_searched(client, words):
    response = client.get(f"/news/search_paragraphs.json?{urlencode({'words': words})}")
    assert response.status_code == 200, response.text[-500:]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("articles?_through=x", "_through takes JSON such as {"),
        ("articles?_through={}", "_through takes JSON such as {"),
        ("articles?_through=[]", "_through takes JSON such as {"),
        ('articles?_through={"table": "claims", "column": 1, "value": "said"}', "_through takes JSON such as {"),
        ('articles?_through={"table": "claims", "column": "cue"}', "_through takes JSON such as {"),
        ('articles?_through={"table": "claims", "column": "cue", "value": {}}', "_through takes JSON such as {"),
        ('articles?_through={"table": "absent", "column": "cue", "value": "said"}', "could not find"),
        ("claims?kind__in=[", "This is not JSON: ["),
        (f"claims?start_char__gt={'9' * 30}", "A number in this address is too large"),
        ("timeline?_next=abc", "_next=abc is not a number"),
        ("timeline?_next=%C2%B2", "_next=² is not a number"),
        (f"timeline?_next={'9' * 30}", "is not a number"),
        ("timeline?_sort=absent", "Cannot sort table by absent"),
        ("claims?_sort=absent", "Cannot sort table by absent"),
        ("claims?_sort=cue&_sort_desc=cue", "Cannot use _sort and _sort_desc at the same time"),
    ],
)
def test_a_broken_address_is_refused_in_a_sentence(client, capfd, asked, words):
    table, query = asked.split("?")
    response = client.get(f"/news/{table}.json?{query}")
    assert response.status_code == 400 and words in response.json()["error"]
    assert "Traceback" not in capfd.readouterr().err


def test_a_missing_page_costs_no_more_than_its_answer(client, capfd):
    """With rich, Datasette draws the traceback of each, which takes a hundred times as long."""
    assert client.get("/news/people/nobody").status_code == 404
    assert capfd.readouterr() == ("", "")
