"""Finds every spot where an article names an organization or a place: its blocks, its parse and its people go in."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...core.lexicons import lexicon_set
from ...reading.blocks import Block
from ..text.language import Reading
from .candidates import find_candidates, is_head, key_of
from .kinds import ORGANIZATION, PLACE, known, name_kinds
from .names import tokens_of
from .people import Person

DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^\d(,–—/]*?)(?:,\s*(?P<within>[^\d(,–—]+?))?\s*(?:\((?P<agency>[^)]+)\))?\s*[–—-]*\s*$"
)
INITIALS = re.compile(r"\s*\((?:the )?(?P<short>[A-Z][A-Za-z.]*[A-Z]\.?)\)")
CALLED = re.compile(r",? (?:known as|called|or) (?P<short>[A-Z]\w+(?: [A-Z]\w+)*)\b(?=[,.;])")
SHORTEST = 2  # letters


class Spot(NamedTuple):
    """Words that name something; the offsets are the article's."""

    start: int
    end: int
    text: str
    kind: str


class Equal(NamedTuple):
    """Two names that the text says are one's: National Port Authority (NPA)."""

    long: str
    short: str


def find_spots(
    text: str, blocks: Sequence[Block], readings: Sequence[Reading], people: Sequence[Person]
) -> tuple[list[Spot], list[Equal]]:
    """Every spot, in order, and the names that the text makes equal."""
    taken = words_of(people)
    candidates = [c for reading in readings for c in find_candidates(reading, taken.get(id(reading), frozenset()))]
    spots = [Spot(*c.span, c.text, kind) for c, kind in name_kinds(candidates)]
    spots += [spot for block in blocks if block.role == "dateline" for spot in spots_of_dateline(text, block)]
    equal, defined = define(spots, readings)
    spots += defined
    spots += repeat(spots, readings, taken)
    return sorted(set(spots)), equal


def words_of(people: Iterable[Person]) -> Mapping[int, set[int]]:
    """The places of the words that name people, by their readings' id()."""
    taken: dict[int, set[int]] = {}
    for name in (name for person in people for name in person.names):
        taken.setdefault(id(name.reading), set()).update(token.i for token in tokens_of(name))
    return taken


def spots_of_dateline(text: str, block: Block) -> Iterator[Spot]:
    """UPTON, Ohio (AP) –"""
    match = DATELINE.match(text[block.start : block.end])
    kinds = {"place": PLACE, "within": PLACE, "agency": ORGANIZATION}
    for group, kind in kinds.items() if match else ():
        if match and match[group]:
            first, last = match.span(group)
            body = key_of(match[group]) in known("known_bodies")
            yield Spot(block.start + first, block.start + last, match[group], ORGANIZATION if body else kind)


def define(spots: Sequence[Spot], readings: Sequence[Reading]) -> tuple[list[Equal], list[Spot]]:
    """What the text gives as another name right behind one, and where."""
    equal, found = [], []
    taken = {spot.start for spot in spots}
    for spot in spots:
        reading = next((r for r in readings if 0 <= spot.start - r.paragraph.start < len(r.paragraph.text)), None)
        if spot.kind != ORGANIZATION or reading is None:
            continue
        end = spot.end - reading.paragraph.start
        for pattern in (INITIALS, CALLED):
            if match := pattern.match(reading.paragraph.text, end):
                equal.append(Equal(spot.text, match["short"]))
                start = reading.paragraph.start + match.start("short")
                if start not in taken:
                    found.append(Spot(start, start + len(match["short"]), match["short"], spot.kind))
    return equal, found


def repeat(spots: Sequence[Spot], readings: Sequence[Reading], people: Mapping[int, Collection[int]]) -> Iterator[Spot]:
    """The same names where no sign tells them, out of others' names."""
    kinds = {spot.text: spot.kind for spot in spots if len(spot.text) >= SHORTEST and is_distinct(spot.text)}
    kinds |= dict.fromkeys(lexicon_set("known_bodies"), ORGANIZATION) | dict.fromkeys(lexicon_set("states"), PLACE)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(kinds, key=len, reverse=True)))})(?!\w)")
    covered = {at for spot in spots for at in range(spot.start, spot.end)}
    for reading in readings:
        shift = reading.paragraph.start
        for match in pattern.finditer(reading.paragraph.text):
            start, end = shift + match.start(), shift + match.end()
            if covered.isdisjoint(range(start, end)) and is_free(reading, match, people.get(id(reading), ())):
                yield Spot(start, end, match.group(), kinds[match.group()])


def is_distinct(name: str) -> bool:
    """Not a word that is written with a capital where a sentence begins."""
    return " " in name or name.lower() not in lexicon_set("function_words") | lexicon_set("small_words")


def is_free(reading: Reading, match: re.Match[str], people: Collection[int]) -> bool:
    """Whether it names nobody there, and does not merely begin a longer name: US, of US Upton Bank."""
    words = reading.tokens_in(match.start(), match.end())
    if not words or any(word.i in people for word in words):
        return False
    following = words[-1].nbor() if words[-1].i + 1 < len(words[-1].doc) else None
    return following is None or not is_head(following)
