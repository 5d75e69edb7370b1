"""Finds time expressions: a text and its publication day go in; spans, rules and EDTF dates come out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
WILL = re.compile(r"\b(?:will|shall|is to|are to)\b[^.!?]*$")
QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
# Friday’s ruling was made; would in its sentence does not make it one to come
POSSESSIVE = re.compile(r"[’']s\b")
LOOSE = re.compile(r"\b(?:would|should|if|was|were|wants to|hopes to|expects|intends to|agreed to)\b")
# Dockers strike from Tuesday; not: they struck from Tuesday
FROM = re.compile(r"(?:^|\s)(?!was\b|were\b|had\b|did\b|\w+ed\b)[a-z]+\s+from\s+$")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a text that say when; `date` is None where they do not say which day, month or year."""

    start: int
    end: int
    text: str
    date: str | None
    rule: str


def find_dates(
    text: str, published: date | None, before: str | None = None, *, past: bool = False
) -> list[TimeExpression]:
    """All time expressions of a text, the longest where several begin at one place; `before` is the date before it.

    A `past` text, a caption, speaks of what was in the present tense.
    """
    found: list[TimeExpression] = []
    for match, rule, resolve in sorted(matches(text), key=lambda m: (m[0].start(), -m[0].end())):
        start, end = match.span()
        if found and start < found[-1].end:
            continue
        ahead = looks_ahead(text, start, end) and not (past and not WILL.search(text[:start]))
        context = Context(published, ahead, whole_day(last_date(found) or before))
        day = open_end(match, context) if rule == "since" else guarded(resolve, match, context)
        found.append(TimeExpression(start, end, match.group(), day, rule))
    return counted_from_saying(text, found)


def open_end(match: re.Match[str], context: Context) -> str | None:
    """since May 28: from that day on"""
    inner = find_dates(match["from"], context.published, past=True)
    day = inner[0].date if inner else None
    if day is None or "/" in day:
        return None
    if context.published and day > context.published.isoformat() and not re.search(r"\d{4}", match["from"]):
        day = f"{int(day[:4]) - 1:04}{day[4:]}"  # no day to come
    return f"{day}/.."


def counted_from_saying(text: str, found: Sequence[TimeExpression]) -> list[TimeExpression]:
    """“We will sail tomorrow,” she said on Monday: tomorrow is Tuesday."""
    quoted = [match.span() for match in QUOTED.finditer(text)]
    counted = []
    for expression in found:
        said = [end for start, end in quoted if start < expression.start < end]
        day = day_said(text, said[0], found) if said and expression.rule == "day" else None
        words = expression.text.lower()
        counted.append(replace(expression, date=relative(words, day)) if day else expression)
    return counted


def day_said(text: str, closed: int, found: Sequence[TimeExpression]) -> date | None:
    """The day on which the words before a closing mark were said, if their sentence tells."""
    following = next((f for f in found if f.start >= closed), None)
    if following is None or following.rule not in ("weekday", "date", "nearest year"):
        return None
    between = text[closed : following.start]
    told = re.search(r"[.!?]\s|[“\"]", between) is None
    return whole_day(following.date) if told else None


def relative(words: str, day: date) -> str | None:
    pattern, resolve = next((pattern, resolve) for rule, pattern, resolve in rules() if rule == "day")
    match = pattern.search(words)
    return guarded(resolve, match, Context(day)) if match else None


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
    if POSSESSIVE.search(text[start : end + 2]) and LOOSE.search(before):
        return False
    if FROM.search(before) and not re.search(rf"\b(?:{PAST}|\w+ed)\b", before):
        return True
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
