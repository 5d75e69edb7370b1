"""Joins an article's spots into organizations and places: spots go in, bearers with all their names come out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ...core.identifiers import slug
from ...core.lexicons import lexicon_set, read_lexicon
from .candidates import key_of
from .kinds import ORGANIZATION
from .spots import Equal, Spot


@dataclass
class Bearer:
    """An organization or a place. `forms` are its names as they stand in the text, without an article."""

    name: str
    forms: set[str] = field(default_factory=set)
    spans: dict[tuple[int, int], str] = field(default_factory=dict)
    is_state: bool = False

    @property
    def id(self) -> str:
        return slug(self.name) or "unnamed"

    def mention(self, start: int, end: int, text: str) -> None:
        self.spans[start, end] = text


def join(spots: Sequence[Spot], equal: Iterable[Equal]) -> list[Bearer]:
    """The bearers of the spots' names, all spots of one kind, in the order of the text."""
    same = same_names(spots, equal)
    groups: dict[str, list[Spot]] = {}
    for spot in spots:
        groups.setdefault(last_of(same, key_of(spot.text)), []).append(spot)
    return [make_bearer(group) for group in groups.values()]


def make_bearer(spots: Sequence[Spot]) -> Bearer:
    forms = {spot.text for spot in spots}
    name = max(sorted(forms), key=lambda form: (not form.isupper(), len(form)))
    spans = {(spot.start, spot.end): spot.text for spot in spots}
    full = full_names()
    known = next((full[key_of(form)] for form in sorted(forms) if key_of(form) in full), None)
    return Bearer(known or titled(name), forms, spans)


def titled(name: str) -> str:
    """Upton, of a dateline’s UPTON; BBC stays."""
    words = name.split()
    shouted = name.isupper() and "." not in name and (len(words) > 1 or len(name) > 5)
    return " ".join(word.capitalize() for word in words) if shouted else " ".join(words)


def same_names(spots: Sequence[Spot], equal: Iterable[Equal]) -> dict[str, str]:
    """Of a name's key, the key of the fuller name that it stands for."""
    same = well_known_names(spots) | equal_names(equal)
    for short, long in shortened_names(spots):
        same.setdefault(short, long)
    return same


def well_known_names(spots: Sequence[Spot]) -> dict[str, str]:
    """AP, of the Associated Press, where the article has it"""
    keys = {key_of(spot.text) for spot in spots}
    return {short: key_of(long) for short, long in full_names().items() if short in keys}


def equal_names(equal: Iterable[Equal]) -> dict[str, str]:
    """What the article itself says to be one: the National Port Authority (NPA)"""
    return {key_of(pair.short): key_of(pair.long) for pair in equal if key_of(pair.short) != key_of(pair.long)}


def shortened_names(spots: Sequence[Spot]) -> Iterator[tuple[str, str]]:
    """Port Authority, where the only body that it can be short for is the National Port Authority"""
    bodies = dict.fromkeys(spot.text for spot in spots if spot.kind == ORGANIZATION)
    for short in bodies:
        longer = {key_of(long) for long in bodies if key_of(long) != key_of(short) and is_short_for(short, long)}
        if len(longer) == 1:
            yield key_of(short), longer.pop()


def last_of(same: dict[str, str], key: str) -> str:
    """The fullest name: a short form's long one may be short for another."""
    seen = {key}
    while key in same and same[key] not in seen:
        key = same[key]
        seen.add(key)
    return key


@cache
def full_names() -> dict[str, str]:
    """Associated Press, by the key of AP"""
    pairs = (line.partition(" = ") for line in read_lexicon("short_names"))
    return {key_of(short): long for short, _, long in pairs}


def is_short_for(short: str, name: str) -> bool:
    """Its initials, its first word, or several of its last ones: NPA, National, Port Authority."""
    words = re.findall(r"[\w.-]+", name)
    capitals = "".join(word[0] for word in words if word.lower() not in lexicon_set("small_words"))
    if len(words) > 1 and short.replace(".", "") == capitals and len(capitals) > 1:
        return True
    first = words[:1] == [short] and len(words) > 1 and key_of(short) not in known_states()
    return first or (" " in short and name.endswith(f" {short}"))


def known_states() -> frozenset[str]:
    return frozenset(map(key_of, lexicon_set("states")))
