"""What part of an article a block is: headline, dateline, body, caption, page furniture, ...

The rules know how news is printed, not which article it is. A block may be cut in two where two
parts are glued together: a date stamp before a headline, a dateline before the first sentence.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from ..core.dates import DAY, TIME, YEARLESS_DAY
from ..core.lexicons import read_lexicon
from .blocks import Block, trim

HEADLINE_WORDS = 25
SUBHEADING_WORDS = 12
LABEL_WORDS = 6  # of a subheading that ends in a colon
CREDIT_WORDS = 40
FURNITURE_CHARACTERS = 160
TITLE_CASE = 0.75  # of the words that a title writes with a capital

UPPER = "A-ZÀ-ÖØ-Þ"
# What is repeated gives back nothing that it took (*+, ++, (?>…)): a long line would be tried in endless ways.
LABEL = (
    r"(?:(?:dated?|published|posted|created|(?:last )?updated|(?:last )?modified)"
    r"(?:\s+(?:on|at))?\s*+:?\s*+)"
)
STAMP = rf"(?:{LABEL}?(?:{TIME}[,\s]+)?{DAY}(?:(?:,?\s*+(?:at|@|\||[-–—T])?\s*+){TIME})?)"
TIMESTAMP = re.compile(rf"(?>{STAMP})(?:\s*+[|·•/;,–-]?\s*+(?>{STAMP}))*\.?|{TIME}", re.IGNORECASE)
# " date 2019-10-06 Ministers meet …": a stamp, then a capital, a figure or a quotation mark.
# A sentence that begins with a date goes on in lower case, or after a comma.
GLUED_STAMP = re.compile(rf"(?i:{STAMP})\s+(?=[\"'“‘«„#(]?[{UPPER}\d])")

# CARACAS – · CARACAS (Reuters) - · DAR ES SALAAM, Tanzania (AP) _ · Havana, 3 March (AFP) —
UPPER_PLACE = rf"[{UPPER}][{UPPER}.'’/-]+(?: [{UPPER}][{UPPER}.'’/-]*){{0,4}}"
MIXED_PLACE = rf"[{UPPER}][\w.'’-]+(?: [{UPPER}][\w.'’-]+){{0,3}}"
REGION = rf"(?:, [{UPPER}][\w.'’ -]{{1,24}}?)?"
WHEN = rf"(?:,? (?:{DAY}|{YEARLESS_DAY}))"
AGENCY = r"(?:\s*\([A-Z][\w .'’/&-]{1,30}\))"
DATELINE = re.compile(
    rf"(?!(?:{'|'.join(read_lexicon('kickers'))})\b)"
    rf"(?:(?:{UPPER_PLACE}{REGION}{WHEN}?{AGENCY}?|{MIXED_PLACE}{REGION}(?:{WHEN}?{AGENCY}|{WHEN}))\s*[-–—_]{{1,3}}"
    rf"|{UPPER_PLACE}{REGION}(?:{WHEN}?{AGENCY}:?|{WHEN}:))"  # BENGALURU, March 1: · VATICAN CITY (RNS)
    rf"\s+(?=[\"'“‘«„]?[{UPPER}\d][^\s]*\s.*[a-z])"
)
# LAHORE: The police said …, where no other paragraph begins so, as those of a transcript do
PLACE_ALONE = re.compile(
    rf"(?!(?:{'|'.join(read_lexicon('kickers'))})\b)(?=[{UPPER} ]{{4}}){UPPER_PLACE}{REGION}:\s+(?=[{UPPER}\d].*[a-z])"
)

LINK = re.compile(r"(?:(?:https?://|www\.)\S++\s*)+", re.IGNORECASE)
EMBED = re.compile(
    # — Jane Doe (@jane_doe) May 7, 2015
    r"[—–-][^—–\n]{1,60}\(@\w{1,30}\)\s*\w{3,9}\.? \d{1,2}, \d{4}\W*$"
    r"|^View this post on Instagram\b|\bA post shared by .{1,80}\(@[\w.]{1,30}\)|\bpic\.twitter\.com/\w+"
)
PICTURE = r"(?:photo|image|picture|photograph)s?"
CAPTION = re.compile(
    rf"^(?:(?:(?:featured|file|main|cover) )?{PICTURE}|caption|pictured|(?-i:FILE))\s*[:–—-]|^©"
    # … Image: The Daily Example. · … (Photo by Jane Doe)
    rf"|(?:^|[.!?…)”\"]\s+|[\[(]){PICTURE}(?: credit| courtesy)?(?::| by\b| of\b)[^.!?]{{1,80}}[.)\]]*$",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"\W{0,3}(?:additional )?(?:report(?:ed|ing|s)?|writ(?:ten|ing)|edit(?:ed|ing|or)|translat(?:ed|ion|or)"
    r"|compiled|produced|photograph(?:s|ed|y)|with files|sources?|authors?|text|story|words)"
    r"(?: and (?:edit|report|writ|translat)(?:ed|ing|ten))?(?:\s*:|\s+(?:by|from)\b)",
    re.IGNORECASE,
)
BYLINE = re.compile(rf"By:? (?:(?:[{UPPER}][\w.'’-]*+|and|of|the|for|de|da|van|von|[&|])[,;]?\s*)+")
INITIALS = re.compile(r"\(?[A-Za-z]{2,5}(?:/[A-Za-z]{2,5}){1,4}\)?")
PARENTHESIS = re.compile(r"[(\[][^()\[\]]{1,400}[)\]]\.?")
# A rule or an end mark, bare markup, a wire agency's slug: * * * · -30- · <hr> · BC-CUBA-BOY-BOS
NO_WORDS = re.compile(r"[\W_]+|-30-|\W*END\W*|(?:<[^<>]*>\s*)+|[A-Z]{2,5}(?:-[A-Z\d]{2,}){2,}(?: [^a-z]*)?")

FULL_STOP = re.compile(r"[.!?…]['\"”’»)\]]*$")
OPENS_LOWER = re.compile(r"\W*[a-zß-öø-ÿ]")
OPENS_OTHERWISE = re.compile(r"[•*–—\"“‘«„(-]|\(?\d{1,2}[.)]\s")  # a list item, a quotation, an aside


def split_stamps(text: str, blocks: list[Block]) -> Iterator[Block]:
    """Cuts a date stamp off the line it is glued to, down to the first line that is a sentence."""
    before_body = True
    for block in blocks:
        stamp = GLUED_STAMP.match(text, block.start, block.end)
        if stamp and before_body and not block.role:
            yield replace(block, end=trim(text, block.start, stamp.end())[1], role="timestamp")
            block = replace(block, start=stamp.end())
        yield block
        before_body = before_body and not FULL_STOP.search(text[block.start : block.end])


def assign_roles(text: str, blocks: list[Block]) -> Iterator[Block]:
    """Gives every block its role, and cuts the dateline off the body’s first paragraph, or the one behind a lead."""
    known = [replace(b, role=b.role or standalone_role(text[b.start : b.end])) for b in blocks]
    labelled = sum(bool(PLACE_ALONE.match(text, block.start, block.end)) for block in known)
    patterns = (DATELINE, PLACE_ALONE) if labelled == 1 else (DATELINE,)
    seen: list[str] = []
    for index, block in enumerate(known):
        role = role_in(text, known, index, seen)
        block = replace(block, role=role)
        parts = cut_dateline(text, block, patterns) if may_follow_dateline(role, seen) else [block]
        seen += [part.role or role for part in parts]
        yield from parts


def role_in(text: str, blocks: list[Block], index: int, seen: list[str]) -> str:
    """The role of a block among others; an article has one headline."""
    block = blocks[index]
    role = block.role or contextual_role(text[block.start : block.end], line_after(text, blocks, index), seen)
    return "subheading" if role == "headline" and "headline" in seen else role


def line_after(text: str, blocks: list[Block], index: int) -> str:
    """The next line whose role is not known by itself; empty if there is none."""
    return next((text[block.start : block.end] for block in blocks[index + 1 :] if not block.role), "")


def may_follow_dateline(role: str, seen: list[str]) -> bool:
    """PORTHAVEN – The mayor came: the body's first paragraph or its second, and only once."""
    return role == "body" and seen.count("body") < 2 and "dateline" not in seen


