"""For each table the steps that lead from its rows to articles: over a view that says so, else along foreign keys."""

from collections.abc import Mapping

from .schema import Step, Table

Tables = Mapping[str, Table]


def most_led_to(tables: Tables) -> str | None:
    """The table that the foreign keys of most tables lead to."""
    led_to = [other for table in tables.values() for other in {step.table for step in table.keys}]
    return max(sorted(set(led_to)), key=led_to.count, default=None)


def column_to(tables: Tables, table: str, other: str | None) -> str | None:
    """The column that leads to another table: a foreign key, or in a view, which has none, one that is called so."""
    if not tables[table].is_view:
        return next((step.column for step in tables[table].keys if step.table == other), None)
    names = {step.column for known in tables.values() for step in known.keys if step.table == other}
    return next((column for column in tables[table].columns if column in names), None)


def find_views(tables: Tables, articles: str | None) -> dict[str, str]:
    """For each table the view TABLE_articles, which has the ids of its rows and of their articles."""
    named = {table: f"{table}_{articles}" for table in tables if "id" in tables[table].columns}
    return {
        table: view
        for table, view in named.items()
        if view in tables and tables[view].is_view and "id" in tables[view].columns
        if column_to(tables, view, articles)
    }


def stated_ways(tables: Tables, articles: str, key: str, views: Mapping[str, str]) -> dict[str, list[Step]]:
    """The steps from each table with such a view, and from each other view that has the ids of articles itself."""

    columns = {view: column_to(tables, view, articles) for view in tables if tables[view].is_view}
    last = {view: Step(column, articles, key) for view, column in columns.items() if column}
    over = {table: [Step("id", view, "id"), last[view]] for table, view in views.items()}
    others = last.keys() - over.keys() - set(views.values())
    return over | {view: [last[view]] for view in others}


def steps_from(tables: Tables, table: str) -> list[Step]:
    """Every step along a foreign key, forwards and then backwards."""
    others = [(other, step) for other in tables for step in tables[other].keys if step.table == table]
    return tables[table].keys + [Step(step.other_column, other, step.column) for other, step in others]


def find_ways(tables: Tables, articles: str | None) -> dict[str, list[Step]]:
    """For each table that leads to articles the steps there: what a view says, else the fewest."""
    key = tables[articles].key if articles else None
    if not articles or not key:
        return {}
    stated = stated_ways(tables, articles, key, find_views(tables, articles))
    ways: dict[str, list[Step]] = {**stated, articles: []}
    grown = True
    while grown:
        grown = False
        for table in sorted(tables.keys() - stated.keys() - {articles}):
            options = [[step, *ways[step.table]] for step in steps_from(tables, table) if step.table in ways]
            # of ways as long, one that begins with a column of the table itself goes first
            options.sort(key=lambda way: (len(way), way[0] not in tables[table].keys, way))
            if options and options[0] != ways.get(table):
                ways[table], grown = options[0], True
    return ways
