"""Turns a seed into blocks with roles: every character of its text once, with the part it plays."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from .blocks import Block, cut
from .copies import Copy, make_copy, usual_signs
from .roles import assign_roles, split_stamps
from .seeds import Seed
from .web import web_signs

# A run of paragraphs that stood there before is printed twice by mistake;
# a word or two ("Yes," he said) may well be said twice.
REPEATED_WORDS = 5


def find_blocks(seed: Seed) -> list[Block]:
    """All blocks of a seed, each with its role and how often the seed prints it."""
    copy = make_copy(seed.text, (*usual_signs(seed.text), *(() if seed.is_markdown else web_signs(seed.text))))
    blocks = list(split_stamps(copy.text, cut(replace(seed, text=copy.text))))
    letter = [seed.text[slice(*copy.to_letter(block.start, block.end))] for block in blocks]
    found = assign_roles(copy.text, drop_repeats(letter, blocks))
    placed = [put_back(copy, block) for block in found]
    tags = find_tags(copy, [put_back(copy, block) for block in blocks])
    return sorted((*placed, *tags), key=lambda block: block.start) if tags else placed


def put_back(copy: Copy, block: Block) -> Block:
    """A block of the copy as a block of the letter."""
    start, end = copy.to_letter(block.start, block.end)
    return replace(block, start=start, end=end)


def find_tags(copy: Copy, blocks: Sequence[Block]) -> list[Block]:
    """The tags that stand between blocks: whoever sees the letter sees them, and they are no words."""
    inside = [at for block in blocks for at in (block.start, block.end)]
    return [
        Block(start, end, role="boilerplate") for start, end in copy.left_out if bisect_right(inside, start) % 2 == 0
    ]


def drop_repeats(letter: Sequence[str], blocks: Sequence[Block]) -> list[Block]:
    """The blocks without those runs whose letters the text prints again; `repeats` counts what was dropped."""
    kept: list[tuple[str, Block]] = []
    printed: Counter[str] = Counter()
    for is_repeat, run in mark_repeats(letter, blocks):
        if not is_repeat:
            kept += run
        printed.update(words for words, _ in run if is_repeat)
    return [replace(block, repeats=1 + printed.pop(words, 0)) for words, block in kept]


def mark_repeats(letter: Sequence[str], blocks: Sequence[Block]) -> Iterator[tuple[bool, list[tuple[str, Block]]]]:
    """Runs of blocks with their words, each with whether it only says again what stood before."""
    known: set[str] = set()
    marked = []
    for words, block in zip(letter, blocks, strict=True):
        marked.append((words in known, (words, block)))
        known.add(words)
    for stood_before, group in groupby(marked, key=lambda pair: pair[0]):
        run = [pair for _, pair in group]
        length = sum(len(words.split()) for words, _ in run)
        yield stood_before and length >= REPEATED_WORDS, run
