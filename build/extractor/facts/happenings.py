"""Proposes events: dated sentences with a person or a word for an event go in, events come out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten

from ...core.lexicons import lexicon_set
from ..names.people import Person
from ..text.language import Reading
from ..text.verbs import has_tense
from .assertions import trimmed
from .timex import TimeExpression

NAME_LENGTH = 80  # characters


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that a sentence of a paragraph says to happen on a date."""

    name: str
    date: str
    start: int
    end: int
    people: tuple[Person, ...]


def find_happenings(reading: Reading, dates: Sequence[TimeExpression], people: Sequence[Person]) -> Iterator[Happening]:
    for sentence in reading.doc.sents:
        start, end = trimmed(reading, sentence)
        dated = next((d.date for d in dates if d.date and start <= d.start < end), None)
        if start == end or dated is None or not any(has_tense(token) for token in sentence):
            continue
        named = tuple(p for p in people if any(is_in(name_span, start, end) for name_span in spans_in(p, reading)))
        if named or any(token.lemma_.lower() in lexicon_set("event_nouns") for token in sentence):
            words = " ".join(reading.paragraph.text[start:end].split())
            yield Happening(shorten(words, NAME_LENGTH, placeholder="…"), dated, start, end, named)


def spans_in(person: Person, reading: Reading) -> list[tuple[int, int]]:
    return [name.span for name in person.names if name.reading is reading]


def is_in(span: tuple[int, int], start: int, end: int) -> bool:
    return start <= span[0] < end
