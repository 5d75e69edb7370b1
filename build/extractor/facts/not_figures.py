"""Says which numbers count and measure nothing: a text and the place of a number go in, yes or no comes out."""

import re
from functools import cache

from ...core.lexicons import lexicon_set, lexicon_values
from ..text.numbers import Number

TELEPHONE = re.compile(
    r"\(\d{3}\)\s?\d{3}[-.\s]\d{4}|\+\d{1,3}(?:[\s.-]?\(?\d{1,4}\)?){2,5}|\b(?:1-)?\d{3}[-.]\d{3,4}[-.]\d{4}\b|\b\d{3}-\d{4}\b"
    r"|\b0\d{2,4}[\s-]\d{3,4}(?:[\s-]?\d{3,4})?\b|(?<![\d,])\d{3}-\d{2}-\d{4}\b"
)
# aged 44 · , 44, · (44) · 44-year-old · 44 years old · he is 44
AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|age of|turn(?:s|ed)|(?:he|she|who|I) (?:is|was|turned|turns|am))\s+(?:only "
    r"|just |about |between )?(?:\d+,? (?:and|to|or) )?$",
    re.IGNORECASE,
)
AGED = re.compile(r"\b(?:aged|ages|age of)\s+(?:between )?(?:\d+,? (?:and|to|or) )?$", re.IGNORECASE)
AGE_AFTER = re.compile(r"[-\s](?:years?|months?|weeks?|days?)[-\s](?:old|of age)")
VOTE = re.compile(
    r"\b(?:vot|won\b|win|beat|lost|lose|defeat|scor|ruling|ruled|decision|majority|victory|draw|drew|lead|led\b|tie|match|game|set\b|approved|passed|rejected)"
)
ERA_AFTER = re.compile(
    r"\s?(?:B\.?C\.?E?|C\.?E|A\.?D)\b|\s?(?:GMT|UTC|hours GMT)\b|\s?o[’']clock\b|\s?[ap]\.?m\b|:\d\d"
)
ERA_BEFORE = re.compile(r"\bA\.?D\.?\s+$")
CLOSED = r"(?=\s*(?:[,.;:)!?”\"’]|$|and\b|when\b|but\b))"
YEARS = range(1500, 2100)


def counts_nothing(text: str, number: Number) -> bool:
    """An age, a year, a telephone number, half a score, the number in a name"""
    before, after = text[max(0, number.start - 60) : number.start], text[number.end : number.end + 40]
    return (
        is_age(before, after, number)
        or is_time(text, before, after, number)
        or is_numbered(before, number)
        or is_name(before, after, number, text[number.start : number.end])
        or is_ratio(before, after)
        or is_pronoun(before, after, text[number.start : number.end])
    )


def is_age(before: str, after: str, number: Number) -> bool:
    """44-year-old; aged 44; he is 44; Jane Doe, 44, left"""
    if AGE_AFTER.match(after) or AGED.search(before):
        return True
    if number.scaled or not 0 < number.value < 120 or number.value != int(number.value):
        return False
    return bool(AGE_BEFORE.search(before) and re.match(CLOSED, after)) or stands_beside_name(before, after)


def stands_beside_name(before: str, after: str) -> bool:
    """Jane Doe, 44, left; Jane Doe (44) left"""
    named = re.search(r"[A-Z][\w’'.-]+,\s$", before) and re.match(r"(?:,|\.|;|\s(?:and|or)\b)", after)
    return bool(named or (re.search(r"[A-Z][\w’'.-]+\s\($", before) and after.startswith(")")))


def is_time(text: str, before: str, after: str, number: Number) -> bool:
    """44 BC; in 1988, without a unit; 0200 GMT"""
    if ERA_AFTER.match(after) or ERA_BEFORE.search(before):
        return True
    bare = re.fullmatch(r"\d{4}", text[number.start : number.end])
    return bool(bare and int(number.value) in YEARS and re.match(r"(?:[-–/]\d\d\b|" + CLOSED + ")", after))


