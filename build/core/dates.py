"""Dates as EDTF (ISO 8601-2): reads full days in a text, and says which days an EDTF date spans."""

import re
from datetime import date
from functools import cache
from time import struct_time

from edtf import parse_edtf

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
WEEKDAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
WEEKDAY = rf"(?:{WEEKDAY_NAME}\.?,?\s+)"
ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"

# A day of the year, without its year: March 3, 3 March, 3-Mar
YEARLESS_DAY = rf"(?i:{WEEKDAY}?(?:{MONTH}\s+{ORDINAL}\b|\b{ORDINAL}(?:\s+(?:of\s+)?|-){MONTH}))"
# A whole date: 2019-10-06, Thursday, May 7, 2015, 7th of May 2015, 07/05/2015, 7-MAY-2015, 7 May 2015,Thursday
DAY = (
    rf"(?i:\b\d{{4}}(?:-\d\d-|/\d\d/)\d\d(?!\d)|{WEEKDAY}?{MONTH}\s+{ORDINAL},?\s+\d{{4}}\b"
    rf"|{WEEKDAY}?\b{ORDINAL}(?:\s+(?:of\s+)?|[-/.]){MONTH}(?:,?\s+|[-/])\d{{4}}\b(?:,\s?{WEEKDAY_NAME}\b)?"
    rf"|\b{MONTH}[-/]\d{{1,2}}[-/]\d{{4}}\b|\b\d{{1,2}}(?:\.\d{{1,2}}\.|-\d{{1,2}}-|/\d{{1,2}}/)\d{{4}}\b|\b\d{{1,2}}/\d{{1,2}}/\d\d\b)"
)
TIME = (
    r"(?i:\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\.\d{2}(?=\s*[ap]\.?m\b|\s*\(?(?:[A-Z]{1,3}T|GMT|UTC)\b)(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?|\d{4}(?=\s?(?:GMT|UTC|hours|hrs)\b))"
    r"(?:\s*\(?(?:[A-Z]{2,4}T|GMT|UTC|Z|hours|hrs)\)?|\s*[+-]\d\d:?\d\d)?"
)

ISO_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)-|/(?P<month2>\d\d)/)(?P<day>\d\d)")
# 25/12/2019, 12/25/2019: no month has a number above twelve
NUMBERED_DAY = re.compile(
    r"\b(?:(?P<day>1[3-9]|2\d|3[01])[./-](?P<month>0?[1-9]|1[0-2])|(?P<month2>0?[1-9]|1[0-2])[./-](?P<day2>1[3-9]|2\d|3[01]))"
    r"[./-](?P<year>\d{4})\b"
)
NAMED_DAY = re.compile(
    rf"(?:\b(?P<month>{MONTH})[\s/-]+(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\D{{0,6}}?[\s./-]+(?P<month2>{MONTH}))(?![a-z])"
    r"\D{1,6}?(?P<year>\d{4})",
    re.IGNORECASE,
)
# What EDTF has beyond days, months, years and intervals of them says less than we promise.
PRECISION = re.compile(r"[~?%]?-?[\dX]{4}[~?%]?(-[\dX]{2}[~?%]?){0,2}")


def read_day(text: str) -> str | None:
    """The first full date in a text as `YYYY-MM-DD`; None where there is none, or no such day.

    07/05/2015 is May in London and July in New York, so it is not read.
    """
    match = ISO_DAY.search(text) or NAMED_DAY.search(text) or NUMBERED_DAY.search(text)
    if not match:
        return None
    found = {name: words for name, words in match.groupdict().items() if words}
    month = found.get("month") or found["month2"]
    number = int(month) if month.isdigit() else MONTHS[month.lower().rstrip(".")]
    try:
        return date(int(found["year"]), number, int(found.get("day") or found["day2"])).isoformat()
    except ValueError:
        return None


@cache  # reading EDTF takes a hundredth of a second, and the same days come in many articles
def bounds(edtf: str) -> tuple[str | None, str | None]:
    """The first and the last day of an EDTF date, `YYYY-MM-DD`; None for an open end.

    Raises ValueError if it is not EDTF of day precision at most, or ends before it begins.
    """
    ends = edtf.split("/")
    if len(ends) > 2 or all(end in ("", "..") for end in ends):
        raise ValueError(f"{edtf!r} is not an EDTF date")
    earliest = None if ends[0] in ("", "..") else day(ends[0], "lower_strict")
    latest = None if ends[-1] in ("", "..") else day(ends[-1], "upper_strict")
    if earliest and latest and latest < earliest:
        raise ValueError(f"{edtf!r} ends before it begins")
    return earliest, latest


def day(edtf: str, bound: str) -> str:
    """One end of a date; `bound` names the edtf library's method that gives it."""
    if not PRECISION.fullmatch(edtf):
        raise ValueError(f"{edtf!r} is not an EDTF date of day precision at most")
    try:
        found: struct_time = getattr(parse_edtf(edtf), bound)()
        return date(*found[:3]).isoformat()
    except Exception as error:  # the library raises whatever its parts raise
        raise ValueError(f"{edtf!r} is not an EDTF date") from error
