"""All articles in the order of their dates with their origins, and what a facet says of some of them."""

from datasette.utils import escape_sqlite

from .sql_pieces import article_columns


def articles_sql(way, condition=""):
    """All articles in the order of their dates: a JSON array of their ids, and one of their origins.

    To read a row for each takes Python longer than all else.
    """
    article = article_columns(way)
    id, origin = article["id"], article["origin"]
    return f"""
select json_group_array(id) as ids, json_group_array(iif(origin >= x'', hex(origin), origin)) as origins
from (
  select {id} as id, {origin} as origin
  from {escape_sqlite(way.plan.settings["articles"])} as article
  where {id} < x'' {condition}
  order by {article["date"]} is null, {article["date"]}, {id}
)
"""


def some_articles_sql(way):
    """Of those the ones with the ids in :facet_articles, a JSON array."""
    return articles_sql(way, f"and {article_columns(way)['id']} in (select value from json_each(:facet_articles))")


class Articles:
    """Articles in the order of their dates, and who first reported them."""

    def __init__(self, ids, origins):
        self.ids, self.origins = ids, origins
        self.places = {id: place for place, id in enumerate(ids)}

    def tell_of(self, tied, most):
        """Of the articles with these ids, in any order and any number of times, what a facet says."""
        found = set(map(self.places.get, tied))
        found.discard(None)
        origins = [self.origins[place] for place in found]
        return {
            "articles": len(found),
            "origins": len(set(origins) - {None}) + origins.count(None),  # an unknown one counts as one of its own
            "sources": [self.ids[place] for place in sorted(found)[:most]],
        }
