"""An EDTF date in words: 2022-02-14/2022-02-20 is 14–20 February 2022."""

import re

MONTHS = "January February March April May June July August September October November December".split()
DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def words_for(edtf: str) -> str:
    """The words; what is more than days, months, years and intervals of them stays as it is."""
    begin, slash, end = edtf.partition("/")
    if not slash:
        return words_for_day(edtf)
    if begin in ("", ".."):
        return f"until {words_for_day(end)}"
    if end in ("", ".."):
        return f"from {words_for_day(begin)}"
    if len(begin) == 10 and begin[:7] == end[:7]:
        return f"{int(begin[8:])}–{words_for_day(end)}"
    return f"{words_for_day(begin)} – {words_for_day(end)}"


def words_for_day(date: str) -> str:
    """The words for a day, a month or a year."""
    match = DATE.fullmatch(date)
    if not match or not 1 <= int(match[2] or 1) <= 12:
        return date
    year, month, day = match.groups()
    return " ".join(part for part in (day and str(int(day)), month and MONTHS[int(month) - 1], year) if part)
