"""Counts, once, what facets with sources say of all rows of a table: of many that takes longer than a page may.

Counted are foreign keys to what articles speak of, columns whose values come back often, and both in tables whose
foreign keys lead to the table. What is not here, and facets of filtered rows, are counted when they are asked for.
"""

from collections.abc import Iterator

from sqlite_utils import Database
from sqlite_utils.db import Table

OFTEN = 5  # times, on average
COMMON = {"articles", "paragraphs", "claims"}  # a foreign key to these says little more than the article
MONTH = "case when {0} glob '[0-9][0-9][0-9][0-9]-[01][0-9]*' then substr({0}, 1, 7) end"
COUNT = """
    insert into facet_counts
    with counted as (
      select {value} as value, count(distinct {row}) as row_count
      from {table}
      where {value} is not null and {row} is not null
      group by {value}
    ),
    ranked as (
      select
        value,
        article_id,
        origin,
        row_number() over (partition by value order by published is null, published, article_id) as place
      from (
        select distinct {value} as value, {article} as article_id
        from {rows}
        where {value} is not null and {row} is not null
      )
      join article_origins using (article_id)
    ),
    told as (
      select
        value,
        count(*) as articles,
        count(distinct origin) as origins,
        json_group_array(article_id) filter (where place <= 5) as sources
      from ranked
      group by value
    )
    select :table_name, :facet, :column_name, value, row_count,
      coalesce(articles, 0), coalesce(origins, 0), coalesce(sources, '[]')
    from counted
    left join told using (value)
    order by value
"""


def values_of(table: Table) -> dict[tuple[str, str], str]:
    """Of each facet over a table's own columns, its kind and column: the SQL for the value of a row."""
    apart = {"id", *(key.column for key in table.foreign_keys if key.other_table in COMMON)}
    columns = {column: f"{table.name}.{column}" for column in table.columns_dict if column not in apart}
    months = {("source_month", column): MONTH.format(value) for column, value in columns.items()}
    return {("source", column): value for column, value in columns.items()} | months


def worth_counting(table: Table) -> dict[tuple[str, str], str]:
    """Those of them that are foreign keys, or whose values come back often."""
    values, keys = values_of(table), {key.column for key in table.foreign_keys}
    counts = ", ".join(f"count({value}), count(distinct {value})" for value in values.values())
    row = table.db.execute(f"select {counts} from {table.name}").fetchone()
    numbers = dict(zip(values, zip(row[::2], row[1::2], strict=True), strict=True))
    return {
        facet: values[facet]
        for facet, (rows, few) in numbers.items()
        if few and (few * OFTEN <= rows or facet[1] in keys)
    }


def find_facets(table: Table) -> Iterator[tuple[str, str, str, str, str]]:
    """Facets whose values a table has: of which table, of what kind, of which column, and SQL for value and row."""
    keys = {key.other_table: key.column for key in reversed(table.foreign_keys)}
    linking = keys.values() if "article_id" in table.columns_dict else table.columns_dict
    for (kind, column), value in worth_counting(table).items():
        yield table.name, kind, column, value, f"{table.name}.id"
        if kind == "source" and column in linking and table.name != "articles":
            for other in sorted(keys.keys() - {table.name}):
                if keys[other] != column:
                    yield other, kind, f"{table.name}.{column}", value, f"{table.name}.{keys[other]}"


def state_articles(table: Table) -> tuple[str, str] | None:
    """Where the articles stand on which a table's rows rest, and the rows joined to that, as far as it says itself."""
    name, view = table.name, f"{table.name}_articles"
    if name == "articles":
        return "articles.id", name
    if "article_id" in table.columns_dict:
        return f"{name}.article_id", name
    if view in table.db.view_names():
        return f"{view}.article_id", f"{name} join {view} on {view}.id = {name}.id"
    return None


def find_articles(table: Table) -> tuple[str, str] | None:
    """The same, else along a foreign key: to a row with an article_id rather than to one that others name."""
    if found := state_articles(table):
        return found
    ways = [
        (
            " join " in rows,
            key.column,
            article,
            f"{rows} join {table.name} on {table.name}.{key.column} = {other.name}.id",
        )
        for key in table.foreign_keys
        for other in [table.db.table(key.other_table)]
        for article, rows in filter(None, [state_articles(other)])
    ]
    return min(ways)[2:] if ways else None


def count_facets(database: Database) -> None:
    """Fills the table anew, from what the others hold."""
    database.execute("delete from facet_counts")
    for table in database.tables:
        if found := find_articles(table):
            article, rows = found
            for name, kind, column, value, row in find_facets(table):
                sql = COUNT.format(table=table.name, value=value, row=row, article=article, rows=rows)
                database.execute(sql, {"table_name": name, "facet": kind, "column_name": column})
