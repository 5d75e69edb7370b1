"""Time expressions, with the rule that resolves them; published on Thursday, 7 March 2024."""

from datetime import date

import pytest

from build.extractor.facts.timex import find_dates

PUBLISHED = date(2024, 3, 7)


@pytest.mark.parametrize(
    ("words", "expected", "rule"),
    [
        ("It sank on 3 March 2019.", "2019-03-03", "date"),
        ("It sank on Tuesday.", "2024-03-05", "weekday"),
        ("It sank on Thursday.", "2024-03-07", "weekday"),  # the day of publication itself
        ("It sank last Thursday.", "2024-02-29", "weekday"),
        ("It will sail on Friday.", "2024-03-08", "weekday"),
        ("The trial resumes Friday.", "2024-03-08", "weekday"),
        ("Services are Friday.", "2024-03-08", "weekday"),
        ("It may rain on Friday.", "2024-03-08", "weekday"),
        ("A man who may face charges was held on Friday.", "2024-03-01", "weekday"),
        ("Those who meet here left Friday.", "2024-03-01", "weekday"),
        ("On Friday, the court will rule.", "2024-03-08", "weekday"),
        ("It sank on Wednesday night.", "2024-03-06", "weekday"),
        ("It sank yesterday.", "2024-03-06", "day"),
        ("It sank on Dec. 24.", "2023-12-24", "nearest year"),
        ("It sails on March 12.", "2024-03-12", "nearest year"),
        ("It sank last week.", "2024-02-26/2024-03-03", "last, this, next"),
        ("It sank last month.", "2024-02", "last, this, next"),
        ("It sank this year.", "2024", "last, this, next"),
        ("It sank in July 1997.", "1997-07", "month"),
        ("It sank in November.", "2023-11", "latest month"),
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
