"""Proposes events: dated sentences with a person or a word for an event go in, events come out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten

from spacy.tokens import Token

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
        dated = first_date(dates, start, end)
        if dated is None or not any(map(has_tense, sentence)):
            continue
        named = tuple(person for person in people if is_named(person, reading, start, end))
        if named or any(map(is_event, sentence)):
            words = " ".join(reading.paragraph.text[start:end].split())
            yield Happening(shorten(words, NAME_LENGTH, placeholder="…"), dated, start, end, named)


def first_date(dates: Sequence[TimeExpression], start: int, end: int) -> str | None:
    here = (found.date for found in dates if found.date and start <= found.start < end)
    return next((day for day in here if not day.startswith("-")), None)  # a year before Christ is no day to sort by


def is_named(person: Person, reading: Reading, start: int, end: int) -> bool:
    """Jane Doe, in a sentence that begins and ends there: Doe left on Monday."""
    return any(name.reading is reading and start <= name.span[0] < end for name in person.names)


def is_event(word: Token) -> bool:
    """elections, a strike"""
    return word.lemma_.lower() in lexicon_set("event_nouns")
