"""Finds the dateline with which an article begins: place, day, agency; a line goes in, a match comes out."""

import re
from collections.abc import Sequence
from functools import cache

from ..core.dates import DAY, YEARLESS_DAY
from ..core.lexicons import lexicon_set, read_lexicon

UPPER = "A-ZÀ-ÖØ-Þ"
# What is repeated gives back nothing that it took (*+, ++, (?>…)): a long line would be tried in endless ways.
UPPER_PLACE = rf"[{UPPER}][{UPPER}.'’/-]+(?: [{UPPER}][{UPPER}.'’/-]*){{0,4}}"
MIXED_PLACE = rf"[{UPPER}][\w.'’-]+(?: (?:(?:de|of|la|del|upon|and|am|do|da|on) )?[{UPPER}][\w.'’-]+){{0,3}}"
REGION = rf"(?:, [{UPPER}][\w.'’ -]{{1,24}}?| [\[(][{UPPER}][\w.'’ -]{{1,24}}[\])])?"
WHEN = rf"(?:[.,]? (?:{DAY}|{YEARLESS_DAY}))"
AGENCY = rf"(?:\.?,?\s*(?:\((?:[{UPPER}][\w .'’/&-]{{1,30}}|[a-z]{{2,4}})\)|/[{UPPER}][\w .'’&-]{{1,30}}/))"
KICKERS = rf"(?!(?i:{'|'.join(read_lexicon('kickers'))})\b)"
OPENS = rf"[\"'“‘«„(]?[{UPPER}\d]"
SENTENCE = rf"(?={OPENS}[^\s]*\s.*[a-z])"
DASH = r"\s*(?:--|[-–—_]{1,3})"


def pattern(*forms: str, then: str) -> re.Pattern[str]:
    return re.compile(rf"{KICKERS}(?:{'|'.join(forms)}){then}")


# CARACAS – · CARACAS (Reuters) -Jane · DAR ES SALAAM, Tanzania (AP) _ · Havana, 3 March (AFP) — · March 3 (AP) —
DASHED = pattern(
    rf"(?:{UPPER_PLACE}{REGION}|{MIXED_PLACE}{REGION}){WHEN}?{AGENCY}[.:]?{DASH}\s*",
    rf"(?:{UPPER_PLACE}|{MIXED_PLACE}){REGION}{WHEN}{DASH}\s+",
    rf"(?:{DAY}|{YEARLESS_DAY})?{AGENCY}{DASH}\s*",
    rf"{UPPER_PLACE}{REGION}\s*[-–—_]{{1,3}}\s+",
    then=SENTENCE,
)
# VATICAN CITY (RNS) · MOSCOW, March 4. /TASS/. Jane · Caracas, 4 Mar (Prensa Latina) Jane · BENGALURU, March 1: Jane
PLAIN = pattern(
    rf"{UPPER_PLACE}{REGION}(?:{WHEN}?{AGENCY}[.:]?|{WHEN}[:.]?)",
    rf"{MIXED_PLACE}{REGION}{WHEN}{AGENCY}[.:]?",
    then=rf"\s+{SENTENCE}",
)
# (CNN) Jane · Caracas (AVN) Jane: an agency that is known, or one in capitals
NAMED = pattern(
    rf"(?:{MIXED_PLACE}{REGION})?\s*\((?P<agency>[{UPPER}][\w .'’/&-]{{1,30}})\)[.:]?", then=rf"\s*{SENTENCE}"
)
# New York - Jane Doe said: a place that is not in capitals, and no second dash behind
MIXED = pattern(
    rf"{MIXED_PLACE}{REGION}",
    then=rf"\s+[-–—]{{1,2}}\s+(?=[\"“]?[{UPPER}]\S*(?:\s+(?![-–—])\S+){{5,}}$)",
)
# LAHORE: The police said …, where no other paragraph begins so, as those of a transcript do
ALONE = pattern(rf"(?=[{UPPER} ]{{4}}){UPPER_PLACE}{REGION}:", then=rf"\s+(?=[{UPPER}\d].*[a-z])")


def find_dateline(line: str, *, is_transcript: bool = True) -> re.Match[str] | None:
    """The dateline and the blanks behind it. Where many lines begin with capitals and a colon, none of these is one."""
    match = DASHED.match(line) or PLAIN.match(line)
    if not match and (named := NAMED.match(line)) and is_agency(named["agency"]):
        match = named
    return match or (None if is_transcript else ALONE.match(line)) or MIXED.match(line)


def is_agency(words: str) -> bool:
    return (words.isupper() and " " not in words) or words.split()[-1].lower() in lexicon_set("media")


@cache
def is_surely_dateline(line: str) -> bool:
    """With dash, day or agency, so that the line is no headline."""
    return bool(DASHED.match(line) or PLAIN.match(line))


def is_transcript(lines: Sequence[str]) -> bool:
    """MINISTER: We came late. MAYOR: We were here."""
    return sum(bool(ALONE.match(line)) for line in lines) != 1
