"""Shortens numbers for the parser, 300 for >300 or 200-300: a text and its offsets go in and come out."""

import re
from collections.abc import Iterator, Sequence

from ...core.dates import MONTH
from .numbers import Number, find_numbers

BETWEEN = re.compile(r"\b(?:between|from)\s+[$€£]?$", re.IGNORECASE)
# rose from 20 to 30: two numbers, and no range
CHANGES = re.compile(
    r"\b(?:r[io]se|risen|rising|f[ae]ll(?:en|ing)?|increas\w+|decreas\w+|up|down|cut\w*|gr[eo]w\w*|drop\w*|climb\w*|jump\w*|slid\w*"
    r"|shr[aiu]nk\w*|rais\w+|lower\w*|reduc\w+|went|moved|chang\w+|slip\w*|doubled|tripled|soar\w*|declin\w+|expand\w*)\b",
    re.IGNORECASE,
)
SIGN = re.compile(r"(?<!\S)[><≥≤~≈]\s?[$€£]?$")
YEARS = range(1500, 2100)
DATED = re.compile(rf"\b{MONTH}\s*$", re.IGNORECASE)


def shorten_numbers(text: str, offsets: Sequence[int]) -> tuple[str, tuple[int, ...]]:
    """The text with a plain number for what the parser would take apart; each number still knows where it stood."""
    parts: list[str] = []
    places: list[int] = []
    done = 0
    for start, end, digits in long_numbers(text):
        parts += (text[done:start], digits)
        places += (*offsets[done:start], *[offsets[start]] * (len(digits) - 1), offsets[end - 1])
        done = end
    return "".join(parts) + text[done:], (*places, *offsets[done:])


def long_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Spans of numbers in several words, of ranges and of numbers behind a sign, each with the digits for it."""
    numbers = list(find_numbers(text))
    at = 0
    while at < len(numbers):
        first, last = numbers[at], ranged(text, numbers, at)
        start, end = opening(text, first, last), ending(text, last)
        if is_long(text, first, last, start, end):
            yield start, end, digits_of(last)
        at += 1 + (last is not first)


def ranged(text: str, numbers: Sequence[Number], at: int) -> Number:
    """The number that ends a range, or the number itself."""
    first, following = numbers[at], numbers[min(at + 1, len(numbers) - 1)]
    between = text[first.end : following.start]
    changed = CHANGES.search(text[max(0, first.start - 60) : first.start])
    to = re.fullmatch(r"\s+(?:to|or)\s+", between) and not changed
    joined = (
        to
        or re.fullmatch(r"\s?[-–—]\s?", between)
        or (BETWEEN.search(text[: first.start]) and re.fullmatch(r"\s+and\s+[$€£]?", between))
    )
    rising = first.value < following.value and not (first.value in YEARS or first.signed)
    return following if joined and rising and not DATED.search(text[: first.start]) else first


def opening(text: str, first: Number, last: Number) -> int:
    before = text[max(0, first.start - 20) : first.start]
    match = BETWEEN.search(before) if first is not last else SIGN.search(before)
    if match is None:
        return first.start
    money = 1 if match.group()[-1] in "$€£" else 0
    return first.start - len(before) + match.start() if not money else first.start


def ending(text: str, last: Number) -> int:
    return last.end + 1 if text[last.end : last.end + 1] == "+" else last.end


def is_long(text: str, first: Number, last: Number, start: int, end: int) -> bool:
    if last.is_share:
        return False
    if (start, end) != (first.start, first.end):
        return end - start > 1
    return len(re.findall(r"[\w,.]+", text[start:end])) > (1 if not first.in_words or "-" in text[start:end] else 2)


def digits_of(number: Number) -> str:
    value = abs(number.value)
    return f"{int(value):,}" if value == int(value) and value < 1e15 else f"{value:.4g}"
