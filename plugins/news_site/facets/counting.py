"""SQL for each value of a facet: its name, its rows, and the ids of their articles."""

from datasette.utils import escape_sqlite

from .sql_pieces import condition_of, label_of, name, rows_of, tie, value_of
from .ways import Way, counts_at_once, leads_to_one

ORDER = """order by
  case :facet_sort when 'name' then coalesce(label, value) end collate nocase,
  case :facet_sort when 'count' then -count end,
  value"""


def grouped(way: Way, what: str, rows: str, id: str = "null") -> str:
    """Of each value `what`, said of the columns `id` and `linked`, what a row of a link leads to."""
    linked = name("filtered", way.link.column) if way.link else "null"
    is_view = way.plan.tables[way.table].key is None  # which need not be put in its own order if it gets another
    return f"""
select value, {what}
from (
  select {value_of(way)} as value, {id} as id, {linked} as linked
  from {rows}
  where {condition_of(way)}
  {"order by null" if is_view else ""}
)
group by value
"""


def counted_sql(way: Way) -> str:
    """Each value with its rows, and with the ids of their articles as a JSON array.

    A row that leads to one article at most has that id there, though others have it too: to leave such out takes
    SQLite as long as all else. Where a row may lead to many they are left out, as these come again far too often.
    """
    rows, id = tie(way)
    count = f"count({'distinct linked' if way.link else '*'}) as count"
    distinct = "" if leads_to_one(way) else "distinct "
    tied = f"json_group_array({distinct}id) filter (where id < x'') as tied"  # no null, no blob
    if counts_at_once(way):
        return grouped(way, f"{count}, {tied}", rows, id)
    counted, listed = grouped(way, count, rows_of(way)), grouped(way, tied, rows, id)
    return f"select value, count, coalesce(tied, '[]') as tied from ({counted}) left join ({listed}) using (value)"


def count_sql(way: Way) -> str:
    """The values that are shown, with their names, rows, and the ids of their articles."""
    return f"""
with filtered as not materialized (
:rows
)
select value, {label_of(way)} as label, count, tied
from ({counted_sql(way)}) as counted
{ORDER}
limit :facet_limit
"""


def kept_sql(way: Way) -> str:
    """The same of all rows, from the table in which they have been counted once."""
    return f"""
select value, {label_of(way)} as label, row_count as count, articles, origins, sources
from {escape_sqlite(way.plan.settings.counts)} as counted
where table_name = :facet_table and facet = :facet_kind and column_name = :facet_column
{ORDER}
limit :facet_limit
"""


def facet_named(way: Way) -> dict[str, str]:
    """What `kept_sql` calls a facet."""
    column = f"{way.link.table}.{way.column}" if way.link else way.column
    return {"facet_table": way.table, "facet_kind": way.kind, "facet_column": column}
