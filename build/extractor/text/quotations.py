"""Finds quoted regions: the paragraphs of an article go in, the quotations of each come out."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

PAIRS = {"“": "”", "„": "“”", "«": "»", "``": "''", "''": "''", "‘": "’", "‚": "‘’", '"': '"', "'": "'", "‟": "”"}
DOUBLE = re.compile(r"[“”„«»\"‟]|``|''")
SINGLE = re.compile(r"[‘’‚']")
# A straight mark opens after a blank, a bracket or a dash, and before a word.
OPENS = re.compile(r"(?:^|[\s(\[{—–―/:-])$")
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


def find_quotations(paragraphs: Sequence[str], headings: Collection[int] = ()) -> list[tuple[Quotation, ...]]:
    """The quotations of every paragraph; `headings` are the numbers of those that are headings."""
    shapes = usual_marks(paragraphs)
    found: list[tuple[Quotation, ...]] = []
    is_open = False
    for number, text in enumerate(paragraphs):
        single = number in headings and not DOUBLE.search(text)  # many papers set single marks there only
        quotations = tuple(pair_marks(text, find_marks(text, SINGLE if single else shapes)))
        if is_open and quotations and not text[: quotations[0].start].strip():
            quotations = (replace(quotations[0], continues=True), *quotations[1:])
        found.append(quotations)
        is_open = bool(quotations) and not quotations[-1].closed
    return found


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
    """What a mark may do where it stands; None for an apostrophe or the sign of inches."""
    before, after, mark = text[: match.start()], text[match.end() :], match.group()
    opens = bool(OPENS.search(before[-1:])) and bool(after) and not after[0].isspace()
    closes = bool(before) and not before[-1].isspace()
    if mark in "”»":
        opens, closes = False, True
    elif mark in ("“", "„", "«", "``", "‘", "‚", "‟"):
        opens, closes = True, mark == "“" and closes and not opens
    elif mark in ("'", "’"):
        closes = closes and not after[:1].isalnum() and not opens
        opens = opens and mark == "'"
    elif not opens and not closes:
        opens = closes = True
    if not opens and not closes:
        return None
    return Mark(match.start(), match.end(), mark, opens, closes)


def pair_marks(text: str, marks: Sequence[Mark]) -> Iterator[Quotation]:
    """Pairs the outermost marks. A lost closing mark is made up for by the paragraph's end."""
    opener: Mark | None = None
    last = depth = 0
    for index, mark in enumerate(marks):
        if opener is None and mark.opens:
            opener = mark
        elif opener and not mark.closes and mark.text == opener.text and closing(marks[index:]) > 0:
            depth += 1
        elif opener and depth and matches(opener, mark):
            depth -= 1
        elif opener and matches(opener, mark):
            yield quotation(opener, mark)
            opener, last = None, mark.end
        elif opener is None and mark.text in "”»" and not last:
            yield Quotation(0, mark.end, opened=0)  # the opening mark is lost
            last = mark.end
        elif opener and mark.opens and opener.text == '"' != mark.text and not closes_later(opener, marks[index:]):
            opener = mark  # a stray mark before the paragraph's own quotations
    if opener and text[opener.end :].strip():
        yield Quotation(opener.start, len(text.rstrip()), len(opener.text), 0)


def matches(opener: Mark, mark: Mark) -> bool:
    return mark.closes and (mark.text in PAIRS[opener.text] or {opener.text, mark.text} in ({"“", '"'}, {'"', "”"}))


def closing(marks: Sequence[Mark]) -> int:
    """How many more marks close than open: above 0, an opener can be inside another."""
    return sum(mark.closes and not mark.opens for mark in marks) - sum(mark.opens and not mark.closes for mark in marks)


def closes_later(opener: Mark, marks: Sequence[Mark]) -> bool:
    return any(mark.text == opener.text and mark.closes for mark in marks)


def quotation(opener: Mark, closer: Mark) -> Quotation:
    return Quotation(opener.start, closer.end, len(opener.text), len(closer.text))


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
