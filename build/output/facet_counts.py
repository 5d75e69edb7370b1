"""Counts, once, what facets with sources say of all rows of a table: of many that takes longer than a page may.

Counted are foreign keys to what articles speak of, columns whose values come back often, and both in tables whose
foreign keys lead to the table. What is not here, and facets of filtered rows, are counted when they are asked for.
"""

from collections.abc import Iterator

from sqlite_utils import Database
from sqlite_utils.db import Table

OFTEN = 5  # times, on average
# Where a table has no column with the article that a row rests on: that article, and from where.
ARTICLES = {
    "articles": ("articles.id", "articles"),
    "aliases": ("article_id", "aliases left join mentions using (person_id)"),
    "organization_aliases": (
        "article_id",
        "organization_aliases left join organization_mentions using (organization_id)",
    ),
    "place_aliases": ("article_id", "place_aliases left join place_mentions using (place_id)"),
    "events": ("article_id", "events left join event_reports on event_reports.event_id = events.id"),
    "event_people": ("article_id", "event_people left join event_reports using (event_id)"),
    "figures": ("article_id", "figures left join claims on claims.id = claim_id"),
    "claim_propositions": ("article_id", "claim_propositions left join claims on claims.id = claim_id"),
}
COMMON = {"articles", "paragraphs", "claims"}  # a foreign key to these says little more than the article
MONTH = "case when {0} glob '[0-9][0-9][0-9][0-9]-[01][0-9]*' then substr({0}, 1, 7) end"
COUNT = """
    insert into facet_counts
    with counted as (
      select {value} as value, count(distinct {row}) as row_count
      from {rows}
      where {value} is not null and {row} is not null
      group by {value}
    ),
    ranked as (
      select
        value,
        articles.id,
        coalesce(origin_id, 'unknown: ' || articles.id) as origin, -- an unknown origin counts as one of its own
        row_number() over (partition by value order by published is null, published, articles.id) as place
      from (
        select distinct {value} as value, {article} as article
        from {rows}
        where {value} is not null and {row} is not null
      ) as pairs
      join articles on articles.id = pairs.article
    ),
    told as (
      select
        value,
        count(*) as articles,
        count(distinct origin) as origins,
        json_group_array(id) filter (where place <= 5) as sources
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


def count_facets(database: Database) -> None:
    """Fills the table anew, from what the others hold."""
    database.execute("delete from facet_counts")
    for table in database.tables:
        if table.name in ARTICLES or "article_id" in table.columns_dict:
            article, rows = ARTICLES.get(table.name, ("article_id", table.name))
            for name, kind, column, value, row in find_facets(table):
                sql = COUNT.format(value=value, row=row, article=article, rows=rows)
                database.execute(sql, {"table_name": name, "facet": kind, "column_name": column})
