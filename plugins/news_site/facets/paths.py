"""For each table the steps along foreign keys that lead from its rows to articles."""

from .schema import Step


class FacetError(Exception):
    """What keeps a facet from being counted, in words for the reader."""


def most_led_to(tables):
    """The table that the foreign keys of most tables lead to."""
    led_to = [other for table in tables.values() for other in {step.table for step in table.keys}]
    return max(sorted(set(led_to)), key=led_to.count, default=None)


def steps_from(tables, table):
    """Every step along a foreign key, forwards and then backwards."""
    others = [(other, step) for other in tables for step in tables[other].keys if step.table == table]
    return tables[table].keys + [Step(step.other_column, other, step.column) for other, step in others]


def read_step(tables, articles, table, place):
    """The step that a place of a path names: COLUMN for one forwards, TABLE.COLUMN for one backwards."""
    other, _, column = place.rpartition(".")
    here = tables.get(other or table)
    key = next((step for step in here.keys if step.column == column), None) if here else None
    if key:
        return Step(key.other_column, other, column) if other else key
    if not other and here and column in here.columns:  # a view has no foreign keys
        return Step(column, articles, tables[articles].key)
    raise FacetError(f"The settings of source_facets lead from {table} by {place}, which leads nowhere.")


def read_path(tables, settings, table):
    """The steps that the settings name."""
    steps = []
    for place in settings["paths"][table]:
        steps.append(read_step(tables, settings["articles"], steps[-1].table if steps else table, place))
    return steps


def find_ways(tables, settings):
    """For each table that leads to articles the steps there: named in the settings, else the fewest."""
    articles = settings["articles"]
    if not articles or not tables[articles].key:
        return {}
    named = {table: read_path(tables, settings, table) for table in settings["paths"] if table in tables}
    ways, grown = {articles: [], **named}, True
    while grown:
        grown = False
        for table in sorted(tables.keys() - named.keys() - {articles}):
            options = [[step, *ways[step.table]] for step in steps_from(tables, table) if step.table in ways]
            # of ways as long, one that begins with a column of the table itself goes first
            best = min(options, key=lambda way: (len(way), way[0] not in tables[table].keys, way), default=None)
            if best != ways.get(table):
                ways[table], grown = best, True
    return ways
