"""EDTF dates have bounds; full days are read out of texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
