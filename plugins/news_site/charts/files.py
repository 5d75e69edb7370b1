"""A chart to take away, as .svg, .png, .json or .csv."""

import asyncio
import base64
import csv
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from io import StringIO
from xml.etree import ElementTree

from datasette.app import Datasette
from datasette.utils.asgi import Request

from .answers import Answer, database_of
from .declared import Chart
from .drawing import SVG, draw
from .specification import PAPER, WIDE, legible, specification
from .worker import work

File = tuple[str | bytes, str]  # with its type


def away(datasette: Datasette, request: Request, answer: Answer) -> Answer:
    """The answer with complete addresses; a static site does not know its own."""
    known = not datasette.plugin_config("static_site")
    return replace(
        answer, urls=[datasette.absolute_url(request, url) if url and known else None for url in answer.urls]
    )


async def as_svg(datasette: Datasette, request: Request, chart: Chart, answer: Answer) -> tuple[str, str]:
    svg = await asyncio.to_thread(draw, chart, away(datasette, request, answer), WIDE)
    svg.insert(0, ElementTree.Element(f"{SVG}rect", {"width": "100%", "height": "100%", "fill": PAPER}))
    for tag, words in (("desc", answer.takeaway), ("title", chart.title)):
        described = ElementTree.Element(f"{SVG}{tag}")
        described.text = legible(words)
        svg.insert(0, described)
    return ElementTree.tostring(svg, encoding="unicode"), "image/svg+xml; charset=utf-8"


async def as_png(datasette: Datasette, request: Request, chart: Chart, answer: Answer) -> File:
    svg, _ = await as_svg(datasette, request, chart, answer)
    return base64.b64decode(await asyncio.to_thread(work, json.dumps({"svg": svg}))), "image/png"


async def as_json(datasette: Datasette, request: Request, chart: Chart, answer: Answer) -> File:
    about = {
        "title": chart.title,
        "takeaway": answer.takeaway,
        "source": chart.source,
        "database": database_of(datasette, chart).name,
        "sql": chart.sql,
        "parameters": answer.parameters,
    }
    spec = specification(chart, away(datasette, request, answer), WIDE) | {"usermeta": about}
    return json.dumps(spec, ensure_ascii=False, indent=2), "application/json; charset=utf-8"


async def as_csv(datasette: Datasette, request: Request, chart: Chart, answer: Answer) -> File:
    lines = StringIO()
    writer = csv.writer(lines)
    writer.writerow(answer.columns)
    writer.writerows(row.values() for row in answer.rows)
    return lines.getvalue(), "text/csv; charset=utf-8"


FILES: dict[str, Callable[[Datasette, Request, Chart, Answer], Awaitable[File]]] = {
    "svg": as_svg,
    "png": as_png,
    "json": as_json,
    "csv": as_csv,
}