def cut_dateline(text: str, block: Block, patterns: Sequence[re.Pattern[str]]) -> list[Block]:
    """The dateline with which a block begins and the rest, or the block."""
    matches = (pattern.match(text[block.start : block.end]) for pattern in patterns)
    if dateline := next(filter(None, matches), None):
        start = block.start + dateline.end()
        return [replace(block, end=trim(text, block.start, start)[1], role="dateline"), replace(block, start=start)]
    return [block]


def contextual_role(line: str, following: str, seen: Sequence[str]) -> str:
    """Headline, subheading or body, from the line, the next one and the roles seen so far."""
    if not following or DATELINE.match(line):
        return "body"
    if not {"headline", "body"} & set(seen) and is_headline(line):
        return "headline"
    if is_subheading(line) and (not is_subheading(following) or "body" not in seen):
        return "subheading"
    return "body"


def is_headline(line: str) -> bool:
    """A line without a full stop, or one that is written as titles are."""
    words = line.split()
    if OPENS_LOWER.match(line) or not 1 < len(words) <= HEADLINE_WORDS or line.endswith((":", ",", ";")):
        return False
    return not FULL_STOP.search(line) or (len(words) > 3 and title_case(words) >= TITLE_CASE)


def is_subheading(line: str) -> bool:
    words = line.split()
    if OPENS_LOWER.match(line) or OPENS_OTHERWISE.match(line) or len(words) > SUBHEADING_WORDS:
        return False
    if line.endswith(":"):
        # "World Politics:", but not "The Daily Example reports:"
        return len(words) <= LABEL_WORDS and title_case(words) >= TITLE_CASE and words[-1][0].isupper()
    return line.isupper() or not (FULL_STOP.search(line) or line.endswith((",", ";")))


