"""A line is read in a moment, whatever it repeats: one that nearly has a role must not be tried in endless ways."""

from pathlib import Path
from time import perf_counter

import pytest

from build.reading.paragraphs import find_blocks
from build.reading.seeds import Seed


@pytest.mark.parametrize(
    "line",
    [
        "By CHRISTOPHER TORCHIA and JOHN BROWN (AP)",
        "By " + "A" * 24 + "(",
        "https://a.example/https://b.example/ " * 20 + "( x",
        "1/1/2000 1:00 " * 9 + "x",
        "loading... " * 14 + "q",
        "2019-10-06" + " " * 8_000 + "x",
        "updated" + " " * 8_000 + "x",
        "<div " + "<" * 50_000,
        "<!--" * 10_000,
    ],
    ids=lambda line: line[:10],
)
def test_no_line_takes_long(line):
    begun = perf_counter()
    find_blocks(Seed(Path("a.md"), f"Bridge opens\n\n{line}\n\nThe mayor came.\n", ""))
    assert perf_counter() - begun < 0.4
