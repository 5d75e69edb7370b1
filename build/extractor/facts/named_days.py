"""Counts the days that have a name or a number of their own: Easter, Christmas, the first Monday in March."""

from calendar import monthcalendar
from datetime import date, timedelta
from functools import cache

from ...core.lexicons import read_lexicon

ORDER = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}


def weekdays() -> list[str]:
    return [line.split()[0] for line in read_lexicon("weekdays")]


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The first Monday in March; -1 is the last one."""
    days = [week[weekday] for week in monthcalendar(year, month) if week[weekday]]
    return date(year, month, days[nth])


def easter(year: int) -> date:
    """Easter Sunday of the western churches, by the rule of 1582 (Meeus, Jones, Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays() -> dict[str, str | None]:
    """The names of holidays, each with its rule; None where a name means different days in different countries."""
    lines = (line.partition(" = ") for line in read_lexicon("holidays"))
    return {name: rule or None for name, _, rule in lines}


def holiday(name: str, year: int) -> date | None:
    rule = holidays().get(name.lower().replace("’", "'"))
    if rule is None:
        return None
    if rule.startswith("E"):
        return easter(year) + timedelta(days=int(rule[1:]))
    if " " in rule:
        nth, weekday, month = rule.split()
        return nth_weekday(year, int(month), weekdays().index(weekday), int(nth) - 1)
    return date(year, int(rule[:2]), int(rule[3:]))
