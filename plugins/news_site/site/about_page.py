"""/-/about: the method, its limits, rights and corrections, written in plugins/templates/site/about.md."""

import itertools
from pathlib import Path

from datasette import Forbidden, Response, hookimpl
from markdown_it import MarkdownIt
from markupsafe import Markup

from ..permissions import may_view, metadata_for

TEXT = Path(__file__).parents[2] / "templates/site/about.md"


def anchor(words: str) -> str:
    """Report an error? becomes report-an-error."""
    return "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())


def render(markdown: str) -> Markup:
    """Markdown as HTML; HTML inside it stays text, and each heading can be linked to."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(markdown)
    for heading, words in itertools.pairwise(tokens):
        if heading.type == "heading_open":
            heading.attrSet("id", anchor(words.content))
    for token in tokens:
        token.attrs.pop("style", None)  # the alignment of a table's columns
    return Markup(parser.renderer.render(tokens, parser.options, {}))


async def show_about(datasette, request):
    if not await may_view(datasette, request.actor):
        raise Forbidden("view-instance")
    context = {"text": render(TEXT.read_text()), "metadata": await metadata_for(datasette, request.actor)}
    context["report"] = (datasette.plugin_config("edition") or {}).get("report_errors_to")
    return Response.html(await datasette.render_template("site/about.html", context, request=request))


@hookimpl
def register_routes():
    return [(r"^/-/about$", show_about)]
