"""All articles in the order of their dates with their origins, and what a facet says of some of them."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

from datasette.utils import escape_sqlite

from .ways import Way


def articles_sql(way: Way, condition: str = "") -> str:
    """All articles in the order of their dates: a JSON array of their ids, and one of their origins.

    To read a row for each takes Python longer than all else. Where no view says what counts as an independent
    origin, each article has its own.
    """
    settings = way.plan.settings
    table, key = settings.origins or way.articles, escape_sqlite(way.article_key)
    id, origin = ("article_id", "origin") if settings.origins else (key, key)
    date = escape_sqlite(settings.date) if settings.date in way.plan.tables[table].columns else "null"
    return f"""
select json_group_array(id) as ids, json_group_array(iif(origin >= x'', hex(origin), origin)) as origins
from (
  select {id} as id, {origin} as origin
  from {escape_sqlite(table)}
  where {id} < x'' {condition.format(id=id)}
  order by {date} is null, {date}, {id}
)
"""


def some_articles_sql(way: Way) -> str:
    """Of those the ones with the ids in :facet_articles, a JSON array."""
    return articles_sql(way, "and {id} in (select value from json_each(:facet_articles))")


class Told(TypedDict):
    """What a facet says of the articles of a value."""

    articles: int
    origins: int
    sources: list[object]


class Articles:
    """Articles in the order of their dates, and who first reported them."""

    def __init__(self, ids: Sequence[object], origins: Sequence[object]) -> None:
        self.ids, self.origins = ids, origins
        self.places = {id: place for place, id in enumerate(ids)}

    def tell_of(self, tied: Iterable[object], most: int | None) -> Told:
        """Of the articles with these ids, in any order and any number of times, what a facet says."""
        found = {place for place in map(self.places.get, tied) if place is not None}
        return {
            "articles": len(found),
            "origins": len({self.origins[place] for place in found} - {None}),  # an unknown one is none
            "sources": [self.ids[place] for place in sorted(found)[:most]],
        }
