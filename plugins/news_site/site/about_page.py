"""/-/about: the method, its limits, rights and corrections, written in plugins/templates/site/about.md."""

import itertools
from pathlib import Path

from datasette import Forbidden, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from markdown_it import MarkdownIt
from markupsafe import Markup

from ..permissions import may_view, metadata_for
from ..responses import Route, respond_page

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


async def show_about(datasette: Datasette, request: Request) -> Response:
    if not await may_view(datasette, request.actor):
        raise Forbidden("view-instance")
    context = {
        "text": render(TEXT.read_text()),
        "metadata": await metadata_for(datasette, request.actor),
        "report": (datasette.plugin_config("edition") or {}).get("report_errors_to"),
    }
    return await respond_page(datasette, request, "site/about.html", context)


@hookimpl
def register_routes() -> list[Route]:
    return [(r"^/-/about$", show_about)]
