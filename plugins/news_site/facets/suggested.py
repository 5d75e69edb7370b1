"""Datasette's own facets, whose suggestions are found once where the database cannot change.

They are found without those that a page shows already, and these are left out for each page: to look for them anew
takes longer than all else of a list.
"""

import json
from collections.abc import Iterable
from copy import copy
from typing import Any

from datasette.facets import ArrayFacet, ColumnFacet, DateFacet, Facet
from datasette.utils import path_with_added_args

from ..memory import remember

Suggestion = dict[str, str]


def rows_of(facet: Facet) -> tuple[str, str]:
    """Which rows a page shows, as what is remembered of them is named."""
    return facet.sql, json.dumps(facet.params or {}, sort_keys=True, default=str)


def kind_of_rows(facet: Facet) -> str:
    """What visitors make up is kept apart, so that it takes the place of nothing that all ask for."""
    return "rows of a table" if not facet.params and " where " not in facet.sql else "rows that are filtered"


def remembering(kind: type[Facet]) -> type[Facet]:
    """A kind of facet that looks once for what it suggests."""

    class Remembering(kind):  # type: ignore[valid-type, misc]  # whichever of Datasette's it is
        shows_none = False

        def get_configs(self) -> list[dict[str, Any]]:
            return [] if self.shows_none else super().get_configs()

        async def suggest(self) -> list[Suggestion]:
            shown = {named["config"].get("column") or named["config"].get("simple") for named in self.get_configs()}
            return [self.for_page(one) for one in await self.suggest_all() if one["name"] not in shown]

        async def suggest_all(self) -> Iterable[Suggestion]:
            bare = copy(self)
            bare.shows_none = True
            asked = (self.type, *rows_of(self), self.get_facet_size())
            db = self.ds.databases[self.database]
            found: Iterable[Suggestion] = await remember(
                db, kind_of_rows(self), asked, super(Remembering, bare).suggest
            )
            return found

        def for_page(self, one: Suggestion) -> Suggestion:
            parameter = "_facet" if self.type == "column" else f"_facet_{self.type}"
            path = path_with_added_args(self.request, {parameter: one["name"]})
            return one | {"toggle_url": self.ds.absolute_url(self.request, self.ds.urls.path(path))}

    return Remembering


OURS: dict[type[Facet], type[Facet]] = {kind: remembering(kind) for kind in (ArrayFacet, ColumnFacet, DateFacet)}


def remember_suggestions(kinds: Iterable[type[Facet]]) -> list[type[Facet]]:
    """The kinds of facets that a plugin has; those of others ask as they like."""
    return [OURS.get(kind, kind) for kind in kinds]
