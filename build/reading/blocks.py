"""Cuts a seed into blocks, the stretches of text that will be its paragraphs.

A .txt has a paragraph a line, or hard-wrapped paragraphs between blank lines. A .md is CommonMark
with front matter; markdown-it-py says which source lines belong together.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .seeds import Seed, is_blank
from .wrapping import Line, join_wrapped, page_of

FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?=[\r\n]|\Z)", re.DOTALL | re.MULTILINE)
HTML_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)
LISTS = ("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a seed, offsets in code points, no blank at either end.

    `role` is set where the markup tells it; `heading` is a Markdown heading without its markup;
    `repeats` is how often the seed prints the block.
    """

    start: int
    end: int
    role: str | None = None
    heading: str | None = None
    repeats: int = 1


def cut(seed: Seed) -> list[Block]:
    """All blocks of a seed in order. Between them lies nothing but blanks."""
    cut_up = cut_markdown if seed.is_markdown else cut_plain
    return [block for block in cut_up(seed.text) if block.start < block.end]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the blanks at its ends; empty if it holds nothing else."""
    while start < end and is_blank(text[start]):
        start += 1
    while start < end and is_blank(text[end - 1]):
        end -= 1
    return start, end


def split_lines(text: str, start: int = 0) -> list[Line]:
    lines = []
    for line in text[start:].splitlines(keepends=True):
        lines.append(Line(start, start + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))))
        start += len(line)
    return lines


def cut_plain(text: str) -> Iterator[Block]:
    def blank(line: Line) -> bool:
        return all(map(is_blank, text[line.start : line.end]))

    lines = split_lines(text)
    page = page_of(text, lines)
    for is_gap, group in groupby(lines, key=blank):
        for line in () if is_gap else join_wrapped(page, list(group)):
            yield Block(*trim(text, line.start, line.end))


def cut_markdown(text: str) -> Iterator[Block]:
    front = FRONT_MATTER.match(text)
    body = front.end() if front else 0
    if front:
        yield Block(*trim(text, 0, body), role="boilerplate")
    lines = markdown_lines(text, body)
    done = 0
    for first, last, tokens in spans(MarkdownIt("commonmark").enable("table").parse(text[body:])):
        # what makes no token, such as a link's definition, is no part of the article
        yield from furniture(text, lines[done:first])
        yield Block(*trim(text, lines[first].start, lines[last - 1].end), *role_of(tokens))
        done = last
    yield from furniture(text, lines[done:])


def markdown_lines(text: str, start: int) -> list[Line]:
    """Lines as markdown-it counts them: it knows no line break but these three."""
    ends = [match.span() for match in re.finditer(r"\r\n|\n|\r", text[start:])]
    starts = [start, *(start + end for _, end in ends)]
    stops = [*(start + begin for begin, _ in ends), len(text)]
    return [Line(*span) for span in zip(starts, stops, strict=True)]


def furniture(text: str, lines: Iterable[Line]) -> Iterator[Block]:
    for line in lines:
        yield Block(*trim(text, line.start, line.end), role="boilerplate")


def spans(tokens: list[Token]) -> Iterator[tuple[int, int, list[Token]]]:
    """First line, line after the last, and the tokens of each top-level block or list item."""
    for group in group_tokens(tokens):
        if span := group[0].map:
            yield span[0], span[1], group


def group_tokens(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens from one that opens a block to the one that closes it; a list at the top is its items."""
    group: list[Token] = []
    for token in tokens:
        if token.level == 0 and token.type in LISTS:
            continue
        group.append(token)
        if token.nesting <= 0 and token.level == group[0].level:
            yield group
            group = []


def role_of(tokens: list[Token]) -> tuple[str | None, str | None]:
    """The role that Markdown's markup gives, if any, and a heading's plain words."""
    inline = [child for token in tokens for child in token.children or ()]
    if tokens[0].type == "heading_open":
        words = "".join(child.content for child in inline if child.type in ("text", "code_inline"))
        return ("headline" if tokens[0].tag == "h1" else "subheading"), words
    if is_bare_markup(tokens[0]):
        return "boilerplate", None
    return ("caption" if are_pictures(inline) else None), None


def is_bare_markup(block: Token) -> bool:
    """*** or <hr class="wide"> between two paragraphs"""
    if block.type == "html_block":
        return not HTML_TAG.sub("", block.content).strip()
    return block.type == "hr"


def are_pictures(inline: list[Token]) -> bool:
    """![The harbour at noon](harbour.jpg) and no words beside it"""
    return bool(inline) and all(child.type in ("image", "softbreak") for child in inline)
