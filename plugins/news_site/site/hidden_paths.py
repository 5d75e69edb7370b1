"""Keeps to itself where files lie on this machine: no page, no JSON, no SQL and no error tells a path."""

import errno
import re
from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from datasette import handle_exception as default
from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import await_me_maybe, sqlite3
from datasette.utils.asgi import Base400, NotFound, Request, Response
from datasette.views.base import DatasetteError
from pluggy import Result

from ..compatibility import EitherDatasette
from ..databases import hide_paths
from ..responses import FAILED, Route

PATH = re.compile(r"(?<= at )[^>\]]*[/\\]")  # running at /srv/news/plugins/news_site/memory.py:20>
TELLING = (Base400, DatasetteError, sqlite3.Error)  # whose words are for readers


def find_databases(datasette: EitherDatasette) -> list[dict[str, Any]]:
    """Each database as Datasette describes it, with the name of its file for its path."""
    found = Datasette._connected_databases(datasette)
    return [database | {"path": database["path"] and Path(database["path"]).name} for database in found]


def find_threads(datasette: EitherDatasette) -> dict[str, Any]:
    found: dict[str, Any] = Datasette._threads(datasette)
    return found | {"tasks": [PATH.sub("", task) for task in found.get("tasks", ())]}


@hookimpl
def register_routes(datasette: EitherDatasette) -> list[Route]:
    """Datasette asks for these first, and then makes its own, which hold its methods."""
    datasette._connected_databases = partial(find_databases, datasette)
    datasette._threads = partial(find_threads, datasette)
    return []


@hookimpl
def prepare_connection(conn: Connection) -> None:
    hide_paths(conn)


def is_no_file(exception: Exception) -> bool:
    """Whether an address of a static file leads below another file, or is longer than any."""
    return isinstance(exception, OSError) and exception.errno in (errno.ENOTDIR, errno.ENAMETOOLONG)


async def say_little(datasette: Datasette, request: Request, answers: Sequence[Any]) -> Response:
    """The first of the answers to an exception, as Datasette takes it, but without the words of a true failure."""
    found: list[Response] = [answer for hook in answers if (answer := await await_me_maybe(hook))]
    if found[0].status < 500:
        return found[0]
    failed: Response = await default.handle_exception(datasette, request, DatasetteError(FAILED, status=500))()
    return failed


@hookimpl(hookwrapper=True)
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Generator[None, Result[list[Any]], None]:
    outcome = yield
    if is_no_file(exception):
        outcome.force_result([default.handle_exception(datasette, request, NotFound("There is no such file."))])
    elif not isinstance(exception, TELLING):
        outcome.force_result([partial(say_little, datasette, request, outcome.get_result())])
