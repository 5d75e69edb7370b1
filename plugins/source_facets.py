"""Facets that say according to whom: every value with its rows, articles, independent origins, and the articles.

    ?_facet_source=COLUMN         a column of the table, or TABLE.COLUMN of one whose foreign key leads to it
    ?_facet_source_year=COLUMN    its dates by year, or with _facet_source_month by month, in the order of time
    ?_facet_source_sort=name      values by name, or by count
    ?_sources_of=VALUE            a value of which the page shows all articles, not only the first five

The way from a table's rows to articles follows foreign keys (`find_ways`); the settings of the plugin in metadata.yml
name the columns and decide where several ways are as short. All SQL is text made from a facet and its way
(`count_sql`, `evidence_sql`), with `:rows` for the select of the rows that a page shows. A browser that has the
database, as the static site does, finds that text for every table in /-/source-facets.json: for facets whose values
have names, such as speaker_id or mentions.person_id, by their name, for others by their kind, or as claims.:column
across a link, with `[:column]` for the column. It puts its own select in the place of `:rows`, runs `counts`, then
`sources` with the pairs of values and articles that `counts` has found, and needs nothing of what stands here. Where
nothing leads to a passage, a source’s link leads to its row of the table `witness`.
"""

import json
import re
from collections import defaultdict
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode
from weakref import WeakKeyDictionary

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.utils import await_me_maybe, escape_sqlite, sqlite3, tilde_encode
from datasette.utils.asgi import BadRequest, Response

ROWS = ":rows"
ANY_COLUMN = ":column"
PLACE = re.compile(r"p\d+")  # what Datasette calls a value in SQL
SHOWN = 5  # articles of a value on a page; JSON has all
SHOWN_AT_MOST = 1000  # of the value that a reader asks for
EVERYTHING = 1 << 62
EARLY = 500  # articles among which the first of a value are looked for before all are put in order
SAMPLE = 100  # rows that are looked at before a facet is suggested
DEFAULTS = {
    "articles": None,  # the table of articles; by default the one that most foreign keys lead to
    "source": None,  # its columns: who published the article,
    "origin": None,  # who first reported it,
    "date": None,  # and when
    "passages": None,  # the table of what articles are made of; an article's page has an anchor for each id
    "position": None,  # their order
    "span": ["text", "start_char", "end_char"],  # the columns of the words that a row rests on, in a passage's text
    "counts": None,  # the table with what was counted once for all rows: see build/facet_counts.py
    "paths": {},  # for a table the columns that lead to articles, such as [event_reports.event_id, article_id]
}
SEEN = "count(distinct {0}), count({0}), sum({0} glob '[0-9][0-9][0-9][0-9]-[01][0-9]*')"
UNITS = {  # how much of a date, and what that looks like
    "source_year": (4, ["[0-9][0-9][0-9][0-9]"]),
    "source_month": (7, ["[0-9][0-9][0-9][0-9]-0[1-9]", "[0-9][0-9][0-9][0-9]-1[0-2]"]),
}


class FacetError(Exception):
    """What keeps a facet from being counted, in words for the reader."""


class Step(NamedTuple):
    """From a row to those rows of a table whose other_column holds what its column holds."""

    column: str
    table: str
    other_column: str


class Table(NamedTuple):
    """A table or a view, as far as it matters here."""

    columns: dict[str, str]  # with their types
    key: str | None  # the column that names a row; none if several do, or none
    label: str | None  # the column with the name of a row
    keys: list[Step]  # along its foreign keys
    number: str | None = None  # what else tells its rows apart, in fewer bytes


class Way(NamedTuple):
    """What a facet counts: values of `filtered`, the page's rows, or of `link`, rows with a foreign key to these."""

    table: str
    kind: str  # the facet's type
    column: str
    link: Step | None
    start: str  # the alias from which the steps go: filtered or link
    steps: list[Step]  # to the articles


# --- The way to the articles


def most_led_to(schema):
    """The table that the foreign keys of most tables lead to."""
    led_to = [other for table in schema.values() for other in {step.table for step in table.keys}]
    return max(sorted(set(led_to)), key=led_to.count, default=None)


def steps_from(schema, table):
    """Every step along a foreign key, forwards and then backwards."""
    others = [(other, step) for other in schema for step in schema[other].keys if step.table == table]
    return schema[table].keys + [Step(step.other_column, other, step.column) for other, step in others]


