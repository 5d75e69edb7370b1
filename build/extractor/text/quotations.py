"""Finds quoted regions: the paragraphs of an article go in, the quotations of each come out."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "``": "''",
    "''": "''",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "'": "'",
    "‟": "”",
    "”": "”",
}
DOUBLE = re.compile(r"[“”„«»\"‟]|``|''")
SINGLE = re.compile(r"[‘’‚']")
OPENING = ("“", "„", "«", "``", "‘", "‚", "‟")
# The marks of ’87, ’em and ’til stand for letters.
ELIDED = re.compile(r"(?:\d\ds?|em|til|tis|twas|twere|cause|cos|bout|n|round|neath|ere|fraid|nother|tween)\b", re.I)
POSSESSIVE = re.compile(r"\s+[a-zß-öø-ÿ]")  # the dockers’ pay
# A straight mark opens after a blank, a bracket or a dash, and before a word.
OPENS = re.compile(r"[\s(\[{—–―/:-]?")
WORD = re.compile(r"\w+(?:['’.-]\w+)*")
FRAGMENT_BEFORE = re.compile(r"[\w,)%$]")
STANDARD = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "\xa0": " "}
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted region of a paragraph, its marks included; an unclosed one runs to the paragraph's end."""

    start: int
    end: int
    opened: int = 1  # length of the opening mark, 0 if it is lost
    closed: int = 1
    continues: bool = False  # the utterance of the paragraph before

    def words(self, text: str) -> int:
        return len(WORD.findall(text, self.start, self.end))

    def inside(self, text: str) -> str:
        """The words between the marks."""
        return text[self.start + self.opened : self.end - self.closed]

    def covers(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


@dataclass(frozen=True, slots=True)
class Mark:
    start: int
    end: int
    text: str
    opens: bool
    closes: bool
    possessive: bool = False  # can stand behind a plural: the dockers’ pay


def find_quotations(paragraphs: Sequence[str], headings: Collection[int] = ()) -> list[tuple[Quotation, ...]]:
    """The quotations of every paragraph; `headings` are the numbers of those that are headings."""
    shapes = usual_marks(paragraphs)
    found: list[tuple[Quotation, ...]] = []
    is_open = False
    for number, text in enumerate(paragraphs):
        single = number in headings and not DOUBLE.search(text)  # many papers set single marks there only
        marks = find_marks(text, SINGLE if single else shapes)
        quotations = tuple(pair_marks(text, reopened(marks) if is_open else marks))
        if is_open and quotations and not text[: quotations[0].start].strip():
            quotations = (replace(quotations[0], continues=True), *quotations[1:])
        found.append(quotations)
        is_open = bool(quotations) and not quotations[-1].closed
    return found


def reopened(marks: list[Mark]) -> list[Mark]:
    """She said, "We go. · If they come, we stay." · the straight mark closes what the paragraph before has open"""
    if not marks or marks[0].text != '"' or not marks[0].closes or marks[0].start == 0:
        return marks
    return [replace(marks[0], text="”", opens=False), *marks[1:]] if len(marks) % 2 else marks


def usual_marks(paragraphs: Sequence[str]) -> re.Pattern[str]:
    """The marks in which an article quotes: British papers have the double ones inside, ‘She said “no” to me.’"""
    texts = [text for text in paragraphs if SINGLE.search(text) or DOUBLE.search(text)]
    double, single = (sum(words_outside(text, shapes) for text in texts) for shapes in (DOUBLE, SINGLE))
    return SINGLE if single > double or not any(map(DOUBLE.search, texts)) else DOUBLE


def words_outside(text: str, shapes: re.Pattern[str]) -> int:
    """How many words stand between marks of one shape, but not within those of the other."""
    ours, others = (closed_pairs(text, each) for each in (shapes, SINGLE if shapes is DOUBLE else DOUBLE))
    return sum(q.words(text) for q in ours if not any(other.covers(q.start, q.end) for other in others))


def closed_pairs(text: str, shapes: re.Pattern[str]) -> list[Quotation]:
    return [q for q in pair_marks(text, find_marks(text, shapes)) if q.opened and q.closed]


def find_marks(text: str, shapes: re.Pattern[str]) -> list[Mark]:
    return [mark for match in shapes.finditer(text) if (mark := read_mark(text, match))]


def read_mark(text: str, match: re.Match[str]) -> Mark | None:
    """What a mark may do where it stands; None for an apostrophe."""
    if is_elision(text, match):
        return None
    mark = match.group()
    opens, closes = uses_at(text, match)
    if mark != "”" or "“" in text or not opens or closes:  # ”We go”, the Swedish way
        opens, closes = uses_of(mark, opens, closes)
    return Mark(match.start(), match.end(), mark, opens, closes, is_plural(text, match)) if opens or closes else None


def around(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The letters before and after a mark, each empty where the text ends."""
    return text[: match.start()][-1:], text[match.end() :][:1]


def is_elision(text: str, match: re.Match[str]) -> bool:
    """the summer of [’]87, get [’]em; not: ‘87’"""
    if match.group() not in "'‘’" or not ELIDED.match(text, match.end()):
        return False
    before, _ = around(text, match)
    return not before.isalnum() and not is_closed_soon(text, match)


def uses_at(text: str, match: re.Match[str]) -> tuple[bool, bool]:
    """Whether the place of a mark allows that it opens and that it closes."""
    before, after = around(text, match)
    opens = bool(OPENS.fullmatch(before)) and bool(after.strip())
    return opens, bool(before.strip()) and not (match.group() in "'’" and after.isalnum())


def is_plural(text: str, match: re.Match[str]) -> bool:
    """the dockers[’] pay"""
    before, _ = around(text, match)
    return match.group() in "'’" and before in ("s", "z", "x") and bool(POSSESSIVE.match(text, match.end()))


def is_closed_soon(text: str, match: re.Match[str]) -> bool:
    """‘87’: what looks like left-out letters is all that is quoted"""
    elided = ELIDED.match(text, match.end())
    return elided is not None and text[elided.end() :][:1] in ("'", "’")


def uses_of(mark: str, opens: bool, closes: bool) -> tuple[bool, bool]:
    """Whether a mark opens and whether it closes, by its shape and by what its place allows."""
    if mark in "”»":
        return False, True
    if mark in OPENING:
        return True, mark == "“" and closes and not opens  # „We go“
    if mark in "'’":
        return opens and mark == "'", closes and not opens
    return opens or not closes, closes or not opens


def pair_marks(text: str, marks: Sequence[Mark]) -> Iterator[Quotation]:
    """Pairs the outermost marks. A lost mark is made up for by the paragraph's start or end."""
    if lost := lost_opening(marks):
        yield lost
    rest = list(marks)
    while opened := list(dropwhile(lambda mark: not mark.opens, rest)):
        opener, *rest = opened
        at = stop_of(opener, rest)
        if at == len(rest) and text[opener.end :].strip():
            yield Quotation(opener.start, len(text.rstrip()), len(opener.text), 0)
        elif at < len(rest) and matches(opener, rest[at]):
            yield Quotation(opener.start, rest[at].end, len(opener.text), len(rest[at].text))
            at += 1
        rest = rest[at:]


def lost_opening(marks: Sequence[Mark]) -> Quotation | None:
    """We will go,” she said."""
    first = next((mark for mark in marks if mark.opens or mark.text in "”»"), None)
    return Quotation(0, first.end, opened=0) if first and not first.opens else None


def stop_of(opener: Mark, marks: Sequence[Mark]) -> int:
    """Which mark closes what another opens, or shows that it opens nothing; with none, how many there are."""
    depth = 0
    for at, mark in enumerate(marks):
        if nests(opener, marks[at:]):
            depth += 1
        elif depth and matches(opener, mark):
            depth -= 1
        elif is_possessive(opener, mark, marks[at + 1 :]):
            continue
        elif matches(opener, mark) or is_stray(opener, marks[at:]):
            return at
    return len(marks)


def is_possessive(opener: Mark, mark: Mark, later: Sequence[Mark]) -> bool:
    """‘The dockers[’] pay was cut,’ she said: another mark closes, before one opens"""
    if opener.text not in "‘'" or not mark.possessive:
        return False
    return bool(later) and later[0].closes and not later[0].opens and matches(opener, later[0])


def nests(opener: Mark, marks: Sequence[Mark]) -> bool:
    """“I live in [“]hell” now”: a mark that opens again, where enough follow to close both"""
    return marks[0].text == opener.text and not marks[0].closes and closing(marks) > 0


def is_stray(opener: Mark, marks: Sequence[Mark]) -> bool:
    """One "stray mark: “We go,” she said. With other marks a quotation begins, and nothing closes the first."""
    if opener.text != '"' or marks[0].text == '"' or not marks[0].opens:
        return False
    return not any(mark.text == '"' and mark.closes for mark in marks)


def matches(opener: Mark, mark: Mark) -> bool:
    return mark.closes and (mark.text in PAIRS[opener.text] or {opener.text, mark.text} in ({"“", '"'}, {'"', "”"}))


def closing(marks: Sequence[Mark]) -> int:
    """How many more marks close than open: above 0, an opener can be inside another."""
    return sum(mark.closes and not mark.opens for mark in marks) - sum(mark.opens and not mark.closes for mark in marks)


def is_fragment(text: str, quotation: Quotation) -> bool:
    """Words quoted in the middle of a sentence, which the parser reads better without the marks."""
    inside = quotation.inside(text).lstrip(" .…[(")
    before = text[: quotation.start].rstrip()[-1:]
    if not quotation.opened or not inside or not FRAGMENT_BEFORE.match(before):
        return False
    return inside[0].islower() or (before != "," and quotation.words(text) < 4)


def mask(text: str, quotations: Sequence[Quotation]) -> tuple[str, tuple[int, ...]]:
    """The text for the parser, with plain marks and none around fragments, and its offsets in the text."""
    dropped: set[int] = set()
    for found in quotations:
        if is_fragment(text, found):
            dropped.update(range(found.start, found.start + found.opened))
            dropped.update(range(found.end - found.closed, found.end))
    offsets = tuple(at for at in range(len(text)) if at not in dropped)
    return "".join(text[at] for at in offsets).translate(STANDARD), offsets
