"""For each table the steps that lead from its rows to articles: over a view that says so, else along foreign keys."""

from .schema import Step, Table


def most_led_to(tables):
    """The table that the foreign keys of most tables lead to."""
    led_to = [other for table in tables.values() for other in {step.table for step in table.keys}]
    return max(sorted(set(led_to)), key=led_to.count, default=None)


def column_to(tables: dict[str, Table], table: str, other: str | None) -> str | None:
    """The column that leads to another table: a foreign key, or in a view, which has none, one that is called so."""
    if not tables[table].is_view:
        return next((step.column for step in tables[table].keys if step.table == other), None)
    names = {step.column for known in tables.values() for step in known.keys if step.table == other}
    return next((column for column in tables[table].columns if column in names), None)


def find_views(tables, articles):
    """For each table the view TABLE_articles, which has the ids of its rows and of their articles."""
    named = {table: f"{table}_{articles}" for table in tables if "id" in tables[table].columns}
    return {
        table: view
        for table, view in named.items()
        if view in tables and tables[view].is_view and "id" in tables[view].columns
        if column_to(tables, view, articles)
    }


def stated_ways(tables, articles, views):
    """The steps from each table with such a view, and from each other view that has the ids of articles itself."""

    def step_to_articles(view):
        return Step(column_to(tables, view, articles), articles, tables[articles].key)

    over = {table: [Step("id", view, "id"), step_to_articles(view)] for table, view in views.items()}
    others = {table for table in tables if tables[table].is_view} - over.keys() - set(views.values())
    return over | {view: [step_to_articles(view)] for view in others if column_to(tables, view, articles)}


def steps_from(tables, table):
    """Every step along a foreign key, forwards and then backwards."""
    others = [(other, step) for other in tables for step in tables[other].keys if step.table == table]
    return tables[table].keys + [Step(step.other_column, other, step.column) for other, step in others]


def find_ways(tables, articles):
    """For each table that leads to articles the steps there: what a view says, else the fewest."""
    if not articles or not tables[articles].key:
        return {}
    stated = stated_ways(tables, articles, find_views(tables, articles))
    ways, grown = {**stated, articles: []}, True
    while grown:
        grown = False
        for table in sorted(tables.keys() - stated.keys() - {articles}):
            options = [[step, *ways[step.table]] for step in steps_from(tables, table) if step.table in ways]
            # of ways as long, one that begins with a column of the table itself goes first
            best = min(options, key=lambda way: (len(way), way[0] not in tables[table].keys, way), default=None)
            if best != ways.get(table):
                ways[table], grown = best, True
    return ways
