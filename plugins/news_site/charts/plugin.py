"""Charts that metadata.yml declares: drawn on the server as SVG, each mark a link to the rows that it counts.

A chart's SQL gives a row for each mark; its mark and encoding are Vega-Lite, which vl-convert draws in a process of
its own. What comes back is cleaned and linked by us, and drawn twice, for wide screens and for phones.
"""

import asyncio
import base64
import csv
import json
import math
import re
import subprocess
import sys
from collections import OrderedDict
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from io import StringIO
from threading import Lock, Thread, Timer
from urllib.parse import urlencode
from xml.etree import ElementTree

import click
from datasette import Response, hookimpl
from datasette.database import QueryInterrupted
from datasette.utils import derive_named_parameters, sqlite3, tilde_encode, validate_sql_select
from markupsafe import Markup

# --- What is declared

MARKS = {"arc", "area", "bar", "circle", "line", "point", "rect", "rule", "square", "text", "tick", "trail"}
LEADING = {"arc", "bar", "circle", "point", "rect", "square", "tick"}  # of one row each, so they can lead to its rows
SPEC_KEYS = {"mark", "encoding", "layer", "resolve", "height"}
WORDS = {"title", "takeaway", "takeaway_sql", "database", "sql", "panels", "label", "source"}
NAMED = {"columns", "parameters", "home"}  # each a dictionary of words
KEYS = SPEC_KEYS | WORDS | NAMED | {"link"}
# What would load something, lead elsewhere, or let one mark stand for several rows
REFUSED = {
    "aggregate": "count in the SQL instead, so that each mark is one of its rows",
    "bin": "sort into classes in the SQL instead, so that each mark is one of its rows",
    "timeUnit": "cut the date in the SQL instead, so that each mark is one of its rows",
    "data": "the data come from the SQL",
    "href": "say where marks lead with link",
    "url": "a chart loads nothing",
}
NAME = re.compile(r"[a-z0-9-]+")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


class ChartError(Exception):
    """A chart that cannot be drawn, with the reason in a sentence for whoever reads the page."""


@dataclass(frozen=True)
class Chart:
    """What metadata.yml says of one chart; `spec` is the Vega-Lite part of it."""

    name: str
    title: str
    sql: str
    spec: dict
    takeaway: str = ""
    takeaway_sql: str | None = None
    database: str | None = None
    panels: str | None = None
    label: str = ""
    link: dict | None = None
    source: str = ""
    columns: dict = field(default_factory=dict)
    """What the table beneath shows: columns of the SQL with their headings."""
    parameters: dict = field(default_factory=dict)
    """What each parameter of the SQL asks the reader for."""
    home: dict | None = None
    """The parameters with which it stands on the home page, if it does."""


def declare(name: str, entry: object) -> Chart:
    """The chart of an entry in metadata.yml. Raises ChartError if it cannot be one."""
    if not NAME.fullmatch(name):
        raise ChartError("its name may hold a-z, 0-9 and - only")
    if not isinstance(entry, dict):
        raise ChartError("it has to be a list of keys and values")
    if unknown := sorted(map(str, entry.keys() - KEYS)):
        raise ChartError(f"{unknown[0]} is not a key of a chart; there are {', '.join(sorted(KEYS))}")
    for key in ("title", "sql"):
        if key not in entry:
            raise ChartError(f"{key} is missing")
    for key, value in entry.items():
        if key in WORDS and not isinstance(value, str):
            raise ChartError(f"{key} has to be a text")
        if key in NAMED and not (isinstance(value, dict) and all(isinstance(word, str) for word in value.values())):
            raise ChartError(f"{key} has to be a list of names and texts")
    check_spec({key: value for key, value in entry.items() if key in SPEC_KEYS})
    check_link(entry.get("link"))
    for sql in filter(None, (entry["sql"], entry.get("takeaway_sql"))):
        check_sql(sql)
    words = {key: value for key, value in entry.items() if key not in SPEC_KEYS}
    return Chart(name, spec={key: value for key, value in entry.items() if key in SPEC_KEYS}, **words)


