"""What a text is made of: quotation marks of every kind, lost ones too, and words; made-up sentences in."""

import pytest

from build.extractor.extraction import extract_text
from build.extractor.text.quotations import find_quotations, mask


@pytest.mark.parametrize(
    ("paragraph", "quoted"),
    [
        ('"We will go," she said. "All of us."', ['"We will go,"', '"All of us."']),
        ("“We will go,” she said.", ["“We will go,”"]),
        ("«Vamos», dijo.", ["«Vamos»"]),
        ("„Wir gehen“, sagte sie.", ["„Wir gehen“"]),
        ("``We will go,'' she said.", ["``We will go,''"]),
        ("''We will go,'' she said.", ["''We will go,''"]),
        ("‘We don’t go,’ she said.", ["‘We don’t go,’"]),  # no double marks: single ones count
        ("“He said ‘no’ and left,” she said.", ["“He said ‘no’ and left,”"]),
        ("“I live in what he calls “hell” now,” she said.", ["“I live in what he calls “hell” now,”"]),
        ("“We will go", ["“We will go"]),  # the closing mark is lost
        ("We will go,” she said.", ["We will go,”"]),  # the opening mark is lost
        ("“He said «no» to me,” she said.", ["“He said «no» to me,”"]),
        ('"He said «no» to me," she said.', ['"He said «no» to me,"']),
        ('One "stray mark: “We go,” she said.', ["“We go,”"]),
        ("The farmers' market isn't open.", []),
        ('A 6" pipe', []),
    ],
)
def test_quotations_of_a_paragraph(paragraph, quoted):
    (found,) = find_quotations([paragraph])
    assert [paragraph[q.start : q.end] for q in found] == quoted


def test_double_marks_inside_single_ones_do_not_count():
    paragraphs = ["‘He said “no” to me,’ she said.", "‘We will go,’ he said."]
    found = find_quotations(paragraphs)
    quoted = [text[q.start : q.end] for text, each in zip(paragraphs, found, strict=True) for q in each]
    assert quoted == ["‘He said “no” to me,’", "‘We will go,’"]


def test_what_stands_inside_other_marks_does_not_tell_which_an_article_uses():
    first, second = find_quotations(["‘He told us “we will not go” again,’ she said.", "She calls it “a mess at sea”."])
    assert (len(first), len(second)) == (1, 0)


def test_single_marks_count_in_a_heading():
    heading, body = find_quotations(["‘We go’, says Doe", "“We go,” said Doe of ‘the end’."], headings=[0])
    assert (len(heading), len(body)) == (1, 1)


def test_a_quotation_goes_on_in_the_next_paragraph():
    first, second = find_quotations(["“We will go.", "“And stay.” She left."])
    assert not first[0].closed
    assert second[0].continues


def test_marks_of_fragments_are_masked_and_offsets_lead_back():
    paragraph = "She called it “a mess” and left."
    (found,) = find_quotations([paragraph])
    text, offsets = mask(paragraph, found)
    assert text == "She called it a mess and left."
    assert "".join(paragraph[at] for at in offsets) == text


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Jean-Luc Petit left. Petit said it was late.", ["Jean-Luc Petit"]),
        ("The Clinton-Gore administration left.", ["Clinton"]),  # two people
    ],
)
def test_a_hyphen_joins_a_name(text, people):
    assert [person["name"] for person in extract_text(text)["people"]] == people
