"""Registers the facets, the address with their SQL, and what is noted of a request’s filters."""

from collections.abc import Generator
from functools import partial
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.facets import Facet
from datasette.utils.asgi import Request
from pluggy import Result

from ..responses import Route
from .browser import source_facets
from .facet import MonthFacet, SourceFacet, YearFacet
from .filtered import note_condition
from .refusals import check_choices, check_next


@hookimpl(hookwrapper=True)
def filters_from_request(
    datasette: Datasette, database: str, table: str, request: Request
) -> Generator[None, Result[list[Any]], None]:
    check_choices(request.args)
    outcome = yield
    found = enumerate(outcome.get_result())
    noted = [partial(note_condition, request, f"hook{number}_", hooked) for number, hooked in found]
    outcome.force_result([partial(check_next, datasette.get_database(database), table, request.args), *noted])


@hookimpl
def register_routes() -> list[Route]:
    return [(r"/-/source-facets\.json$", source_facets)]


@hookimpl
def baked_addresses() -> list[str]:
    return ["/-/source-facets.json"]


@hookimpl(trylast=True)  # Datasette's own facets keep their names in JSON
def register_facet_classes() -> list[type[Facet]]:
    return [SourceFacet, YearFacet, MonthFacet]
