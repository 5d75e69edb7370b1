"""Who says what: made-up sentences in, claims, people and dates out; and no text crashes the extractor."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from build.__main__ import main
from build.extractor.extraction import extract_text

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


@pytest.mark.parametrize(
    ("sentence", "content", "speaker", "kind"),
    [
        ("“We are leaving now,” Jane Doe said.", "“We are leaving now,”", "Jane Doe", "direct"),
        ("“We are leaving now,” said Jane Doe.", "“We are leaving now,”", "Jane Doe", "direct"),
        ("Jane Doe said: “We are leaving now.”", "“We are leaving now.”", "Jane Doe", "direct"),
        ("Jane Doe said that the ship had sunk.", "that the ship had sunk", "Jane Doe", "indirect"),
        ("Jane Doe said the ship had sunk.", "the ship had sunk", "Jane Doe", "indirect"),
        ("The ship had sunk, Jane Doe said.", "The ship had sunk", "Jane Doe", "indirect"),
        ("According to Jane Doe, the ship had sunk.", "the ship had sunk", "Jane Doe", "indirect"),
        # what is said is only named
        ("Jane Doe praised the work of the crew.", "the work of the crew", "Jane Doe", "indirect"),
        ("Jane Doe described the talks as good.", "the talks as good", "Jane Doe", "indirect"),
        ("The ship had sunk, according to Jane Doe.", "The ship had sunk", "Jane Doe", "indirect"),
        (
            "Jane Doe said the ship was “an utter disgrace”.",
            "the ship was “an utter disgrace”",
            "Jane Doe",
            "mixed",
        ),
        ("“We are leaving now.” ― Jane Doe", "“We are leaving now.”", "Jane Doe", "direct"),
        ("DOE: We are leaving now.", "We are leaving now.", "DOE", "direct"),
        # when she spoke is no part of what she said
        ("Jane Doe said on Tuesday it had sunk.", "it had sunk", "Jane Doe", "indirect"),
        # nor is who listens, or what else is told of the speaker
        ("Jane Doe told the station she had swum for hours.", "she had swum for hours", "Jane Doe", "indirect"),
        ("According to Jane Doe, who sails, the ship sank.", "the ship sank", "Jane Doe", "indirect"),
        ("They heard calls in which, Jane Doe said, he joked.", "he joked", "Jane Doe", "indirect"),
        # who issues a statement speaks in it
        ("Jane Doe issued a statement denying it had sunk.", "it had sunk", "Jane Doe", "indirect"),
        # where the article speaks again, or she does, the claim ends
        ("Jane Doe said the ship had sunk, although nobody saw it.", "the ship had sunk", "Jane Doe", "indirect"),
        ("Jane Doe said it had sunk and urged people to stay away.", "it had sunk", "Jane Doe", "indirect"),
        # where it goes on, the claim does
        ("Jane Doe said it had sunk and that it was late.", "it had sunk and that it was late", "Jane Doe", "indirect"),
        ("Jane Doe said in a report that it had sunk.", "that it had sunk", "Jane Doe", "indirect"),
        # a closing cue takes the sentence before it, though the parser sees no clause there
        (
            "A fire at a factory in the city of Manaus killed nine people, Jane Doe said on Thursday.",
            "A fire at a factory in the city of Manaus killed nine people",
            "Jane Doe",
            "indirect",
        ),
        (
            "It hit ten targets, two of them ships, Jane Doe said.",
            "It hit ten targets, two of them ships",
            "Jane Doe",
            "indirect",
        ),
        (
            "They came after callers reported shots, according to Jane Doe.",
            "They came after callers reported shots",
            "Jane Doe",
            "indirect",
        ),
        ("Jane Doe shot back that it was late.", "that it was late", "Jane Doe", "indirect"),
        (
            "Jane Doe, the minister, on the radio: “Good riddance.”",
            "“Good riddance.”",
            "Jane Doe, the minister",
            "direct",
        ),
        ("Wear a mask on trains, officials warned.", "Wear a mask on trains", "officials", "indirect"),
        (
            "Police said pirates numbering about twenty stormed the harbour and fired at boats.",
            "pirates numbering about twenty stormed the harbour and fired at boats",
            "Police",
            "indirect",
        ),
        # what the parser hangs on a noun
        (
            "Jane Doe tells the station that she waited at the gate.",
            "that she waited at the gate",
            "Jane Doe",
            "indirect",
        ),
        (
            "The clubs said some 300 children queued for the ferry.",
            "some 300 children queued for the ferry",
            "The clubs",
            "indirect",
        ),
        (
            "Harbour officials stated that Monday's hearing aimed to find a site.",
            "that Monday's hearing aimed to find a site",
            "Harbour officials",
            "indirect",
        ),
        (
            "Kofi Mensah, rising on a point of order, said the vote was void.",
            "the vote was void",
            "Kofi Mensah",
            "indirect",
        ),
        # whom a paper quotes speaks, not the paper
        ("TASS quoted Jane Doe as saying the ship had sunk.", "the ship had sunk", "Jane Doe", "indirect"),
    ],
)
def test_one_claim(sentence, content, speaker, kind):
    (claim,) = claims_of(sentence)
    assert (claim["text"], claim["speaker_text"], claim["kind"]) == (content, speaker, kind)


@pytest.mark.parametrize(
    "sentence",
    [
        "He read “The Grapes of Wrath” again.",  # a title
        "The so-called “experts” were late.",  # scare quotes
        "The so-called “special naval operation” began late.",
        "The plan includes the “full” sum announced by Jane Doe.",
        "Jane Doe said it late on “Newsnight” again.",
        "The phrase “special relationship” has been declared dead.",  # of the words it is spoken
        "Jane Doe had 31 points, John Roe added 24.",
        "ANALYSIS: The harbour is dead",
        "John Roe, 39, sobbed as she apologized.",
        "The evidence suggests that the ship had sunk.",  # what cannot speak
        "She walked to the harbour and bought fish.",
        "Now tell us that it was worth it.",  # an order
        "It goes without saying that the ship had sunk.",
    ],
)
def test_no_claim(sentence):
    assert claims_of(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "contents"),
    [
        ("The works, according to Jane Doe, will end soon.", ["The works", "will end soon"]),
        ("The works, said Jane Doe, a nurse, will end soon.", ["The works", "will end soon"]),
        ("The workers, Jane Doe said, would be spared.", ["The workers", "would be spared"]),
        ("Once it is full, Jane Doe told reporters, nothing can stop it.", ["Once it is full", "nothing can stop it"]),
        ("They took bribes, prosecutors allege.", ["They took bribes"]),
        ("Jane Doe ruled the clerk who denied bail had misled her.", ["the clerk who denied bail had misled her"]),
    ],
)
def test_the_pieces_of_what_is_said(sentence, contents):
    assert [claim["text"] for claim in claims_of(sentence)] == contents


@pytest.mark.parametrize(
    ("sentence", "speakers"),
    [
        ("Jane Doe said the Roes would leave, adding that it was late.", ["Jane Doe", "Jane Doe"]),
        ("Asked whether it had sunk, Jane Doe said it was late.", [None, "Jane Doe"]),
        ("A man posing as a guard denied this, saying it was late.", ["A man"]),
        ("“It is late,” Jane Doe is heard telling her son.", ["Jane Doe"]),
        ("Jane Doe complained that it leaked before they saw it: “It is over.”", ["Jane Doe", "Jane Doe"]),
        ("Jane Doe said the worst had passed but warned it was still late.", ["Jane Doe", "Jane Doe"]),
        ("The mayor met Jane Doe. She shrugged.\n\n“Ask me in a year.”", ["She"]),
        ("Jane Doe called it “a disgrace” and John Roe said it was late.", ["Jane Doe", "John Roe"]),
    ],
)
def test_speakers(sentence, speakers):
    assert [claim["speaker_text"] for claim in claims_of(sentence)] == speakers


@pytest.mark.parametrize(
    ("sentence", "via"),
    [
        ("Jane Doe wrote on Twitter that the ship had sunk.", "Twitter"),
        ("Jane Doe told Reuters the ship had sunk.", "Reuters"),
        ("“It has sunk,” Jane Doe said in an address broadcast on state television.", "state television"),
        ("According to the Harbour Times, Jane Doe said the ship had sunk.", "the Harbour Times"),
        ("Jane Doe was quoted by Interfax as saying the ship had sunk.", "Interfax"),
        # to speak to somebody, or of a medium, is not to speak through it
        ("Jane Doe told the press the ship had sunk.", None),
        ("Jane Doe said that it was on Twitter.", None),
    ],
)
def test_who_carries_the_words(sentence, via):
    (claim,) = claims_of(sentence)
    assert (claim["speaker_text"], claim["via"]) == ("Jane Doe", via)


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
    assert {"value": 12_000_000, "comparator": "more_than", "unit": "$"}.items() <= cost["figures"][0].items()


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
    assert list(found) == ["file", "paragraphs", "people", "organizations", "claims", "events", "dates"]
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
