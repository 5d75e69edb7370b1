"""EDTF dates have bounds and words, which the database keeps; full days are read out of texts."""

import shutil

import pytest
from front_door import client_of, path_of
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from build.core.date_words import words_for
from build.core.dates import bounds, read_day


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2022-02-17", ("2022-02-17", "2022-02-17")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2022", ("2022-01-01", "2022-12-31")),
        ("2022-02-16~", ("2022-02-16", "2022-02-16")),
        ("2022-02-XX", ("2022-02-01", "2022-02-28")),
        ("2022-02-15/2022-02-16", ("2022-02-15", "2022-02-16")),
        ("2022-02-17/..", ("2022-02-17", None)),
        ("../2022-02", (None, "2022-02-28")),
    ],
)
def test_bounds(edtf, expected):
    assert bounds(edtf) == expected


@pytest.mark.parametrize(
    "edtf",
    ["", "..", "../..", "2022-13", "2022-02-30", "2022-02-17T10:00", "Wednesday", "2022-02-02/2022-02-01", "2022/23/24"],
)  # fmt: skip
def test_no_date(edtf):
    with pytest.raises(ValueError, match=r"EDTF|ends before"):
        bounds(edtf)


@given(st.text(alphabet="0123456789-/.~?%X TZ"))
def test_bounds_of_anything(text):
    try:
        earliest, latest = bounds(text)
    except ValueError:
        return
    assert earliest is None or latest is None or earliest <= latest


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("date 2019-10-06", "2019-10-06"),
        ("Feb 21, 2022, 22:22 pm", "2022-02-21"),
        ("Thursday, May 7, 2015", "2015-05-07"),
        ("the 7th of May 2015", "2015-05-07"),
        ("3 March 2024 | Updated: 4 March 2024", "2024-03-03"),
        ("07/05/2015", None),  # May or July?
        ("February 30, 2022", None),
        ("last week", None),
    ],
)
def test_read_day(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2022-02-16", "16 February 2022"),
        ("2021-03", "March 2021"),
        ("2019", "2019"),
        ("2022-02-15/2022-02-16", "15–16 February 2022"),
        ("2022-02-26/2022-03-02", "26 February 2022 – 2 March 2022"),
        ("../2019", "until 2019"),
        ("2022-02-17/..", "from 17 February 2022"),
        ("2022-02-16~", "2022-02-16~"),
    ],
)
def test_words(edtf, words):
    assert words_for(edtf) == words


def test_every_date_is_kept_with_its_month_and_year(tiny):
    scored = {row["date"][:length] for row in tiny["scores"].rows for length in (4, 7, 10)}  # the extractor's
    assert [tuple(row.values()) for row in tiny["dates"].rows if row["id"] not in scored] == [
        ("2024", "2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "February 2024", "2024-02-01", "2024-02-29"),
        ("2024-02-26", "26 February 2024", "2024-02-26", "2024-02-26"),
        ("2024-02-26/2024-03-02", "26 February 2024 – 2 March 2024", "2024-02-26", "2024-03-02"),
        ("2024-03", "March 2024", "2024-03-01", "2024-03-31"),
        ("2024-03-01", "1 March 2024", "2024-03-01", "2024-03-01"),
        ("2024-03-02", "2 March 2024", "2024-03-02", "2024-03-02"),
        ("2024-03-03", "3 March 2024", "2024-03-03", "2024-03-03"),
        ("2024-03-31", "31 March 2024", "2024-03-31", "2024-03-31"),
    ]


def test_a_page_says_dates_in_words(tiny_client):
    assert "2 March 2024" in tiny_client.get("/news/articles/harbour-strike").text


def test_a_date_that_the_build_has_not_read_stays_as_it_is(tiny, tmp_path):
    """A database that somebody else has changed."""
    changed = Database(shutil.copy(path_of(tiny), tmp_path / "news.db"))
    changed["articles"].update("harbour-strike", {"published": "<b>soon</b>"})
    assert "&lt;b&gt;soon&lt;/b&gt;" in client_of(changed).get("/news/articles/harbour-strike").text
