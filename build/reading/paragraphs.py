"""Turns a seed into blocks with roles: every character of its text once, with the part it plays."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from .blocks import Block, cut
from .roles import assign_roles, split_stamps
from .seeds import Seed

# A run of paragraphs that stood there before is printed twice by mistake;
# a word or two ("Yes," he said) may well be said twice.
REPEATED_WORDS = 5


def find_blocks(seed: Seed) -> list[Block]:
    """All blocks of a seed, each with its role and how often the seed prints it."""
    blocks = split_stamps(seed.text, cut(seed))
    return list(assign_roles(seed.text, drop_repeats(seed.text, list(blocks))))


def drop_repeats(text: str, blocks: list[Block]) -> list[Block]:
    """The blocks without those runs that the text prints again; `repeats` counts what was dropped."""
    kept: list[Block] = []
    printed: Counter[str] = Counter()
    for is_repeat, run in mark_repeats(text, blocks):
        if not is_repeat:
            kept += run
        printed.update(text[block.start : block.end] for block in run if is_repeat)
    return [replace(block, repeats=1 + printed.pop(text[block.start : block.end], 0)) for block in kept]


def mark_repeats(text: str, blocks: list[Block]) -> Iterator[tuple[bool, list[Block]]]:
    """Runs of blocks, each with whether it only says again what stood before."""
    known: set[str] = set()
    marked = []
    for block in blocks:
        words = text[block.start : block.end]
        marked.append((words in known, block))
        known.add(words)
    for stood_before, group in groupby(marked, key=lambda pair: pair[0]):
        run = [block for _, block in group]
        length = sum(len(text[block.start : block.end].split()) for block in run)
        yield stood_before and length >= REPEATED_WORDS, run