def read_path(schema, settings, table):
    """The steps that the settings name: COLUMN for one forwards, TABLE.COLUMN for one backwards."""
    steps, articles = [], settings["articles"]
    for place in settings["paths"][table]:
        other, _, column = place.rpartition(".")
        here = schema.get(other or table)
        key = next((step for step in here.keys if step.column == column), None) if here else None
        if key:
            steps.append(Step(key.other_column, other, column) if other else key)
        elif not other and here and column in here.columns:  # a view has no foreign keys
            steps.append(Step(column, articles, schema[articles].key))
        else:
            raise FacetError(f"The settings of source_facets lead from {table} by {place}, which leads nowhere.")
        table = steps[-1].table
    return steps


def find_ways(schema, settings):
    """For each table that leads to articles the steps there: named in the settings, else the fewest."""
    articles = settings["articles"]
    if not articles or not schema[articles].key:
        return {}
    named = {table: read_path(schema, settings, table) for table in settings["paths"] if table in schema}
    ways, grown = {articles: [], **named}, True
    while grown:
        grown = False
        for table in sorted(schema.keys() - named.keys() - {articles}):
            options = [[step, *ways[step.table]] for step in steps_from(schema, table) if step.table in ways]
            # of ways as long, one that begins with a column of the table itself goes first
            best = min(options, key=lambda way: (len(way), way[0] not in schema[table].keys, way), default=None)
            if best != ways.get(table):
                ways[table], grown = best, True
    return ways


def ways_of(schema, settings):
    """What the settings are completed with: the ways, or what is wrong with the paths that they name."""
    try:
        return {"ways": find_ways(schema, settings), "problem": None}
    except FacetError as error:
        return {"ways": {}, "problem": str(error)}


def steps_to_articles(settings, table):
    if settings["problem"]:
        raise FacetError(settings["problem"])
    if table not in settings["ways"]:
        raise FacetError(f"No foreign keys lead from {table} to articles, so nobody is known who says this.")
    return settings["ways"][table]


def find_way(schema, settings, table, kind, column):
    """The way of a facet. Raises FacetError if it cannot be counted."""
    if "." in column and column not in schema[table].columns:
        return find_way_across(schema, settings, table, kind, column)
    if column not in schema[table].columns:
        raise FacetError(f"{table} has no column {column}.")
    return Way(table, kind, column, None, "filtered", steps_to_articles(settings, table))


def find_way_across(schema, settings, table, kind, column):
    """The way of a facet over a table whose foreign key leads to this one."""
    other, _, column = column.rpartition(".")
    if other not in schema or column not in schema[other].columns:
        raise FacetError(f"There is no column {other}.{column}.")
    if kind in UNITS:
        raise FacetError("Dates are counted by year and month in a table’s own columns only.")
    link = next((Step(s.other_column, other, s.column) for s in schema[other].keys if s.table == table), None)
    if not link:
        raise FacetError(f"No foreign key leads from {other} to {table}.")
    own = settings["ways"].get(other)  # articles of the link itself, where it has some, tie the value to fewer
    if own and table not in [step.table for step in own]:
        return Way(table, kind, column, link, "link", own)
    return Way(table, kind, column, link, "filtered", steps_to_articles(settings, table))


# --- SQL: `:rows` stands for the select of the rows that a page shows


def name(alias, column):
    return f"{alias}.{escape_sqlite(column)}"


def value_of(way):
    """The expression for the value of a row."""
    own = name("link" if way.link else "filtered", way.column)
    return f"substr({own}, 1, {UNITS[way.kind][0]})" if way.kind in UNITS else own


def condition_of(way):
    """Which rows have a value; what is no date has no year."""
    value = value_of(way)
    if way.kind not in UNITS:
        return f"{value} is not null"
    return "(" + " or ".join(f"{value} glob '{pattern}'" for pattern in UNITS[way.kind][1]) + ")"


def alias_of(way, place):
    return f"step{place}" if place else way.start


def joins_of(way, steps, join="join"):
    """The rows with what is joined to them, as aliases link, step1, step2 and so on."""
    joins = [(way.link.table, "link", way.link.other_column, "filtered", way.link.column)] if way.link else []
    for place, step in enumerate(steps, 1):
        joins.append((step.table, alias_of(way, place), step.other_column, alias_of(way, place - 1), step.column))
    lines = [
        f"{join} {escape_sqlite(table)} as {alias} on {name(alias, column)} = {name(other, other_column)}"
        for table, alias, column, other, other_column in joins
    ]
    return "\n  ".join(["filtered", *lines])


