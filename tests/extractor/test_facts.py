"""Times, figures, events, and what an article states by itself: made-up sentences in, values out.

Published on Thursday, 7 March 2024.
"""

from datetime import date

import pytest

from build.extractor.extraction import extract_text
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
    ("words", "published", "expected"),
    [
        # to come, seen from the past
        ("The mayor said the lock would open on Friday.", "2024-03-06", ["2024-03-08"]),
        ("The lock was to open on Sunday.", "2024-03-06", ["2024-03-10"]),
        ("Talks were due to resume on Monday.", "2024-03-06", ["2024-03-11"]),
        ("If the vote fails on Friday, she goes.", "2024-03-06", ["2024-03-08"]),
        ("Ferrymen strike from Tuesday.", "2024-03-06", ["2024-03-12"]),
        ("Ferrymen walked from Tuesday to the lock.", "2024-03-06", ["2024-03-05"]),
        ("The fleet set sail on Sunday.", "2024-03-06", ["2024-03-03"]),
        ("He said he would resign after Tuesday’s vote.", "2024-03-06", ["2024-03-05"]),
        ("A new head should be there by the feast in October.", "2022-06-24", ["2022-10"]),
        # the n-th of a month, and days with a name
        ("They met on the first Monday in March.", "2024-03-20", ["2024-03-04"]),
        ("They met on the third Friday of May 2023.", "2024-03-20", ["2023-05-19"]),
        ("It opens on the last Friday of the month.", "2024-03-20", ["2024-03-29"]),
        ("They met on Good Friday.", "2024-04-10", ["2024-03-29"]),
        ("The lock was shut on Christmas Day.", "2024-03-06", ["2023-12-25"]),
        ("It will close on Easter Monday.", "2024-03-06", ["2024-04-01"]),
        ("They met on Thanksgiving.", "2023-12-06", ["2023-11-23"]),
        ("They met on Memorial Day.", "2024-03-06", [None]),  # in May or in November
        # inside a quotation, from the day on which it was said
        ("“We sail tomorrow,” Ann Roe said on Monday.", "2024-03-06", ["2024-03-05", "2024-03-04"]),
        ("“We came yesterday,” she said. It rained on Monday.", "2024-03-06", ["2024-03-05", "2024-03-04"]),
        # as machines and wires write it
        ("The talks of 2024-03-04T09:30:00Z failed.", "2024-03-06", ["2024-03-04"]),
        ("They met on 04-Mar-2024.", "2024-03-06", ["2024-03-04"]),
        ("They met on 9-MAR-1987.", "2024-03-06", ["1987-03-09"]),
        ("They met on 28 Jul 2017,Friday.", "2024-03-06", ["2017-07-28"]),
        ("They met on 4/3/24.", "2024-03-06", [None]),
        ("They met on 25/12/2019.", "2024-03-06", ["2019-12-25"]),
        # spans of time
        ("She led it from 2000 to 2002.", "2024-03-06", ["2000/2002"]),
        ("She led it 1987-1993.", "2024-03-06", ["1987/1993"]),
        ("She led it between 2001 and 2004.", "2024-03-06", ["2001/2004"]),
        ("Exports fell in 2012-13.", "2024-03-06", ["2012/2013"]),
        ("It rained in 2003 and 2007.", "2024-03-06", ["2003", "2007"]),
        ("They met on 3-5 March 2023.", "2024-03-06", ["2023-03-03/2023-03-05"]),
        ("It has rained since Monday.", "2024-03-06", ["2024-03-04/.."]),
        ("It is shut since May 28.", "2024-03-06", ["2023-05-28/.."]),
        ("It is shut since 2019.", "2024-03-06", ["2019/.."]),
        ("The town burned in 44 BC.", "2024-03-06", ["-0043"]),
        # none
        ("He does so to this day.", "2024-03-06", []),
        ("It rose 3.15 million, three-quarters of it now.", "2024-03-06", []),
    ],
)
def test_days_of_all_kinds(words, published, expected):
    assert [d.date for d in find_dates(words, date.fromisoformat(published))] == expected


def test_a_caption_speaks_of_what_was():
    caption = "Ann Roe speaks to ferrymen on Friday."
    (found,) = find_dates(caption, PUBLISHED, past=True)
    assert found.date == "2024-03-01"
    (found,) = find_dates("Ann Roe will speak on Friday.", PUBLISHED, past=True)
    assert found.date == "2024-03-08"