def check_sql(sql):
    try:
        validate_sql_select(sql)
    except Exception as error:
        raise ChartError(f"its SQL can only read: {error}") from error


def check_link(link):
    if link is None:
        return
    if not isinstance(link, dict) or link.keys() != {"table", "filters"} or not isinstance(link["table"], str):
        raise ChartError("link has to name a table and filters")
    filters = link["filters"]
    named = isinstance(filters, dict) and all(isinstance(name, str) for pair in filters.items() for name in pair)
    if not filters or not named:
        raise ChartError("link.filters has to name, for each column of the table, a column of the SQL")


def check_spec(spec):
    """Raises ChartError with the first thing that is not Vega-Lite, or not allowed here."""
    for layer in spec.get("layer", [spec]) if isinstance(spec.get("layer", []), list) else [None]:
        if not isinstance(layer, dict) or "mark" not in layer:
            raise ChartError("mark is missing")
        if mark_type(layer) not in MARKS:
            raise ChartError(f"mark is {mark_type(layer)!r}; there are {', '.join(sorted(MARKS))}")
    for key in keys_of(spec):
        if key in REFUSED:
            raise ChartError(f"{key} is not for charts here: {REFUSED[key]}")
    import altair  # takes half a second

    kind = altair.LayerChart if "layer" in spec else altair.Chart
    try:
        kind.from_dict({"data": {"values": []}, **spec})
    except Exception as error:  # its validation errors have no class of their own
        where = ".".join(map(str, getattr(error, "absolute_path", ())))
        reason = getattr(error, "message", str(error)).partition("\n")[0]
        raise ChartError(f"{where or 'it'} is not Vega-Lite: {reason}") from error


def keys_of(value):
    """All keys of nested dictionaries."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def mark_type(layer):
    mark = layer["mark"]
    return str(mark.get("type") if isinstance(mark, dict) else mark)


@lru_cache
def declare_all(entries: str) -> tuple[dict[str, Chart], dict[str, str]]:
    """The charts by name, and for each that is wrong what is."""
    charts, problems = {}, {}
    for name, entry in json.loads(entries).items():
        try:
            charts[name] = declare(name, entry)
        except ChartError as error:
            problems[name] = str(error)
    return charts, problems


def declared(datasette):
    return declare_all(json.dumps(datasette.plugin_config("charts") or {}, default=str))


# --- Its rows


MOST_ROWS = 500


@dataclass(frozen=True)
class Answer:
    """A chart's rows with where each leads, and its words filled in."""

    columns: list[str]
    rows: list[dict]
    urls: list[str | None]
    labels: list[str]
    takeaway: str
    parameters: dict[str, str]


async def ask(datasette, chart, arguments) -> Answer:
    """Runs a chart's SQL with the parameters that the address gives. Raises ChartError if it fails."""
    db = database_of(datasette, chart)
    parameters = {name: arguments.get(name) or "" for name in await derive_named_parameters(db, chart.sql)}
    found = await run(db, chart.sql, parameters)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    if len(rows) > MOST_ROWS:
        raise ChartError(f"Its SQL gives more than {MOST_ROWS} rows, too many for a chart. Add a limit.")
    if chart.panels and chart.panels not in found.columns:
        raise ChartError(f"Its panels name the column {chart.panels}, which the SQL does not give.")
    told = [dict(row) for row in (await run(db, chart.takeaway_sql, parameters)).rows] if chart.takeaway_sql else rows
    links = [link_of(datasette, db.name, chart.link, row) for row in rows] if chart.link else [None] * len(rows)
    return Answer(
        found.columns,
        rows,
        links,
        [label_of(chart, row) for row in rows],
        fill(chart.takeaway or chart.title, told[0]) if told else "There is nothing to draw here yet.",
        parameters,
    )


