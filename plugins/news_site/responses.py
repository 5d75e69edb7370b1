"""What our addresses answer: a page made from a template, JSON, or plain words."""

from collections.abc import Awaitable, Callable, Mapping

from datasette.app import Datasette
from datasette.utils.asgi import AsgiFileDownload, Request, Response

FAILED = "Something failed in here. What it was stands in the server's log."  # all that a stranger learns of it

Route = tuple[str, Callable[..., Awaitable[Response | AsgiFileDownload]]]  # a regular expression, and what answers


async def respond_page(
    datasette: Datasette,
    request: Request,
    template: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
    view_name: str | None = None,
) -> Response:
    html = await datasette.render_template(template, dict(context), request=request, view_name=view_name)
    response: Response = Response.html(html, status=status)
    return response


def respond_json(value: object) -> Response:
    response: Response = Response.json(value)
    return response


def respond_text(words: str, status: int) -> Response:
    response: Response = Response.text(words, status=status)
    return response


def explain_stop(datasette: Datasette) -> str:
    return f"This query was stopped: it ran for more than {datasette.setting('sql_time_limit_ms') / 1000:g} seconds."
