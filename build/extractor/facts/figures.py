"""Finds figures: the words of a claim go in; numbers with comparator and unit come out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from ...core.lexicons import lexicon_set, lexicon_values

CURRENCY = r"(?:US\s?\$|[A-Z]{0,2}\$|€|£|¥|USD|EUR|GBP)\s?"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
PERCENT = r"\s?(?:%|percent|per\s?cent|percentage points?)"
# The unit is the noun after the number, an adjective or two in between: 107 wounded pilgrims.
UNIT = r"(?:[\s-](?P<unit>[a-z]+(?:[\s-][a-z]+)?))?"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text, with how it compares and what it counts."""

    start: int
    end: int
    text: str
    value: float
    comparator: str
    unit: str | None


@cache
def pattern() -> re.Pattern[str]:
    comparators = "|".join(sorted(lexicon_values("comparators"), key=len, reverse=True))
    words = "|".join(word for word in lexicon_values("number_words") if word not in ("a", "an"))
    scales = "|".join(sorted(lexicon_values("number_scales"), key=len, reverse=True))
    return re.compile(
        rf"(?i:\b(?P<comparator>{comparators})\s+)?(?P<currency>{CURRENCY})?(?<![\w.,])(?P<number>{DIGITS}|(?i:\b(?:{words})\b))"
        rf"(?:[\s-]?(?P<scale>(?i:{scales}))\b)?(?:(?P<percent>{PERCENT})(?!\w)|{UNIT})"
    )


def find_figures(text: str, dates: list[tuple[int, int]]) -> Iterator[Figure]:
    """The figures of a text outside its dates."""
    for match in pattern().finditer(text):
        start, end = match.start("number"), match.end("number")
        if any(first < end and start < last for first, last in dates):
            continue
        unit = unit_of(match)
        counted = unit and not match["percent"] and not match["currency"]
        stop = match.start("unit") + len(unit) if counted and unit else match.end("percent")
        stop = max(stop, match.end("scale"), end)
        yield Figure(match.start(), stop, text[match.start() : stop], value_of(match), comparator_of(match), unit)


def unit_of(match: re.Match[str]) -> str | None:
    if match["percent"]:
        return "percent"
    if match["currency"]:
        return match["currency"].strip()
    words = re.split(r"([\s-])", match["unit"] or "")
    stops = lexicon_set("function_words")
    counted = list(takewhile(lambda word: word not in stops, words))
    return "".join(counted).rstrip(" -\n") or None


def comparator_of(match: re.Match[str]) -> str:
    words = match["comparator"]
    return lexicon_values("comparators")[" ".join(words.lower().split())] if words else "exactly"


def value_of(match: re.Match[str]) -> float:
    word = match["number"].lower()
    number = float(lexicon_values("number_words").get(word) or word.replace(",", ""))
    scale = (match["scale"] or "").lower()
    return number * int(lexicon_values("number_scales")[scale]) if scale else number