def database_of(datasette, chart):
    named = [name for name in datasette.databases if chart.database in (None, name) and not name.startswith("_")]
    if not named:
        raise ChartError(f"There is no database {chart.database}." if chart.database else "There is no database.")
    return datasette.databases[named[0]]


async def run(db, sql, parameters):
    try:
        return await db.execute(sql, parameters, log_sql_errors=False)
    except QueryInterrupted as error:
        raise ChartError("Its SQL took too long.") from error
    except sqlite3.Error as error:
        raise ChartError(f"Its SQL failed: {error}.") from error


def fill(template, row):
    """The words with the row's values in place of {column}."""

    def value(match):
        if match[1] not in row:
            raise ChartError(f"Its words name the column {match[1]}, which the SQL does not give.")
        value = row[match[1]]
        return f"{value:,}" if isinstance(value, int) else str("" if value is None else value)

    return UNPRINTABLE.sub("\ufffd", PLACEHOLDER.sub(value, template))


def shown_columns(chart, columns):
    """The columns that readers see, with their headings."""
    return chart.columns or {column: column.replace("_", " ") for column in columns}


def label_of(chart, row):
    """The name of a mark: the words of the chart, or else what stands in its row of the table."""
    if chart.label:
        return fill(chart.label, row)
    return ", ".join(f"{heading}: {row.get(column)}" for column, heading in shown_columns(chart, row).items())


def link_of(datasette, database, link, row):
    """The address of the rows of a table that a mark counts; that of the row itself if they are named by their id."""
    if missing := set(link["filters"].values()) - row.keys():
        raise ChartError(f"Its link names the column {min(missing)}, which the SQL does not give.")
    table = datasette.urls.table(database, link["table"])
    values = {column: row[source] for column, source in link["filters"].items()}
    if values.keys() == {"id"}:
        return None if values["id"] is None else f"{table}/{tilde_encode(str(values['id']))}"
    filters = {
        f"{column.partition('__')[0]}__isnull" if value is None else column: 1 if value is None else value
        for column, value in values.items()
    }
    return f"{table}?{urlencode(filters)}"


# --- As Vega-Lite


# The colours of light pages. site.css gives each of them another one for the dark.
INK, SOFT, RULE, PAPER = "#1b1b1a", "#57554f", "#d8d4ca", "#fffefb"
SERIES = ["#0072b2", "#d55e00", "#009e73", "#a3568c", "#7a776f"]  # after Okabe and Ito
STEPS = ["#0b4f86", "#5b9bcb", "#b5d3ea"]
WIDE, NARROW = 800, 340
WIDTHS = {"wide": WIDE, "narrow": NARROW}
AROUND = 180  # pixels for the words above and below, where a chart stands by itself
NAMES = 430  # of rows, beside them
SLANTED = 50  # at the right, for names of columns in a font that is wider than the one measured
SIZE = 13  # of words as they are measured; they are shown at 12, for other fonts are wider
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # the first is in vl-convert
HOST = "https://site.invalid/"  # vl-convert takes no relative links; the number of the row follows
LONGEST = 300  # characters of a value that are drawn
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(value):
    """What XML and JSON can carry of a value."""
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return UNPRINTABLE.sub("\ufffd", value[:LONGEST]) if isinstance(value, str) else value


def specification(chart, answer, width, hosts=()):
    """The complete Vega-Lite specification for a width. Marks lead to `hosts`, an address for each row."""
    values = [{key: printable(value) for key, value in row.items()} for row in answer.rows]
    for row, label, url in zip(values, answer.labels, hosts or answer.urls, strict=True):
        row |= {"mark_label": printable(label)} | ({"mark_link": url} if url else {})
    spec = blank(chart, width) | {"data": {"values": values}}
    if chart.panels:
        spec["facet"]["row"]["sort"] = list(dict.fromkeys(row[chart.panels] for row in values))
    return spec


