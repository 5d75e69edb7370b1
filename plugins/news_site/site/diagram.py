"""How tables hang together, as a drawing: boxes in columns, and curves for foreign keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

BOX_WIDTH, BOX_HEIGHT, COLUMN_GAP, ROW_GAP, MARGIN = 168, 30, 72, 14, 8


class Key(NamedTuple):
    """A foreign key."""

    table: str
    column: str
    target: str


class Box(NamedTuple):
    x: float
    y: float
    width: int
    height: int
    name: str


@dataclass(frozen=True)
class Diagram:
    width: int
    height: int
    boxes: list[Box]
    curves: list[str]
    """The path of each in SVG."""


def levels(tables: Iterable[str], keys: Sequence[Key]) -> dict[str, int]:
    """How many steps lead from a table to one that points nowhere; circles are cut."""
    points_to = {table: {key.target for key in keys if key.table == table} - {table} for table in tables}

    def level(table: str, seen: tuple[str, ...] = ()) -> int:
        others = [level(other, (*seen, table)) for other in points_to.get(table, ()) if other not in seen]
        return 1 + max(others, default=-1)

    return {table: level(table) for table in points_to}


def untangle(columns: list[list[str]], keys: Sequence[Key]) -> list[list[str]]:
    """Each column sorted by how high the tables that it points to stand on average."""
    height: dict[str, float] = {}
    for column in columns:
        for table in column:
            others = [height[key.target] for key in keys if key.table == table and key.target in height]
            height[table] = sum(others) / len(others) if others else 0
        column.sort(key=lambda table: (height[table], table))
        height |= {table: place - len(column) / 2 for place, table in enumerate(column)}
    return columns


def arrange(tables: Iterable[str], keys: Sequence[Key]) -> list[list[str]]:
    """Tables in columns, each to the right of those it points to; one without a key is left out."""
    joined = {name for key in keys for name in (key.table, key.target)}
    level_of = levels([table for table in tables if table in joined], keys)
    steps = range(max(level_of.values(), default=0) + 1)
    return untangle([[table for table in level_of if level_of[table] == level] for level in steps], keys)


def diagram(tables: Iterable[str], keys: Sequence[Key]) -> Diagram:
    columns = arrange(tables, keys)
    tallest = max(map(len, columns))
    boxes = {
        table: box(level, place + (tallest - len(column)) / 2, table)
        for level, column in enumerate(columns)
        for place, table in enumerate(column)
    }
    pairs = dict.fromkeys((key.table, key.target) for key in keys if key.table != key.target)
    return Diagram(
        width=2 * MARGIN + len(columns) * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP,
        height=2 * MARGIN + tallest * (BOX_HEIGHT + ROW_GAP),
        boxes=list(boxes.values()),
        curves=[curve(boxes[table], boxes[target]) for table, target in pairs],
    )


def box(column: int, row: float, name: str) -> Box:
    x, y = MARGIN + column * (BOX_WIDTH + COLUMN_GAP), MARGIN + row * (BOX_HEIGHT + ROW_GAP)
    return Box(x, y, BOX_WIDTH, BOX_HEIGHT, name)


def curve(begin: Box, end: Box) -> str:
    """The path from a table's left side to the right side of the one it points to."""
    x1, y1 = begin.x, begin.y + BOX_HEIGHT / 2
    x2, y2 = end.x + BOX_WIDTH, end.y + BOX_HEIGHT / 2
    bend = COLUMN_GAP * 0.6
    return f"M{x1:g} {y1:g}C{x1 - bend:g} {y1:g} {x2 + bend:g} {y2:g} {x2:g} {y2:g}"
