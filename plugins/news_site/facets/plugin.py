"""Registers the facets, the address with their SQL, and what is noted of a request’s filters."""

from collections.abc import Generator
from functools import partial
from typing import Any

from datasette import hookimpl
from datasette.facets import Facet
from datasette.utils.asgi import Request
from pluggy import Result

from ..responses import Route
from .browser import source_facets
from .facet import MonthFacet, SourceFacet, YearFacet
from .filtered import note_condition
from .refusals import check_choices
from .suggested import remember_suggestions


@hookimpl(hookwrapper=True)
def filters_from_request(request: Request) -> Generator[None, Result[list[Any]], None]:
    check_choices(request.args)
    outcome = yield
    found = enumerate(outcome.get_result())
    outcome.force_result([partial(note_condition, request, f"hook{number}_", hooked) for number, hooked in found])


@hookimpl
def register_routes() -> list[Route]:
    return [(r"/-/source-facets\.json$", source_facets)]


@hookimpl
def baked_addresses() -> list[str]:
    return ["/-/source-facets.json"]


@hookimpl(hookwrapper=True, specname="register_facet_classes")
def facet_classes_that_remember() -> Generator[None, Result[list[Any]], None]:
    outcome = yield
    outcome.force_result([remember_suggestions(kinds) for kinds in outcome.get_result()])


@hookimpl(trylast=True)  # Datasette's own facets keep their names in JSON
def register_facet_classes() -> list[type[Facet]]:
    return [SourceFacet, YearFacet, MonthFacet]
