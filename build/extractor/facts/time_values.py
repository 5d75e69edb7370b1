"""Says which date a time expression means: a match and its context go in, an EDTF date or None comes out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ...core.dates import MONTHS, read_day
from ...core.lexicons import lexicon_values
from .named_days import ORDER, holiday, nth_weekday, weekdays

HALF_A_YEAR = 183  # days
NEAR = 45  # days that a holiday lies ahead without a word that says so
MONTHS_AHEAD = 100  # days that an article announces without saying so
COMING = ("next", "coming", "this coming", "the following")
PAST = ("last", "past", "this past")
WEEKS = {"last week": -7, "next week": 7}  # days


@dataclass(frozen=True, slots=True)
class Context:
    """What decides a relative date: the publication day, whether the sentence looks ahead, and the day named last."""

    published: date | None
    ahead: bool = False
    named: date | None = None


Resolver = Callable[[re.Match[str], Context], str | None]


def unknown(match: re.Match[str], context: Context) -> str | None:
    """A span of time or an hour: it does not say which day."""
    return None


def full_day(match: re.Match[str], context: Context) -> str | None:
    return read_day(match.group())


def month_of(match: re.Match[str]) -> int:
    groups = match.groupdict()
    name = groups.get("month") or groups["month2"]
    return MONTHS[name.lower().rstrip(".")]


def day_of(words: str) -> int:
    """7 and 7th"""
    return int(re.sub(r"\D", "", words))


def nearest_day(match: re.Match[str], context: Context) -> str | None:
    """March 3: the last one, or one that is near."""
    day = day_of(match["day"] or match["day2"])
    return nearest(month_of(match), day, context).isoformat() if context.published else None


def nearest(month: int, day: int, context: Context) -> date:
    published = context.published or date.today()
    years = (published.year, published.year - 1, published.year + 1)
    days = [date(year, month, day) for year in years if (month, day) != (2, 29) or year % 4 == 0]
    past = [day for day in days if (day - published).days <= (HALF_A_YEAR if context.ahead else MONTHS_AHEAD)]
    return max(past)


def day_span(match: re.Match[str], context: Context) -> str | None:
    """September 16-19"""
    first, last = int(match["first"]), int(match["last"])
    if first >= last or not (match["year"] or context.published):
        return None
    month = month_of(match)
    start = date(int(match["year"]), month, first) if match["year"] else nearest(month, first, context)
    return f"{start.isoformat()}/{start.replace(day=last).isoformat()}"


def named_month(match: re.Match[str], context: Context) -> str | None:
    return f"{match['year']}-{month_of(match):02}"


def latest_month(match: re.Match[str], context: Context) -> str | None:
    """March: the latest up to the publication; in a sentence that looks ahead the next one."""
    if not context.published:
        return None
    months = away(month_of(match), context.published.month, 12, match["which"], context)
    return shifted(context.published, "month", months)


def away(there: int, here: int, cycle: int, which: str | None, context: Context) -> int:
    """How far away a month of twelve or a weekday of seven is, before or ahead."""
    word = (which or "").lower()
    if is_to_come(word, context):
        return (there - here) % cycle or cycle * (word in COMING)
    return -((here - there) % cycle) or -cycle * (word in PAST)


def is_to_come(which: str, context: Context) -> bool:
    """next, of: next Friday · none and this, of: it will open on Friday, it will open this Friday"""
    return which in COMING or (context.ahead and which not in PAST)


def decade(match: re.Match[str], context: Context) -> str | None:
    """the 1990s"""
    return f"{match['decade']}X"


def named_year(match: re.Match[str], context: Context) -> str | None:
    return match["year"]


def weekday_day(match: re.Match[str], context: Context) -> str | None:
    """Wednesday: the latest up to the day of publication; in a sentence that looks ahead the next one."""
    which, week = match["which"], (match["last_week"] or "").lower()
    if not context.published or (which or "").lower() in ("every", "each"):
        return None
    there, here = weekdays().index(match["weekday"].lower()), context.published.weekday()
    days = there - here + WEEKS[week] if week else away(there, here, 7, which, context)
    return (context.published + timedelta(days=days)).isoformat()


def year_span(match: re.Match[str], context: Context) -> str | None:
    """from 2000 to 2002; 2012-13"""
    first = int(match["from"])
    to = match["to"] or match["to2"]
    last = int(to) if to else first // 100 * 100 + int(match["short"])
    return f"{first}/{last}" if first < last else None


def weekday_of_month(match: re.Match[str], context: Context) -> str | None:
    """the first Monday in March; the last Friday of the month"""
    if not context.published:
        return None
    year, month = month_meant(match, context)
    names = weekdays()
    day = nth_weekday(year, month, names.index(match["weekday"].lower()), ORDER[match["nth"].lower()])
    return day.isoformat()


def month_meant(match: re.Match[str], context: Context) -> tuple[int, int]:
    published = context.published or date.today()
    if match["this"]:
        months = published.year * 12 + published.month - 1 + {"last": -1, "next": 1}.get(match["this"].lower(), 0)
        return months // 12, months % 12 + 1
    month = MONTHS[match["named"].lower().rstrip(".")]
    if match["year"]:
        return int(match["year"]), month
    months = published.year * 12 + published.month - 1 + away(month, published.month, 12, None, context)
    return months // 12, month


def ancient_year(match: re.Match[str], context: Context) -> str | None:
    """44 BC is the year -0043: between 1 BC and AD 1 EDTF has a year 0."""
    return f"{int(match['after']):04}" if match["after"] else f"-{int(match['year']) - 1:04}"


def named_holiday(match: re.Match[str], context: Context) -> str | None:
    """Easter, Christmas Day: the latest, or the one that is near or announced"""
    if match["year"]:
        found = holiday(match["holiday"], int(match["year"]))
        return found.isoformat() if found else None
    if not context.published:
        return None
    way, year = (match["which"] or "").lower(), context.published.year
    days = [day for each in (year - 1, year, year + 1) if (day := holiday(match["holiday"], each))]
    return nearest_of(days, way, context)


def nearest_of(days: list[date], way: str, context: Context) -> str | None:
    """The next of the days, or the latest, or one that is near"""
    published = context.published or date.today()
    if is_to_come(way, context):
        found = [day for day in days if day >= published][:1]
    else:
        limit = published + timedelta(days=0 if way == "last" else NEAR)
        found = [day for day in days if day <= limit][-1:]
    return found[0].isoformat() if found else None


DAYS = {
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


def relative_day(match: re.Match[str], context: Context) -> str | None:
    if not context.published:
        return None
    return (context.published + timedelta(days=DAYS.get(match["word"].lower(), 0))).isoformat()


def day_from_named(match: re.Match[str], context: Context) -> str | None:
    """that day, the next day, two days later, a day earlier: counted from the day named last"""
    if context.named is None:
        return None
    count = value_of(match["amount"] or "1")
    ways = {"same": 0, "that": 0, "next": 1, "following": 1, "later": 1, "previous": -1, "earlier": -1}
    way = ways[(match["which"] or match["way"]).lower()]
    return None if count is None else (context.named + timedelta(days=way * count)).isoformat()


def relative_unit(match: re.Match[str], context: Context) -> str | None:
    """last week, this month, next year"""
    which = match["which"].lower().removeprefix("the ")
    if not context.published or which not in WAYS:
        return None
    return shifted(context.published, match["unit"].lower(), WAYS[which])


WAYS = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}


def shifted(day: date, unit: str, count: int) -> str | None:
    """The day, week, month, year or decade that lies so many of them away."""
    if unit == "day":
        return (day + timedelta(days=count)).isoformat()
    if unit in ("week", "weekend"):
        return week(day + timedelta(days=7 * count), unit)
    if unit == "month":
        months = day.year * 12 + day.month - 1 + count
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if unit == "year":
        return f"{day.year + count:04}"
    return None


def week(day: date, unit: str) -> str:
    """Monday to Sunday, or Saturday and Sunday, of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    first = monday + timedelta(days=5) if unit == "weekend" else monday
    return f"{first.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def units_ago(match: re.Match[str], context: Context) -> str | None:
    """11 days ago, two weeks ago (about that day), three months ago (that month), ten years ago."""
    count, unit = value_of(match["amount"]), match["unit"].lower()
    if not context.published or count is None or not match.group().lower().endswith("ago"):
        return None
    if unit in ("week", "fortnight"):
        days = int(lexicon_values("time_units")[unit])
        return f"{(context.published - timedelta(days=days * count)).isoformat()}~"
    return shifted(context.published, unit, -count)


def value_of(amount: str) -> int | None:
    """The number that figures or words say: 12, twelve, twenty-one."""
    if amount.isdigit():
        return int(amount)
    words = re.split(r"[ -]", amount.lower())
    values = lexicon_values("number_words")
    return sum(int(values[word]) for word in words) if all(word in values for word in words) else None


RESOLVERS: dict[str, Resolver] = {
    "date": full_day,
    "interval": day_span,
    "nearest year": nearest_day,
    "month": named_month,
    "latest month": latest_month,
    "decade": decade,
    "years": year_span,
    "n-th weekday": weekday_of_month,
    "before Christ": ancient_year,
    "holiday": named_holiday,
    "since": unknown,  # it holds another date: timex.py reads that
    "year": named_year,
    "weekday": weekday_day,
    "day": relative_day,
    "day from another": day_from_named,
    "last, this, next": relative_unit,
    "ago": units_ago,
}