def tie(schema, way):
    """The joins to where the articles’ keys stand, and where that is: the articles themselves are mostly not needed."""
    if not way.steps:
        return joins_of(way, []), name("filtered", schema[way.table].key)
    before, last = way.steps[:-1], way.steps[-1]
    if last.other_column == schema[last.table].key:
        return joins_of(way, before), name(alias_of(way, len(before)), last.column)
    return joins_of(way, way.steps), name(alias_of(way, len(way.steps)), schema[last.table].key)


def label_sql(schema, table, column, value):
    """The name of the row that a foreign key leads to; null for a column that is none."""
    key = next((step for step in schema[table].keys if step.column == column), None)
    if not key or not schema[key.table].label:
        return "null"
    label, other = escape_sqlite(schema[key.table].label), escape_sqlite(key.table)
    return f"(select {label} from {other} where {escape_sqlite(key.other_column)} = {value})"


def label_of(schema, way, value):
    return (
        "null" if way.kind in UNITS else label_sql(schema, way.link.table if way.link else way.table, way.column, value)
    )


def article_columns(schema, settings, alias="article"):
    """SQL for what is shown and counted of an article."""
    articles = settings["articles"]
    key = name(alias, schema[articles].key)
    columns = {part: name(alias, settings[part]) if settings[part] else "null" for part in ("source", "origin", "date")}
    source = columns["source"]
    return {
        "id": key,
        "number": key if alias == "filtered" else name(alias, schema[articles].number),  # a select has no rowid
        "title": name(alias, schema[articles].label or schema[articles].key),
        "source": f"coalesce({label_sql(schema, articles, settings['source'], source)}, {source})",
        "date": columns["date"],
        "origin": columns["origin"],
    }


def is_tied_once(schema, way):
    """Whether each row has one article at most, so that rows can be counted together with their articles."""
    return not way.link and all(step.other_column == schema[step.table].key for step in way.steps)


def order_sql(label, count):
    return f"""
    case :facet_sort when 'name' then coalesce({label}, value) end collate nocase,
    case :facet_sort when 'count' then -{count} end,
    value"""


def rows_sql(way):
    """The rows of each value, where one row may have several articles."""
    value = value_of(way)
    count = f"count(distinct {name('filtered', way.link.column)})" if way.link else "count(*)"
    return f"""
join (
  select {value} as value, {count} as rows
  from {joins_of(way, [])}
  where {condition_of(way)}
  group by {value}
) using (value)"""


def counted_sql(schema, settings, way):
    """Values with rows, articles and origins: one pass over the rows."""
    article = article_columns(schema, settings, alias_of(way, len(way.steps)))
    value, number, origin = value_of(way), article["number"], article["origin"]
    once = is_tied_once(schema, way)
    return f"""
  select
    {value} as value,
    {"count(*) as rows," if once else ""}
    count(distinct {number}) as articles,
    -- an unknown origin counts as one of its own
    count(distinct {origin}) + count(distinct case when {origin} is null then {number} end) as origins,
    min({article["date"]}) as first
  from {joins_of(way, way.steps, "left join")}
  where {condition_of(way)}
  group by {value}
){"" if once else rows_sql(way)}"""