def is_numbered(before: str, number: Number) -> bool:
    """No. 2, page 3; not: a number of 20"""
    word = re.search(r"(\S+?)[\s-]*$", before)
    if not word or number.scaled or number.signed:
        return False
    return word[1].lower().strip('(“"') in lexicon_set("numbered_nouns")


def is_name(before: str, after: str, number: Number, words: str) -> bool:
    """Covid-19; Group of Seven; 24/7"""
    if (
        re.search(r"[A-Za-z]-$", before)
        and not number.signed
        and not re.search(r"\b(?:mid|pre|post|non|sub|US|A|an?)-$", before)
    ):
        return True
    if number.in_words:
        inside = re.search(r"[\w,] $", before)
        return bool(words[0].isupper() and inside) or bool(
            re.match(r"-(?:way|on|fold|faced|sided|time|star|piece|tier|step)", after)
        )
    return bool(re.match(r"/\d|[-–]\d+[-–]", after) or re.search(r"\d[/]$|#$", before))


def is_pronoun(before: str, after: str, words: str) -> bool:
    """No one, the one who, one another, one of them"""
    if words.lower() != "one":
        return False
    led = re.search(
        r"\b(?:no|the|this|that|any|every|each|some|which|another|last|first|only|good|bad|big|new|old|right|wrong)\s+$",
        before,
        re.IGNORECASE,
    )
    behind = re.match(
        r"(?:\s+(?:of|another|by|who|that|which|is|was|were|has|had|can|could|should|must|may|might|will|would|never|in|day)\b|[-,.;:?!’'”\"]|\s*$)",
        after,
    )
    return bool(led or behind)


def is_in_name(text: str, number: Number, *, counts: bool) -> bool:
    """FOX 5, Apollo 11: behind a word with a capital that does not open the sentence, and counting nothing"""
    before = text[max(0, number.start - 30) : number.start]
    if re.search(r"\b(?:Group|Committee|Top|League) of $", before):
        return True
    if counts:
        return False
    name = re.search(r"(?:^|(?P<before>\S)\s)(?P<name>[A-Z][\w.&]*)\s$", before)
    inside = name and (name["name"].isupper() or (name["before"] or ".") not in '.!?:“"')
    return bool(inside) and not number.scaled and not number.in_words and number.value < 10000


def is_ratio(before: str, after: str) -> bool:
    """1 in 5"""
    return bool(
        re.match(r"\s(?:in|out of) (?:\d+|every|two|three|four|five|six|seven|eight|nine|ten|twenty)\b", after)
    ) or bool(re.search(r"\b(?:\d+|one|two|three|four|nine)\s(?:in|out of)(?: every)?\s$", before))


def telephones(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in TELEPHONE.finditer(text)]


def is_score(text: str, first: Number, last: Number, joined: str) -> bool:
    """7-2; voted 52 to 48; beat them 2-0"""
    if first.in_words or first.scaled or last.scaled or max(first.value, last.value) > 999:
        return False
    before, after = text[max(0, first.start - 60) : first.start], text[last.end : last.end + 20]
    clause = re.split(r"[.;:!?]\s", before)[-1].lower()
    counted = bool(re.match(r"\s?(?:%|per|pct|[a-z]*illion)", after))
    told = VOTE.search(clause) or re.match(
        r"\s(?:vote|victory|win|defeat|decision|majority|draw|loss|ruling|lead|margin)", after
    )
    return not counted and (first.value >= last.value or (bool(told) and joined.strip() in ("-", "–", "to")))


@cache
def counted_by_hyphen() -> re.Pattern[str]:
    """300-page, 12-member"""
    return re.compile(rf"-(?P<unit>{'|'.join(lexicon_set('hyphen_units'))})\b")


def is_unit(words: str) -> bool:
    return words.lower() in lexicon_values("measure_units")
