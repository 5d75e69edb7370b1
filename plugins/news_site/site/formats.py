"""Template filters: dates and labels as people write them, and only such addresses as are safe to link to."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode
from jinja2 import Environment
from markupsafe import Markup

from ..dates import words_for

ADDRESS = re.compile(r"https?://[^\s/?#\\][^\s\\]*", re.IGNORECASE)


def web_url(address: str | None) -> str | None:
    """The address if it is one of the web, never javascript: or data:."""
    return address if isinstance(address, str) and ADDRESS.fullmatch(address) else None


def count(number: int, noun: str, plural: str | None = None) -> str:
    """1 claim, 2 claims, 1,000 people."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


KINDS = {
    "direct": "quoted",
    "mixed": "partly quoted",
    "indirect": "reported speech",
    "assertion": "stated by the article",
}
STATUSES = {
    "corroborated": "sources agree",
    "divergent": "sources differ",
    "contradicted": "sources contradict",
    "single-origin": "one origin only",
}
RULES = {
    # as editors say how they read a date
    "stated": "a full date",
    "publication-day": "the day of publication",
    "weekday": "that weekday, counted from publication",
    "this-week": "the week of publication",
    "last-week": "the week before publication",
    "last-month": "the month before publication",
    "month-and-year": "month and year",
    "year": "a year",
    "relative-to-event": "counted from another event",
    "other": "in another way",
    # as the program does
    "date": "a full date",
    "interval": "the days from one to another",
    "nearest year": "day and month, in the nearest year",
    "month": "month and year",
    "latest month": "that month, counted from publication",
    "decade": "a decade",
    "years": "from one year to another",
    "since": "from that day on",
    "n-th weekday": "that weekday of the month",
    "holiday": "a day with a name",
    "before Christ": "a year by its era",
    "day": "counted from the day of publication",
    "day from another": "counted from the day named before",
    "last, this, next": "counted from the day of publication",
    "ago": "counted back from the day of publication",
}


POLARITIES = {"denies": "denies it", "unsure": "leaves it open"}
METHODS = {"extracted": "found by program, not reviewed", "reviewed": "found by program, reviewed"}


def kind_name(kind: str) -> str:
    return KINDS.get(kind, kind)


def rule_name(rule: str) -> str:
    return RULES.get(rule, rule)


@lru_cache
def kind_label(kind: str) -> Markup:
    return Markup('<span class="kind %s">%s</span>') % (kind, kind_name(kind))


def polarity_label(polarity: str | None) -> Markup:
    """What to add where the words do not simply affirm; nothing where they do, or nobody has said."""
    words = POLARITIES.get(polarity or "")
    return Markup(' · <strong class="polarity">%s</strong>') % words if words else Markup()


def found_by(row: Mapping[str, Any]) -> Markup:
    """Who found a row and how sure it is, where that was a program; nothing where the annotators wrote it."""
    words = METHODS.get(row["method"] or "")
    if not words:
        return Markup()
    sure = f", {row['confidence']:.0%} sure" if row["method"] == "extracted" and row["confidence"] is not None else ""
    return Markup(' <span class="found-by %s">%s</span>') % (row["method"], words + sure)


def status_label(status: str) -> Markup:
    return Markup('<span class="status %s">%s</span>') % (status, STATUSES.get(status, status))


def stance_label(stance: str) -> Markup:
    return Markup('<span class="stance %s">%s</span>') % (stance, stance)


def date_label(readable_date: Callable[[str | None], str], date: str | None) -> Markup:
    return Markup('<time class="figures">%s</time>') % readable_date(date)


def published_label(readable_date: Callable[[str | None], str], row: Mapping[str, Any]) -> Markup:
    """The date of publication of a row that has it, and whether an editor inferred it."""
    inferred = Markup(" <small>(inferred)</small>") if row["published_basis"] == "inferred" else ""
    return date_label(readable_date, row["published"]) + inferred


def error_text(error: str) -> str:
    """The words of an error; Datasette gives that of a slow query as HTML with an inline script."""
    return error.split("<script")[0].striptags() if isinstance(error, Markup) else error


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    labels = (error_text, found_by, kind_label, kind_name, polarity_label, rule_name, stance_label, status_label)
    for function in labels:
        env.filters[function.__name__] = function
    readable_date = partial(words_for, datasette)
    env.filters |= {
        "count_of": count,
        "date_label": partial(date_label, readable_date),
        "published_label": partial(published_label, readable_date),
        "readable_date": readable_date,
        "tilde_encode": tilde_encode,
        "web_url": web_url,
    }
