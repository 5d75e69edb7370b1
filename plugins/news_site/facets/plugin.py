"""Registers the facets, the address with their SQL, and what is noted of a request’s filters."""

from functools import partial

from datasette import hookimpl

from .browser import source_facets
from .facet import MonthFacet, SourceFacet, YearFacet
from .filtered import note_condition
from .refusals import check_choices, check_next


@hookimpl(hookwrapper=True)
def filters_from_request(datasette, database, table, request):
    check_choices(request.args)
    outcome = yield
    found = enumerate(outcome.get_result())
    noted = [partial(note_condition, request, f"hook{number}_", hooked) for number, hooked in found]
    outcome.force_result([partial(check_next, datasette.get_database(database), table, request.args), *noted])


@hookimpl
def register_routes():
    return [(r"/-/source-facets\.json$", source_facets)]


@hookimpl
def baked_addresses():
    return ["/-/source-facets.json"]


@hookimpl(trylast=True)  # Datasette's own facets keep their names in JSON
def register_facet_classes():
    return [SourceFacet, YearFacet, MonthFacet]
