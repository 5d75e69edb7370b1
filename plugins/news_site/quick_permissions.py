"""Remembers what metadata.yml allows on each table: Datasette copies all of the file for each answer, dozens a page."""

from functools import lru_cache

from datasette import hookimpl
from datasette.plugins import pm


@hookimpl
def startup(datasette):
    """Metadata of other plugins may change while Datasette runs; Datasette 1.0a keeps permissions elsewhere."""
    ask = getattr(datasette, "_table_permission_allows", None)
    if ask and not pm.hook.get_metadata.get_hookimpls():
        datasette._table_permission_allows = lru_cache(1000)(ask)
