"""Addresses of rows whose ids were given up, live and static."""

import re

import pytest
from front_door import client_of, run
from sqlite_utils import Database

PEOPLE = [{"id": "ana-lopez", "name": "Ana López"}, {"id": "b.c", "name": "B. C."}]
REDIRECTS = [
    {"id": "a-lopez", "table_name": "people", "new_id": "ana-lopez"},
    {"id": "b/c", "table_name": "people", "new_id": "b.c"},
    {"id": "ana-lopez", "table_name": "places", "new_id": "lopez"},
]


@pytest.fixture(scope="module")
def merged(tmp_path_factory):
    database = Database(tmp_path_factory.mktemp("merged") / "merged.db")
    database["people"].insert_all(PEOPLE, pk="id")
    database["places"].insert({"id": "lopez"}, pk="id")
    database["redirects"].insert_all(REDIRECTS, pk="id")
    return database


@pytest.fixture(scope="module")
def merged_client(merged):
    return client_of(merged)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("people/a-lopez", "people/ana-lopez"),
        ("people/a-lopez.json", "people/ana-lopez.json"),
        ("people/a-lopez.json?_shape=array", "people/ana-lopez.json?_shape=array"),
        ("people/a-lopez?a=1&b=%22", "people/ana-lopez?a=1&b=%22"),
        ("people/b~2Fc", "people/b~2Ec"),
        ("places/ana-lopez", "places/lopez"),
    ],
)
def test_an_old_address_leads_on(merged_client, old, new):
    response = merged_client.get(f"/merged/{old}")
    assert (response.status_code, response.headers["location"]) == (301, f"/merged/{new}")
    assert merged_client.get(response.headers["location"]).status_code == 200


@pytest.mark.parametrize("path", ["people/nobody", "places/a-lopez", "people/a-lopez,x"])
def test_what_was_never_there_is_not_found(merged_client, path):
    assert merged_client.get(f"/merged/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/nothing/people/a-lopez", "/-/people/a-lopez", "/nowhere"])
def test_what_is_no_row_is_not_found(merged_client, path):
    assert merged_client.get(path).status_code == 404


def test_a_row_that_is_there_stays(merged_client):
    assert "Ana López" in merged_client.get("/merged/people/ana-lopez").text


@pytest.mark.parametrize("private", ["people", "redirects"])
def test_who_may_not_see_where_it_leads_is_not_told(merged, private):
    """Nor that there was such a row."""
    client = client_of(merged, {"databases": {"merged": {"tables": {private: {"allow": False}}}}})
    known, unknown = (client.get(f"/merged/people/{name}") for name in ("a-lopez", "nobody"))
    assert known.status_code == unknown.status_code != 301
    assert "ana-lopez" not in known.text


@pytest.mark.parametrize("table", ["notes", "redirects"])
def test_without_such_a_table_nothing_leads_on(tmp_path, table):
    """Nor with one that only has its name."""
    database = Database(tmp_path / "other.db")
    database[table].insert({"id": "a", "url": "b"}, pk="id")
    client = client_of(database)
    assert client.get(f"/other/{table}/a").status_code == 200
    assert client.get(f"/other/{table}/b").status_code == 404


def test_the_table_links_to_both(merged_client):
    page = merged_client.get("/merged/redirects/b~2Fc").text
    assert '<a href="/merged/people/b~2Fc">b/c</a>' in page
    assert '<a href="/merged/people/b~2Ec">b.c</a>' in page


def test_the_static_site_has_pages_that_lead_on(merged, tmp_path):
    path = next(row[2] for row in merged.execute("pragma database_list"))
    url = "https://example.org/"
    result = run("site", "--database", path, "--output", tmp_path / "dist", "--workers", 1, "--url", url)
    assert result.exit_code == 0, result.output
    page = (tmp_path / "dist/merged/people/a-lopez/index.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=../ana-lopez/">' in page
    assert '<link rel="canonical" href="../ana-lopez/">' in page
    assert '<a href="../ana-lopez/">' in page
    listed = re.findall("<loc>(.*)</loc>", (tmp_path / "dist/sitemap.xml").read_text())
    assert f"{url}merged/people/ana-lopez/" in listed and f"{url}merged/people/a-lopez/" not in listed