def blank(chart, width):
    """A specification without data."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": []},
        "background": None,
        "config": theme(width),
    }
    inner = lead(chart.spec, chart.link is not None)
    step = inner.pop("height", None) or {"step": 40 if width == NARROW else 26}
    if not chart.panels:
        return spec | {"width": width, "height": step, "autosize": {"type": "fit-x", "contains": "padding"}} | inner
    panel = {"field": chart.panels, "type": "nominal", "title": None}
    inner |= {"width": width - (NAMES + 24 if width == WIDE else 16), "height": step}
    resolve = inner.pop("resolve", {"scale": {"y": "independent"}})
    return spec | {"facet": {"row": panel}, "spec": inner, "resolve": resolve}


def lead(spec, links):
    """The same, its marks with links and accessible names; marks that stand for no row of their own are silent."""
    spec = json.loads(json.dumps(spec))
    channels = {"description": {"field": "mark_label", "type": "nominal"}}
    if links:
        channels["href"] = {"field": "mark_link", "type": "nominal"}
    for layer in spec.get("layer", [spec]):
        mark = layer["mark"] = layer["mark"] if isinstance(layer["mark"], dict) else {"type": layer["mark"]}
        mark["aria"] = mark["type"] in LEADING and mark.get("aria", True)
        if mark["aria"]:
            layer["encoding"] = layer.get("encoding", {}) | channels
    return spec


def theme(width):
    """How all charts look. On a phone the names of rows stand above them."""
    wide = width == WIDE
    words = {"labelColor": INK, "titleColor": SOFT, "labelFontSize": SIZE, "titleFontSize": SIZE}
    plain = {"domain": False, "ticks": False}
    beside = {"labelLimit": NAMES, "labelPadding": 8}
    above = {"labelLimit": width - 16, "labelPadding": -2, "labelAlign": "left", "labelOffset": -16}
    names = plain | (beside if wide else above)
    columns = plain | {"orient": "top", "labelAngle": -30, "labelAlign": "left", "labelPadding": 12 if wide else 22}
    return {
        "font": FONT,
        "padding": {"left": 5, "top": 5, "bottom": 5, "right": SLANTED if wide else 5},
        "axis": words | {"titleFontWeight": "normal", "gridColor": RULE, "tickCount": 5},
        "axisXQuantitative": plain,
        "axisYBand": names | {"grid": False},
        "axisYPoint": names | {"grid": True},  # leads the eye from the name to the dots
        "axisXBand": columns | {"grid": False},
        "axisXPoint": columns | {"grid": False},
        "header": {
            "labelFontSize": SIZE,
            "labelFontWeight": "bold",
            "labelColor": INK,
            "labelAngle": 0,
            "labelAnchor": "start",
            "labelOrient": "top",
            "labelPadding": 0,
        },
        "facet": {"spacing": 8},
        "legend": words | {"orient": "top", "title": None, "labelLimit": 300, "symbolStrokeWidth": 0},
        "view": {"stroke": None, "continuousHeight": 240},
        "range": {"category": SERIES, "ordinal": STEPS},
        "bar": {"discreteBandSize": 14, "color": SERIES[0]},
        "circle": {"color": SERIES[0], "opacity": 1, "size": 120},
        "square": {"color": SERIES[0], "opacity": 1, "size": 120},
        "point": {"color": SERIES[0], "opacity": 1, "size": 90, "filled": True},
        "text": {"color": INK, "fontSize": SIZE},
    }


# --- Drawn


# A process of its own: after an error vl-convert's next chart would fail as well, so it ends with the error.
WORKER = """
import base64, json, sys, vl_convert
for line in sys.stdin:
    job = json.loads(line)
    try:
        if "svg" in job:
            made = base64.b64encode(vl_convert.svg_to_png(job["svg"], scale=2)).decode()
        else:
            made = vl_convert.vegalite_to_svg(job["spec"], allowed_base_urls=[])
    except Exception as error:
        sys.exit(print(json.dumps({"error": str(error)})))
    print(json.dumps({"made": made}), flush=True)