def count_sql(schema, settings, way):
    """Values with rows, articles and origins, and the first articles of each as a JSON array of ids.

    The first articles of most values are among the first of all, `early`; to put all in order would take longest.
    """
    (joins, id), value = tie(schema, way), value_of(way)
    article, articles = article_columns(schema, settings), escape_sqlite(settings["articles"])
    by_date = f"{article['date']} is null, {article['date']}, {article['id']}"
    return f"""
with filtered as not materialized (
:rows
),
shown as materialized (
  select
    value,
    {label_of(schema, way, "value")} as label,
    rows as count,
    articles,
    origins,
    first,
    case cast(value as text) when :facet_of then :facet_more else :facet_most end as wanted
  from ({counted_sql(schema, settings, way)}
  order by {order_sql("label", "rows")}
  limit :facet_limit
),
early as materialized (
  select {article["id"]} as id
  from {articles} as article
  where {article["date"]} >= (select min(first) from shown)
  order by {by_date}
  limit (select case when max(articles) > {EARLY} then {EARLY} else 0 end from shown)
),
found as materialized (
  select {value} as value, {id} as id
  from {joins}
  join early on early.id = {id}
  where {value} in (select value from shown)
  group by {value}, {id}
),
rest as materialized (
  select value
  from shown
  where (select count(*) from found where found.value = shown.value) < min(articles, wanted)
),
pairs as (
  select value, id from found where value not in (select value from rest)
  union all
  select {value} as value, {id} as id
  from (select 1 from rest limit 1) -- without any the rows are not read again
  cross join {joins}
  where {value} in (select value from rest)
  group by {value}, {id} -- distinct would take half as long again
),
ranked as (
  select pairs.value, pairs.id, row_number() over (partition by pairs.value order by {by_date}) as place
  from pairs
  join {articles} as article on {article["id"]} = pairs.id
),
tied as (
  select shown.value, json_group_array(id) as sources
  from ranked
  join shown on shown.value = ranked.value and place <= wanted
  group by shown.value
)
select shown.value, label, count, articles, origins, coalesce(sources, '[]') as sources
from shown
left join tied on tied.value = shown.value
order by {order_sql("label", "count").replace("value", "shown.value")}
"""


def facet_named(way):
    """What `kept_sql` calls a facet."""
    column = f"{way.link.table}.{way.column}" if way.link else way.column
    return {"facet_table": way.table, "facet_kind": way.kind, "facet_column": column}


def kept_sql(schema, settings, way):
    """The same of all rows, from the table in which they have been counted once."""
    return f"""
select value, {label_of(schema, way, "kept.value")} as label, row_count as count, articles, origins, sources
from {escape_sqlite(settings["counts"])} as kept
where table_name = :facet_table and facet = :facet_kind and column_name = :facet_column
order by
  case :facet_sort when 'name' then coalesce(label, value) end collate nocase,
  case :facet_sort when 'count' then -row_count end,
  value
limit :facet_limit
"""


def witness_of(schema, settings, way):
    """The alias and table of the row by which a value is tied to an article, and where its passage’s key stands.

    It is the one nearest to the article that has a passage, else the nearest; none in the table of articles itself.
    """
    tables = [(alias_of(way, place), step.table) for place, step in enumerate(way.steps, 1)][::-1]
    tables.append((way.start, way.link.table if way.start == "link" else way.table))
    tables += [("link", way.link.table)] if way.link and way.start == "filtered" else []
    rows = [(alias, table) for alias, table in tables if table != settings["articles"] and schema[table].key]
    for alias, table in rows:
        if table == settings["passages"]:
            return alias, table, name(alias, schema[table].key)
        for step in schema[table].keys:
            if step.table == settings["passages"]:
                return alias, table, name(alias, step.column)
    return (*rows[0], "null") if rows else (None, None, "null")


def evidence_sql(schema, settings, way):
    """The articles of the values in :facet_pairs, each with its first passage.

    The pairs are JSON, [[value, article, number of the value], ...].
    """
    joins, id = tie(schema, way)
    article = article_columns(schema, settings)
    alias, table, passage = witness_of(schema, settings, way)
    passages, witness = settings["passages"], name(alias, schema[table].key) if alias else "null"
    has_span = alias and set(settings["span"]) <= schema[table].columns.keys() and table != passages
    text, start, end = (name("witness", column) if has_span else "null" for column in settings["span"])
    passage_key = name("passage", schema[passages].key) if passages in schema else "null"
    passage_join = f"left join {escape_sqlite(passages)} as passage on {passage_key} =" if passages in schema else ""
    order = [name("passage", settings["position"])] if passage_join and settings["position"] else []
    order += [name(alias, settings["span"][1])] if has_span else []
    return f"""
with filtered as not materialized (
:rows
),
chosen as (
  select
    json_extract(value, '$[0]') as value,
    json_extract(value, '$[1]') as id,
    json_extract(value, '$[2]') as number
  from json_each(:facet_pairs)
),
hits as (
  select
    chosen.number,
    chosen.id,
    {witness} as witness,
    {passage} as passage,
    row_number() over (partition by chosen.number, chosen.id order by {", ".join([*order, witness])}) as place
  from {joins}
  join chosen on chosen.id = {id}
  {passage_join and f"{passage_join} {passage}"}
  where cast({value_of(way)} as text) = cast(chosen.value as text)
)
select
  hits.number,
  {article["id"]} as id,
  {article["title"]} as title,
  {article["source"]} as source,
  {article["date"]} as date,
  hits.witness,
  hits.passage,
  {text} as text,
  {start} as start,
  {end} as end,
  {name("passage", settings["span"][0]) if passage_join else "null"} as context
from hits
join {escape_sqlite(settings["articles"])} as article on {article["id"]} = hits.id
{f"left join {escape_sqlite(table)} as witness on {name('witness', schema[table].key)} = hits.witness" if alias else ""}
{passage_join and f"{passage_join} hits.passage"}
where hits.place = 1
order by hits.number, {article["date"]} is null, {article["date"]}, {article["id"]}
"""


