"""Registers what refuses, before Datasette and within it, and what its refusals become."""

from collections.abc import Awaitable, Callable, Generator
from functools import partial, wraps
from typing import Any

from datasette import handle_exception as default
from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError
from pluggy import Result

from ..asgi import Application, Receive, Scope, Send
from ..compatibility import IS_NEXT
from ..compatibility.csv import OF_SQL, csv_routes
from ..responses import Route
from .answers import answer, respond
from .filters import check_filters
from .gate import pass_on, refuse


@hookimpl
def startup() -> None:
    vars(default)["rich"] = None


@hookimpl(tryfirst=True)  # what others add to answers, such as headers, is added to ours
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application]:
    def wrap(app: Application) -> Application:
        @wraps(app)
        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                return await app(scope, receive, send)
            request = Request(scope, receive)
            try:
                await pass_on(datasette, app, request, send)
            except Base400 as refusal:
                await refuse(datasette, request, refusal, send)

        return guarded

    return wrap


@hookimpl(hookwrapper=True)
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Generator[None, Result[list[Any]], None]:
    """What other plugins answer goes before; Datasette's own answer comes last."""
    outcome = yield
    *others, as_ever = outcome.get_result()
    outcome.force_result([*others, partial(answer, datasette, request, exception, as_ever)])


@hookimpl
def forbidden(datasette: Datasette, request: Request, message: str) -> Awaitable[Response] | None:
    """Datasette makes a page of it, whatever was asked for."""
    if not request.path.endswith((".json", ".csv")):
        return None
    return respond(datasette, request, DatasetteError(message, title="Forbidden", status=403))


@hookimpl(trylast=True)  # Datasette numbers the values of the others
def filters_from_request(
    datasette: Datasette, database: str, table: str, request: Request
) -> Callable[[], Awaitable[None]]:
    return partial(check_filters, datasette, database, table, request.args)


@hookimpl
def register_routes() -> list[Route]:
    return csv_routes()


@hookimpl
def live_routes() -> list[str]:
    return [] if IS_NEXT else [OF_SQL]