"""
PATIENCE = 60  # seconds; a site that is baked beside other work must not lack a chart
REMEMBERED = 200
drawings: OrderedDict = OrderedDict()  # what the worker has made, by its job
working: list = []  # the worker, if there is one
lock = Lock()


def find_worker():
    """The worker; a new one where there is none, or it has ended."""
    if not working or working[0].poll() is not None:
        command = [sys.executable, "-c", WORKER]
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        working[:] = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, text=True)]
    return working[0]


def work(job: str) -> str:
    """The worker's answer. Raises ChartError if it fails, and the next job finds a new worker."""
    with lock:
        return recall(drawings, job) or keep(drawings, job, hand_over(job))


def recall(made, key):
    """What was made before, if it was."""
    if key in made:
        made.move_to_end(key)
    return made.get(key)


def keep(made, key, value):
    """Keeps what was made; what was asked for least recently goes."""
    made[key] = value
    if len(made) > REMEMBERED:
        made.popitem(last=False)
    return value


def hand_over(job):
    worker = find_worker()
    alarm = Timer(PATIENCE, worker.kill)
    alarm.start()
    try:
        worker.stdin.write(job + "\n")
        worker.stdin.flush()
        answer = json.loads(worker.stdout.readline() or '{"error": "it took too long"}')
    except OSError:
        answer = {"error": "it could not be started"}
    finally:
        alarm.cancel()
    if "error" in answer:
        worker.kill()
        worker.wait()
        working.clear()
        raise ChartError(f"Vega-Lite cannot draw it: {answer['error'].strip().splitlines()[0]}")
    return answer["made"]


def rehearse(charts):
    """Draws charts without their rows: the first time takes longest, and no reader need wait for it."""
    for chart in charts:
        with lock, suppress(ChartError):
            hand_over(json.dumps({"spec": blank(chart, WIDE) | {"data": {"values": [{}]}}}))


SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
DRAWN = {"svg", "g", "a", "path", "line", "rect", "circle", "text", "tspan"}
KEPT = set(
    "d x y x1 x2 y1 y2 dx dy r width height viewBox transform fill stroke stroke-width stroke-dasharray stroke-linecap"
    " fill-opacity stroke-opacity opacity text-anchor font-size font-weight font-style".split()
)
DEFAULTS = {("opacity", "1"), ("stroke-width", "1"), ("font-size", f"{SIZE}px"), ("font-weight", "normal")}
SILENT = re.compile(r"role-(axis|legend|title|\w*-header|\w*-footer)\b|mark-(text|rule|line|area|trail)\b")
NOTHING = {"", "M0,0h0v0h0Z", "M0,0h0v0h-0Z"}
FRACTION = re.compile(r"(\d+)\.(\d)\d*")
ElementTree.register_namespace("", SVG.strip("{}"))


def clean(element, urls, target=None):
    """What a drawing becomes: shapes, words and links of ours, nothing else. The colours of light pages stay."""
    tag = element.tag.removeprefix(SVG)
    if tag not in DRAWN or element.get("display") == "none" or (tag == "path" and element.get("d") in NOTHING):
        return []
    inner = [kept for child in element for kept in clean(child, urls, target)]
    if tag == "a":
        url = urls.get(element.get(XLINK_HREF))
        return [link_around(inner, url, element[0].get("aria-label") or "", target)] if url else inner
    copy = ElementTree.Element(element.tag, kept_attributes(element))
    copy.text = element.text
    copy.extend(inner)
    if tag == "g" and SILENT.search(element.get("class", "")):
        copy.set("aria-hidden", "true")
    if tag == "g" and (not inner or not copy.attrib):
        return inner
    return [copy]