# --- The schema


plans: WeakKeyDictionary = WeakKeyDictionary()  # of each database, after the version that it had


def read_table(conn, table):
    """Columns, key and foreign keys. A view that does not work any more has none."""
    try:
        columns = conn.execute("select name, type, pk from pragma_table_xinfo(?)", [table]).fetchall()
        keys = conn.execute('select id, "from", "table", "to" from pragma_foreign_key_list(?)', [table]).fetchall()
    except sqlite3.OperationalError:
        columns = keys = []
    named = [column[0] for column in columns if column[2]]
    key = named[0] if len(named) == 1 else None
    ids = [key[0] for key in keys]  # one that stands here twice has several columns
    single = [Step(*key[1:]) for key in keys if ids.count(key[0]) == 1]
    columns = {column[0]: column[1] for column in columns}
    return Table(columns, key, None, single, key if "rowid" in columns else number_of(conn, table, key))


def number_of(conn, table, key):
    """The number that SQLite gives a row, or its key in a table without."""
    try:
        conn.execute(f"select rowid from {escape_sqlite(table)} limit 0")
    except sqlite3.OperationalError:
        return key
    return "rowid"


def read_tables(conn):
    names = conn.execute("select name from sqlite_master where type in ('table', 'view')").fetchall()
    tables = {name: read_table(conn, name) for (name,) in map(tuple, names)}
    return {name: table._replace(keys=resolved(tables, table)) for name, table in tables.items()}


def resolved(tables, table):
    """Its foreign keys to tables that are there; one that names no column leads to the key."""
    steps = [step for step in table.keys if step.table in tables]
    steps = [step._replace(other_column=step.other_column or tables[step.table].key) for step in steps]
    return [step for step in steps if step.other_column]


async def read_schema(db):
    tables = await db.execute_fn(read_tables)
    for table, known in tables.items():
        label = await db.label_column_for_table(table) if known.columns else None
        tables[table] = known._replace(label=label if label in known.columns else None)
    return tables


async def plan_of(datasette, database):
    """The tables of a database and the settings for it, read anew only if its tables have changed."""
    db = datasette.databases[database]
    version = db.hash or (await db.execute("pragma schema_version")).single_value()
    if plans.get(db, (None,))[0] != version:
        schema = await read_schema(db)
        settings = settings_of(datasette, database, schema)
        plans[db] = (version, schema, settings | ways_of(schema, settings))
    return plans[db][1:]


def settings_of(datasette, database, schema):
    """The settings of the plugin for this database, without what is not in it."""
    settings = DEFAULTS | (datasette.plugin_config("source_facets", database=database) or {})
    articles = settings["articles"] if settings["articles"] in schema else most_led_to(schema)
    passages = settings["passages"] if settings["passages"] in schema else None
    there = {articles: ("source", "origin", "date"), passages: ("position",)}
    columns = {
        part: settings[part] if table and settings[part] in schema[table].columns else None
        for table, parts in there.items()
        for part in parts
    }
    counts = settings["counts"] if settings["counts"] in schema else None
    return settings | columns | {"articles": articles, "passages": passages, "counts": counts}


# --- Facets


def columns_across(schema, settings, table):
    """What the other foreign keys of tables that lead here hold, such as the people of events."""
    articles, passages = settings["articles"], settings["passages"]
    return [
        f"{other}.{step.column}"
        for other in sorted(schema)
        if other != table and any(step.table == table for step in schema[other].keys)
        for step in schema[other].keys
        if step.table not in (table, articles, passages)
    ]


