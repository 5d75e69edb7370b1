"""Organizations and places of two articles that nobody has reviewed: build and pages in, whom and what they name out."""

import pytest

from .front_door import build, client_of, text_of, write_files

FIRST = """Ferries are late again

GERRICK, Kenya (Example) - Jane Roe, a rower, sued the National Port Authority (NPA) in Nairobi.

The NPA left Gerrick Bay.
"""
SECOND = """Ferries are early

The NPA bought two ferries from Upton Holdings Ltd. last week.

They were built in Kenya, near Gerrick Bay.
"""


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    folder = write_files(tmp_path_factory.mktemp("seeds"), {"a.txt": FIRST, "b.txt": SECOND})
    return build(folder, folder / "news.db")


def named_in_both(database, kind):
    sql = f"select distinct {kind}_id, article_id from {kind}_mentions"
    ids = [row[f"{kind}_id"] for row in database.query(sql)]
    return {entity for entity in ids if ids.count(entity) == 2}


def test_both_articles_name_the_same(named):
    assert named_in_both(named, "organization") == {"national-port-authority"}
    assert named_in_both(named, "place") == {"kenya", "gerrick-bay"}
    assert named["organizations"].get("upton-holdings-ltd")["name"] == "Upton Holdings Ltd."


def test_order_changes_no_id(named, tmp_path):
    other = build(write_files(tmp_path, {"b.txt": FIRST, "a.txt": SECOND}), tmp_path / "news.db")
    for table in ("organizations", "places", "organization_mentions", "place_mentions"):
        assert sorted(row["id"] for row in other[table].rows) == sorted(row["id"] for row in named[table].rows)


def test_pages_list_them(named):
    client = client_of(named)
    assert "National Port Authority" in text_of(client.get("/news/organizations").text)
    assert "Gerrick Bay" in text_of(client.get("/news/places").text)
    page = text_of(client.get("/news/organizations/national-port-authority").text)
    assert "Ferries are late again" in page
    assert "Ferries are early" in page
