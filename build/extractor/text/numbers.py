"""Finds numbers in digits and words: a text goes in; spans with their values come out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import prod

from ...core.lexicons import lexicon_values

GROUPED = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d{1,2}(?:,\d\d)+,\d{3}(?!\d)"
    r"|\d{1,3}(?:(?P<blank>['’ ])\d{3})(?:(?P=blank)\d{3})*(?![\d,.]*\d)"
)
PLAIN = r"(?:\d+ )?\d{1,2}/\d{1,2}(?![\d/])|\d+(?:\.\d+)?(?:\s?[½¼¾⅓⅔])?|[½¼¾⅓⅔]"
VULGAR = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
WRITTEN = 100  # words below it are added to the one before: two hundred (and) five
NEGATIVE = ("-", "−", "–", "minus", "negative")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text; `scaled` if a word such as million belongs to it."""

    start: int
    end: int
    value: float
    in_words: bool
    scaled: bool
    signed: bool
    is_share: bool  # two-thirds of something


def either(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, long ones first."""
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def scales() -> str:
    """hundred, million; of those that are written out"""
    return either(scale for scale in lexicon_values("number_scales") if len(scale) > 3 and scale != "dozens")


@cache
def composed() -> str:
    """one hundred and twenty; two and a half million; a dozen"""
    words = [word for word in lexicon_values("number_words") if word not in ("a", "an")]
    tens = either(word for word in words if word.endswith("ty"))
    ones = either(word for word in words if not word.endswith("ty"))
    small = rf"(?:(?:{tens})(?:[-\s](?:{ones})\b)?|{ones})\b"
    half = r"\s+and\s+(?:a|one)\s+(?:half|quarter)\b|\s+and\s+three\s+quarters\b"
    joined = rf"(?:[-\s]+(?:{scales()})\b(?:\s+(?:and\s+)?{small}(?!\s+(?:and\s+)?(?:a\s+half|years?-old)))?)"
    opened = rf"(?:an?\s+)(?=(?:{scales()})\b)(?:{scales()})\b(?:\s+and\s+{small})?"
    return rf"(?:{opened}{joined}*|{small}(?:{half})?{joined}*)"


@cache
def pattern() -> re.Pattern[str]:
    shares = rf"(?:(?:an?|one|two|three|four|five|seven)[-\s](?:{'|'.join(PARTS)})|half)\b"
    part = rf"{shares}\s+(?:of\s+)?an?\s+(?:{scales()})\b|{shares}(?=\s+of\b|[-\s]+(?:majority|share)\b)"
    units = either(sign for sign in lexicon_values("measure_units") if sign.isalnum() and len(sign) < 5)
    signs = either(lexicon_values("number_scales"))
    digits = rf"(?:{GROUPED}|{PLAIN})(?:[\s-]?(?:{signs})(?:\s(?:{scales()}))?(?!\w))?"
    return re.compile(
        rf"(?P<sign>(?<![\w)\]])(?:[-−–](?=\d)|(?:minus|negative)\s+))?"
        rf"(?P<number>(?<![\w.,/:#@])(?P<digits>{digits})|(?<![\w-])(?:(?P<part>{part})|(?P<words>{composed()})))"
        rf"(?:(?!\w)|(?=(?<=\d)(?:{units})\b))",
        re.IGNORECASE,
    )


def find_numbers(text: str) -> Iterator[Number]:
    """All numbers of a text; not the parts of words such as A4, and no ordinals."""
    for match in pattern().finditer(text):
        value = value_of(match)
        if value is None or is_ordinal(text, match):
            continue
        signed = bool(match["sign"])
        scaled = any(word in lexicon_values("number_scales") for word in re.findall(r"[a-z]+", match["number"].lower()))
        start = match.start() if signed else match.start("number")
        share = bool(match["part"]) and not scaled
        yield Number(start, match.end(), -value if signed else value, not match["digits"], scaled, signed, share)


def is_ordinal(text: str, match: re.Match[str]) -> bool:
    """twenty-first, one-hundredth; 1/100"""
    return bool(not match["digits"] and re.match(r"[-\s](?:first|second|third|[a-z]+[^u]th)\b", text[match.end() :]))


def value_of(match: re.Match[str]) -> float | None:
    if match["digits"]:
        return value_of_digits(match["digits"])
    if match["part"]:
        return value_of_part(match["part"].lower())
    return value_of_words(match["words"].lower())


def value_of_digits(words: str) -> float | None:
    """2,500 and 12 000; 2½; 1 1/2; 3.5 million; 2 lakh crore"""
    scales = lexicon_values("number_scales")
    factor = prod(int(scales[word]) for word in re.findall(r"[a-z]+", words.lower()))
    number = re.sub(r"[a-zA-Z]+", "", words).strip(" -")
    if "/" in number:
        whole, _, share = number.rpartition(" ")
        above, below = map(int, share.split("/"))
        return (int(whole or 0) + above / below) * factor if 0 < above < below <= 10 else None
    vulgar = sum(VULGAR.get(sign, 0) for sign in number)
    plain = re.sub(r"[,'’ ½¼¾⅓⅔]", "", number)
    return (float(plain or 0) + vulgar) * factor


def value_of_part(words: str) -> float:
    """two-thirds; half a million; a quarter of a million"""
    scales, numbers = lexicon_values("number_scales"), lexicon_values("number_words")
    first, *others = re.split(r"[-\s]+", words)
    share = next(PARTS[word] for word in (first, *others) if word in PARTS)
    factor = prod(int(scales[word]) for word in others if word in scales)
    return int(numbers.get(first, 1)) / share * factor


def value_of_words(words: str) -> float | None:
    """one hundred and twenty; two thousand five hundred; two and a half million"""
    numbers, scales = lexicon_values("number_words"), lexicon_values("number_scales")
    total = group = 0.0
    for word in re.split(
        r"[-\s]+", re.sub(r"\band (?:a|one) (?=half|quarter)|\band three (?=quarters)|\band\b", "", words).strip()
    ):
        if word in numbers:
            group += int(numbers[word])
        elif word in PARTS:
            group += 3 / 4 if word == "quarters" else 1 / PARTS[word]
        elif total and not group:  # two lakh crore
            total *= int(scales[word])
        elif int(scales[word]) <= WRITTEN:
            group = (group or 1) * int(scales[word])
        else:
            total, group = total + (group or 1) * int(scales[word]), 0
    return total + group
