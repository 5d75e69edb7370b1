"""Pieces of SQL made from a way; `:rows` stands for the select of the rows that a page shows."""

from collections.abc import Sequence

from datasette.utils import escape_sqlite

from .plans import Plan
from .schema import Step
from .ways import UNITS, Way, counts_at_once, owner_of

ROWS = ":rows"


def name(alias: str, column: str) -> str:
    return f"{alias}.{escape_sqlite(column)}"


def value_of(way: Way) -> str:
    """The expression for the value of a row."""
    own = name(owner_of(way)[0], way.column)
    return f"substr({own}, 1, {UNITS[way.kind][0]})" if way.kind in UNITS else own


def condition_of(way: Way) -> str:
    """Which rows have a value; what is no date has no year."""
    value = value_of(way)
    if way.kind not in UNITS:
        return f"{value} is not null"
    return "(" + " or ".join(f"{value} glob '{pattern}'" for pattern in UNITS[way.kind][1]) + ")"


def alias_of(way: Way, place: int) -> str:
    return f"step{place}" if place else way.start


def join(table: str, alias: str, column: str, other: str) -> str:
    return f"join {escape_sqlite(table)} as {alias} on {name(alias, column)} = {other}"


def rows_of(way: Way) -> str:
    """The rows that have the values."""
    if not way.link:
        return "filtered"
    return "filtered\n  " + join(way.link.table, "link", way.link.other_column, name("filtered", way.link.column))


def joined(way: Way, steps: Sequence[Step], outer: str = "") -> str:
    """These rows with what steps lead to, as aliases step1, step2 and so on."""
    joins = [
        outer + join(step.table, alias_of(way, place), step.other_column, name(alias_of(way, place - 1), step.column))
        for place, step in enumerate(steps, 1)
    ]
    return "\n  ".join([rows_of(way), *joins])


def tables_on(way: Way) -> list[str]:
    """From the rows where the steps begin to the articles."""
    first = way.link.table if way.link and way.start == "link" else way.table
    return [first, *(step.table for step in way.steps)]


def tie(way: Way) -> tuple[str, str]:
    """The rows joined to where their articles’ keys stand, and where that is: mostly the step before the articles."""
    tables, key = way.plan.tables, way.article_key
    last, outer = len(way.steps), "left " if counts_at_once(way) else ""
    if way.steps and way.steps[-1].other_column == key:
        table, column = tables_on(way)[-2], way.steps[-1].column
        if tables[table].columns[column] == tables[way.articles].columns[key]:  # else 1 may stand for '1'
            return joined(way, way.steps[:-1], outer), name(alias_of(way, last - 1), column)
    return joined(way, way.steps, outer), name(alias_of(way, last), key)


def label_sql(plan: Plan, table: str, column: str | None, value: str) -> str:
    """The name of the row that a foreign key leads to; null for a column that is none."""
    key = next((step for step in plan.tables[table].keys if step.column == column), None)
    if not key or not plan.tables[key.table].label:
        return "null"
    label, other = escape_sqlite(plan.tables[key.table].label), escape_sqlite(key.table)
    return f"(select {label} from {other} where {escape_sqlite(key.other_column)} = {value})"


def label_of(way: Way) -> str:
    return "null" if way.kind in UNITS else label_sql(way.plan, owner_of(way)[1], way.column, "counted.value")


def article_columns(way: Way) -> dict[str, str]:
    """SQL for what is shown of the row `article`."""
    settings = way.plan.settings
    source, date = (name("article", column) if column else "null" for column in (settings.source, settings.date))
    label = label_sql(way.plan, way.articles, settings.source, source)
    return {
        "id": name("article", way.article_key),
        "title": name("article", way.plan.tables[way.articles].label or way.article_key),
        "source": f"coalesce({label}, {source})",
        "date": date,
    }


def article_join(way: Way, id: str) -> str:
    return join(way.articles, "article", way.article_key, id)
