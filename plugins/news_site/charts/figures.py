"""What templates show of a chart: its drawings for wide screens and phones, and the table beneath."""

import asyncio
from functools import partial

from datasette.utils import derive_named_parameters

from ..memory import remember
from .answers import ask, database_of, shown_columns
from .declared import ChartError
from .drawing import draw, markup
from .specification import WIDTHS

AROUND = 180  # pixels for the words above and below, where a chart stands by itself


async def find_figure(datasette, chart, arguments, target=None):
    """What the templates show of a chart; where it cannot be drawn, the reason."""
    try:
        return await figure_of(datasette, chart, arguments, target)
    except ChartError as error:
        return {"chart": chart, "problem": str(error)}


async def figure_of(datasette, chart, arguments, target):
    """A figure stays the same as long as the bytes of an immutable database do."""
    db = database_of(datasette, chart)
    parameters = {name: arguments.get(name) or "" for name in await derive_named_parameters(db, chart.sql)}
    asked = (repr(chart), *parameters.items(), target)
    return await remember(db, "figures", asked, partial(make_figure, datasette, chart, parameters, target))


async def make_figure(datasette, chart, parameters, target):
    answer = await ask(datasette, chart, parameters)
    drawn = {name: await asyncio.to_thread(draw, chart, answer, width, target) for name, width in WIDTHS.items()}
    height = int(float(drawn["wide"].get("height"))) + AROUND
    words = {"role": "group", "aria-label": answer.takeaway}
    drawings = {name: markup(svg, **words, **{"class": f"drawing {name}"}) for name, svg in drawn.items()}
    return {"chart": chart, "answer": answer, "table": table_beneath(chart, answer), "height": height, **drawings}


def table_beneath(chart, answer):
    """The table beneath the chart: for each row its link and its cells."""
    shown = shown_columns(chart, answer.columns)
    return {
        "headings": list(shown.values()),
        "rows": [
            (url, [row.get(column) for column in shown]) for url, row in zip(answer.urls, answer.rows, strict=True)
        ],
    }
