"""Sends a strict Content-Security-Policy and the usual hardening headers with every answer, a failure's too.

One page has a looser policy: that on which datasette-vega draws, which evaluates strings and writes styles. A chart
by itself is made to stand in a frame on another site's page, and it alone may.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import Request

from ..asgi import Application, Event, Receive, Scope, Send
from ..responses import FAILED

STRICT = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
DRAWING = STRICT | {
    "script-src": "'self' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
}
POLICIES = {"charts/ad-hoc.html": DRAWING, "charts/chart-embed.html": STRICT | {"frame-ancestors": "*"}}
HARDENING = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def headers(template: str | None) -> list[tuple[bytes, bytes]]:
    """Those that go with a page made from a template, or with what is made from none."""
    policy = POLICIES.get(template or "", STRICT)
    named = {"content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items())} | HARDENING
    if policy["frame-ancestors"] == "*":
        del named["x-frame-options"]  # which knows no "everybody"
    return [(name.encode(), value.encode()) for name, value in named.items()]


def is_ours(name: bytes) -> bool:
    """Whether we say it: a policy of somebody else's stands beside ours, and both hold."""
    return name.lower().decode("latin-1") in HARDENING


async def send_failure(send: Send) -> None:
    """What nobody has caught; the server that runs us would answer it without headers."""
    start = {"type": "http.response.start", "status": 500, "headers": [(b"content-type", b"text/plain; charset=utf-8")]}
    await send(start)
    await send({"type": "http.response.body", "body": f"{FAILED}\n".encode()})


@hookimpl(trylast=True)  # so that it is around all others
def asgi_wrapper() -> Callable[[Application], Application]:
    def wrap(app: Application) -> Application:
        @wraps(app)
        async def with_headers(scope: Scope, receive: Receive, send: Send) -> None:
            page: dict[str, Any] = {}  # Datasette copies the scope, but not what is in it

            async def send_with_headers(event: Event) -> None:
                if event["type"] == "http.response.start":
                    page["begun"] = True
                    ours = headers(page.get("template"))
                    others = [header for header in event["headers"] if not is_ours(header[0]) and header not in ours]
                    event = {**event, "headers": [*others, *ours]}
                await send(event)

            try:
                await app({**scope, "page": page}, receive, send_with_headers)
            except Exception:
                if scope["type"] == "http" and "begun" not in page:
                    await send_failure(send_with_headers)
                raise

        return with_headers

    return wrap


@hookimpl
def extra_template_vars(template: str, request: Request | None) -> dict[str, object]:
    if template in POLICIES and request:
        request.scope["page"]["template"] = template
    return {}
