"""A process that answers one request after the other: what a server sends comes in, the ASGI events go out.

Its memory has a bound. What takes too long, SQLite's limit of time or not, ends with the process: the server kills it.
"""

import asyncio
import os
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Thread
from typing import Any, BinaryIO, TypeVar

from datasette.app import Datasette
from datasette.utils import sqlite3

from .frames import LENGTH, pack, unpack

HEAP = 400_000_000  # bytes that SQLite may have
MEMORY = 1_200_000_000  # bytes of addresses, all programs' code included
NICE = 5
TOO_MUCH = "This needs more memory than a query may take."

Answer = TypeVar("Answer")


class Bounded(ThreadPoolExecutor):
    """Runs queries, one at a time; what there is no memory for is an error of the query."""

    def submit(self, fn: Callable[..., Answer], /, *arguments: Any, **named: Any) -> Future[Answer]:
        return super().submit(in_bounds, fn, *arguments, **named)


def in_bounds(fn: Callable[..., Answer], *arguments: Any, **named: Any) -> Answer:
    try:
        return fn(*arguments, **named)
    except MemoryError:
        raise sqlite3.OperationalError(TOO_MUCH) from None


def set_bounds(parent: int) -> None:
    os.nice(NICE)
    with suppress(ValueError, OSError):  # somebody may have set a lower one
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with sqlite3.connect(":memory:") as connection:
        connection.execute(f"pragma hard_heap_limit = {HEAP}")
    Thread(target=end_with, args=(parent,), daemon=True).start()


def end_with(parent: int) -> None:
    """A server that is killed cannot tell its workers."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def read(stream: BinaryIO) -> Any:
    """What was sent; raises EOFError where nothing more comes."""
    if len(length := stream.read(LENGTH.size)) < LENGTH.size:
        raise EOFError
    return unpack(stream.read(LENGTH.unpack(length)[0]))


async def answer(app: Any, scope: dict[str, Any], output: BinaryIO) -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(event: dict[str, Any]) -> None:
        output.write(pack(event))
        output.flush()

    await app(scope, receive, send)
    await send({"type": "done"})


async def serve(requests: BinaryIO, output: BinaryIO) -> None:
    arguments = read(requests)
    datasette = Datasette(**arguments)
    datasette.executor = Bounded(1)
    await datasette.invoke_startup()
    app = datasette.app()
    output.write(pack("ready"))
    output.flush()
    with suppress(EOFError):
        while True:
            await answer(app, read(requests), output)


def main() -> None:
    requests, output = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anybody prints is no answer
    set_bounds(os.getppid())
    asyncio.run(serve(requests, output))


if __name__ == "__main__":
    main()
