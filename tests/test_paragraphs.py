"""Seeds become paragraphs with roles, and no character is lost."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build.reading.paragraphs import find_blocks
from build.reading.seeds import Seed, is_blank

BODY = "The council met in the town hall. It voted for the new bridge."


def blocks(text, name="seed.txt"):
    return [(b.role, text[b.start : b.end], b.repeats) for b in find_blocks(Seed(Path(name), text, ""))]


def roles(*lines):
    return [role for role, _, _ in blocks("\n\n".join(lines))]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (" date 2019-10-06 Ministers meet in town", [("timestamp", "date 2019-10-06"), ("headline", "Ministers meet in town")]),
        ("2019-10-06 14:30 GMT Ministers meet in town", [("timestamp", "2019-10-06 14:30 GMT"), ("headline", "Ministers meet in town")]),
        ("Thursday, May 7, 2015 On Tuesday it rained.", [("timestamp", "Thursday, May 7, 2015"), ("body", "On Tuesday it rained.")]),
        # a sentence may begin with a date
        ("May 7, 2015 was a wet day.", [("body", "May 7, 2015 was a wet day.")]),
        ("On 2019-10-06 the ministers met.", [("body", "On 2019-10-06 the ministers met.")]),
        ("CARACAS – The minister came.", [("dateline", "CARACAS –"), ("body", "The minister came.")]),
        ("CARACAS (Reuters) - The minister came.", [("dateline", "CARACAS (Reuters) -"), ("body", "The minister came.")]),
        ("PORTHAVEN, March 1: The minister came.", [("dateline", "PORTHAVEN, March 1:"), ("body", "The minister came.")]),
        ("VATICAN CITY (RNS) The pope came.", [("dateline", "VATICAN CITY (RNS)"), ("body", "The pope came.")]),
        ("PORT HAVEN: The minister came.", [("dateline", "PORT HAVEN:"), ("body", "The minister came.")]),
        ("DAR ES SALAAM, Tanzania (AP) _ The bomb", [("dateline", "DAR ES SALAAM, Tanzania (AP) _"), ("body", "The bomb")]),
        ("Havana, 3 March (AFP) — “We won,” he said.", [("dateline", "Havana, 3 March (AFP) —"), ("body", "“We won,” he said.")]),
        ("BREAKING - The minister came.", [("body", "BREAKING - The minister came.")]),
        ("NATO – the alliance – said no.", [("body", "NATO – the alliance – said no.")]),
    ],
)  # fmt: skip
def test_glued_parts_are_cut_apart(line, parts):
    assert [(role, text) for role, text, _ in blocks(f"{line}\n\n{BODY}")][:-1] == parts


def test_a_dateline_may_stand_behind_a_lead():
    found = roles("The council did not vote.", "PORT HAVEN: It met in the town hall.", "SEA TOWN – It went home.")
    assert found == ["body", "dateline", "body", "body"]


def test_a_transcript_has_no_datelines():
    assert roles("MINISTER: We came late to the town.", "MAYOR: We were here early.") == ["body", "body"]


@pytest.mark.parametrize(
    ("role", "line"),
    [
        ("timestamp", "Feb 21, 2022, 22:22 pm"),
        ("timestamp", "Friday, July 21, 2017"),
        ("timestamp", "Published: 3 March 2024 | Updated: 4 March 2024, 10:15 GMT"),
        ("timestamp", "7 p.m."),
        ("embed", "#Live | A tweet.https://t.co/abc — Jane Doe (@jane_doe) October 5, 2019"),
        ("caption", "Featured image: The mayor at the port. Photo: John Roe (City Press)."),
        ("caption", "The robots were shown this week. Image: United States Navy."),
        ("credit", "(Reporting by Jane Doe in Caracas. Edited by John Roe)"),
        ("credit", "(The Daily Example)"),
        ("credit", "Translation: The Daily Example"),
        ("credit", "By Jane Doe and John Roe"),
        ("credit", "OT/JRE/SL"),
        ("link", "https://example.org/news/1"),
        ("boilerplate", "What do you think?"),
        ("boilerplate", "COMMENTFiled in:"),
        ("boilerplate", "Share Tweet Email Print"),
        ("boilerplate", "* * *"),
        ("subheading", "Plan by 2030"),
        ("subheading", "World Politics:"),
        # what only resembles the above
        ("body", "He said:"),
        ("body", "The Daily Example reports:"),
        ("body", "By the time the mayor came, the port was closed."),
        ("body", "“No comment,” she said."),
        ("body", "Photo shops have closed since the spring of last year."),
        ("body", "(She laughed, and then she left the room without a word.)"),
        ("body", "and then it rained"),
    ],
)
def test_role_inside_an_article(role, line):
    assert roles("Bridge opens", BODY, line, BODY + " It was late.") == ["headline", "body", role, "body"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Wealthy Voters Abandon the Old Party.", BODY], ["headline", "body"]),
        (["It rained all day in town.", BODY], ["body", "body"]),
        (["Bridge opens", "A town celebrates", BODY], ["headline", "subheading", "body"]),
        (["By Jane Doe", "Bridge opens", BODY], ["credit", "headline", "body"]),
        (["only a fragment"], ["body"]),
        (["Bridge opens"], ["body"]),
    ],
)  # fmt: skip
def test_headline(lines, expected):
    assert roles(*lines) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One paragraph\nto a line.\n\nAnd a gap.", ["One paragraph", "to a line.", "And a gap."]),
        ("The first line is full and so all of the text\ngoes on understandably in the next of the lines,\ntwice.\n\nShort.", ["The first line is full and so all of the text\ngoes on understandably in the next of the lines,\ntwice.", "Short."]),
        ("CRLF stays.\r\n\r\nAs it is.\r\n", ["CRLF stays.", "As it is."]),
        ("\ufeffA mark before.", ["A mark before."]),
    ],
)  # fmt: skip
def test_paragraphs_of_plain_text(text, expected):
    assert [words for _, words, _ in blocks(text)] == expected


def test_text_printed_twice_counts_once():
    body = ["The first of two paragraphs.", "The second of the two."]
    found = blocks("\n".join(["Bridge opens", *body, *body]))
    assert found == [("headline", "Bridge opens", 1), ("body", body[0], 2), ("body", body[1], 2)]


def test_a_word_may_be_said_twice():
    assert [n for _, _, n in blocks("“Why?”\n\n“No.”\n\n“Really?”\n\n“No.”\n\nThe end of it.")] == [1] * 5


@pytest.mark.parametrize("name", ["seed.md", "SEED.MD"])
def test_markdown(name):
    text = (
        "---\ntitle: X\n---\n\n# A *big* day\n\nLONDON (Reuters) - First line\nand second.\n\n"
        "> quoted\n>\n> twice\n\n- one\n- two\n\n[ref]: http://x.y\n\n![alt](x.png)\n\n## Next\n\nThe end.\n"
    )
    assert blocks(text, name) == [
        ("boilerplate", "---\ntitle: X\n---", 1),
        ("headline", "# A *big* day", 1),
        ("dateline", "LONDON (Reuters) -", 1),
        ("body", "First line\nand second.", 1),
        ("body", "> quoted\n>\n> twice", 1),
        ("body", "- one", 1),
        ("body", "- two", 1),
        ("boilerplate", "[ref]: http://x.y", 1),
        ("caption", "![alt](x.png)", 1),
        ("subheading", "## Next", 1),
        ("body", "The end.", 1),
    ]


PIECES = st.sampled_from(
    ["2019-10-06", " ", "\n", "\r\n", "\n\n", "CARACAS –", "“No.”", "# ", "> ", "- ", "---\n", "***", "```",
     "\u2028", "\ufeff", "The end.", "Share", "|a|b|\n|-|-|\n", "<b>", "[x]: y", "(@a) May 7, 2015"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.sampled_from(["a.txt", "a.md"]))
def test_every_character_is_in_one_paragraph(text, name):
    counted = Counter()
    end_before = 0
    for block in find_blocks(Seed(Path(name), text, "")):
        assert end_before <= block.start < block.end
        assert block.role
        end_before = block.end
        for character in text[block.start : block.end]:
            counted[character] += block.repeats * (not is_blank(character))
    assert +counted == Counter(character for character in text if not is_blank(character))


@pytest.mark.parametrize(
    "text",
    [
        # a wire's form: first lines indented, no blank lines
        "    HAVEN, March 6 - The shipping group said on Monday its\nprofit had fallen because of a new harbour tax.\n"
        "    The company expects no relief before the elections due\nin May and will sell two of its ships by then.\n",
        # blank lines, and a line that ends in a full stop by chance
        "The mayor of the town opened the new bridge on Monday.\nHundreds came to see it and some walked over it and\n"
        "back again.\n\nThe bridge is to be shut in winter as it is made of\nwood, and nobody knows whether it will hold.\n",
    ],
)
def test_lines_wrapped_by_hand_are_joined(text):
    found = [words for role, words, _ in blocks("Tax hits earnings\n\n" + text) if role == "body"]
    assert len(found) == 2
    assert all(words.endswith(".") for words in found)


def test_lines_of_a_list_stay_apart():
    lines = [
        "Ferry one, with forty boxes of good bananas",
        "Ferry two, with nothing",
        "Ferry three, with boxes of bananas",
    ]
    assert [words for _, words, _ in blocks("\n".join(lines))] == lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>It rained.</p>\n<p>It snowed.</p>", [("boilerplate", "<p>"), ("body", "It rained."), ("boilerplate", "</p>"),
                                                  ("boilerplate", "<p>"), ("body", "It snowed."), ("boilerplate", "</p>")]),
        ("It <b>rained</b> all day.", [("body", "It <b>rained</b> all day.")]),
        ("It rained.\\n\\nIt snowed.", [("body", "It rained."), ("boilerplate", "\\n\\n"), ("body", "It snowed.")]),
        ("It rained&nbsp;&amp; snowed.", [("body", "It rained&nbsp;&amp; snowed.")]),
    ],
)  # fmt: skip
def test_tags_are_no_words(text, expected):
    assert [(role, words) for role, words, _ in blocks(text)] == expected
