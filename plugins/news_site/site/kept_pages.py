"""Keeps pages that were answered, for the next visitor whom nobody knows: a database that cannot change gives the same.

Only home, lists and rows, without a query string: what a visitor makes up is answered anew, and below /-/ stands what
Datasette tells of itself at this moment.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import NamedTuple

from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm

from ..asgi import Application, Event, Receive, Scope, Send
from ..databases import to_read

MOST = 64_000_000  # bytes of all pages that are kept
LONGEST = 2_000_000  # bytes of one
# Hooks by which another plugin may show each visitor something else, now and later
DECIDING = (
    "actor_from_request",
    "extra_template_vars",
    "get_metadata",
    "permission_allowed",
    "permission_resources_sql",
)
KNOWN = ("datasette.", "news_site.")
KNOWN_BY = {b"cookie", b"authorization"}  # headers that may say who a visitor is
KEPT_BY = {b"host", b"x-forwarded-proto"}  # headers that stand in a page's links

Asked = tuple[object, ...]


class Page(NamedTuple):
    """An answer, event by event."""

    events: list[Event]
    size: int


class Pages:
    """The pages of a server, the last that was asked for last."""

    def __init__(self) -> None:
        self.pages: OrderedDict[Asked, Page] = OrderedDict()
        self.size = 0

    def find(self, asked: Asked) -> list[Event] | None:
        page = self.pages.get(asked)
        if page:
            self.pages.move_to_end(asked)
        return page.events if page else None

    def keep(self, asked: Asked, events: list[Event]) -> None:
        self.drop(asked)
        self.pages[asked] = page = Page(events, sum(len(event.get("body", b"")) for event in events))
        self.size += page.size
        while self.size > MOST:
            self.drop(next(iter(self.pages)))

    def drop(self, asked: Asked) -> None:
        page = self.pages.pop(asked, None)
        self.size -= page.size if page else 0


def copied(event: Event) -> Event:
    """An event whose headers others may add to."""
    return {**event, "headers": list(event["headers"])} if "headers" in event else dict(event)


class Recorded:
    """Sends an answer on, and has its events once it is whole."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.events: list[Event] = []
        self.size = 0
        self.whole = False

    async def __call__(self, event: Event) -> None:
        self.size += len(event.get("body", b""))
        if self.size <= LONGEST:
            self.events.append(copied(event))
        self.whole = event["type"] == "http.response.body" and not event.get("more_body")
        await self.send(event)

    @property
    def may_be_kept(self) -> bool:
        """Whether it is a page, all of it, that says nothing to this visitor alone."""
        if not self.whole or self.size > LONGEST or self.events[0]["status"] != 200:
            return False
        headers = dict(self.events[0]["headers"])
        return b"set-cookie" not in headers and headers.get(b"content-type", b"").startswith(b"text/html")


def asked_by(scope: Scope, base_url: str) -> Asked | None:
    """What the answer depends on; None where that is more than can be told."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
        return None
    if scope["path"].startswith(f"{base_url}-/"):
        return None
    headers = dict(scope["headers"])
    if KNOWN_BY & headers.keys():
        return None
    return (scope["scheme"], scope.get("raw_path") or scope["path"], *(headers.get(name) for name in sorted(KEPT_BY)))


def is_steady(datasette: Datasette) -> bool:
    """Whether an address always gets one answer: no database changes, and no other plugin decides."""
    hooks = [getattr(pm.hook, name) for name in DECIDING if hasattr(pm.hook, name)]
    deciding = [found.plugin_name for hook in hooks for found in hook.get_hookimpls()]
    return all(name.startswith(KNOWN) for name in deciding) and not any(db.is_mutable for db in to_read(datasette))


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application]:
    pages, base_url = Pages(), str(datasette.setting("base_url"))

    def wrap(app: Application) -> Application:
        @wraps(app)
        async def with_kept_pages(scope: Scope, receive: Receive, send: Send) -> None:
            asked = asked_by(scope, base_url)
            if asked is None or not is_steady(datasette):
                return await app(scope, receive, send)
            if events := pages.find(asked):
                for event in events:
                    await send(copied(event))
                return None
            recorded = Recorded(send)
            await app(scope, receive, recorded)
            if recorded.may_be_kept:
                pages.keep(asked, recorded.events)

        return with_kept_pages

    return wrap