def address(request, added=(), removed=()):
    """The page's address with some pairs of its query more or fewer."""
    pairs = [pair for pair in parse_qsl(request.query_string, keep_blank_values=True) if pair not in removed]
    query = urlencode([*pairs, *added])
    return f"{request.path}?{query}" if query else request.path


def filter_for(schema, way, value):
    """The pair of a query that leaves the rows with a value."""
    if way.link:
        return "_through", json.dumps({"table": way.link.table, "column": way.column, "value": value})
    if way.kind in UNITS:
        return f"{way.column}__startswith", value
    declared = schema[way.table].columns[way.column].upper()
    if isinstance(value, (int, float)) and not any(
        numeric in declared for numeric in ("INT", "REAL", "NUM", "FLO", "DO", "DEC")
    ):
        return f"{way.column}__in", json.dumps([value])  # nothing would make a number of the words in a query
    plain = not way.column.startswith("_") and "__" not in way.column
    return way.column if plain else f"{way.column}__exact", str(value)


def is_chosen(pair, pairs):
    """The pair as it stands in a query; that of a link is JSON, however spaced."""
    if pair[0] != "_through":
        return pair if pair in pairs else None
    same = (other for other in pairs if other[0] == "_through" and json.loads(other[1]) == json.loads(pair[1]))
    return next(same, None)


def tables_read(schema, settings, way):
    """Every table from which a facet shows something."""
    articles, own = settings["articles"], way.link.table if way.link else way.table
    names = [(own, way.column), (articles, settings["source"])]  # foreign keys, of which the names are shown
    labels = {step.table for table, column in names for step in schema[table].keys if step.column == column}
    steps = {step.table for step in [way.link, *way.steps] if step}
    return sorted({way.table, articles, settings["passages"], *steps, *labels} - {None})


permissions: WeakKeyDictionary = WeakKeyDictionary()  # of each request: Datasette copies all metadata at every question


async def may_see(datasette, request, database, table):
    """Nobody learns through a facet what a table holds that is not for their eyes."""
    known = permissions.setdefault(request, {})
    if (database, table) not in known:
        allowed = await datasette.permission_allowed(request.actor, "view-table", (database, table), default=True)
        known[database, table] = allowed
    return known[database, table]


