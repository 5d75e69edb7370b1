"""What `extract` finds in an article: people, claims, figures and dates; and no text crashes it."""

import json
from pathlib import Path
from unicodedata import normalize

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from build.__main__ import main
from build.extractor.extraction import extract, extract_text
from build.reading.seeds import Seed

SEEDS = sorted(Path("seeds").glob("*.txt"))

ARTICLE = """Harbour to close in May

Mayor Jane Doe opened the new harbour of Porthaven on Tuesday.

“We waited ten years for this,” Doe said. “It was worth it.”

John Roe, a fisherman, said the harbour was too small for his boat.

According to the council, the works cost more than $12 million.

She called the critics “a noisy few” and left.
"""


def claims_of(text, **more):
    return [c for c in extract_text(text, **more)["claims"] if c["kind"] != "assertion"]


def test_an_article():
    found = extract_text(ARTICLE, "2024-03-07")
    claims = {(c["text"], c["speaker"], c["kind"]) for c in found["claims"]}
    assert claims >= {
        ("“We waited ten years for this,”", "jane-doe", "direct"),
        ("“It was worth it.”", "jane-doe", "direct"),
        ("the harbour was too small for his boat", "john-roe", "indirect"),
    }
    doe, roe = found["people"]
    assert (doe["id"], roe["id"]) == ("jane-doe", "john-roe")
    assert [(m["text"], m["kind"]) for m in doe["mentions"]] == [
        ("Jane Doe", "name"),
        ("Doe", "name"),
        ("She", "pronoun"),
    ]
    assert doe["mentions"][0]["role_as_stated"] == "Mayor"
    assert {"text": "Tuesday", "date": "2024-03-05"}.items() <= found["dates"][1].items()
    (cost,) = (c for c in found["claims"] if c["figures"])
    assert {"value_min": 12_000_000, "value_max": None, "comparator": "more_than", "unit": "$"}.items() <= cost[
        "figures"
    ][0].items()


def test_a_text_without_full_stops_is_read():
    text = "Jane Doe said that the ship had sunk, and John Roe said “it was late”; " * 60
    claims = claims_of(text)
    assert len(claims) == 120
    assert {claim["speaker"] for claim in claims} == {"jane-doe", "john-roe"}


def test_extract_prints_one_line_a_file(tmp_path):
    file = tmp_path / "harbour.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    result = CliRunner().invoke(main, ["extract", "--published", "2024-03-07", str(file)])
    (line,) = result.stdout.splitlines()
    found = json.loads(line)
    assert list(found) == ["file", "paragraphs", "people", "organizations", "places", "claims", "events", "dates"]
    assert found["file"] == "harbour.txt"


def test_the_sidecar_says_when_it_was_published(tmp_path):
    (tmp_path / "a.txt").write_text("The ship sank on Tuesday.", encoding="utf-8")
    (tmp_path / "a.yml").write_text("published: 2024-03-07\npublished_basis: stated\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["extract", str(tmp_path / "a.txt")])
    assert json.loads(result.stdout)["dates"][0]["date"] == "2024-03-05"


def check_spans(text):
    """Every span of the text says what the entry says."""
    for start, end, words in spans_in(extract_text(text, "2024-03-07")):
        assert text[start:end] == words
        assert words


def spans_in(found):
    """Every span of an extraction, with its words."""
    named = [each for bearer in (*found["people"], *found["organizations"]) for each in bearer["mentions"]]
    figures = [figure for claim in found["claims"] for figure in claim["figures"]]
    for entry in (*found["claims"], *found["events"], *found["dates"], *named, *figures):
        yield entry["start"], entry["end"], entry["text"]
    for claim in found["claims"]:
        if claim["speaker_text"] is not None:
            yield claim["speaker_start"], claim["speaker_end"], claim["speaker_text"]


WORDS = st.sampled_from([*"“”‘’\"'«».,:;—–\n", " ", "said", "Jane Doe", "that", "he", "told", "on Tuesday", "$12"])


@settings(max_examples=60)
@example("said:A‘0")  # a quotation in the midst of a word
@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join)))
def test_no_text_crashes_it(text):
    if text.strip("\ufeff\u200b \n") and "\0" not in text:
        check_spans(text)


@settings(max_examples=20)
@given(st.data())
def test_no_mutilated_article_crashes_it(data):
    text = data.draw(st.sampled_from(SEEDS)).read_bytes().decode()
    start = data.draw(st.integers(0, len(text) - 1))
    text = text[start : start + 1500]
    change = data.draw(
        st.sampled_from([str.upper, str.lower, lambda t: t.replace("\n", " "), lambda t: t.replace("”", "")])
    )
    if change(text).strip():
        check_spans(change(text))


def read_as(text, name="a.txt"):
    """Who is named and who says what, each in the letters of the text."""
    found = extract(Seed(Path(name), text, ""), "2024-03-07")
    for entry in (*found.claims, *(mention for person in found.people for mention in person.mentions)):
        assert text[entry.start : entry.end] == entry.text
    return [person.name for person in found.people], [(c.text, c.speaker) for c in found.claims if c.speaker]


@pytest.mark.parametrize(
    ("text", "people", "said"),
    [
        # é as two signs; a joiner and a soft hyphen that nobody sees; a line break inside a name
        (normalize("NFD", "José Núñez said the lock was shut."), ["José Núñez"], [("the lock was shut", "jose-nunez")]),
        ("Ann\u2060 R\u00adoe said the lock was shut. “It is,” Ann Roe added.", ["Ann Roe"],
         [("the lock was shut", "ann-roe"), ("“It is,”", "ann-roe")]),
        ("The lock is shut for all of the winter, the mayor Ann\nRoe said.", ["Ann Roe"],
         [("The lock is shut for all of the winter", "ann-roe")]),
        # what a web page left
        ("Port shut\n\n<p>Ann Roe said it was shut.</p>\n<p>“We left,” John Doe said.</p>", ["Ann Roe", "John Doe"],
         [("it was shut", "ann-roe"), ("“We left,”", "john-doe")]),
        ("Port shut\n\n&#8220;We stay,&#8221; John Doe said.", ["John Doe"], [("&#8220;We stay,&#8221;", "john-doe")]),
        ("“We stay,” John Doe said.\\n\\n“We go,” Ann Roe said.", ["John Doe", "Ann Roe"],
         [("“We stay,”", "john-doe"), ("“We go,”", "ann-roe")]),
        ("Port shut\n\nIt was near, saidJohn Doe, the mayor.", ["John Doe"], [("It was near", "john-doe")]),
        ("Port shut\n\nGovernor Roe Ann Ida RoeFerry budget set for next week Lock opens MORE said it was late.",
         ["Roe"], [("it was late", "roe")]),
        # capitals of headlines
        ("MAYOR ANN ROE QUITS AFTER STRIKE\n\nThe council said on Monday that Ann Roe quit.", ["Ann Roe"], []),
        ("Ann Roe Dies at 80\n\nThe council said on Monday that Ann Roe was ill.", ["Ann Roe"], []),
    ],
)  # fmt: skip
def test_the_copy_is_read_and_the_letter_kept(text, people, said):
    assert read_as(text) == (people, said)


def test_marks_of_markdown_are_no_words():
    text = "# Brown bears return\n\n**Ann Roe** said the bears were [back](https://example.org)."
    people, (claim,) = read_as(text, "a.md")
    assert (people, claim[1]) == (["Ann Roe"], "ann-roe")