def kept_attributes(element):
    shown = {name: FRACTION.sub(r"\1.\2", value) for name, value in element.items() if name in KEPT}
    return {name: value for name, value in shown.items() if (name, value) not in DEFAULTS}


def link_around(shapes, url, label, target):
    """A link that says where it leads, to readers of the screen and, held on with the mouse, to all others."""
    link = ElementTree.Element(f"{SVG}a", {"href": url, "aria-label": label})
    if target:
        link.attrib |= {"target": target, "rel": "noopener"}
    ElementTree.SubElement(link, f"{SVG}title").text = label
    link.extend(shapes)
    return link


def draw(chart, answer, width, target=None):
    """A chart as an SVG element."""
    hosts = [f"{HOST}{place}" for place in range(len(answer.rows))]
    job = json.dumps({"spec": specification(chart, answer, width, hosts)})
    drawn = ElementTree.fromstring(work(job))
    svg = clean(drawn, dict(zip(hosts, answer.urls, strict=True)), target)[0]
    svg.attrib |= {"font-family": FONT, "font-size": "12"}
    return svg


def markup(svg, **attributes):
    """The element for a page."""
    svg.attrib |= attributes
    return Markup(ElementTree.tostring(svg, encoding="unicode"))  # every attribute and word has been escaped


figures: OrderedDict = OrderedDict()  # of databases that cannot change, the latest last


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
    if db.hash is None:
        return await make_figure(datasette, chart, parameters, target)
    key = (db.hash, datasette.urls.instance(), repr(chart), *parameters.items(), target)
    return recall(figures, key) or keep(figures, key, await make_figure(datasette, chart, parameters, target))


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


# --- Pages


class NoChart(ChartError):
    """An address that names no chart that can be seen."""


async def find(datasette, request):
    """The chart that an address names."""
    charts, problems = declared(datasette)
    name = request.url_vars["name"]
    if name in problems:
        raise NoChart(f"The chart {name} is not declared as it should be: {problems[name]}.")
    if name not in charts or not await may_see(datasette, request, charts[name]):
        raise NoChart(f"There is no chart {name}.")
    return charts[name]


def say_what_is_missing(view):
    """Datasette would write a traceback for each wrong address."""

    async def show(datasette, request):
        try:
            return await view(datasette, request)
        except NoChart as error:
            context = {"status": 404, "error": str(error), "title": None}
            page = await datasette.render_template("error.html", context, request=request)
            return Response.html(page, status=404)

    return show


async def may_see(datasette, request, chart):
    database = chart.database or next((name for name in datasette.databases if not name.startswith("_")), None)
    if not hasattr(datasette, "permission_allowed"):  # 1.0a
        from datasette.resources import DatabaseResource

        return await datasette.allowed(action="view-database", resource=DatabaseResource(database), actor=request.actor)
    return await datasette.permission_allowed(request.actor, "view-database", database, default=True)


async def render(datasette, request, template, **context):
    context["metadata"] = datasette.metadata()
    status = 400 if "problem" in context.get("figure", {}) else 200
    return Response.html(await datasette.render_template(template, context, request=request), status=status)


async def show_charts(datasette, request):
    charts = [chart for chart in declared(datasette)[0].values() if await may_see(datasette, request, chart)]
    figures = [await find_figure(datasette, chart, {}) for chart in charts]
    return await render(datasette, request, "charts.html", figures=figures)


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


async def describe_charts(datasette, request):
    """What a visitor's browser needs to draw charts by itself, where nobody is there to ask."""
    charts = [chart for chart in declared(datasette)[0].values() if await may_see(datasette, request, chart)]
    described = {
        chart.name: asdict(chart) | {"spec": {name: blank(chart, width) for name, width in WIDTHS.items()}}
        for chart in charts
    }
    return Response.json({"drawing": DRAWING, "charts": described})


