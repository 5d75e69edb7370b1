"""The search over everything: what may be typed, what is found, in which order, how it is shown."""

import asyncio
import json
import re
import shutil
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from front_door import ROOT, apart, client_of, get, serve, text_of
from hostile import IMAGE, SCRIPT, build_hostile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from news_site.search.expressions import clean, expressions
from news_site.search.finding import nearest
from news_site.search.kinds import KINDS
from news_site.search.showing import show_matches

EXPRESSIONS = json.loads((ROOT / "tests/cases/search_expressions.json").read_text())


def ask(client, **asked):
    response = client.get(f"/-/search.json?{urlencode(asked)}")
    assert response.status_code == 200, response.text
    return response.json()


def titles(answer):
    return {found["kind"]: [item["title"] for item in found["items"]] for found in answer["results"]}


def page_of(client, **asked):
    response = client.get(f"/-/search?{urlencode(asked)}")
    assert response.status_code == 200
    return re.search(r"<main.*?</main>", response.text, re.DOTALL)[0]


def results_of(page):
    return text_of(page.partition('<div id="results">')[2])


# --- What is typed


@pytest.mark.parametrize("case", EXPRESSIONS, ids=lambda case: repr(case["q"]))
def test_expressions(case):
    """The browser's tests read the same cases."""
    expected = (case["all"], case["any"]) if case["all"] else None
    assert expressions(clean(case["q"])) == expected


def test_only_so_many_terms_count():
    assert expressions("a " * 5000) == (" ".join(['"a"'] * 32), " OR ".join(['"a"'] * 32))
    assert expressions(f'"{"a " * 5000}"')[1] == " OR ".join(['"a"'] * 32)


TYPED = st.text() | st.text(alphabet='ab"*-+^(){}:., \x00\x02\x03😀é') | st.lists(
    st.sampled_from(['"', "AND", "OR", "NOT", "NEAR(", "strike", "-", "*", "Doe*", "“"])
).map(" ".join)  # fmt: skip


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(q=TYPED)
def test_whatever_is_typed_is_answered(tiny_client, q):
    address = urlencode({"q": q.encode(errors="replace")})
    assert tiny_client.get(f"/-/search?{address}").status_code == 200
    assert tiny_client.get(f"/-/search.json?{address}").status_code == 200


@pytest.mark.parametrize(
    "q", ["x" * 5000, "strike " * 700, '"' + "strike " * 700, '"' * 5000, "a* " * 1666, "-" * 5000], ids=len
)
def test_long_searches_are_answered(tiny_client, q):
    page_of(tiny_client, q=q)


@pytest.mark.parametrize(
    ("name", "value"), [("kind", "words"), ("page", "0"), ("page", "x"), ("page", "9" * 30), ("page", "²")]
)
def test_what_makes_no_sense_is_said(tiny_client, name, value):
    response = tiny_client.get(f"/-/search?{urlencode({'q': 'strike', name: value})}")
    assert response.status_code == 400
    assert f"{name} must be" in response.text


# --- What is found


def test_whole_rows(tiny_client):
    answer = ask(tiny_client, q="Doe")
    assert {key: value for key, value in answer.items() if key != "results"} == {
        "q": "Doe",
        "any_word": False,
        "too_slow": [],
        "suggestion": None,
    }
    people, _articles, claims, paragraphs = answer["results"]
    assert people == {
        "kind": "people",
        "total": 1,
        "more_than_total": False,
        "items": [
            {
                "id": "jane-doe",
                "url": "/news/people/jane-doe",
                "title": "Jane Doe",
                "snippet": "Jane <mark>Doe</mark>",
                "note": "Mayor",
                "source": None,
                "date": None,
                "method": None,
                "confidence": None,
            }
        ],
    }
    assert claims["items"][0] == {
        "id": "harbour-strike-2ba3b0eb72",
        "url": "/news/claims/harbour-strike-2ba3b0eb72",
        "title": "“The strike is over,”",
        "snippet": "“The strike is over,”",
        "note": "Jane Doe",
        "source": "The Daily Example",
        "date": "2024-03-02",
        "method": "curated",
        "confidence": None,
    }
    (paragraph,) = paragraphs["items"]
    assert paragraph["url"] == f"/news/articles/harbour-strike#{paragraph['id']}"
    assert "mayor Jane <mark>Doe</mark> said" in paragraph["snippet"]


