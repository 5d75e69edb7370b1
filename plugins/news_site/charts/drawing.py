"""A chart as SVG of ours: what vl-convert draws is cleaned, and each mark a link."""

import json
import re
from contextlib import suppress
from xml.etree import ElementTree

from markupsafe import Markup

from .declared import ChartError
from .specification import FONT, SIZE, WIDE, blank, specification
from .worker import hand_over, lock, work

HOST = "https://site.invalid/"  # vl-convert takes no relative links; the number of the row follows
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


def rehearse(charts):
    """Draws charts without their rows: the first time takes longest, and no reader need wait for it."""
    for chart in charts:
        with lock, suppress(ChartError):
            hand_over(json.dumps({"spec": blank(chart, WIDE) | {"data": {"values": [{}]}}}))
