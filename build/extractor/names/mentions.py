"""Finds people's names in parsed paragraphs: readings go in, name mentions come out, titles left out."""

from collections.abc import Iterable, Iterator, Sequence

from ..text.language import Reading
from .names import Name, is_full, make_name, tokens_of
from .runs import person_run
from .singles import Known, find_single, is_sure
from .usage import Usage


def find_names(readings: Sequence[Reading]) -> list[Name]:
    """All names of people, in order: the full ones first decide which single words are names."""
    usage = Usage.of(readings)
    found = [name for reading in readings for name in find_runs(reading, usage)]
    known = Known.of(found, usage)
    sure = [name for name in found if is_full(name) or is_sure(name, known, usage)]
    taken = {(id(name.reading), token.i) for name in sure for token in tokens_of(name)}
    single = [name for reading in readings for name in find_single(reading, taken, known, usage)]
    return in_order([*sure, *single], readings)


def in_order(names: Iterable[Name], readings: Sequence[Reading]) -> list[Name]:
    order = {id(reading): position for position, reading in enumerate(readings)}
    return sorted(names, key=lambda name: (order[id(name.reading)], name.first.i))


def find_runs(reading: Reading, usage: Usage) -> Iterator[Name]:
    done = -1
    for token in reading.doc:
        run = person_run(token, reading, usage) if token.i > done else []
        if run and (name := make_name(reading, run)):
            done = run[-1].i
            yield name