def test_kinds_come_names_first(tiny_client):
    assert list(titles(ask(tiny_client, q="strike"))) == ["events", "propositions", "articles", "claims", "paragraphs"]
    assert list(titles(ask(tiny_client, q="mayor"))) == ["people", "articles", "claims", "paragraphs"]


def test_a_name_comes_before_a_text(edition, client):
    """Of each person's name the first thing is that person."""
    for person in edition["people"].rows:
        first, *_ = ask(client, q=person["name"])["results"]
        assert (first["kind"], first["items"][0]["id"]) == ("people", person["id"])


def test_a_title_comes_before_a_text(tiny_client):
    assert titles(ask(tiny_client, q="strike"))["articles"] == ["Harbour strike ends", "Docks reopen"]


def test_accents_and_capitals_do_not_matter(client):
    assert ask(client, q="Borísov")["results"] == ask(client, q="bORISOV")["results"] != []


@pytest.mark.parametrize(
    ("q", "paragraphs"),
    [("strike over", 2), ('"strike is over"', 2), ('"strike over"', 0), ("dock*", 3), ("strike -Doe", 2),
     ('strike -"Jane Doe"', 2), ("dockers -port", 1), ("the AND", 0), ("share", 0)],
)  # fmt: skip
def test_words_phrases_beginnings_exclusions(tiny_client, q, paragraphs):
    answer = ask(tiny_client, q=q, kind="paragraphs")
    found = 0 if answer["any_word"] else sum(len(found["items"]) for found in answer["results"])
    assert found == paragraphs


def test_a_speaker_finds_claims_that_do_not_name_him(client):
    (found,) = ask(client, q="Maduro said", kind="claims")["results"]
    assert any("Maduro" not in item["title"] and item["note"] == "Nicolás Maduro" for item in found["items"])


def test_if_nothing_has_all_words_some_will_do(tiny_client):
    answer = ask(tiny_client, q="harbour zebra", kind="articles")
    assert answer["any_word"] and titles(answer) == {"articles": ["Harbour strike ends"]}
    text = results_of(page_of(tiny_client, q="harbour zebra"))
    assert text.startswith("No exact match for “harbour zebra”.")


def test_nearest_spelling(tiny_client):
    assert ask(tiny_client, q="dokcers -zzz")["suggestion"] == "dockers -zzz"
    assert ask(tiny_client, q="Jnae strike")["suggestion"] == "Jane strike"
    assert ask(tiny_client, q="walking zebra")["suggestion"] is None  # a form of a word that is there
    assert ask(tiny_client, q="qqa qqb qqc qqd dokcers")["suggestion"] == "qqa qqb qqc qqd dockers"
    assert ask(tiny_client, q="qqa qqb qqc qqd qqe dokcers")["suggestion"] is None  # five are corrected
    page = page_of(tiny_client, q="dokcers")
    assert 'href="/-/search?q=dockers"' in page
    assert results_of(page).startswith("Nothing has “dokcers” in it, nor any of its words. Did you mean dockers ?")


@pytest.mark.parametrize(
    ("word", "found"),
    [("borisvo", "Borisov"), ("borisov", None), ("borissov", "Borisov"), ("boriss", "Boris"), ("oik", "oil"),
     ("oikk", None), ("zebra", None)],
)  # fmt: skip
def test_nearest(word, found):
    words = [("boris", "Boris", 1), ("borisov", "Borisov", 9), ("oil", "oil", 3)]
    assert nearest(word, [dict(zip(("id", "word", "texts"), row, strict=True)) for row in words]) == found


# --- Narrowed down


