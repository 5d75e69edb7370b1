"""Finds time expressions: a text and its publication day go in; spans, rules and EDTF dates come out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from .dates import DAY, MONTH, MONTHS, ORDINAL, TIME, WEEKDAY, read_day
from .lexicons import lexicon_set, lexicon_values, read_lexicon

HALF_A_YEAR = 183  # days
MONTHS_AHEAD = 100  # days that an article announces without saying so
NIGHT = r"(?:\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|midday|noon)\b)?"
PART = r"(?:early|earlier|late|later|mid|the end of|the beginning of|the start of)"
# March and May are other words as well: they count with a capital, May after in, since, last and the like.
FULL_MONTH = (
    r"(?-i:January|February|March|April|June|July|August|September|October|November|December)"
    r"|(?-i:(?<=in )May|(?<=since )May|(?<=until )May|(?<=last )May|(?<=next )May|(?<=early )May|(?<=late )May|(?<=of )May)"
)
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
AHEAD = re.compile(
    r"\b(?:will|'ll|’ll|shall|won['’]t|due|scheduled|expected|plans?|planned|set|going|is to|are to|upcoming)\b"
)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a text that say when; `date` is None where they do not say which day, month or year."""

    start: int
    end: int
    text: str
    date: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Context:
    """What decides a relative date: the publication day, and whether the sentence looks ahead."""

    published: date | None
    ahead: bool = False


Resolver = Callable[[re.Match[str], Context], str | None]


def find_dates(text: str, published: date | None) -> list[TimeExpression]:
    """All time expressions of a text, the longest where several begin at one place."""
    found: list[TimeExpression] = []
    for match, rule, resolve in sorted(matches(text), key=lambda m: (m[0].start(), -m[0].end())):
        start, end = match.span()
        if found and start < found[-1].end:
            continue
        context = Context(published, looks_ahead(text, start, end))
        found.append(TimeExpression(start, end, match.group(), guarded(resolve, match, context), rule))
    return found


def matches(text: str) -> Iterator[tuple[re.Match[str], str, Resolver]]:
    for rule, pattern, resolve in rules():
        for match in pattern.finditer(text):
            yield match, rule, resolve


