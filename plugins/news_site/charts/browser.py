"""/-/charts.json: what a visitor’s browser needs to draw charts by itself, where nobody is there to ask."""

from dataclasses import asdict

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from ..responses import respond_json
from .answers import MOST_ROWS, UNPRINTABLE
from .drawing import DEFAULTS, DRAWN, HOST, KEPT, NOTHING, SILENT
from .figures import AROUND
from .specification import FONT, LONGEST, PAPER, WIDTHS, blank
from .visible import find_all

DRAWING = {
    "host": HOST,
    "font": FONT,
    "paper": PAPER,
    "most_rows": MOST_ROWS,
    "longest": LONGEST,
    "unprintable": UNPRINTABLE.pattern,
    "drawn": sorted(DRAWN),
    "kept": sorted(KEPT),
    "defaults": sorted(DEFAULTS),
    "nothing": sorted(NOTHING),
    "silent": SILENT.pattern,
    "around": AROUND,
}


async def describe_charts(datasette: Datasette, request: Request) -> Response:
    """What a visitor's browser needs to draw charts by itself, where nobody is there to ask."""
    described = {
        chart.name: asdict(chart) | {"spec": {name: blank(chart, width) for name, width in WIDTHS.items()}}
        for chart in await find_all(datasette, request.actor)
    }
    return respond_json({"drawing": DRAWING, "charts": described})