def title_case(words: list[str]) -> float:
    """The share of words with a capital among those that a title writes with one."""
    small = read_lexicon("small_words")
    main = [word for word in words if word[0].isalpha() and word.lower() not in small]
    return sum(word[0].isupper() for word in main) / len(main) if main else 0.0


def standalone_role(line: str) -> str | None:
    """The role that a line shows by itself, whatever stands around it."""
    return next((role for role, shows in STANDALONE.items() if shows(line)), None)


def is_timestamp(line: str) -> bool:
    return len(line) <= FURNITURE_CHARACTERS and bool(TIMESTAMP.fullmatch(line))


def is_credit(line: str) -> bool:
    """By Jane Doe · (Reporting by Jane Doe; editing by John Roe) · (The Daily Example) · JD/jr"""
    words = line.split()
    if len(words) > CREDIT_WORDS:
        return False
    if INITIALS.fullmatch(line) or BYLINE.fullmatch(line):
        return True
    named = title_case(words[1:] or words) >= TITLE_CASE / 2
    if PARENTHESIS.fullmatch(line):
        inside = line.strip("()[].").split()
        return bool(CREDIT.match(line)) or (len(inside) <= LABEL_WORDS and title_case(inside) == 1)
    return bool(CREDIT.match(line)) and named


def is_furniture(line: str) -> bool:
    if NO_WORDS.fullmatch(line):
        return True
    # COMMENTFiled in: two phrases whose layout is lost
    unglued = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", line)
    return len(line) <= FURNITURE_CHARACTERS and any(map(furniture().fullmatch, (line, unglued)))


@cache
def furniture() -> re.Pattern[str]:
    """Matches a line that consists of phrases of the lexicon and nothing else."""
    phrases = sorted(read_lexicon("page_furniture"), key=len, reverse=True)
    whole = "|".join(re.escape(phrase) for phrase in phrases if not phrase.endswith("…"))
    begun = "|".join(re.escape(phrase[:-1]) for phrase in phrases if phrase.endswith("…"))
    gap = r"[\s|·•:,.!?/»›<>←→&()\d-]*"
    return re.compile(rf"{gap}(?:(?>(?:{whole})(?!\w)){gap})*(?:(?:{begun})(?!\w).*)?", re.IGNORECASE | re.DOTALL)


STANDALONE: dict[str, Callable[[str], object]] = {
    "link": LINK.fullmatch,
    "timestamp": is_timestamp,
    "embed": EMBED.search,
    "boilerplate": is_furniture,
    "caption": CAPTION.search,
    "credit": is_credit,
}