class SourceFacet(Facet):
    type = "source"

    async def suggest(self):
        """Columns whose values come back in the first rows, and those of tables whose foreign keys lead here."""
        schema, settings = await plan_of(self.ds, self.database)
        if self.table not in settings["ways"]:
            return []
        sample, size = await self.sample(), self.get_facet_size()
        columns = [
            c for c, (values, rows, dates) in sample.items() if not dates and 1 < values < rows and values <= size
        ]
        return self.suggested(columns + columns_across(schema, settings, self.table))

    async def sample(self):
        """Of each column values, rows that have one, and dates, in the first rows; nothing if even that takes long."""
        columns = await self.get_columns(self.sql, self.params)
        listed = ", ".join(SEEN.format(escape_sqlite(column)) for column in columns)
        sql = f"select {listed} from (select * from ({self.sql}) limit {SAMPLE})"
        limit = self.ds.setting("facet_suggest_time_limit_ms")
        try:
            row = (await self.ds.execute(self.database, sql, self.params, custom_time_limit=limit)).first()
        except QueryInterrupted:
            return {}
        return {column: tuple(row)[3 * place : 3 * place + 3] for place, column in enumerate(columns)}

    def suggested(self, columns):
        enabled = [chosen["config"].get("column") or chosen["config"]["simple"] for chosen in self.get_configs()]
        parameter = f"_facet_{self.type}"
        return [
            {
                "name": column,
                "type": self.type,
                "toggle_url": self.absolute(address(self.request, [(parameter, column)])),
            }
            for column in columns
            if column not in enabled
        ]

    def absolute(self, path):
        return self.ds.absolute_url(self.request, self.ds.urls.path(path))

    async def facet_results(self):
        if "_next" in self.request.args:  # the rows of a later page alone would be counted
            return [], []
        return [await self.facet_result(chosen["source"], chosen["config"]) for chosen in self.get_configs()], []

    async def facet_result(self, chosen_in, config):
        """A facet as Datasette has them, or one that says why there is none."""
        column = config.get("column") or config["simple"]
        result = {
            "name": column,
            "type": self.type,
            "hideable": chosen_in != "metadata",
            "toggle_url": self.ds.urls.path(address(self.request, removed=[(f"_facet_{self.type}", column)])),
            "truncated": False,
            "results": [],
        }
        try:
            return result | await self.count(column, complete=self.is_data() and chosen_in == "request")
        except FacetError as error:
            return result | {"message": str(error)}
        except QueryInterrupted:
            return result | {"message": f"Counting who says this took too long: {column}."}

    def is_data(self):
        return self.request.url_vars.get("format") == "json"

    async def count(self, column, complete):
        """The values; a facet that is asked for in JSON is complete, whatever else is shown has the first articles."""
        schema, settings = await plan_of(self.ds, self.database)
        way = find_way(schema, settings, self.table, self.type, column)
        for table in tables_read(schema, settings, way):
            if table != self.table and not await may_see(self.ds, self.request, self.database, table):
                raise FacetError(f"The way to the articles leads through {table}, which you may not see.")
        size = self.get_facet_size()
        rows = await self.fetch_counts(schema, settings, way, size + 1, complete)
        found = [row for row in rows if not isinstance(row["value"], bytes)]
        values = [self.show_value(schema, way, row) for row in found[:size]]
        await self.add_sources(schema, settings, way, values, complete)
        return {"results": values, "truncated": len(found) > size}

    async def fetch_counts(self, schema, settings, way, limit, complete):
        """What has been counted once for all rows, where that is enough; else the rows are counted now."""
        wanted, rows = self.request.args.get("_sources_of"), []
        choices = {
            "facet_sort": self.request.args.get("_facet_source_sort") or ("value" if self.type in UNITS else "count"),
            "facet_limit": limit,
        }
        if settings["counts"] and not complete and wanted is None and self.has_all_rows():
            rows = await self.fetch(kept_sql(schema, settings, way), complete, **choices, **facet_named(way))
        if not rows:
            choices |= {
                "facet_most": EVERYTHING if complete else SHOWN,
                "facet_of": wanted,
                "facet_more": EVERYTHING if complete else SHOWN_AT_MOST,
            }
            rows = await self.fetch(count_sql(schema, settings, way), complete, **choices)
        return rows

    def has_all_rows(self):
        filtered = self.params or "_where" in self.request.args
        return not filtered and self.sql.rstrip().endswith(f" from {escape_sqlite(self.table)}")

    async def fetch(self, sql, complete, **values):
        limit = self.ds.setting("sql_time_limit_ms" if complete else "facet_time_limit_ms")
        sql, params = sql.replace(ROWS, self.sql), dict(self.params or {}) | values
        return (await self.ds.execute(self.database, sql, params, custom_time_limit=limit)).rows

    def show_value(self, schema, way, row):
        pair = filter_for(schema, way, row["value"])
        chosen = is_chosen(pair, self.get_querystring_pairs())
        toggle = address(self.request, removed=[chosen]) if chosen else address(self.request, added=[pair])
        return {
            "value": row["value"],
            "label": row["value"] if row["label"] is None else row["label"],
            "count": row["count"],
            "articles": row["articles"],
            "origins": row["origins"],
            "toggle_url": self.absolute(toggle),
            "selected": bool(chosen),
            "sources": json.loads(row["sources"]),
        }

    async def add_sources(self, schema, settings, way, values, complete):
        """In the place of articles’ ids the articles, with the first passage of each."""
        pairs = [[v["value"], id, number] for number, v in enumerate(values) for id in v["sources"]]
        rows = await self.fetch(evidence_sql(schema, settings, way), complete, facet_pairs=json.dumps(pairs))
        sources = defaultdict(list)
        for row in rows:
            sources[row["number"]].append(self.show_source(settings, way, schema, row))
        for number, value in enumerate(values):
            value["sources"] = sources[number]
            if len(sources[number]) < value["articles"]:
                value["all_url"] = self.absolute(self.address_of_all(value["value"]))

    def address_of_all(self, value):
        others = [pair for pair in self.get_querystring_pairs() if pair[0] == "_sources_of"]
        return address(self.request, added=[("_sources_of", str(value))], removed=others)

    def show_source(self, settings, way, schema, row):
        """An article with the address of its first passage, else of the row that ties it to the value."""
        url = self.row_url(settings["articles"], row["id"])
        _, witness, passage = witness_of(schema, settings, way)
        if row["passage"] is not None:
            url += f"#{row['passage']}"
        elif witness and passage == "null":
            url = self.row_url(witness, row["witness"])
        shown = {part: row[part] for part in ("id", "title", "source", "date")}
        source = shown | {"url": url, "text": row["context"] if row["text"] is None else row["text"]}
        if not self.is_data():
            source |= {"context": row["context"], "start": row["start"], "end": row["end"]}
        return source

    def row_url(self, table, key):
        return f"{self.ds.urls.table(self.database, table)}/{tilde_encode(str(key))}"


