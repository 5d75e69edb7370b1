"""From metadata.yml the configuration that Datasette 1.0 wants beside it.

It takes what is said of plugins, facets, sorting, search and of who may see what out of the metadata by itself, but
not what is named here.
"""

from collections.abc import Collection, Mapping
from typing import Any

OF_ALL = ("allow_sql", "permissions", "extra_css_urls", "extra_js_urls")
OF_A_DATABASE = ("allow_sql", "permissions", "queries")
OF_A_TABLE = ("permissions", "facet_size")


def chosen(stated: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in stated.items() if name in names}


def configuration_of(metadata: Mapping[str, Any]) -> dict[str, Any]:
    databases = metadata.get("databases") or {}
    return chosen(metadata, OF_ALL) | {"databases": {name: of_database(stated) for name, stated in databases.items()}}


def of_database(stated: Mapping[str, Any]) -> dict[str, Any]:
    tables = {name: chosen(said or {}, OF_A_TABLE) for name, said in (stated.get("tables") or {}).items()}
    return chosen(stated, OF_A_DATABASE) | {"tables": tables}
