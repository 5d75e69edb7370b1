"""Finds time expressions: a text and its publication day go in; spans, rules and EDTF dates come out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from ...core.dates import DAY, MONTH, MONTHS, ORDINAL, TIME, WEEKDAY
from ...core.lexicons import lexicon_set, lexicon_values, read_lexicon
from .named_days import holidays
from .time_values import RESOLVERS, Context, Resolver, unknown

LONGEST_ABBREVIATION = 4  # letters, as in Sept.
CLAUSE = 120  # characters before a time expression that may say whether it is to come
NIGHT = r"(?:\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|midday|noon)\b)?"
DAY_ALONE = re.compile(r"\d{4}-\d\d-\d\d")
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
# May is another word as well: it counts after one of these.
BEFORE_MAY = ("in ", "since ", "until ", "last ", "next ", "early ", "late ", "of ")
RANGE = ("to", "through", "and")  # between two months
PAST = "said|told|was|were|had"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a text that say when; `date` is None where they do not say which day, month or year."""

    start: int
    end: int
    text: str
    date: str | None
    rule: str


def find_dates(text: str, published: date | None, before: str | None = None) -> list[TimeExpression]:
    """All time expressions of a text, the longest where several begin at one place; `before` is the date before it."""
    found: list[TimeExpression] = []
    for match, rule, resolve in sorted(matches(text), key=lambda m: (m[0].start(), -m[0].end())):
        start, end = match.span()
        if found and start < found[-1].end:
            continue
        context = Context(published, looks_ahead(text, start, end), whole_day(last_date(found) or before))
        found.append(TimeExpression(start, end, match.group(), guarded(resolve, match, context), rule))
    return found


def last_date(expressions: Sequence[TimeExpression]) -> str | None:
    return next((found.date for found in reversed(expressions) if found.date), None)


def whole_day(edtf: str | None) -> date | None:
    """A day from which others can be counted; less than a day is none."""
    return date.fromisoformat(edtf) if edtf and DAY_ALONE.fullmatch(edtf) else None


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


@cache
def ahead() -> re.Pattern[str]:
    """A man who may face charges was held Friday: a past tense behind such a word takes its place."""
    words = either(lexicon_set("ahead_words"))
    return re.compile(rf"(?<!\w)(?:{words})\b(?!.*\b(?:{PAST})\b)", re.DOTALL)


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the clause before, or the words right after, speak of what is to come."""
    before = re.split(r"[.!?;:,\"“”]\s", text[max(0, start - CLAUSE) : start])[-1]
    after = re.split(r"[.!?;:,\"“”]", text[end : end + 30])[0]
    near = re.search(r"\b(?:until|till|by|next|this coming)\s+$", before)
    over = re.search(r"\b(?:was|were|had)\b.{0,20}\b(?:until|till|by)\s+$", before)
    if (near and not over) or ahead().search(before) or re.match(r"\s+(?:will|is to|are to)\b", after):
        return True
    return bool(scheduled().search(before)) or opens_announcement(before, text[end : end + CLAUSE])


def opens_announcement(before: str, after: str) -> bool:
    """On Tuesday, the court will rule: a day at the beginning of a sentence that speaks of what is to come."""
    announced = re.match(r",?\s[^.;:\"“”]*?\s(?:will|is to|are to)\b", after)
    told = announced and re.search(rf"\b(?:{PAST}|has|have|\w+ed)\b", announced.group())
    return bool(announced and not told and re.fullmatch(r"\s*(?:On\s+)?", before))


@cache
def scheduled() -> re.Pattern[str]:
    """The trial resumes Thursday, services are Friday; not: those who meet here left Thursday."""
    verbs = either(lexicon_set("scheduled_verbs"))
    negated = r"(?<!not )(?<!n't )(?<!n’t )(?<!did )(?<!who )"
    past = rf"(?!(?:{PAST}|that|who|which|\w+ed)\b)"
    return re.compile(rf"{negated}\b(?:{verbs})\s+(?:{past}[\w'’.-]+\s+){{0,5}}$|\b(?:is|are)\s+(?:on\s+)?$")


@cache
def rules() -> tuple[tuple[str, re.Pattern[str], Resolver], ...]:
    """Rule, pattern and resolver of every kind of time expression, from the lexicons."""
    found = []
    for line in read_lexicon("time_patterns"):
        rule, pattern = line.split(": ", 1)
        for name, words in time_words().items():
            pattern = pattern.replace(f"%{name}%", words)
        found.append((rule, re.compile(f"(?i:{pattern})"), RESOLVERS.get(rule, unknown)))
    return tuple(found)


def time_words() -> dict[str, str]:
    """What the names in the patterns stand for; those that use others come first."""
    number = f"(?:{either(lexicon_values('number_words'))})"
    return {
        "AMOUNT": rf"(?:\d{{1,4}}(?:\.\d+)?|{number}(?:[ -]{number})?|{either(lexicon_set('some'))})",
        "UNITS": either(line.split()[0] for line in read_lexicon("time_units")),
        "WEEKDAY_NAME": either(line.split()[0] for line in read_lexicon("weekdays")),
        "FULL_MONTH": either(full_months()),
        "PART": f"(?:{either(lexicon_set('parts_of_time'))})",
        "VAGUE": either(lexicon_set("vague_times")),
        "HOLIDAY": either(name.replace("'", "['’]") for name in holidays()),
        "DAY": DAY,
        "MONTH": MONTH,
        "NIGHT": NIGHT,
        "ORDINAL": ORDINAL,
        "TIME": TIME,
        "WEEKDAY": WEEKDAY,
        "YEAR": YEAR,
    }


def full_months() -> Iterator[str]:
    """The months' full names with a capital: March and May are other words as well."""
    months = [name.title() for name in MONTHS if len(name) > LONGEST_ABBREVIATION or name in ("june", "july")]
    yield from (f"(?-i:{month})" for month in months)
    ranges = (f"{month} {word} " for month in months for word in RANGE)
    yield from (f"(?<={before})(?-i:May)" for before in (*BEFORE_MAY, *ranges))


def either(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, long ones first."""
    return "|".join(sorted(words, key=len, reverse=True))