class YearFacet(SourceFacet):
    type = "source_year"

    async def suggest(self):
        return []


class MonthFacet(SourceFacet):
    type = "source_month"

    async def suggest(self):
        """Columns that hold dates and nothing else, some of them."""
        _, settings = await plan_of(self.ds, self.database)
        if self.table not in settings["ways"]:
            return []
        sample = await self.sample()
        return self.suggested([column for column, (_, rows, dates) in sample.items() if rows and rows == dates])


# --- The same for browsers


def facets_of(schema, settings, table):
    """Every facet of a table that a browser can ask for: what to call it, its kind, its column or :column for any."""
    yield from ((kind, kind, ANY_COLUMN) for kind in ("source", *UNITS))
    named = [step.column for step in schema[table].keys] + columns_across(schema, settings, table)
    linked = [f"{other}.{ANY_COLUMN}" for other in schema if table in [step.table for step in schema[other].keys]]
    yield from ((column, "source", column) for column in named + linked)


async def describe(datasette, request, database):
    """For each table that leads to articles the SQL of its facets."""
    schema, settings = await plan_of(datasette, database)
    schema = {name: table._replace(columns=table.columns | {ANY_COLUMN: ""}) for name, table in schema.items()}
    tables = {}
    for table in sorted(settings["ways"]):
        tables[table] = {}
        for facet, kind, column in facets_of(schema, settings, table):
            way = find_way(schema, settings, table, kind, column)
            if all([await may_see(datasette, request, database, read) for read in tables_read(schema, settings, way)]):
                sql = {"counts": count_sql(schema, settings, way), "sources": evidence_sql(schema, settings, way)}
                _, witness, passage = witness_of(schema, settings, way)
                tables[table][facet] = sql | ({"witness": witness} if witness and passage == "null" else {})
    return tables


async def source_facets(datasette, request):
    return Response.json(
        {name: await describe(datasette, request, name) for name in datasette.databases if name[0] != "_"}
    )


# --- Datasette


def check_choices(args):
    """Raises BadRequest for what Datasette would fail on, and for a sort that means nothing."""
    for key in args:
        if not key.startswith("_facet_source"):
            continue
        for value in args.getlist(key):
            if value.startswith("{") and not names_column(value):
                raise BadRequest(f'{key} takes the name of a column, or JSON such as {{"column": "name"}}')
    if args.get("_facet_source_sort") not in (None, "", "count", "name"):
        raise BadRequest("_facet_source_sort is count or name")


def names_column(value):
    try:
        config = json.loads(value)
    except (ValueError, RecursionError):
        return False
    return isinstance(config, dict) and isinstance(config.get("column"), str)


def rename_values(arguments, prefix):
    """Datasette calls the first value of a _through :p0, as it does that of a column: one would replace the other."""
    for value in [value for value in arguments.params if PLACE.fullmatch(value)]:
        arguments.params[f"{prefix}{value}"] = arguments.params.pop(value)
        arguments.where_clauses[:] = [
            re.sub(rf":{value}\b", f":{prefix}{value}", clause) for clause in arguments.where_clauses
        ]
    return arguments


@hookimpl(hookwrapper=True)
def filters_from_request(request):
    check_choices(request.args)
    outcome = yield

    def renamed(number, hooked):
        async def arguments():
            found = await await_me_maybe(hooked)
            return found and rename_values(found, f"hook{number}_")

        return arguments

    outcome.force_result([renamed(number, hooked) for number, hooked in enumerate(outcome.get_result())])


@hookimpl
def register_routes():
    return [(r"/-/source-facets.json$", source_facets)]


@hookimpl(trylast=True)  # Datasette's own facets keep their names in JSON
def register_facet_classes():
    is_next = not hasattr(Datasette, "permission_allowed")  # 1.0a, where facets are made in another way
    return [] if is_next else [SourceFacet, YearFacet, MonthFacet]
