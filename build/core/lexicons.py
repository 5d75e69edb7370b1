"""Reads the word lists in lexicons/ beside it: one entry a line, # opens a comment."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lexicons"


@cache
def read_lexicon(name: str) -> tuple[str, ...]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def lexicon_set(name: str) -> frozenset[str]:
    return frozenset(read_lexicon(name))


@cache
def lexicon_values(name: str) -> dict[str, str]:
    """Entries that end in a value: `two 2`, `no fewer than at_least`."""
    return dict((*line.rsplit(" ", 1),) for line in read_lexicon(name) if " " in line)  # type: ignore[misc]
