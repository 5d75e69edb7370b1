"""All articles in the order of their dates with their origins, and what a facet says of some of them."""

from datasette.utils import escape_sqlite


def articles_sql(way, condition=""):
    """All articles in the order of their dates: a JSON array of their ids, and one of their origins.

    To read a row for each takes Python longer than all else. Where no view says what counts as an independent
    origin, each article has its own.
    """
    settings, tables = way.plan.settings, way.plan.tables
    table, key = settings["origins"] or settings["articles"], escape_sqlite(tables[settings["articles"]].key)
    id, origin = ("article_id", "origin") if settings["origins"] else (key, key)
    date = escape_sqlite(settings["date"]) if settings["date"] in tables[table].columns else "null"
    return f"""
select json_group_array(id) as ids, json_group_array(iif(origin >= x'', hex(origin), origin)) as origins
from (
  select {id} as id, {origin} as origin
  from {escape_sqlite(table)}
  where {id} < x'' {condition.format(id=id)}
  order by {date} is null, {date}, {id}
)
"""


def some_articles_sql(way):
    """Of those the ones with the ids in :facet_articles, a JSON array."""
    return articles_sql(way, "and {id} in (select value from json_each(:facet_articles))")


class Articles:
    """Articles in the order of their dates, and who first reported them."""

    def __init__(self, ids, origins):
        self.ids, self.origins = ids, origins
        self.places = {id: place for place, id in enumerate(ids)}

    def tell_of(self, tied, most):
        """Of the articles with these ids, in any order and any number of times, what a facet says."""
        found = set(map(self.places.get, tied))
        found.discard(None)
        return {
            "articles": len(found),
            "origins": len({self.origins[place] for place in found}),
            "sources": [self.ids[place] for place in sorted(found)[:most]],
        }
