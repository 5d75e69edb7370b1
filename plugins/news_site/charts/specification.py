"""A chart and its rows as the complete Vega-Lite specification for a width."""

import math
from collections.abc import Sequence
from copy import deepcopy

from .answers import UNPRINTABLE, Answer
from .declared import LEADING, Chart, Spec

# The colours of light pages. site.css gives each of them another one for the dark.
INK, SOFT, RULE, PAPER = "#1b1b1a", "#57554f", "#d8d4ca", "#fffefb"
SERIES = ["#0072b2", "#d55e00", "#009e73", "#a3568c", "#7a776f"]  # after Okabe and Ito
STEPS = ["#0b4f86", "#5b9bcb", "#b5d3ea"]
WIDE, NARROW = 800, 340
WIDTHS = {"wide": WIDE, "narrow": NARROW}
NAMES = 430  # of rows, beside them
SLANTED = 50  # at the right, for names of columns in a font that is wider than the one measured
SIZE = 13  # of words as they are measured; they are shown at 12, for other fonts are wider
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # the first is in vl-convert
LONGEST = 300  # characters of a value that are drawn


def printable(value: object) -> object:
    """What XML and JSON can carry of a value."""
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return legible(value) if isinstance(value, str) else value


def legible(words: str) -> str:
    return UNPRINTABLE.sub("\ufffd", words[:LONGEST])


def specification(chart: Chart, answer: Answer, width: int, hosts: Sequence[str] = ()) -> Spec:
    """The complete Vega-Lite specification for a width. Marks lead to `hosts`, an address for each row."""
    values = [{key: printable(value) for key, value in row.items()} for row in answer.rows]
    for row, label, url in zip(values, answer.labels, hosts or answer.urls, strict=True):
        row |= {"mark_label": legible(label)} | ({"mark_link": url} if url else {})
    spec = blank(chart, width) | {"data": {"values": values}}
    if chart.panels:
        spec["facet"]["row"]["sort"] = list(dict.fromkeys(row[chart.panels] for row in values))
    return spec


def blank(chart: Chart, width: int) -> Spec:
    """A specification without data."""
    spec: Spec = {
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


def lead(spec: Spec, links: bool) -> Spec:
    """The same, its marks with links and accessible names; marks that stand for no row of their own are silent."""
    spec = deepcopy(spec)
    channels = {"description": {"field": "mark_label", "type": "nominal"}}
    if links:
        channels["href"] = {"field": "mark_link", "type": "nominal"}
    for layer in spec.get("layer", [spec]):
        mark = layer["mark"] = layer["mark"] if isinstance(layer["mark"], dict) else {"type": layer["mark"]}
        mark["aria"] = mark["type"] in LEADING and mark.get("aria", True)
        if mark["aria"]:
            layer["encoding"] = layer.get("encoding", {}) | channels
    return spec


def theme(width: int) -> Spec:
    """How all charts look. On a phone the names of rows stand above them."""
    wide = width == WIDE
    words: Spec = {"labelColor": INK, "titleColor": SOFT, "labelFontSize": SIZE, "titleFontSize": SIZE}
    plain: Spec = {"domain": False, "ticks": False}
    beside: Spec = {"labelLimit": NAMES, "labelPadding": 8}
    above: Spec = {"labelLimit": width - 16, "labelPadding": -2, "labelAlign": "left", "labelOffset": -16}
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