def test_narrowed_by_source(tiny_client):
    answer = ask(tiny_client, q="strike", source="the-copyist")
    assert titles(answer)["articles"] == ["Docks reopen"]
    assert {item["source"] for found in answer["results"] for item in found["items"]} == {"The Copyist", None}
    assert ask(tiny_client, q="strike", source="nobody")["results"] == []


def test_narrowed_by_person(tiny_client):
    answer = ask(tiny_client, q="strike", person="jane-doe")
    assert {item["note"] for found in answer["results"] if found["kind"] == "claims" for item in found["items"]} == {
        "Jane Doe"
    }
    assert titles(ask(tiny_client, q="doe", person="unheard-of")) == {}


def test_one_kind_has_pages(client):
    first, second = (ask(client, q="Borisov", kind="claims", page=page)["results"][0] for page in (1, 2))
    ids = [item["id"] for found in (first, second) for item in found["items"]]
    assert len(first["items"]) == 20 and len(ids) == len(set(ids)) == first["total"] == second["total"]
    assert 'href="/-/search?q=Borisov&amp;kind=claims"' in page_of(client, q="Borisov")
    assert 'href="/-/search?q=Borisov&amp;kind=claims&amp;page=2" rel="next"' in page_of(
        client, q="Borisov", kind="claims"
    )
    assert 'rel="prev"' in page_of(client, q="Borisov", kind="claims", page=2)


def test_after_the_last_page_there_is_nothing_not_what_has_any_of_the_words(client):
    asked = {"q": "Maduro energy", "kind": "claims"}
    assert ask(client, **asked)["results"] and not ask(client, **asked)["any_word"]
    after = ask(client, **asked, page=2)
    assert (after["any_word"], after["results"], after["suggestion"]) == (False, [], None)
    text = results_of(page_of(client, **asked, page=2))
    assert text.startswith("Nothing more has “Maduro energy” in it where you looked. Look everywhere")


def test_choices_are_kept(tiny_client):
    page = page_of(tiny_client, q="strike", kind="claims", source="the-copyist", person="unheard-of")
    for chosen in ("claims", "the-copyist", "unheard-of"):
        assert f'<option value="{chosen}" selected>' in page
    assert 'href="/-/search?q=strike">Look everywhere' in page


# --- How it is shown


def test_form_and_help(tiny_client):
    text = results_of(page_of(tiny_client))
    assert text.startswith("What you can type doe a word")
    assert "<mark>" in page_of(tiny_client, q="doe") and "What you can type" not in page_of(tiny_client, q="doe")


@pytest.mark.parametrize(("q", "says"), [("-strike", "without a “-”"), ("&&", "no letter or number")])
def test_nothing_to_look_for(tiny_client, q, says):
    assert says in results_of(page_of(tiny_client, q=q))


def test_box_on_every_page(tiny_client):
    for path in ("/", "/news", "/news/claims", "/-/about", "/nothing", "/-/search"):
        assert tiny_client.get(path).text.count('action="/-/search"') == 1, path


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a \x02b\x03 c", "a <mark>b</mark> c"),
        ("<b>\x02<i>\x03", "&lt;b&gt;<mark>&lt;i&gt;</mark>"),
        ("\x03a\x02b\x02c\x03d\x02e", "ab<mark>c</mark>de"),
        (None, ""),
    ],
)
def test_show_matches(text, html):
    assert show_matches(text) == html


def test_hostile_texts_are_escaped(tmp_path):
    client = client_of(build_hostile(tmp_path))
    for q in ("script", "hacked", "onerror", "eve", SCRIPT, IMAGE, "aaa*", '"right to left"'):
        for asked in ({"q": q}, {"q": q, "person": SCRIPT}, {"q": q, "source": IMAGE}):
            page = page_of(client, **asked)
            assert "<script" not in page and "<img" not in page and "\x02" not in page
            assert len(page) < 100_000
    snippets = [item["snippet"] for found in ask(client, q="script")["results"] for item in found["items"]]
    assert snippets and all(not re.search("<(?!/?mark>)", snippet) for snippet in snippets)


# --- Where things are missing


