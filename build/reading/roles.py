"""What part of an article a block is: headline, dateline, body, caption, page furniture, ...

The rules know how news is printed, not which article it is. A block may be cut in two where two
parts are glued together: a date stamp before a headline, a dateline before the first sentence.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from .blocks import Block, trim
from .credits import FULL_STOP, TITLE_CASE, is_caption, is_credit, is_outlet, names_author, title_case
from .datelines import find_dateline, is_surely_dateline, is_transcript
from .furniture import EMBED, GLUED_STAMP, LINK, is_furniture, is_timestamp

HEADLINE_WORDS = 25
SUBHEADING_WORDS = 12
LABEL_WORDS = 6  # of a subheading that ends in a colon

SENTENCES = re.compile(r"[a-z]{2}[.!?] ")
OPENS_LOWER = re.compile(r"\W*[a-zß-öø-ÿ]")
OPENS_OTHERWISE = re.compile(r"[•*–—\"“‘«„(-]|\(?\d{1,2}[.)]\s")  # a list item, a quotation, an aside


def split_stamps(text: str, blocks: list[Block]) -> Iterator[Block]:
    """Cuts a date stamp off the line it is glued to, down to the first line that is a sentence."""
    before_body = True
    for block in blocks:
        stamp = GLUED_STAMP.match(text, block.start, block.end)
        if stamp and before_body and not block.role and not is_timestamp(text[block.start : block.end]):
            yield replace(block, end=trim(text, block.start, stamp.end())[1], role="timestamp")
            block = replace(block, start=stamp.end())
        yield block
        before_body = before_body and not FULL_STOP.search(text[block.start : block.end])


def assign_roles(text: str, blocks: list[Block]) -> Iterator[Block]:
    """Gives every block its role, and cuts the dateline off the body’s first paragraph, or the one behind a lead."""
    known = [replace(b, role=b.role or standalone_role(text[b.start : b.end])) for b in blocks]
    transcript = is_transcript([text[block.start : block.end] for block in known])
    seen: list[str] = []
    for index, block in enumerate(known):
        role = role_in(text, known, index, seen)
        block = replace(block, role=role)
        parts = cut_dateline(text, block, transcript) if may_follow_dateline(role, seen) else [block]
        seen += [part.role or role for part in parts]
        yield from parts


def role_in(text: str, blocks: list[Block], index: int, seen: list[str]) -> str:
    """The role of a block among others; an article has one headline."""
    block = blocks[index]
    line, following = text[block.start : block.end], line_after(text, blocks, index)
    role = block.role or contextual_role(line, following, seen, is_last=index == len(blocks) - 1)
    return "subheading" if role == "headline" and "headline" in seen else role


def line_after(text: str, blocks: list[Block], index: int) -> str:
    """The next line whose role is not known by itself; empty if there is none."""
    return next((text[block.start : block.end] for block in blocks[index + 1 :] if not block.role), "")


def may_follow_dateline(role: str, seen: list[str]) -> bool:
    """PORTHAVEN – The mayor came: the body's first paragraph or its second, and only once."""
    return role == "body" and seen.count("body") < 2 and "dateline" not in seen


def cut_dateline(text: str, block: Block, transcript: bool) -> list[Block]:
    """The dateline with which a block begins and the rest, or the block."""
    if dateline := find_dateline(text[block.start : block.end], is_transcript=transcript):
        start = block.start + dateline.end()
        return [replace(block, end=trim(text, block.start, start)[1], role="dateline"), replace(block, start=start)]
    return [block]


def contextual_role(line: str, following: str, seen: Sequence[str], *, is_last: bool) -> str:
    """Headline, subheading, credit or body, from the line, the next one and the roles seen so far."""
    if is_own_line(line, following, seen):
        return "credit"
    if is_last or is_surely_dateline(line):
        return "body"
    if not {"headline", "body"} & set(seen) and (is_headline(line) or is_question(line)):
        return "headline"
    return "subheading" if following and heads(line, following, seen) else "body"


def heads(line: str, following: str, seen: Sequence[str]) -> bool:
    """A subheading, and not one line of a list of such"""
    return is_subheading(line) and (not is_subheading(following) or "body" not in seen)


def is_own_line(line: str, following: str, seen: Sequence[str]) -> bool:
    """The Harbour Courier, or Jane Doe in Caracas: before the body, beside a headline, or at the very end."""
    if "body" in seen:
        return not following and (is_outlet(line) or names_author(line))
    if "headline" in seen:
        return is_outlet(line) or names_author(line)
    return is_outlet(line) and is_headline(following)


def is_headline(line: str) -> bool:
    """A line without a full stop, or one that is written as titles are."""
    words = line.split()
    if (
        OPENS_LOWER.match(line)
        or not 1 < len(words) <= HEADLINE_WORDS
        or line.endswith((":", ",", ";"))
        or "\t" in line
    ):
        return False
    return not FULL_STOP.search(line) or (len(words) > 3 and title_case(words) >= TITLE_CASE)


def is_question(line: str) -> bool:
    """Will the bridge open? as the first line of an article"""
    return line.endswith("?") and 2 < len(line.split()) <= HEADLINE_WORDS and not SENTENCES.search(line)


def is_subheading(line: str) -> bool:
    words = line.split()
    if OPENS_LOWER.match(line) or OPENS_OTHERWISE.match(line) or "\t" in line or len(words) > SUBHEADING_WORDS:
        return False
    if line.endswith(":"):
        # "World Politics:", but not "The Daily Example reports:"
        return len(words) <= LABEL_WORDS and title_case(words) >= TITLE_CASE and words[-1][0].isupper()
    return line.isupper() or not (FULL_STOP.search(line) or line.endswith((",", ";")))


def standalone_role(line: str) -> str | None:
    """The role that a line shows by itself, whatever stands around it."""
    return next((role for role, shows in STANDALONE.items() if shows(line)), None)


STANDALONE: dict[str, Callable[[str], object]] = {
    "link": LINK.fullmatch,
    "timestamp": is_timestamp,
    "embed": EMBED.search,
    "boilerplate": is_furniture,
    "caption": is_caption,
    "credit": is_credit,
}
