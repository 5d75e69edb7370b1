"""Addresses of tables and views with query strings, generated from a database's own columns and values."""

import json
from urllib.parse import urlencode

from hypothesis import strategies as st

LOOKUPS = (
    "exact not contains endswith startswith gt gte lt lte like notlike glob in notin arraycontains arraynotcontains"
    " date isnull notnull isblank notblank"
).split()
HIDDEN = ("_fts", "_searchable", "_articles", "article_origins")
WORDS = ["russia", "said", "a", "", "100", "0", "2022-02-16", "100%", "%a_", 'the "strike"', "é", "NULL", "'"]


def columns_of(database):
    """The columns of each public table and view."""
    names = [*database.table_names(), *database.view_names()]
    public = [name for name in names if not any(part in name for part in HIDDEN)]
    return {name: [column.name for column in database[name].columns] for name in public}


def values_of(database, table, column):
    """Some values that stand in a column, and some that do not."""
    sql = f"select distinct [{column}] from [{table}] where [{column}] is not null limit 5"
    return [str(row[0])[:60] for row in database.execute(sql)] + WORDS


def filters(database, table, columns):
    def of_column(column):
        value = st.sampled_from(values_of(database, table, column))
        lookup = st.sampled_from(["", *(f"__{name}" for name in LOOKUPS)])
        return st.tuples(lookup.map(lambda name: column + name), value)

    return st.sampled_from(columns).flatmap(of_column)


def order(columns):
    return st.tuples(st.sampled_from(["_sort", "_sort_desc"]), st.sampled_from(columns))


def facets(columns):
    kinds = st.sampled_from(["_facet", "_facet", "_facet_date", "_facet_array", "_facet_source", "_facet_source_month"])
    size = st.tuples(st.just("_facet_size"), st.sampled_from(["1", "3", "max", "x"]))
    return st.one_of(st.tuples(kinds, st.sampled_from(columns)), size)


def searches(columns):
    column = st.sampled_from(columns).map(lambda name: f"_search_{name}")
    mode = st.tuples(st.just("_searchmode"), st.sampled_from(["raw", "escaped"]))
    return st.one_of(st.tuples(st.one_of(st.just("_search"), column), st.sampled_from(WORDS)), mode)


def shapes(columns):
    column = st.tuples(st.sampled_from(["_col", "_nocol"]), st.sampled_from(columns))
    where = st.tuples(st.just("_where"), st.sampled_from(["1", "0", f"[{columns[0]}] is not null", "nonsense("]))
    switch = st.tuples(st.sampled_from(["_nofacet", "_nocount"]), st.just("1"))
    return st.one_of(column, where, switch)


def throughs(database, table):
    """Rows that a row of another table points to."""
    pointing = [
        (other, key.column)
        for other in database.table_names()
        for key in database[other].foreign_keys
        if key.other_table == table
    ]
    named = [{"table": other, "column": "id", "value": row[0]} for other, _ in pointing for row in ids(database, other)]
    return st.sampled_from(named or [{"table": table, "column": "id", "value": "x"}]).map(
        lambda through: ("_through", json.dumps(through))
    )


def ids(database, table):
    return database.execute(f"select id from [{table}] limit 2").fetchall()


def addresses(database):
    """(path, query) of a table or a view; sizes are small, so that there are later pages."""
    tables = columns_of(database)

    def of_table(table):
        columns = tables[table]
        anything = st.one_of(
            filters(database, table, columns),
            filters(database, table, columns),
            facets(columns),
            searches(columns),
            shapes(columns),
            throughs(database, table),
        )
        size = st.tuples(st.just("_size"), st.sampled_from(["1", "2", "7", "max"]))
        parts = st.tuples(
            st.lists(anything, max_size=3), st.lists(order(columns), max_size=1), st.lists(size, max_size=1)
        )
        return parts.map(lambda lists: (f"news/{table}", urlencode([pair for part in lists for pair in part])))

    return st.sampled_from(sorted(tables)).flatmap(of_table)
