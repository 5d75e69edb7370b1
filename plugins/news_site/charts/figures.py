"""What templates show of a chart: its drawings for wide screens and phones, and the table beneath."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup

from ..memory import remember
from .answers import Answer, Parameters, ask, database_of, parameters_of, shown_columns
from .declared import Chart, ChartError
from .drawing import draw, markup
from .specification import WIDTHS

AROUND = 180  # pixels for the words above and below, where a chart stands by itself


@dataclass(frozen=True)
class Table:
    """What stands beneath a chart: for each row its link and its cells."""

    headings: list[str]
    rows: list[tuple[str | None, list[Any]]]


@dataclass(frozen=True)
class Figure:
    """What the templates show of a chart; where it cannot be drawn, the reason."""

    chart: Chart
    problem: str | None = None
    answer: Answer | None = None
    table: Table | None = None
    height: int = 0
    wide: Markup | None = None
    narrow: Markup | None = None


async def find_figure(
    datasette: Datasette, chart: Chart, arguments: Mapping[str, str], target: str | None = None
) -> Figure:
    try:
        return await figure_of(datasette, chart, arguments, target)
    except ChartError as error:
        return Figure(chart, str(error))


async def figure_of(datasette: Datasette, chart: Chart, arguments: Mapping[str, str], target: str | None) -> Figure:
    """A figure stays the same as long as the bytes of an immutable database do."""
    db = database_of(datasette, chart)
    parameters = await parameters_of(datasette, chart, arguments)
    asked = (repr(chart), *parameters.items(), target)
    return await remember(db, "figures", asked, partial(make_figure, datasette, chart, parameters, target))


async def make_figure(datasette: Datasette, chart: Chart, parameters: Parameters, target: str | None) -> Figure:
    answer = await ask(datasette, chart, parameters)
    drawn = {name: await asyncio.to_thread(draw, chart, answer, width, target) for name, width in WIDTHS.items()}
    height = int(float(drawn["wide"].get("height", "0"))) + AROUND
    words = {"role": "group", "aria-label": answer.takeaway}
    drawings = {name: markup(svg, **words, **{"class": f"drawing {name}"}) for name, svg in drawn.items()}
    return Figure(chart, answer=answer, table=table_beneath(chart, answer), height=height, **drawings)


def table_beneath(chart: Chart, answer: Answer) -> Table:
    shown = shown_columns(chart, answer.columns)
    cells = [[row.get(column) for column in shown] for row in answer.rows]
    return Table(list(shown.values()), list(zip(answer.urls, cells, strict=True)))
