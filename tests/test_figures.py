"""Numbers with comparator and unit."""

import pytest

from build.extractor.facts.figures import find_figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("would buy 200 tractors from them", [("200 tractors", 200, "exactly", "tractors")]),
        ("more than 20 agreements between us", [("more than 20 agreements", 20, "more_than", "agreements")]),
        ("some 400 dockers had walked out", [("some 400 dockers", 400, "about", "dockers")]),
        ("10 million doses of vaccine", [("10 million doses", 10_000_000, "exactly", "doses")]),
        ("a growth of 50 percent in a year", [("50 percent", 50, "exactly", "percent")]),
        ("107 wounded pilgrims came", [("107 wounded pilgrims", 107, "exactly", "wounded pilgrims")]),
        ("at least $3.5 billion", [("at least $3.5 billion", 3_500_000_000, "at_least", "$")]),
        ("nothing was counted", []),
    ],
)
def test_figures(text, figures):
    assert [(f.text, f.value, f.comparator, f.unit) for f in find_figures(text, [])] == figures


def test_dates_are_no_figures():
    assert list(find_figures("on March 3, 2023", [(3, 16)])) == []
