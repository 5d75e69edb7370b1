"""Answers what is refused with its status and a sentence, in the form that was asked for, and as fast as pages.

Datasette draws each error in the log, with every variable, wherever `rich` happens to be installed, which takes a
hundred times as long as the answer. The traceback of a true failure, one that answers 500, it prints as ever.
"""

from collections.abc import Awaitable, Callable
from json import JSONDecodeError

from datasette import handle_exception as default
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils import await_me_maybe, sqlite3, tilde_decode
from datasette.utils.asgi import BadRequest, Base400, NotFound, Request, Response
from datasette.views.base import DatasetteError

from ..compatibility import canned_queries
from ..databases import column_names
from ..responses import explain_stop, respond_text

Answer = Callable[[], Awaitable[Response]] | Awaitable[Response] | Response
# What SQLite says of SQL and of values, not of its files
OF_SQL = (sqlite3.Warning, sqlite3.ProgrammingError, sqlite3.DataError)


class NotAllowed(Base400):
    """A method that an address does not take."""

    status = 405


def as_text(path: str) -> bool:
    return path.endswith(".csv")


async def respond(datasette: Datasette, request: Request, refusal: Exception) -> Response:
    """The answer to what is refused: Datasette makes a page or JSON of it."""
    if as_text(request.path):
        return respond_text(str(getattr(refusal, "message", refusal)), getattr(refusal, "status", 400))
    response: Response = await default.handle_exception(datasette, request, refusal)()
    return response


def words_for(exception: Exception) -> str | None:
    """What is wrong with an address, where Datasette fails of it or refuses it without a status."""
    if isinstance(exception, JSONDecodeError):
        return f"This is not JSON: {exception.doc[:200]}"
    if isinstance(exception, OverflowError):
        return "A number in this address is too large."
    if isinstance(exception, OF_SQL) or is_withheld(exception):
        return str(exception)
    if not isinstance(exception, DatasetteError) or exception.status != 500:
        return None
    return None if isinstance(exception.__context__, sqlite3.OperationalError) else str(exception.message)


def is_withheld(exception: Exception) -> bool:
    """Whether SQL asks for what `hide_paths` keeps to itself."""
    words = ("is prohibited", "not authorized")
    return isinstance(exception, sqlite3.DatabaseError) and str(exception).endswith(words)


def was_stopped(exception: Exception) -> bool:
    interrupted = isinstance(exception, DatasetteError) and exception.title == "SQL Interrupted"
    return interrupted or isinstance(exception, QueryInterrupted)


async def takes_post(datasette: Datasette, request: Request) -> bool:
    """Whether an address is that of a query which writes: Datasette fails of what is posted to others."""
    if request.path.endswith("/-/query"):  # where 1.0 asks readers' own SQL
        return False
    database, table = (tilde_decode(request.url_vars.get(name) or "") for name in ("database", "table"))
    if not (database and table):
        return True
    queries = await canned_queries(datasette, datasette.get_database(route=database).name, request.actor)
    return bool(queries.get(table, {}).get("write"))


async def names_nothing(datasette: Datasette, request: Request) -> bool:
    """Whether the row of a table was asked for that is not there: Datasette looks for the row first."""
    database, table = (tilde_decode(request.url_vars.get(name) or "") for name in ("database", "table"))
    if "pks" not in request.url_vars or not table:
        return False
    return not await column_names(datasette.get_database(route=database), table)


def is_refusal(exception: Exception) -> bool:
    return isinstance(exception, Base400) or (isinstance(exception, DatasetteError) and exception.status != 500)


async def refusal_of(datasette: Datasette, request: Request, exception: Exception) -> Exception | None:
    """The refusal that an exception stands for; None where it is a failure."""
    if was_stopped(exception):
        return DatasetteError(explain_stop(datasette), title="SQL Interrupted", status=400)
    if isinstance(exception, DatasetteError) and await names_nothing(datasette, request):
        return NotFound("Table not found")
    if is_refusal(exception):
        return exception
    if request.query_string and (words := words_for(exception)):
        return BadRequest(words)
    if request.method == "POST" and not await takes_post(datasette, request):
        return NotAllowed("This address is there to be read: POST is not allowed.")
    return None


async def answer(datasette: Datasette, request: Request, exception: Exception, as_ever: Answer) -> Response:
    if refusal := await refusal_of(datasette, request, exception):
        return await respond(datasette, request, refusal)
    failure: Response = await await_me_maybe(as_ever)
    return respond_text(str(exception), failure.status) if as_text(request.path) else failure
