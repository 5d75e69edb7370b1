"""What an edition says of itself, and who found its rows, on every page."""

import pytest
from front_door import ROOT, build, client_of, text_of, write_files

FOUND = "found by program, not reviewed"
LEVY = b"""Harbour levy passes in Aldport

ALDPORT, March 4, 2024 (Reuters) - The council of Aldport passed a harbour levy on Monday, Mayor Anna Keller said.

"The levy will pay for a new crane," Keller told reporters. About 300 dockers protested on Sunday.
"""
PAGES = ("/", "/-/about", "/-/search?q=levy", "/-/charts", "/news/claims", "/news/people/anna-keller")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """An article that nobody has looked at, in an edition that says nothing of itself."""
    folder = write_files(tmp_path_factory.mktemp("levy"), {"levy.txt": LEVY})
    return build(folder, folder / "news.db")


@pytest.fixture(scope="module")
def extracted_client(extracted):
    return client_of(extracted)


@pytest.mark.parametrize("path", PAGES)
def test_what_nobody_has_reviewed_says_so(extracted_client, path):
    text = text_of(extracted_client.get(path).text)
    assert "nobody has reviewed" in text
    assert "Report an error" not in text


@pytest.mark.parametrize("table", ["articles", "claims", "events", "people"])
def test_pages_of_what_a_program_found(extracted_client, extracted, table):
    (id,) = next(extracted.execute(f"select id from {table} order by id"))
    assert FOUND in text_of(extracted_client.get(f"/news/{table}/{id}").text).replace(" ,", ",")


def test_how_sure_the_program_is(extracted_client, extracted):
    claim = next(extracted["claims"].rows_where("kind = 'direct'"))
    page = text_of(extracted_client.get(f"/news/claims/{claim['id']}").text)
    assert f"{FOUND}, {claim['confidence']:.0%} sure" in page
    assert f"Who said it: {claim['speaker_confidence']:.0%} sure." in page
    assert "Only this article reports it." in page
    (hit,) = extracted_client.get("/-/search.json?q=crane&kind=claims").json()["results"][0]["items"]
    assert (hit["method"], hit["confidence"]) == ("extracted", claim["confidence"])


def test_one_link_leaves_what_nobody_has_reviewed_out(extracted_client, tiny_client, tiny):
    for client, rows in ((extracted_client, 0), (tiny_client, tiny["claims"].count)):
        assert 'href="/news/claims?method__not=extracted"' in client.get("/news/claims").text
        assert client.get("/news/claims.json?method__not=extracted").json()["filtered_table_rows_count"] == rows


@pytest.mark.parametrize("path", ["/", "/-/about", "/news/claims", "/news/articles/harbour-strike"])
def test_an_edition_says_what_it_is(tiny_client, path):
    page = tiny_client.get(path).text
    assert "The Harbour Record</title>" in page and "Annotated by <bdi>two clerks of the harbour</bdi>." in page
    assert '<a href="https://creativecommons.org/publicdomain/zero/1.0/">CC0</a>' in page
    assert "nobody has reviewed" not in page and FOUND not in page


def test_home_and_about_have_its_words(tiny_client):
    assert "What was said of the strike in the harbour." in tiny_client.get("/").text
    about = tiny_client.get("/-/about").text
    assert '<h2 id="how-the-harbour-was-read">How the harbour was read</h2>' in about and "By candlelight." in about


def test_about_is_made_from_the_data(tiny_client, tiny):
    text = text_of(tiny_client.get("/-/about").text)
    assert "2 articles of 2 sources," in text and "published" in text
    assert f"claims 0 0 {tiny['claims'].count}" in text
    (score,) = tiny["scores"].rows_where("id = 'full-dates-read-right'")
    assert f"Full dates read right {score['measured_on']} {score['share'] * 100:.1f}" in text


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("mailto:a@example.org", "mailto:a@example.org?subject=Error%20in%20%2Fnews%2Farticles%2Flevy"),
        ("https://example.org/new?x=1", "https://example.org/new?x=1&amp;title=Error%20in%20%2Fnews%2Farticles%2Flevy"),
    ],
)
def test_an_error_is_reported_with_the_address_of_the_page(tmp_path, address, link):
    site = f"title: Levies\nreport_errors_to: {address}\n".encode()
    folder = write_files(tmp_path, {"levy.txt": LEVY, "levy.yml": b"id: levy\n", "site.yml": site})
    page = client_of(build(folder, folder / "news.db")).get("/news/articles/levy").text
    assert f'<a href="{link}">Report an error</a>' in page


def test_nothing_of_the_first_edition_stands_elsewhere(extracted_client, tiny_client):
    """Words that are true of five articles only."""
    words = ("Borisov", "Venezuela", "Russia", "Caracas", "language models", "two annotators")
    for client in (extracted_client, tiny_client):
        paths = ["/", "/-/about", "/-/data", "/-/charts", "/-/search", "/news", *tables(client)]
        found = {(path, word) for path in paths for word in words if word.lower() in client.get(path).text.lower()}
        assert found == set()


def tables(client):
    return [f"/news/{table['name']}" for table in client.get("/news.json").json()["tables"]]


def test_the_first_edition_says_that_no_person_has_reviewed_it(client):
    for path in ("/", "/-/about", "/news/claims"):
        assert "Annotated by <bdi>language models; no person has reviewed it</bdi>." in client.get(path).text


def test_metadata_holds_nothing_of_an_edition():
    assert "Borisov" not in (ROOT / "metadata.yml").read_text()