async def show_chart(datasette, request):
    chart = await find(datasette, request)
    figure = await find_figure(datasette, chart, request.args)
    path = f"{datasette.urls.path(request.path)}/embed" + (f"?{request.query_string}" if request.query_string else "")
    embed_url = path if datasette.plugin_config("static_site") else datasette.absolute_url(request, path)
    return await render(datasette, request, "chart.html", figure=figure, embed_url=embed_url)


async def show_embedded(datasette, request):
    figure = await find_figure(datasette, await find(datasette, request), request.args, target="_blank")
    return await render(datasette, request, "chart-embed.html", figure=figure)


async def send_file(datasette, request):
    """The chart to take away, as .svg, .png, .json or .csv."""
    chart = await find(datasette, request)
    try:
        answer = await ask(datasette, chart, request.args)
        made = await FILES[request.url_vars["format"]](datasette, request, chart, answer)
    except ChartError as error:
        return Response.text(f"{error}\n", status=400)
    body, content_type = made
    return Response(body, headers={"access-control-allow-origin": "*"}, content_type=content_type)


def away(datasette, request, answer):
    """The answer with complete addresses; a static site does not know its own."""
    known = not datasette.plugin_config("static_site")
    return replace(answer, urls=[url and known and datasette.absolute_url(request, url) for url in answer.urls])


async def as_svg(datasette, request, chart, answer):
    svg = await asyncio.to_thread(draw, chart, away(datasette, request, answer), WIDE)
    svg.insert(0, ElementTree.Element(f"{SVG}rect", {"width": "100%", "height": "100%", "fill": PAPER}))
    for tag, words in (("desc", answer.takeaway), ("title", chart.title)):
        described = ElementTree.Element(f"{SVG}{tag}")
        described.text = printable(words)
        svg.insert(0, described)
    return ElementTree.tostring(svg, encoding="unicode"), "image/svg+xml; charset=utf-8"


async def as_png(datasette, request, chart, answer):
    svg, _ = await as_svg(datasette, request, chart, answer)
    return base64.b64decode(await asyncio.to_thread(work, json.dumps({"svg": svg}))), "image/png"


async def as_json(datasette, request, chart, answer):
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


async def as_csv(datasette, request, chart, answer):
    lines = StringIO()
    writer = csv.writer(lines)
    writer.writerow(answer.columns)
    writer.writerows(row.values() for row in answer.rows)
    return lines.getvalue(), "text/csv; charset=utf-8"


FILES = {"svg": as_svg, "png": as_png, "json": as_json, "csv": as_csv}


@hookimpl
def register_routes():
    name = r"^/-/charts/(?P<name>[^/.]+)"
    return [
        (r"^/-/charts$", show_charts),
        (r"/-/charts.json$", describe_charts),
        (rf"{name}$", say_what_is_missing(show_chart)),
        (rf"{name}/embed$", say_what_is_missing(show_embedded)),
        (rf"{name}\.(?P<format>svg|png|json|csv)$", say_what_is_missing(send_file)),
    ]


@hookimpl
def startup(datasette):
    charts, problems = declared(datasette)
    for name, problem in problems.items():
        click.echo(f"metadata.yml, chart {name}: {problem}", err=True)
    if not working and not datasette.plugin_config("static_site"):
        Thread(target=rehearse, args=[charts.values()], daemon=True).start()


@hookimpl
def prepare_jinja2_environment(env, datasette):
    async def charts_of_home(request):
        """The figures for the home page, those that have something to show and that the reader may see."""
        charts = [chart for chart in declared(datasette)[0].values() if chart.home is not None]
        charts = [chart for chart in charts if await may_see(datasette, request, chart)]
        figures = [await find_figure(datasette, chart, chart.home) for chart in charts]
        return [figure for figure in figures if "answer" in figure and figure["answer"].rows]

    env.globals |= {"charts_of_home": charts_of_home, "has_charts": bool(declared(datasette)[0])}
