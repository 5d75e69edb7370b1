"""Answers errors as fast as pages: no drawing of them in the log, with every variable, for a mistyped address.

Datasette draws one wherever `rich` happens to be installed, which takes a hundred times as long as the answer.
The traceback of a true failure, one that answers 500, it prints as ever. What it refuses is none, and answers 400.
"""

from datasette import handle_exception as default
from datasette import hookimpl
from datasette.utils import sqlite3
from datasette.views.base import DatasetteError


@hookimpl
def startup():
    default.rich = None


@hookimpl
def handle_exception(exception):
    """What Datasette refuses without naming a status gets that of failures, as SQLite's failures rightly do."""
    failed = not isinstance(exception, DatasetteError) or isinstance(exception.__context__, sqlite3.OperationalError)
    if not failed and exception.status == 500:
        exception.status = 400
