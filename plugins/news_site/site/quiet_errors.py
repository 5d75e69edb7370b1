"""Answers errors as fast as pages: no drawing of them in the log, with every variable, for a mistyped address.

Datasette draws one wherever `rich` happens to be installed, which takes a hundred times as long as the answer.
The traceback of a true failure, one that answers 500, it prints as ever. What it refuses is none, and answers 400.
"""

from collections.abc import Generator
from json import JSONDecodeError
from typing import Any

from datasette import handle_exception as default
from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import sqlite3
from datasette.utils.asgi import BadRequest, Request
from datasette.views.base import DatasetteError
from pluggy import Result


def refusal_of(exception: Exception) -> str | None:
    """What is wrong with an address, where Datasette fails of it or refuses it without a status."""
    if isinstance(exception, JSONDecodeError):
        return f"This is not JSON: {exception.doc[:200]}"
    if isinstance(exception, OverflowError):
        return "A number in this address is too large."
    if isinstance(exception, sqlite3.DatabaseError) and str(exception).endswith(("is prohibited", "not authorized")):
        return str(exception)  # as `hide_paths` has it
    if not isinstance(exception, DatasetteError) or exception.status != 500:
        return None
    return None if isinstance(exception.__context__, sqlite3.OperationalError) else str(exception.message)


@hookimpl
def startup() -> None:
    vars(default)["rich"] = None


@hookimpl(hookwrapper=True)
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Generator[None, Result[list[Any]], None]:
    outcome = yield
    if request.query_string and (words := refusal_of(exception)):
        outcome.force_result([default.handle_exception(datasette, request, BadRequest(words))])
