"""Hands requests that may cost much to workers, a few at a time: pages never wait behind them, nor share their memory.

Only where Datasette is served: a bake asks nothing that costs much, and tests ask what they like.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import Request
from datasette.views.base import DatasetteError

from ..asgi import Application, Receive, Scope, Send
from ..compatibility import IS_NEXT
from ..refusals.answers import respond
from ..refusals.gate import READING
from ..trackers import is_tracker, names_in
from .frames import LENGTH, pack, unpack

AT_ONCE = 2  # workers
WAITING = 60  # requests; those that come after are turned away
PATIENCE = 20  # seconds until a worker says something, many times what a query may take
STARTING = 60  # seconds until a new one is ready: it loads all plugins
# Parameters with which a page costs no more than without
HARMLESS = {"_stream", "_shape", "_nl", "_dl", "_labels", "_next", "_size"}
BUSY = "Too many queries are waiting; ask again in a few seconds."
TOO_LONG = "This took too long and was ended; ask for less at a time."
AGAIN = "5"  # seconds
PLUGINS = str(Path(__file__).parents[2])
PASSED_ON = ("type", "http_version", "method", "scheme", "path", "raw_path", "query_string", "headers", "client")


def may_cost(scope: Scope, base_url: str) -> bool:
    """Whether an address asks a database something that no page of ours asks: /news?sql=…, /news/claims?_where=…"""
    if scope["type"] != "http" or scope["method"] not in READING or not scope["query_string"]:
        return False
    named = set(names_in(scope["query_string"].decode("latin-1")))
    asked = {name for name in named - HARMLESS if not is_tracker(name)}
    return bool(asked) and not scope["path"].startswith(f"{base_url}-/")


def arguments_of(datasette: Any) -> dict[str, Any]:
    """What makes the same Datasette in another process."""
    return {
        "files": [path for path in datasette.files if path not in datasette.immutables],
        "immutables": list(datasette.immutables),
        "inspect_data": datasette.inspect_data,
        "metadata": datasette._metadata_local,
        "template_dir": datasette.template_dir,
        "plugins_dir": datasette.plugins_dir,
        "static_mounts": datasette.static_mounts,
        "memory": "_memory" in datasette.databases,
        "settings": {**datasette._settings, "num_sql_threads": 1},
        "secret": datasette._secret,
        "crossdb": datasette.crossdb,
    }


class Worker:
    """A process that answers one request at a time."""

    def __init__(self, arguments: dict[str, Any]) -> None:
        self.arguments = arguments
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> asyncio.subprocess.Process:
        """Raises TimeoutError or IncompleteReadError where it does not say that it is ready."""
        path = os.pathsep.join([PLUGINS, *filter(None, [os.environ.get("PYTHONPATH")])])
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", "news_site.limits.worker")
        process = await asyncio.create_subprocess_exec(
            *command, stdin=pipe, stdout=pipe, env={**os.environ, "PYTHONPATH": path}
        )
        self.process = process
        assert process.stdin and process.stdout
        process.stdin.write(pack(self.arguments))
        await asyncio.wait_for(read(process.stdout), STARTING)
        return process

    async def answer(self, scope: Scope, send: Send) -> None:
        """Sends what the worker answers. Whatever goes wrong, it ends: the next request finds a new one. Raises
        DatasetteError where nothing has been sent."""
        begun = False
        try:
            process = self.process or await self.start()
            assert process.stdin and process.stdout
            process.stdin.write(pack({name: scope.get(name) for name in PASSED_ON}))
            while (event := await asyncio.wait_for(read(process.stdout), PATIENCE))["type"] != "done":
                begun = True
                await send(event)
        except (asyncio.IncompleteReadError, TimeoutError, ConnectionError):
            self.stop()
            if not begun:
                raise DatasetteError(TOO_LONG, status=400) from None
        except BaseException:  # what is left of its answer would be taken for the next one
            self.stop()
            raise

    def stop(self) -> None:
        with suppress(ProcessLookupError):
            if self.process:
                self.process.kill()
        self.process = None


async def read(stream: asyncio.StreamReader) -> Any:
    (length,) = LENGTH.unpack(await stream.readexactly(LENGTH.size))
    return unpack(await stream.readexactly(length))


class Workers:
    """Those of a server."""

    def __init__(self, arguments: dict[str, Any]) -> None:
        self.all = [Worker(arguments) for _ in range(AT_ONCE)]
        self.idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        for worker in self.all:
            self.idle.put_nowait(worker)
        self.waiting = 0

    async def answer(self, scope: Scope, send: Send) -> None:
        """Raises DatasetteError where it is refused."""
        if self.waiting >= WAITING:
            raise DatasetteError(BUSY, status=503)
        self.waiting += 1
        try:
            worker = await self.idle.get()
            try:
                await worker.answer(scope, send)
            finally:
                self.idle.put_nowait(worker)
        finally:
            self.waiting -= 1

    def stop(self) -> None:
        for worker in self.all:
            worker.stop()


@hookimpl(trylast=True)  # outermost: a worker's answer has its headers
def asgi_wrapper(datasette: Any) -> Callable[[Application], Application]:
    base_url = datasette.setting("base_url")

    def wrap(app: Application) -> Application:
        workers: list[Workers] = []  # once there is a server

        @wraps(app)
        async def bounded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "lifespan" and not IS_NEXT:
                workers.append(Workers(arguments_of(datasette)))
                try:
                    await app(scope, receive, send)
                finally:
                    workers.pop().stop()
            elif workers and may_cost(scope, base_url):
                try:
                    await workers[0].answer(scope, send)
                except DatasetteError as refusal:
                    response = await respond(datasette, Request(scope, receive), refusal)
                    response.headers["retry-after"] = AGAIN
                    await response.asgi_send(send)
            else:
                await app(scope, receive, send)

        return bounded

    return wrap
