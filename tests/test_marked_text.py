"""Claims in a text, wordings against each other, text fragments, dates and addresses: pure functions."""

import re
from time import perf_counter

import pytest
from front_door import ROOT

from build.extractor.facts.time_values import RESOLVERS
from news_site.reading.marked_text import marked, own_words, pieces, text_fragment
from news_site.site.diagram import Key, diagram, levels
from news_site.site.edition import report_address
from news_site.site.formats import RULES, count, web_url


def span(start, end, text, **more):
    return {"start_char": start, "end_char": end, "text": text} | more


def test_pieces_of_overlapping_claims_and_a_note():
    text = "He said that it rains."
    outer, inner = span(3, 21, "said that it rains"), span(13, 21, "it rains")
    cut = pieces(text, [outer, inner], [span(16, 21, "rains")])
    assert [(p.text, p.claim, p.begin, p.end, p.noted) for p in cut] == [
        ("He ", None, [], [], False),
        ("said that ", outer, [outer], [], False),
        ("it ", inner, [inner], [], False),
        ("rains", inner, [], [inner, outer], True),
        (".", None, [], [], False),
    ]
    assert "".join(piece.text for piece in cut) == text


def test_every_claim_has_its_anchor_and_its_number_in_the_text():
    """Of claims that begin or end at one place the shortest is marked; the others are found there too."""
    text = "He said that it rains."
    spans = [span(0, 22, text), span(0, 7, "He said"), span(8, 22, text[8:]), span(8, 22, text[8:])]
    claims = [one | {"id": f"c{n}", "kind": "indirect", "number": n} for n, one in enumerate(spans, 1)]
    html = marked({"text": text, "claims": claims, "notes": []}, lambda table, id: f"/{table}/{id}")
    assert html == (
        '<span id="claim-c1"></span><a class="claim indirect" id="claim-c2" data-n="2" href="/claims/c2">He said</a>'
        '<a class="claim indirect" href="/claims/c1"> </a>'
        '<span id="claim-c4"></span>'
        '<a class="claim indirect" id="claim-c3" data-n="1, 3, 4" href="/claims/c3">that it rains.</a>'
    )


@pytest.mark.parametrize("bad", [span(0, 99, "x"), span(3, 1, "x"), span(None, None, None), span(-2, -1, "x")])
def test_a_span_without_its_words_is_left_out(bad):
    assert [piece.text for piece in pieces("text", [bad], [bad])] == ["text"]


def test_own_words():
    cut = own_words(["Some 400 dockers left.", "some 300 Dockers left"])
    assert "".join(piece for piece, _ in cut[0]) == "Some 400 dockers left."
    assert [[piece for piece, own in wording if own] for wording in cut] == [["400"], ["300"]]
    assert [piece for piece, own in own_words(["Borísov came", "Borisov went"])[1] if own] == ["went"]
    assert [piece for piece, own in own_words(["one two three", "four"])[0] if own] == ["one two three"]


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("more than 20", "#:~:text=more%20than%2020"),
        ("a-b, c", "#:~:text=a%2Db%2C%20c"),
        (" ".join("abcdefghijkl"), "#:~:text=a%20b%20c%20d%20e,h%20i%20j%20k%20l"),
        ("“&#<", "#:~:text=%E2%80%9C%26%23%3C"),
    ],
)
def test_text_fragment(words, fragment):
    assert text_fragment("https://example.org/a", words) == f"https://example.org/a{fragment}"


def test_text_fragment_after_another():
    assert text_fragment("https://example.org/a#story", "x") == "https://example.org/a#story:~:text=x"


def test_every_rule_has_words():
    """Those by which the extractor finds a date, and those that editors are given."""
    listed = re.search(r"and the `rule`\n(.*?)\.\n", (ROOT / "seeds/README.md").read_text(), re.DOTALL)[1]
    assert {*RESOLVERS, *re.findall(r"`([a-z-]+)`", listed)} == RULES.keys()


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("https:alert(1)", False),
        ("java\nscript://example.org", False),
        ("https://exa mple.org", False),
        ("data:text/html,x", False),
        (None, False),
        (7, False),
    ],
)
def test_web_url(address, safe):
    assert web_url(address) == (address if safe else None)


def test_no_address_takes_long():
    begun = perf_counter()
    assert web_url(f"http://{'a' * 20_000}\\") is None
    assert perf_counter() - begun < 0.4


@pytest.mark.parametrize(("number", "expected"), [(0, "0 people"), (1, "1 person"), (1000, "1,000 people")])
def test_count(number, expected):
    assert count(number, "person", "people") == expected


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("", "/-/about#report-an-error"),
        ("mailto:a@example.org", "mailto:a@example.org?subject=Error%20in%20%2Fnews%2Fclaims%2F1"),
        (
            "https://example.org/new?x=1",
            "https://example.org/new?x=1&title=Error%20in%20%2Fnews%2Fclaims%2F1",
        ),
    ],
)
def test_report_address(address, link):
    assert report_address(address, "/-/about", "/news/claims/1") == link


def test_levels_cut_circles():
    keys = [Key("a", "x", "b"), Key("b", "x", "a"), Key("c", "x", "a"), Key("c", "y", "c")]
    assert set(levels(["a", "b", "c"], keys)) == {"a", "b", "c"}
    assert len(diagram(["a", "b", "c", "alone"], keys).boxes) == 3