def test_what_a_reader_may_not_see_is_not_found(tiny):
    datasette = serve(tiny)
    tables = datasette._metadata_local["databases"]["news"]["tables"]
    for table in ("people", "claims"):
        tables[table]["allow"] = {"id": "root"}
    client = SimpleNamespace(get=lambda path: apart(asyncio.run, get(datasette, path)))
    assert list(titles(ask(client, q="mayor"))) == ["articles", "paragraphs"]
    page = page_of(client, q="strike")
    assert '<option value="claims">' not in page and "Jane Doe</option>" not in page


@pytest.mark.parametrize(
    ("private", "kind"),
    [
        ("aliases", "people"),  # whose index holds them
        ("paragraphs", "articles"),
        ("people", "claims"),
        ("places", "events"),  # which shows theirs
        ("mentions", "paragraphs"),  # which are narrowed down by them
    ],
)
def test_a_kind_is_not_found_whose_words_a_reader_may_not_see(tiny, private, kind):
    datasette = serve(tiny)
    datasette._metadata_local["databases"]["news"]["tables"].setdefault(private, {})["allow"] = {"id": "root"}
    client = SimpleNamespace(get=lambda path: apart(asyncio.run, get(datasette, path)))
    q = "doe" if kind == "people" else "strike"
    assert kind in titles(ask(client_of(tiny), q=q)) and kind not in titles(ask(client, q=q))


@pytest.mark.parametrize("private", ["paragraphs", "words"])
def test_no_spelling_is_suggested_from_what_a_reader_may_not_see(tiny, private):
    datasette = serve(tiny)
    datasette._metadata_local["databases"]["news"]["tables"].setdefault(private, {})["allow"] = {"id": "root"}
    client = SimpleNamespace(get=lambda path: apart(asyncio.run, get(datasette, path)))
    assert ask(client, q="strkie", kind="claims")["suggestion"] is None
    assert ask(client_of(tiny), q="strkie", kind="claims")["suggestion"] == "strike"


def without(tiny, folder, sql, **settings):
    shutil.copy(next(row[2] for row in tiny.execute("pragma database_list")), folder / "news.db")
    database = Database(folder / "news.db")
    database.executescript(sql)
    return client_of(database, **settings)


def test_a_database_without_some_indexes(tiny, tmp_path):
    client = without(tiny, tmp_path, "drop table claims_fts; drop table events_fts; drop table words")
    assert list(titles(ask(client, q="strike"))) == ["propositions", "articles", "paragraphs"]
    assert ask(client, q="strkie")["suggestion"] is None


def test_a_database_without_any(tiny, tmp_path):
    client = without(tiny, tmp_path, "".join(f"drop table {kind}_fts;" for kind in KINDS))
    assert 'action="/-/search"' not in client.get("/").text
    assert "nothing here that can be searched" in page_of(client, q="strike")
    assert ask(client, q="strike")["results"] == []


def test_a_search_that_takes_too_long_says_so(tiny, tmp_path):
    """Sources without an end: whatever looks for one never finishes."""
    endless = "with recursive n (id) as (select '' union all select id from n) select id, id as name from n"
    client = without(tiny, tmp_path, f"drop table sources; create view sources as {endless}", sql_time_limit_ms=1000)
    answer = ask(client, q="doe")
    assert answer["too_slow"] == ["articles", "claims", "paragraphs"]
    assert titles(answer) == {"people": ["Jane Doe"]}
    text = results_of(page_of(client, q="doe"))
    assert "took too long, and what follows is not all" in text and "Jane Doe" in text


def test_queries_for_the_browser(tiny_client, tiny):
    queries = tiny_client.get("/-/search/queries.json").json()
    assert [kind["kind"] for kind in queries["kinds"]] == list(KINDS)
    values = {"expression": '"doe"', "source": None, "person": None, "limit": 5, "offset": 0}
    (row,) = tiny.query(queries["kinds"][0]["sql"], values)
    assert (row["page"], row["title"], row["total"]) == ("people/jane-doe", "Jane \x02Doe\x03", 1)
    assert "dockers" in [row["word"] for row in tiny.query(queries["near_words"], {"word": "dokcers"})]
