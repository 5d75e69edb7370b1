"""Rows as CSV under Datasette 0.65, which makes an empty file of a query that fails; 1.0 says what is wrong."""

from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import BadRequest, Request, Response
from datasette.views.base import DatasetteError

from . import IS_NEXT

OF_SQL = r"/(?P<database>[^\/\.]+)\.csv$"
OF_A_TABLE = r"/(?P<database>[^\/\.]+)/(?P<table>[^\/\.]+)\.csv$"


def check_answer(found: Any) -> None:
    data = found[0]
    if data.get("error"):
        raise DatasetteError(data["error"], title="Invalid SQL", status=400)
    if "columns" not in data:
        raise BadRequest("There is nothing to list here: a query is missing, ?sql=")


def csv_route(view: type) -> Any:
    class Checked(view):  # type: ignore[misc]
        async def data(self, request: Request, **choices: Any) -> Any:
            found = await super().data(request, **choices)
            if not isinstance(found, Response):
                check_answer(found)
            return found

    async def show_csv(datasette: Datasette, request: Request) -> Any:
        request.url_vars["format"] = "csv"
        return await Checked(datasette).dispatch_request(request)

    return show_csv


def csv_routes() -> list[tuple[str, Any]]:
    if IS_NEXT:
        return []
    from datasette.views.database import DatabaseView
    from datasette.views.table import TableView

    return [(OF_SQL, csv_route(DatabaseView)), (OF_A_TABLE, csv_route(TableView))]
