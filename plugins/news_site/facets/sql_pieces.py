"""Pieces of SQL made from a way; `:rows` stands for the select of the rows that a page shows."""

from datasette.utils import escape_sqlite

from .ways import UNITS, counts_at_once, owner_of

ROWS = ":rows"


def name(alias, column):
    return f"{alias}.{escape_sqlite(column)}"


def value_of(way):
    """The expression for the value of a row."""
    own = name(owner_of(way)[0], way.column)
    return f"substr({own}, 1, {UNITS[way.kind][0]})" if way.kind in UNITS else own


def condition_of(way):
    """Which rows have a value; what is no date has no year."""
    value = value_of(way)
    if way.kind not in UNITS:
        return f"{value} is not null"
    return "(" + " or ".join(f"{value} glob '{pattern}'" for pattern in UNITS[way.kind][1]) + ")"


def alias_of(way, place):
    return f"step{place}" if place else way.start


def join(table, alias, column, other):
    return f"join {escape_sqlite(table)} as {alias} on {name(alias, column)} = {other}"


def rows_of(way):
    """The rows that have the values."""
    if not way.link:
        return "filtered"
    return "filtered\n  " + join(way.link.table, "link", way.link.other_column, name("filtered", way.link.column))


def joined(way, steps, outer=""):
    """These rows with what steps lead to, as aliases step1, step2 and so on."""
    joins = [
        outer + join(step.table, alias_of(way, place), step.other_column, name(alias_of(way, place - 1), step.column))
        for place, step in enumerate(steps, 1)
    ]
    return "\n  ".join([rows_of(way), *joins])


def tables_on(way):
    """From the rows where the steps begin to the articles."""
    return [way.link.table if way.start == "link" else way.table, *(step.table for step in way.steps)]


def tie(way):
    """The rows joined to where their articles’ keys stand, and where that is: mostly the step before the articles."""
    tables, articles = way.plan.tables, way.plan.settings["articles"]
    key, last, outer = tables[articles].key, len(way.steps), "left " if counts_at_once(way) else ""
    if way.steps and way.steps[-1].other_column == key:
        table, column = tables_on(way)[-2], way.steps[-1].column
        if tables[table].columns[column] == tables[articles].columns[key]:  # else 1 may stand for '1'
            return joined(way, way.steps[:-1], outer), name(alias_of(way, last - 1), column)
    return joined(way, way.steps, outer), name(alias_of(way, last), key)


def label_sql(plan, table, column, value):
    """The name of the row that a foreign key leads to; null for a column that is none."""
    key = next((step for step in plan.tables[table].keys if step.column == column), None)
    if not key or not plan.tables[key.table].label:
        return "null"
    label, other = escape_sqlite(plan.tables[key.table].label), escape_sqlite(key.table)
    return f"(select {label} from {other} where {escape_sqlite(key.other_column)} = {value})"


def label_of(way):
    return "null" if way.kind in UNITS else label_sql(way.plan, owner_of(way)[1], way.column, "counted.value")


def article_columns(way):
    """SQL for what is shown of the row `article`."""
    settings, articles = way.plan.settings, way.plan.settings["articles"]
    table = way.plan.tables[articles]
    parts = {part: settings[part] for part in ("source", "date")}
    columns = {part: name("article", column) if column else "null" for part, column in parts.items()}
    label = label_sql(way.plan, articles, settings["source"], columns["source"])
    return columns | {
        "id": name("article", table.key),
        "title": name("article", table.label or table.key),
        "source": f"coalesce({label}, {columns['source']})",
    }


def article_join(way, id):
    articles = way.plan.settings["articles"]
    return join(articles, "article", way.plan.tables[articles].key, id)
