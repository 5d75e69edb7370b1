"""Every date of a dataset in words, with the days that it spans: a Dataset goes in, Dates come out.

With each date come the month and the year that it begins with: facets and charts count by them.
"""

import re
from collections.abc import Iterator

from ..core.date_words import words_for
from ..core.dates import bounds
from ..core.records import Date
from ..core.tables import Dataset

# How a year and a month are written, by the number of their characters
PARTS = {4: re.compile(r"\d{4}"), 7: re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")}


def dates_of(dataset: Dataset) -> Iterator[str | None]:
    """Whatever is shown as a date."""
    for article in dataset.articles:
        yield from (article.published, article.published_earliest, article.published_latest)
    for event in dataset.events:
        yield from (event.date, event.date_earliest, event.date_latest)
    yield from (report.date_resolved for report in dataset.event_reports)
    yield from (build.date for build in dataset.build)
    yield from (score.date for score in dataset.scores)


def parts_of(edtf: str) -> Iterator[str]:
    """A date with its year and its month: 2022-02-16, 2022, 2022-02."""
    yield edtf
    yield from (edtf[:length] for length, written in PARTS.items() if written.fullmatch(edtf[:length]))


def find_dates(dataset: Dataset) -> tuple[Date, ...]:
    """Each date once, by its EDTF."""
    found = {part for edtf in dates_of(dataset) if edtf for part in parts_of(edtf)}
    return tuple(Date(edtf, words_for(edtf), *bounds(edtf)) for edtf in sorted(found))