def guarded(resolve: Resolver, match: re.Match[str], context: Context) -> str | None:
    """The date, or None where there is no such day, or none that Python can count."""
    try:
        return resolve(match, context)
    except (ValueError, OverflowError):
        return None


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the clause before, or the words right after, speak of what is to come."""
    before = re.split(r"[.!?;:,\"“”]\s", text[max(0, start - 120) : start])[-1]
    after = re.split(r"[.!?;:,\"“”]", text[end : end + 30])[0]
    near = re.search(r"\b(?:until|till|by|next|this coming)\s+$", before)
    return bool(near or AHEAD.search(before) or re.match(r"\s+(?:will|is to|are to)\b", after))


@cache
def rules() -> tuple[tuple[str, re.Pattern[str], Resolver], ...]:
    """Rule, pattern and resolver of every kind of time expression."""
    units = "|".join(line.split()[0] for line in read_lexicon("time_units"))
    number = "|".join(lexicon_values("number_words"))
    amount = rf"(?:\d{{1,4}}(?:\.\d+)?|(?:{number})(?:[ -](?:{number}))?|a few|several|some|many|couple of|dozens of|a couple of)"
    weekday = "|".join(
        sorted((n for line in read_lexicon("weekdays") for n in line.split()[:1]), key=len, reverse=True)
    )
    table: tuple[tuple[str, str, Resolver], ...] = (
        ("date", rf"{DAY}(?:[ T,]+(?:at\s+)?{TIME})?", full_day),
        (
            "interval",
            rf"(?P<month>\b{MONTH})\s+(?P<first>\d{{1,2}})\s?(?:[-–—]|to|and)\s?(?P<last>\d{{1,2}})\b(?:,?\s+(?P<year>{YEAR}))?",
            day_span,
        ),
        (
            "nearest year",
            rf"{WEEKDAY}?(?:(?P<month>\b{MONTH})\s+(?P<day>{ORDINAL})\b|\b(?P<day2>{ORDINAL})\s+(?:of\s+)?(?P<month2>{MONTH})(?!\w)){NIGHT}",
            nearest_day,
        ),
        ("month", rf"(?:{PART}[\s-]+)?\b(?P<month>{MONTH})(?:\s+of|,)?\s+(?P<year>{YEAR})\b", named_month),
        (
            "latest month",
            rf"(?:\b(?P<which>last|this|next|past|coming)\s+)?(?:{PART}[\s-]+)?\b(?P<month>{FULL_MONTH})(?!\w|\s+\d)",
            latest_month,
        ),
        ("decade", rf"(?:{PART}[\s-]+)?\b(?:the\s+)?(?P<decade>1[5-9]\d|20\d)0['’]?s\b", decade),
        (
            "year",
            rf"(?<![\d$€£.,:/#-])\b(?:{PART}\s+)?(?P<year>{YEAR})\b(?![\d%]|[.,:]\d|\s+(?:people|miles|feet|euros|dollars|men|women))",
            named_year,
        ),
        (
            "weekday",
            rf"\b(?:(?P<which>last|this|next|this past|this coming|the following|every|each)\s+)?(?:{PART}\s+)?(?P<weekday>{weekday})(?:['’]s|s)?\b{NIGHT}(?:\s+(?P<last_week>last week|next week))?",
            weekday_day,
        ),
        (
            "day",
            rf"\b(?P<word>today|tonight|yesterday|tomorrow|the day before yesterday|the day after tomorrow|this (?:morning|afternoon|evening)|last night)\b['’]?(?:s\b)?{NIGHT}",
            relative_day,
        ),
        (
            "last, this, next",
            rf"\b(?:(?:{PART}|later)\s+)?(?P<which>last|this|next|the past|past|the coming|the previous|the following|the current|the same|that same|that)\s+(?P<unit>{units}|weekend|spring|summer|fall|autumn|winter|century)\b",
            relative_unit,
        ),
        (
            "ago",
            rf"\b(?:(?:about|almost|nearly|some|around|over|more than|roughly)\s+)?(?P<amount>{amount})\s+(?P<unit>{units})s?\s+(?:ago|earlier|before that|previously)\b",
            units_ago,
        ),
        (
            "vague",
            rf"\b(?P<unit>{units})s\s+ago\b|\b(?:recent|coming|past|previous|the last|the past)\s+(?:{units})s\b|\bin the (?:near |distant )?future\b|\bthe (?:near )?future\b|\bthe past\b|\bthe present\b",
            unknown,
        ),
        (
            "duration",
            rf"\b(?:(?:the|the next|next|the past|past|the last|another|more than|about|nearly|almost|at least|over|the first)\s+)?(?:{amount})(?:\s+more|\s+straight|\s+consecutive)?[\s-]+(?:{units})s?\b(?![\s-]old)",
            unknown,
        ),
        ("vague", rf"\b(?:{'|'.join(sorted(lexicon_set('vague_times')))})\b", unknown),
        ("holiday", rf"\b(?:{'|'.join(sorted(lexicon_set('holidays')))})\b", unknown),
        ("time", rf"(?<![\d.$€£:])\b{TIME}", unknown),
    )
    return tuple((rule, re.compile(f"(?i:{pattern})"), resolve) for rule, pattern, resolve in table)


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
    year, month = context.published.year, month_of(match)
    which = (match["which"] or "").lower()
    if which in ("next", "coming") or (context.ahead and which != "last"):
        year += month < context.published.month or (which == "next" and month == context.published.month)
    elif month > context.published.month or (which in ("last", "past") and month == context.published.month):
        year -= 1
    return f"{year:04}-{month:02}"


def decade(match: re.Match[str], context: Context) -> str | None:
    """the 1990s"""
    return f"{match['decade']}X"


def named_year(match: re.Match[str], context: Context) -> str | None:
    return match["year"]


def weekday_day(match: re.Match[str], context: Context) -> str | None:
    """Wednesday: the latest up to the day of publication; in a sentence that looks ahead the next one."""
    which = (match["which"] or "").lower()
    if not context.published or which in ("every", "each"):
        return None
    names = [line.split()[0] for line in read_lexicon("weekdays")]
    back = (context.published.weekday() - names.index(match["weekday"].lower())) % 7
    if match["last_week"]:
        monday = context.published - timedelta(days=context.published.weekday())
        weeks = -7 if match["last_week"].lower().startswith("last") else 7
        return (monday + timedelta(days=weeks + names.index(match["weekday"].lower()))).isoformat()
    if which in ("next", "this coming", "the following") or (context.ahead and not which):
        return (context.published + timedelta(days=(7 - back) % 7 or 7 * (which != ""))).isoformat()
    if which == "last" and back == 0:
        back = 7
    return (context.published - timedelta(days=back)).isoformat()


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
