"""Times, figures, events, and what an article states by itself: made-up sentences in, values out.

Published on Thursday, 7 March 2024.
"""

from datetime import date

import pytest

from build.extractor.extraction import extract_text
from build.extractor.facts.figures import find_figures
from build.extractor.facts.timex import find_dates

PUBLISHED = date(2024, 3, 7)


@pytest.mark.parametrize(
    ("words", "expected", "rule"),
    [
        ("It sank on 3 March 2019.", "2019-03-03", "date"),
        ("It sank on Tuesday.", "2024-03-05", "weekday"),
        ("It sank on Thursday.", "2024-03-07", "weekday"),  # the day of publication itself
        ("It sank last Thursday.", "2024-02-29", "weekday"),
        ("It sank this past Thursday.", "2024-02-29", "weekday"),
        ("It sank on Monday last week.", "2024-02-26", "weekday"),
        ("It sails on Monday next week.", "2024-03-11", "weekday"),
        ("It sails next Thursday.", "2024-03-14", "weekday"),
        ("It sails the following Monday.", "2024-03-11", "weekday"),
        ("It sails every Friday.", None, "weekday"),
        ("It will sail this Friday.", "2024-03-08", "weekday"),
        ("It will sail on Friday.", "2024-03-08", "weekday"),
        ("The trial resumes Friday.", "2024-03-08", "weekday"),
        ("Services are Friday.", "2024-03-08", "weekday"),
        ("It may rain on Friday.", "2024-03-08", "weekday"),
        ("A man who may face charges was held on Friday.", "2024-03-01", "weekday"),
        ("Those who meet here left Friday.", "2024-03-01", "weekday"),
        ("On Friday, the court will rule.", "2024-03-08", "weekday"),
        ("On Friday, the court said it will rule.", "2024-03-01", "weekday"),
        ("The court sat Friday; it will rule.", "2024-03-01", "weekday"),
        ("The trial did not resume Friday.", "2024-03-01", "weekday"),
        ("Friday is to be quiet.", "2024-03-08", "weekday"),
        ("It is dry until Sunday.", "2024-03-10", "weekday"),
        ("It sank on Wednesday night.", "2024-03-06", "weekday"),
        ("It sank yesterday.", "2024-03-06", "day"),
        ("It sank on Dec. 24.", "2023-12-24", "nearest year"),
        ("It sails on March 12.", "2024-03-12", "nearest year"),
        ("It sails on July 20.", "2023-07-20", "nearest year"),
        ("It will sail on July 20.", "2024-07-20", "nearest year"),
        ("It rained on February 16-19.", "2024-02-16/2024-02-19", "interval"),
        ("It rained on February 19-16.", None, "interval"),
        ("It sank last weekend.", "2024-03-02/2024-03-03", "last, this, next"),
        ("It sank last week.", "2024-02-26/2024-03-03", "last, this, next"),
        ("It sank last month.", "2024-02", "last, this, next"),
        ("It sank this year.", "2024", "last, this, next"),
        ("It sank in July 1997.", "1997-07", "month"),
        ("It sank in November.", "2023-11", "latest month"),
        ("It sank in March.", "2024-03", "latest month"),
        ("It sank last March.", "2023-03", "latest month"),
        ("It sails next March.", "2025-03", "latest month"),
        ("It will sail in November.", "2024-11", "latest month"),
        ("It sank in the 1990s.", "199X", "decade"),
        ("It sank in 1988.", "1988", "year"),
        ("It sank 11 days ago.", "2024-02-25", "ago"),
        ("It sank two weeks ago.", "2024-02-22~", "ago"),
        ("It was dry until Sunday.", "2024-03-03", "weekday"),
        ("It took two weeks.", None, "duration"),
        ("It sank over the weekend.", None, "vague"),
        ("It sank in the summer of 2019.", None, "vague"),
        ("It sank in the fourth quarter of 2019.", None, "vague"),
        ("It sank just after midnight.", None, "vague"),
        ("It sank at 22:22 pm.", None, "time"),
        ("It sank on 30 February 2019.", None, "date"),  # no such day
    ],
)
def test_dates(words, expected, rule):
    (found,) = find_dates(words, PUBLISHED)
    assert (found.date, found.rule) == (expected, rule)


@pytest.mark.parametrize(
    "words", ["You may go.", "A second ship sank.", "We march on.", "A six-year-old boy.", "It cost $1988."]
)
def test_no_dates(words):
    assert find_dates(words, PUBLISHED) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It sank on Monday. That day, four died.", "2024-03-04"),
        ("It sank on Monday. The next day it rose.", "2024-03-05"),
        ("It sank on Monday and rose three days later.", "2024-03-07"),
        ("It sank in May. Later that day it rose.", None),
    ],
)
def test_days_counted_from_the_one_before(words, expected):
    *_, last = find_dates(words, PUBLISHED)
    assert last.date == expected


def test_without_a_publication_day_relative_dates_stay_unknown():
    assert [d.date for d in find_dates("It sank yesterday, in 1988 and on Friday.", None)] == [
        None,
        "1988",
        None,
    ]


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
        ("$5 tickets for a boat", [("$5", 5, "exactly", "$")]),
        ("2,500 of them", [("2,500", 2500, "exactly", None)]),
        ("they scored 24", [("24", 24, "exactly", None)]),
        ("nothing was counted", []),
    ],
)
def test_figures(text, figures):
    assert [(f.text, f.value, f.comparator, f.unit) for f in find_figures(text, [])] == figures


def test_dates_are_no_figures():
    assert list(find_figures("on March 3, 2023", [(3, 16)])) == []


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        # a figure or a day, in a sentence that nobody says
        ("Forty boats sank.", ["Forty boats sank."]),
        ("It sank on Tuesday.", ["It sank on Tuesday."]),
        ("Nobody came. The one who did was late.", []),
        ("It sank at dawn.", []),
        ("Forty boats, two ships.", []),  # nothing is stated of them
        ("Two boats sank.  Jane Doe said it sank on Tuesday.  Four rose.", ["Two boats sank.", "Four rose."]),
        ("Forty boats sink\n\nNobody came.", []),  # a headline
    ],
)
def test_what_the_article_states_by_itself(text, stated):
    claims = extract_text(text, "2024-03-07")["claims"]
    assert [claim["text"] for claim in claims if claim["kind"] == "assertion"] == stated


@pytest.mark.parametrize(
    ("text", "events"),
    [
        # a day, and somebody or a word for an event, in one sentence
        ("Jane Doe left on Monday.", [("Jane Doe left on Monday.", "2024-03-04", ("jane-doe",))]),
        ("Strikes began on Monday.", [("Strikes began on Monday.", "2024-03-04", ())]),
        ("It rained on Monday. Jane Doe left.", []),
        ("Jane Doe left. It rained on Monday.", []),
        ("It rained on Monday.\n\nJane Doe left early.", []),
        ("Jane Doe left at dawn.", []),
        ("The strikes of Monday.", []),  # nothing happens
    ],
)
def test_events(text, events):
    found = extract_text(text, "2024-03-07")["events"]
    assert [(event["name"], event["date"], event["participants"]) for event in found] == events
