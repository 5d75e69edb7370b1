"""A chart as SVG of ours: what vl-convert draws is cleaned, and each mark a link."""

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup

from .answers import Answer
from .declared import Chart, ChartError
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


def clean(element: Element, urls: Mapping[str, str | None], target: str | None = None) -> list[Element]:
    """What a drawing becomes: shapes, words and links of ours, nothing else. The colours of light pages stay."""
    if not is_drawn(element):
        return []
    inner = [kept for child in element for kept in clean(child, urls, target)]
    if element.tag == f"{SVG}a":
        url = urls.get(element.get(XLINK_HREF, ""))
        return [link_around(inner, url, element[0].get("aria-label") or "", target)] if url else inner
    copy = Element(element.tag, kept_attributes(element))
    copy.text = element.text
    copy.extend(inner)
    return inner if is_needless(copy) else [copy]


def is_drawn(element: Element) -> bool:
    tag = element.tag.removeprefix(SVG)
    nothing = tag == "path" and element.get("d") in NOTHING
    return tag in DRAWN and element.get("display") != "none" and not nothing


def is_needless(element: Element) -> bool:
    """Whether a group holds nothing, or says nothing of what it holds."""
    return element.tag == f"{SVG}g" and (len(element) == 0 or not element.attrib)


def kept_attributes(element: Element) -> dict[str, str]:
    shown = {name: FRACTION.sub(r"\1.\2", value) for name, value in element.items() if name in KEPT}
    silent = element.tag == f"{SVG}g" and SILENT.search(element.get("class", ""))
    kept = {name: value for name, value in shown.items() if (name, value) not in DEFAULTS}
    return kept | ({"aria-hidden": "true"} if silent else {})


def link_around(shapes: Iterable[Element], url: str, label: str, target: str | None) -> Element:
    """A link that says where it leads, to readers of the screen and, held on with the mouse, to all others."""
    link = Element(f"{SVG}a", {"href": url, "aria-label": label})
    if target:
        link.attrib |= {"target": target, "rel": "noopener"}
    ElementTree.SubElement(link, f"{SVG}title").text = label
    link.extend(shapes)
    return link


def draw(chart: Chart, answer: Answer, width: int, target: str | None = None) -> Element:
    """A chart as an SVG element."""
    hosts = [f"{HOST}{place}" for place in range(len(answer.rows))]
    job = json.dumps({"spec": specification(chart, answer, width, hosts)})
    drawn = ElementTree.fromstring(work(job))
    svg = clean(drawn, dict(zip(hosts, answer.urls, strict=True)), target)[0]
    svg.attrib |= {"font-family": FONT, "font-size": "12"}
    return svg


def markup(svg: Element, **attributes: str) -> Markup:
    """The element for a page."""
    svg.attrib |= attributes
    return Markup(ElementTree.tostring(svg, encoding="unicode"))  # every attribute and word has been escaped


def rehearse(charts: Iterable[Chart]) -> None:
    """Draws charts without their rows: the first time takes longest, and no reader need wait for it."""
    for chart in charts:
        with lock, suppress(ChartError):
            hand_over(json.dumps({"spec": blank(chart, WIDE) | {"data": {"values": [{}]}}}))
