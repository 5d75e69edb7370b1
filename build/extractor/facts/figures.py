"""Finds figures: a span of a parsed paragraph goes in; numbers with comparator, unit and what they measure come out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...core.lexicons import lexicon_values
from ..text.language import Reading
from ..text.numbers import Number, find_numbers
from ..text.short_numbers import CHANGES
from .counted import counted_noun, describe
from .not_figures import counted_by_hyphen, counts_nothing, is_in_name, is_score, telephones
from .phrases import plural

SIGNS = {">": "more_than", "<": "less_than", "≥": "at_least", "≤": "at_most", "~": "about", "≈": "about", "±": "about"}
BEHIND = {
    "more": "at_least", "above": "at_least", "over": "at_least", "upwards": "at_least", "higher": "at_least",
    "so": "about", "thereabouts": "about",
    "fewer": "at_most", "less": "at_most", "under": "at_most", "below": "at_most",
}  # fmt: skip
OR_MORE = re.compile(rf"\s+or\s+(?P<word>{'|'.join(BEHIND)})\b(?!\s+(?:than|of)\b)", re.IGNORECASE)
RANGE = re.compile(r"\s?[-–—]\s?|\s+(?:to|or)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a range of a text, with how it compares, in which unit, and what it says how many or how much of."""

    start: int
    end: int
    low: float
    high: float
    comparator: str = "exactly"
    unit: str | None = None
    measures: str | None = None


def find_figures(reading: Reading, start: int, end: int, dates: Sequence[tuple[int, int]]) -> Iterator[Figure]:
    """The figures that stand in a span of a paragraph, outside its dates."""
    text = reading.paragraph.text
    taken = [*dates, *telephones(text)]
    numbers = [n for n in find_numbers(text[:end]) if start <= n.start and not overlaps(n, taken)]
    for first, last in join_ranges(text, numbers):
        if not any(counts_nothing(text, number) for number in {first, last}):
            figure = name_unit(reading, end, widen(text, start, end, first, last), first, last)
            if not is_in_name(text, first, counts=figure.unit is not None):
                yield figure


def overlaps(number: Number, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first < number.end and number.start < last for first, last in spans)


def join_ranges(text: str, numbers: Sequence[Number]) -> Iterator[tuple[Number, Number]]:
    """Each number with itself or with the end of its range; votes and scores are left out."""
    at = 0
    while at < len(numbers):
        first, last = numbers[at], numbers[min(at + 1, len(numbers) - 1)]
        joined = re.sub(rf"^(?:{prefixes()})?|(?:{prefixes()})?$", "", middle_of(text, first, last))
        if first is last or not joins(text, first, last, joined):
            yield first, first
            at += 1
            continue
        if (not is_score(text, first, last, joined) and first.value < last.value) or (first.signed and last.signed):
            yield scaled_like(first, last), last
        at += 2


def middle_of(text: str, first: Number, last: Number) -> str:
    """What stands between two numbers, without the sign of a unit behind the first or of money before the second."""
    between = text[first.end : last.start]
    if match := re.match(rf"(?:{suffixes()})(?=\W)", between, re.IGNORECASE):
        between = between[match.end() :]
    return re.sub(rf"(?i:{prefixes()})\s?$", "", between)


def joins(text: str, first: Number, last: Number, joined: str) -> bool:
    """20-30, between 20 and 30, two or three; not: rose from 20 to 30"""
    before = text[max(0, first.start - 60) : first.start]
    between = re.search(rf"\b(?:between|both)\s+(?:{prefixes()})?\s?$", before, re.IGNORECASE)
    if between and re.fullmatch(r"\s+and\s+", joined):
        return True
    if not RANGE.fullmatch(joined):
        return False
    changed = re.search(r"\bfrom\s+\S{0,3}$", before) and CHANGES.search(before)
    return (not changed and first.signed == last.signed) or joined.strip() in "-–—"


def scaled_like(first: Number, last: Number) -> Number:
    """3-5 billion: the scale of the last counts for both"""
    if first.scaled or not last.scaled:
        return first
    factors = sorted((int(scale) for scale in set(lexicon_values("number_scales").values())), reverse=True)
    factor = next((factor for factor in factors if abs(last.value) >= factor), 1)
    scaled = replace(first, value=first.value * factor)
    return scaled if scaled.value < last.value else first