def figures_of(text):
    claims = extract_text(text, "2024-03-07")["claims"]
    return [figure for claim in claims for figure in claim["figures"]]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # composed, and parted in all ways
        ("Police said forty-two barns burned.", [("forty-two barns", 42, 42, "exactly", "barns")]),
        ("Police said one hundred and five men left.", [("one hundred and five men", 105, 105, "exactly", "men")]),
        ("Police said two thousand five hundred men left.", [("two thousand five hundred men", 2500, 2500, "exactly", "men")]),
        ("Police said 14\u00a0500 barns burned.", [("14\u00a0500 barns", 14500, 14500, "exactly", "barns")]),
        ("Police said 12 000 men left.", [("12 000 men", 12000, 12000, "exactly", "men")]),
        ("Police said 1’200’000 men left.", [("1’200’000 men", 1_200_000, 1_200_000, "exactly", "men")]),
        ("Police said half a million men left.", [("half a million men", 500_000, 500_000, "exactly", "men")]),
        ("Police said two and a half million men left.", [("two and a half million men", 2_500_000, 2_500_000, "exactly", "men")]),
        ("Police said 20 lakh men left.", [("20 lakh men", 2_000_000, 2_000_000, "exactly", "men")]),
        ("The mayor said half of the men left.", [("half", 0.5, 0.5, "exactly", None)]),
        # ranges, signs, comparators
        ("Police said between 200 and 300 men left.", [("between 200 and 300 men", 200, 300, "exactly", "men")]),
        ("Police said 20-30 barns burned.", [("20-30 barns", 20, 30, "exactly", "barns")]),
        ("The debt is $3-5 billion, she said.", [("$3-5 billion", 3e9, 5e9, "exactly", "$")]),
        ("Growth was minus 3 percent, she said.", [("minus 3 percent", -3, -3, "exactly", "percent")]),
        ("The profit was -2.5 million euros, she said.", [("-2.5 million euros", -2_500_000, -2_500_000, "exactly", "euros")]),
        ("Police said >50 barns burned.", [(">50 barns", 50, None, "more_than", "barns")]),
        ("Police said ~300 barns burned.", [("~300 barns", 300, 300, "about", "barns")]),
        ("Police said 100+ barns burned.", [("100+ barns", 100, None, "at_least", "barns")]),
        ("Police said 50 men or more left.", [("50 men or more", 50, None, "at_least", "men")]),
        ("Police said not more than 5 men left.", [("not more than 5 men", None, 5, "at_most", "men")]),
        ("Police said some 400 men left.", [("some 400 men", 400, 400, "about", "men")]),
        # one unit a currency
        ("It cost €3.2 billion, she said.", [("€3.2 billion", 3.2e9, 3.2e9, "exactly", "euros")]),
        ("It cost 3.2 billion euros, she said.", [("3.2 billion euros", 3.2e9, 3.2e9, "exactly", "euros")]),
        ("It cost CHF 3 million, she said.", [("CHF 3 million", 3e6, 3e6, "exactly", "Swiss francs")]),
        ("It cost 40 million Swiss francs, she said.", [("40 million Swiss francs", 4e7, 4e7, "exactly", "Swiss francs")]),
        ("It cost Rs 5 crore, she said.", [("Rs 5 crore", 5e7, 5e7, "exactly", "Rs")]),
        ("It cost at least $3.5m, she said.", [("at least $3.5m", 3.5e6, None, "at_least", "$")]),
        ("It cost 3 tn yen, she said.", [("3 tn yen", 3e12, 3e12, "exactly", "yen")]),
        # what is counted, in the plural and without a verb
        ("Police said 12 men died in the barn.", [("12 men", 12, 12, "exactly", "men")]),
        ("Police said one man died in the barn.", [("one man", 1, 1, "exactly", "men")]),
        ("Police said 107 wounded pilgrims came.", [("107 wounded pilgrims", 107, 107, "exactly", "pilgrims")]),
        ("Support rose 3 percentage points, she said.", [("3 percentage points", 3, 3, "exactly", "percentage points")]),
        ("Support rose 0.5pp, she said.", [("0.5pp", 0.5, 0.5, "exactly", "percentage points")]),
        ("She read the 300-page report, she said.", [("300-page", 300, 300, "exactly", "pages")]),
        # no figures
        ("Covid-19 shut the barn, she said.", []),
        ("The 12th barn burned, she said.", []),
        ("“No one will move us,” she said.", []),
        ("FOX 5 had shown ward No. 2 and page 3, she said.", []),
        ("Call 555-0123 or +44 20 7946 0958, she said.", []),
        ("The council voted 7-2 to shut it, she said.", []),
        ("The call came at 0200 GMT, she said.", []),
        ("The barn burned in 44 BC, she said.", []),
        ("Exports fell in 2012-13, she said.", []),
        ("John Roe, 44, left the barn, she said.", []),
        ("A man aged 30 left the barn, she said.", []),
        ("A six-year-old boy left the barn, she said.", []),
        ("The barn burned on March 3, 2023, she said.", []),
        ("The Group of 20 met, she said.", []),
    ],
)  # fmt: skip
def test_figures(text, figures):
    names = ("text", "value_min", "value_max", "comparator", "unit")
    assert [tuple(figure[name] for name in names) for figure in figures_of(text)] == figures


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Police said 120 men fled.", "men who fled"),
        ("Police said 20 ships sank.", "ships that sank"),
        ("At least 30 ferrymen were hurt.", "ferrymen hurt"),
        ("The mayor said the town had bought 10 million doses of vaccine.", "doses of vaccine bought by the town"),
        ("She said growth was 3 percent.", "growth"),
        ("She said support rose 3 percentage points.", "support rose"),
        ("Two-thirds of voters backed it.", "voters who backed it"),
        ("The firm posted a growth of 50 percent.", "growth"),
        ("It lost $5 million.", None),
    ],
)
def test_what_a_figure_measures(text, measures):
    assert [figure["measures"] for figure in figures_of(text)] == [measures]


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
