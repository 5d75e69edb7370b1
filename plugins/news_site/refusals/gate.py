"""Stands before Datasette: refuses what it would fail on, takes trackers off, and sees that a refusal says so.

Of what Datasette answers, a method that is not allowed gets our words, and JSON that says it failed gets its status.
"""

import re
from functools import cache
from inspect import signature

from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import tilde_decode
from datasette.utils.asgi import Base400, Request

from ..asgi import Application, Event, Scope, Send
from ..databases import column_names
from ..trackers import has_trackers, without_trackers
from .addresses import check_host, check_query
from .answers import NotAllowed, respond

READING = ("GET", "HEAD")
METHODS = (*READING, "POST", "OPTIONS")  # POST for whoever lets queries write, OPTIONS for scripts of other sites
TABLE = re.compile(r"/([^/.]+)/([^/.]+)(?:\.\w+)?$")
FAILED = b'{"ok": false'


def path_in(datasette: Datasette, request: Request) -> str:
    """Without the folder in which the site stands."""
    return "/" + str(request.path).removeprefix(datasette.setting("base_url")).lstrip("/")


def is_read_only(path: str) -> bool:
    """Whether an address is one of ours: all of them are there to be read."""
    return any(re.match(route, path) for route in our_routes())


@cache
def our_routes() -> list[str]:
    ours = (plugin for name, plugin in pm.list_name_plugin() if name.startswith("news_site."))
    registers = (plugin.register_routes for plugin in ours if hasattr(plugin, "register_routes"))
    return [route for register in registers if not signature(register).parameters for route, _ in register()]


def check_method(method: str, path: str) -> None:
    if method not in METHODS or (method not in READING and is_read_only(path)):
        raise NotAllowed(f"This address is there to be read: {method} is not allowed.")


async def columns_of(datasette: Datasette, path: str) -> list[str]:
    """Those of the table at an address; none where there is no table."""
    found = TABLE.match(path)
    if not found:
        return []
    try:
        db = datasette.get_database(route=tilde_decode(found[1]))
    except KeyError:
        return []
    return await column_names(db, tilde_decode(found[2]))


async def untracked(datasette: Datasette, request: Request, path: str) -> Scope:
    """A request without what trackers have appended to the address of a table."""
    query = str(request.query_string)
    columns = await columns_of(datasette, path) if has_trackers(query) else []
    query = without_trackers(query, columns) if columns else query
    return {**request.scope, "query_string": query.encode("latin-1")}


class Watched:
    """Sends an answer on, its head not before its first words are known; keeps what is not allowed to itself."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.head: Event | None = None
        self.not_allowed = False

    async def __call__(self, event: Event) -> None:
        if event["type"] == "http.response.start":
            self.head, self.not_allowed = event, event["status"] == NotAllowed.status
        elif not self.not_allowed:
            await self.send_body(event)

    async def send_body(self, event: Event) -> None:
        head, self.head = self.head, None
        if head and head["status"] == 200 and bytes(event.get("body", b"")).startswith(FAILED):
            head = {**head, "status": 400}
        if head:
            await self.send(head)
        await self.send(event)


async def pass_on(datasette: Datasette, app: Application, request: Request, send: Send) -> None:
    """What Datasette answers. Raises a Base400 for what is refused."""
    path = path_in(datasette, request)
    check_host(request.headers.get("host", ""))
    check_method(request.method, path)
    check_query(request.query_string, path)
    watched = Watched(send)
    await app(await untracked(datasette, request, path), request.receive, watched)
    if watched.not_allowed:
        raise NotAllowed(f"This address is there to be read: {request.method} is not allowed.")


async def refuse(datasette: Datasette, request: Request, refusal: Base400, send: Send) -> None:
    await datasette.invoke_startup()  # the very first request may be refused
    response = await respond(datasette, request, refusal)
    if isinstance(refusal, NotAllowed):
        response.headers["Allow"] = ", ".join(READING)
    await response.asgi_send(send)