def widen(text: str, start: int, end: int, first: Number, last: Number) -> Figure:
    """A figure with the words before that compare it, and the sign of its currency."""
    figure = Figure(first.start, last.end, first.value, last.value)
    before = text[start : first.start]
    if first is not last and (
        match := re.search(rf"\b(?:between|from)\s+((?:{prefixes()})\s?)?$", before, re.IGNORECASE)
    ):
        figure = replace(figure, start=start + match.start())
        before = text[start : figure.start]
        if match[1]:
            figure = replace(figure, unit=unit_of(match[1]))
    elif match := re.search(rf"(?<![\w])(?P<money>{prefixes()})\s?(?P<sign>[-−–+])?$", before, re.IGNORECASE):
        figure = replace(figure, start=start + match.start(), unit=unit_of(match["money"]))
        if not first.signed and (match["sign"] or "+") in "-−–":
            figure = replace(figure, low=-figure.low, high=-figure.high)
        before = text[start : figure.start]
        if sign := re.search(r"(?:(?<![\w)\]])[-−–]|\b(?:minus|negative)\s)$", before):
            figure = replace(figure, start=start + sign.start(), low=-figure.low, high=-figure.high)
            before = text[start : figure.start]
    return compared(text, start, end, figure, before)


def compared(text: str, start: int, end: int, figure: Figure, before: str) -> Figure:
    """With more than, >, ~ before it, or + behind it."""
    if match := re.search(r"([><≥≤~≈±])\s?$", before):
        return replace(figure, start=start + match.start(), comparator=SIGNS[match[1]])
    if match := comparators().search(before):
        words = lexicon_values("comparators")[" ".join(match["words"].lower().split())]
        return replace(figure, start=start + match.start("words"), comparator=words)
    if match := re.match(r"\+(?!\d)", text[figure.end : end]):
        return replace(figure, end=figure.end + match.end(), comparator="at_least")
    if match := OR_MORE.match(text[figure.end : end]):
        return replace(figure, end=figure.end + match.end(), comparator=BEHIND[match["word"].lower()])
    return figure


def name_unit(reading: Reading, end: int, figure: Figure, first: Number, last: Number) -> Figure:
    """With the unit behind it, and with what it measures."""
    behind = reading.paragraph.text[figure.end : end]
    if first.is_share:
        return replace(figure, measures=describe(reading, last, None, end))
    if figure.unit is None and (match := re.match(rf"\s?(?P<sign>{suffixes()})(?!\w)", behind, re.IGNORECASE)):
        figure = replace(figure, end=figure.end + match.end(), unit=unit_of(match["sign"]))
    elif figure.unit is None and (match := counted_by_hyphen().match(behind)):
        figure = replace(figure, end=figure.end + match.end(), unit=plural(match["unit"]))
    elif figure.unit is None and (noun := counted_noun(reading, last, figure.end, end)):
        figure = replace(figure, end=max(figure.end, noun.end), unit=noun.unit)
        figure = or_more_behind(reading.paragraph.text, end, figure)
        return replace(figure, measures=describe(reading, last, noun, end))
    return replace(figure, measures=describe(reading, last, None, end))


def or_more_behind(text: str, end: int, figure: Figure) -> Figure:
    """50 people or more"""
    match = OR_MORE.match(text[figure.end : end])
    if match is None or figure.comparator != "exactly":
        return figure
    return replace(figure, end=figure.end + match.end(), comparator=BEHIND[match["word"].lower()])


def unit_of(sign: str) -> str:
    words = " ".join(sign.lower().split())
    return (lexicon_values("measure_units").get(words) or lexicon_values("currencies")[words]).replace("_", " ")


@cache
def comparators() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in sorted(lexicon_values("comparators"), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?P<words>{words.replace(chr(92) + ' ', chr(92) + 's+')})\s+(?:(?:a|an)\s+)?$", re.IGNORECASE
    )


@cache
def prefixes() -> str:
    """Signs of money that stand before a number: $, US$, Rs, CHF"""
    signs = [sign for sign in lexicon_values("currencies") if not sign.isalpha() or len(sign) < 4]
    return "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True) if " " not in sign)


@cache
def suffixes() -> str:
    """Signs and words of units that stand behind a number: %, km, euros, Swiss francs"""
    signs = sorted({*lexicon_values("measure_units"), *lexicon_values("currencies")}, key=len, reverse=True)
    return "|".join(re.escape(sign).replace(r"\ ", r"\s") for sign in signs if sign not in ("$", "£", "rs.", "marks"))
