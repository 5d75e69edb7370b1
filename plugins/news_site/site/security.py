"""Sends a strict Content-Security-Policy and the usual hardening headers with every answer.

Only live table and query pages load the scripts of other plugins (datasette-vega evaluates strings and writes
styles); base.html asks `loads_charts`, and these pages alone get the looser policy. A chart by itself is made to stand
in a frame on another site's page, and it alone may.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from functools import wraps
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

STRICT = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
CHARTS = STRICT | {
    "script-src": "'self' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
}
HARDENING = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def policy(loads_charts: bool, embeddable: bool) -> str:
    directives = (CHARTS if loads_charts else STRICT) | ({"frame-ancestors": "*"} if embeddable else {})
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def headers(loads_charts: bool, embeddable: bool) -> list[tuple[bytes, bytes]]:
    named = {"content-security-policy": policy(loads_charts, embeddable)} | HARDENING
    if embeddable:
        del named["x-frame-options"]  # which knows no "everybody"
    return [(name.encode(), value.encode()) for name, value in named.items()]


def shows_a_table(template: str) -> bool:
    """Whether a page has a table of rows that a reader may want to draw."""
    return template.startswith(("table", "query"))


@hookimpl
def asgi_wrapper() -> Callable[[Application], Application]:
    def wrap(app: Application) -> Application:
        @wraps(app)
        async def with_headers(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
            page = {"loads_charts": False, "embeddable": False}  # Datasette copies the scope, but not what is in it

            async def send_with_headers(event: Event) -> None:
                if event["type"] == "http.response.start":
                    event = {**event, "headers": [*event["headers"], *headers(**page)]}
                await send(event)

            await app({**scope, "page": page}, receive, send_with_headers)

        return with_headers

    return wrap


@hookimpl
def extra_template_vars(template: str, request: Request | None, datasette: Datasette) -> dict[str, bool]:
    loads_charts = shows_a_table(template) and not datasette.plugin_config("static_site")
    if loads_charts and request:
        request.scope["page"]["loads_charts"] = True
    if template == "charts/chart-embed.html" and request:
        request.scope["page"]["embeddable"] = True
    return {"loads_charts": loads_charts}
