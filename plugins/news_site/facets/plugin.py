"""Facets that say according to whom: every value with its rows, articles, independent origins, and the articles.

    ?_facet_source=COLUMN         a column of the table, or TABLE.COLUMN of one whose foreign key leads to it
    ?_facet_source_year=COLUMN    its dates by year, or with _facet_source_month by month, in the order of time
    ?_facet_source_sort=name      values by name, or by count
    ?_sources_of=VALUE            a value of which the page shows all articles, not only the first five

The way from a table's rows to articles follows foreign keys (`find_ways`); the settings of the plugin in metadata.yml
name the columns and decide where several ways are as short. All SQL is text made from a facet's way (`count_sql`,
`evidence_sql`), with `:rows` for the select of the rows that a page shows. A browser that has the database, as the
static site does, finds that text for every table in /-/source-facets.json: for facets whose values have names, such
as speaker_id or mentions.person_id, by their name, for others by their kind, or as claims.:column across a link, with
`[:column]` for the column. It puts its own select in the place of `:rows`, runs `counts`, looks its ids up in
`articles` as `Articles` does, and runs `sources` with pairs of values and their first articles. Where nothing leads
to a passage, a source’s link leads to its row of the table `witness`.
"""

import asyncio
import json
import re
from collections import defaultdict
from functools import partial
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode
from weakref import WeakKeyDictionary

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.filters import Filters
from datasette.utils import await_me_maybe, escape_sqlite, sqlite3, tilde_encode
from datasette.utils.asgi import BadRequest, Response

ROWS = ":rows"
ANY_COLUMN = ":column"
PLACE = re.compile(r"p\d+")  # what Datasette calls a value in SQL
SHOWN = 5  # articles of a value on a page; JSON has all
SHOWN_AT_MOST = 1000  # of the value that a reader asks for
KEPT_AT_MOST = 200_000  # articles of a database that cannot change
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


class Plan(NamedTuple):
    """What is known of a database."""

    tables: dict[str, Table]
    settings: dict[str, Any]
    ways: dict[str, list[Step]]  # of each table, to the articles
    problem: str | None  # why there are none


class Way(NamedTuple):
    """What a facet counts: values of `filtered`, the page's rows, or of `link`, rows with a foreign key to these."""

    plan: Plan
    table: str
    kind: str  # the facet's type
    column: str
    link: Step | None
    start: str  # the alias from which the steps go: filtered or link
    steps: list[Step]  # to the articles


# --- The way to the articles


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


def steps_to_articles(plan, table):
    if plan.problem:
        raise FacetError(plan.problem)
    if table not in plan.ways:
        raise FacetError(f"No foreign keys lead from {table} to articles, so nobody is known who says this.")
    return plan.ways[table]


def find_way(plan, table, kind, column):
    """The way of a facet. Raises FacetError if it cannot be counted."""
    if column in plan.tables[table].columns:
        return Way(plan, table, kind, column, None, "filtered", steps_to_articles(plan, table))
    if "." in column:
        return find_way_across(plan, table, kind, column)
    raise FacetError(f"{table} has no column {column}.")


def find_way_across(plan, table, kind, name):
    """The way of a facet over a table whose foreign key leads to this one."""
    other, _, column = name.rpartition(".")
    if other not in plan.tables or column not in plan.tables[other].columns:
        raise FacetError(f"There is no column {name}.")
    if kind in UNITS:
        raise FacetError("Dates are counted by year and month in a table’s own columns only.")
    link = next((Step(s.other_column, other, s.column) for s in plan.tables[other].keys if s.table == table), None)
    if not link:
        raise FacetError(f"No foreign key leads from {other} to {table}.")
    own = plan.ways.get(other)  # articles of the link itself, where it has some, tie the value to fewer
    if own and table not in [step.table for step in own]:
        return Way(plan, table, kind, column, link, "link", own)
    return Way(plan, table, kind, column, link, "filtered", steps_to_articles(plan, table))


# --- SQL: `:rows` stands for the select of the rows that a page shows

ORDER = """order by
  case :facet_sort when 'name' then coalesce(label, value) end collate nocase,
  case :facet_sort when 'count' then -count end,
  value"""


def name(alias, column):
    return f"{alias}.{escape_sqlite(column)}"


def owner_of(way):
    """The alias and the table of the rows that have the values."""
    return ("link", way.link.table) if way.link else ("filtered", way.table)


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
    """All rows joined to where the articles’ keys stand, and where that is: mostly in the table before the articles."""
    tables, articles = way.plan.tables, way.plan.settings["articles"]
    key, last = tables[articles].key, len(way.steps)
    if way.steps and way.steps[-1].other_column == key:
        table, column = tables_on(way)[-2], way.steps[-1].column
        if tables[table].columns[column] == tables[articles].columns[key]:  # else 1 may stand for '1'
            return joined(way, way.steps[:-1], "left "), name(alias_of(way, last - 1), column)
    return joined(way, way.steps, "left "), name(alias_of(way, last), key)


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
    """SQL for what is shown and counted of the row `article`."""
    settings, articles = way.plan.settings, way.plan.settings["articles"]
    table = way.plan.tables[articles]
    parts = {part: settings[part] for part in ("source", "origin", "date")}
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


def leads_to_one(way):
    """Whether a row of the table leads to one article at most."""
    return all(step.other_column == way.plan.tables[step.table].key for step in way.steps)


def grouped(way, what, rows, id="null"):
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


def counted_sql(way):
    """Each value with its rows, and with the ids of their articles as a JSON array.

    A row that leads to one article at most has that id there, though others have it too: to leave such out takes
    SQLite as long as all else. Where a row may lead to many they are left out, as these come again far too often.
    """
    rows, id = tie(way)
    one = leads_to_one(way)
    tied = f"json_group_array({'' if one else 'distinct '}id) filter (where id < x'') as tied"  # no null, no blob
    if one or way.link:
        return grouped(way, f"count({'distinct linked' if way.link else '*'}) as count, {tied}", rows, id)
    counted, listed = grouped(way, "count(*) as count", rows_of(way)), grouped(way, tied, rows, id)
    return f"select value, count, tied from ({counted}) join ({listed}) using (value)"


def count_sql(way):
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


def articles_sql(way, condition=""):
    """All articles in the order of their dates: a JSON array of their ids, and one of their origins.

    To read a row for each takes Python longer than all else.
    """
    article = article_columns(way)
    id, origin = article["id"], article["origin"]
    return f"""
select json_group_array(id) as ids, json_group_array(iif(origin >= x'', hex(origin), origin)) as origins
from (
  select {id} as id, {origin} as origin
  from {escape_sqlite(way.plan.settings["articles"])} as article
  where {id} < x'' {condition}
  order by {article["date"]} is null, {article["date"]}, {id}
)
"""


def some_articles_sql(way):
    """Of those the ones with the ids in :facet_articles, a JSON array."""
    return articles_sql(way, f"and {article_columns(way)['id']} in (select value from json_each(:facet_articles))")


def kept_sql(way):
    """The same of all rows, from the table in which they have been counted once."""
    return f"""
select value, {label_of(way)} as label, row_count as count, articles, origins, sources
from {escape_sqlite(way.plan.settings["counts"])} as counted
where table_name = :facet_table and facet = :facet_kind and column_name = :facet_column
{ORDER}
limit :facet_limit
"""


def facet_named(way):
    """What `kept_sql` calls a facet."""
    column = f"{way.link.table}.{way.column}" if way.link else way.column
    return {"facet_table": way.table, "facet_kind": way.kind, "facet_column": column}


class Witness(NamedTuple):
    """The rows by which a value is tied to its articles."""

    alias: str
    table: str
    key: str
    passage: str | None  # the column that leads to the passage of a row
    has_span: bool  # whether a row says where its words are


def witness_at(way, alias, table):
    here, settings = way.plan.tables[table], way.plan.settings
    passages, span = settings["passages"], settings["span"]
    passage = here.key if table == passages else next((s.column for s in here.keys if s.table == passages), None)
    return Witness(alias, table, here.key, passage, table != passages and set(span) <= here.columns.keys())


def witness_of(way):
    """Those nearest to the articles that have a passage, else the nearest; the articles if there is nothing else."""
    rows = [(alias_of(way, place), step.table) for place, step in enumerate(way.steps, 1)][::-1]
    rows += [("filtered", way.table)] if way.start == "filtered" else []
    rows += [("link", way.link.table)] if way.link else []
    found = [witness_at(way, *row) for row in rows if way.plan.tables[row[1]].key]
    apart = [witness for witness in found if witness.table != way.plan.settings["articles"]] or found
    return next((witness for witness in apart if witness.passage), apart[0])


def passage_join(way, witness, alias):
    """From witnesses to their passages."""
    if not witness.passage:
        return ""
    passages = way.plan.settings["passages"]
    return "left " + join(passages, "passage", way.plan.tables[passages].key, name(alias, witness.passage))


def words_of(way, witness):
    """SQL for the passage and the words in it, by the names that the rows of `evidence_sql` have for them."""
    settings = way.plan.settings
    names = dict(zip(("text", "start", "end"), settings["span"], strict=True))
    words = {part: name("witness", column) if witness.has_span else "null" for part, column in names.items()}
    if not witness.passage:
        return {"passage": "null", **words, "context": "null"}
    key = way.plan.tables[settings["passages"]].key
    return {"passage": name("passage", key), **words, "context": name("passage", names["text"])}


def hits_sql(way, witness):
    """The rows that tie the values of pairs to their articles, with what tells which comes first."""
    settings, key = way.plan.settings, name(witness.alias, witness.key)
    position = name("passage", settings["position"]) if witness.passage and settings["position"] else "null"
    start = name(witness.alias, settings["span"][1]) if witness.has_span else "null"
    return f"""
select chosen.number, chosen.id, {key} as witness, {position} as position, {start} as start
from chosen
cross join {joined(way, way.steps)}
{passage_join(way, witness, witness.alias)}
where chosen.id = {tie(way)[1]} and cast({value_of(way)} as text) = cast(chosen.value as text)
"""


def evidence_sql(way):
    """The articles of the values in :facet_pairs, each with its first passage.

    The pairs are JSON, [[value, article, number of the value], ...].
    """
    witness, article = witness_of(way), article_columns(way)
    columns = {part: article[part] for part in ("id", "title", "source", "date")} | words_of(way, witness)
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
hits as materialized ({hits_sql(way, witness)}),
placed as (
  select *, row_number() over (partition by number, id order by position, start, witness) as place from hits
)
select
  placed.number,
  placed.witness,
  {", ".join(f"{sql} as {part}" for part, sql in columns.items())}
from placed
{article_join(way, "placed.id")}
{join(witness.table, "witness", witness.key, "placed.witness")}
{passage_join(way, witness, "witness")}
where placed.place = 1
order by placed.number, {article["date"]} is null, {article["date"]}, {article["id"]}
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
    ids = [key[0] for key in keys]  # one that stands here twice has several columns
    single = [Step(*key[1:]) for key in keys if ids.count(key[0]) == 1]
    return Table({column[0]: column[1] for column in columns}, named[0] if len(named) == 1 else None, None, single)


def read_tables(conn):
    names = conn.execute("select name from sqlite_master where type in ('table', 'view')").fetchall()
    tables = {name: read_table(conn, name) for (name,) in map(tuple, names)}
    return {name: table._replace(keys=resolved(tables, table)) for name, table in tables.items()}


def resolved(tables, table):
    """Its foreign keys to tables that are there; one that names no column leads to the key."""
    steps = [step for step in table.keys if step.table in tables]
    steps = [step._replace(other_column=step.other_column or tables[step.table].key) for step in steps]
    return [step for step in steps if step.other_column]


async def read_labelled(db):
    """The tables, and which column Datasette takes for the name of a row."""
    tables = await db.execute_fn(read_tables)
    for table, known in tables.items():
        label = await db.label_column_for_table(table) if known.columns else None
        tables[table] = known._replace(label=label if label in known.columns else None)
    return tables


async def plan_of(datasette, database):
    """The plan of a database, made anew only if its tables have changed."""
    db = datasette.databases[database]
    version = db.hash or (await db.execute("pragma schema_version")).single_value()
    if plans.get(db, (None,))[0] != version:
        tables = await read_labelled(db)
        settings = DEFAULTS | (datasette.plugin_config("source_facets", database=database) or {})
        plans[db] = version, make_plan(tables, settings_for(tables, settings))
    return plans[db][1]


def make_plan(tables, settings):
    try:
        return Plan(tables, settings, find_ways(tables, settings), None)
    except FacetError as error:
        return Plan(tables, settings, {}, str(error))


def settings_for(tables, settings):
    """The settings without what is not in the database."""
    articles = settings["articles"] if settings["articles"] in tables else most_led_to(tables)
    passages = settings["passages"] if settings["passages"] in tables else None
    counts = settings["counts"] if settings["counts"] in tables else None
    there = {"source": articles, "origin": articles, "date": articles, "position": passages}
    columns = {
        part: settings[part] if table and settings[part] in tables[table].columns else None
        for part, table in there.items()
    }
    return settings | columns | {"articles": articles, "passages": passages, "counts": counts}


# --- Articles


class Articles:
    """Articles in the order of their dates, and who first reported them."""

    def __init__(self, ids, origins):
        self.ids, self.origins = ids, origins
        self.places = {id: place for place, id in enumerate(ids)}

    def tell_of(self, tied, most):
        """Of the articles with these ids, in any order and any number of times, what a facet says."""
        found = set(map(self.places.get, tied))
        found.discard(None)
        origins = [self.origins[place] for place in found]
        return {
            "articles": len(found),
            "origins": len(set(origins) - {None}) + origins.count(None),  # an unknown one counts as one of its own
            "sources": [self.ids[place] for place in sorted(found)[:most]],
        }


# --- Facets


def columns_across(plan, table):
    """What the other foreign keys of tables that lead here hold, such as the people of events."""
    everywhere = (table, plan.settings["articles"], plan.settings["passages"])
    return [
        f"{other}.{step.column}"
        for other in sorted(plan.tables)
        if other != table and any(step.table == table for step in plan.tables[other].keys)
        for step in plan.tables[other].keys
        if step.table not in everywhere
    ]


def address(request, added=(), removed=()):
    """The address of the first page of rows with some pairs of its query more or fewer."""
    pairs = parse_qsl(request.query_string, keep_blank_values=True)
    pairs = [pair for pair in pairs if pair not in removed and pair[0] != "_next"]
    query = urlencode([*pairs, *added])
    return f"{request.path}?{query}" if query else request.path


def is_numeric(declared):
    """Whether a column of that type makes a number of the words in a query."""
    return any(part in declared.upper() for part in ("INT", "REAL", "NUM", "FLO", "DO", "DEC"))


def filter_for(way, value):
    """The pair of a query that leaves the rows with a value."""
    if way.link:
        return "_through", json.dumps({"table": way.link.table, "column": way.column, "value": value})
    if way.kind in UNITS:
        return f"{way.column}__startswith", value
    if isinstance(value, (int, float)) and not is_numeric(way.plan.tables[way.table].columns[way.column]):
        return f"{way.column}__in", json.dumps([value])
    plain = not way.column.startswith("_") and "__" not in way.column
    return way.column if plain else f"{way.column}__exact", str(value)


def is_chosen(pair, pairs):
    """The pair as it stands in a query; that of a link is JSON, however spaced."""
    if pair[0] != "_through":
        return pair if pair in pairs else None
    same = (other for other in pairs if other[0] == "_through" and json.loads(other[1]) == json.loads(pair[1]))
    return next(same, None)


def tables_read(way):
    """Every table from which a facet shows something."""
    tables, settings = way.plan.tables, way.plan.settings
    names = [(owner_of(way)[1], way.column), (settings["articles"], settings["source"])]  # whose names are shown
    labels = {step.table for table, column in names for step in tables[table].keys if step.column == column}
    steps = {step.table for step in [way.link, *way.steps] if step}
    return sorted({way.table, settings["articles"], settings["passages"], *steps, *labels} - {None})


async def may_see(datasette, request, database, table):
    """Nobody learns through a facet what a table holds that is not for their eyes."""
    return await datasette.permission_allowed(request.actor, "view-table", (database, table), default=True)


samples: WeakKeyDictionary = WeakKeyDictionary()  # of each request
read_once: WeakKeyDictionary = WeakKeyDictionary()  # of each database, its articles if it cannot change


class SourceFacet(Facet):
    type = "source"

    async def suggest(self):
        """Columns whose values come back in the first rows, and those of tables whose foreign keys lead here."""
        plan = await plan_of(self.ds, self.database)
        if self.table not in plan.ways:
            return []
        sample, size = await self.sample(), self.get_facet_size()
        columns = [
            c for c, (values, rows, dates) in sample.items() if not dates and 1 < values < rows and values <= size
        ]
        return self.suggested(columns + columns_across(plan, self.table))

    async def sample(self):
        """What `ask_sample` finds, which the facets of a request ask for together."""
        if self.request not in samples:
            samples[self.request] = await self.ask_sample()
        return samples[self.request]

    async def ask_sample(self):
        """Of each column values, rows that have one, and dates, in the first rows; nothing if even that takes long."""
        columns = (await plan_of(self.ds, self.database)).tables[self.table].columns
        listed = ", ".join(SEEN.format(escape_sqlite(column)) for column in columns)
        sql = f"select {listed} from (select * from ({self.sql}) limit {SAMPLE})"
        limit = self.ds.setting("facet_suggest_time_limit_ms")
        try:
            row = (await self.ds.execute(self.database, sql, self.params, custom_time_limit=limit)).first()
        except QueryInterrupted:
            return {}
        return {column: tuple(row)[3 * place : 3 * place + 3] for place, column in enumerate(columns)}

    def suggested(self, columns):
        enabled = self.chosen()
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
        return await asyncio.gather(*(self.facet_result(*named) for named in self.chosen().items())), []

    def chosen(self):
        """Each column once, with where it is named; one that is declared as well as asked for is as it is asked for."""
        return {
            named["config"].get("column") or named["config"]["simple"]: named["source"] for named in self.get_configs()
        }

    async def facet_result(self, column, named_in):
        """A facet as Datasette has them, or one that says why there is none."""
        result = {
            "name": column,
            "type": self.type,
            "hideable": named_in != "metadata",
            "toggle_url": self.ds.urls.path(address(self.request, removed=[(f"_facet_{self.type}", column)])),
            "truncated": False,
            "results": [],
        }
        try:
            return result | await self.count(column, complete=self.is_data() and named_in == "request")
        except FacetError as error:
            return result | {"message": str(error)}
        except QueryInterrupted:
            return result | {"message": f"Counting who says this took too long: {column}."}

    def is_data(self):
        return self.request.url_vars.get("format") == "json"

    async def count(self, column, complete):
        """The values; a facet that is asked for in JSON is complete, whatever else is shown has the first articles."""
        way = find_way(await plan_of(self.ds, self.database), self.table, self.type, column)
        for table in tables_read(way):
            if table != self.table and not await may_see(self.ds, self.request, self.database, table):
                raise FacetError(f"The way to the articles leads through {table}, which you may not see.")
        size = self.get_facet_size()
        rows = await self.fetch_counts(way, size + 1, complete)
        found = [row for row in rows if not isinstance(row["value"], bytes)]
        values = [self.show_value(way, row) for row in found[:size]]
        await self.add_sources(way, values, complete)
        return {"results": values, "truncated": len(found) > size}

    async def fetch_counts(self, way, limit, complete):
        """What has been counted once for all rows, where that is enough; else the rows are counted now."""
        sort = self.request.args.get("_facet_source_sort") or ("value" if self.type in UNITS else "count")
        choices = {"facet_sort": sort, "facet_limit": limit}
        asks_more = complete or "_sources_of" in self.request.args
        if way.plan.settings["counts"] and not asks_more and self.has_all_rows():
            kept = await self.fetch(kept_sql(way), complete, **choices, **facet_named(way))
            if kept:
                return [dict(row) | {"sources": json.loads(row["sources"])} for row in kept]
        counted = await self.fetch(count_sql(way), complete, **choices)
        return await self.with_articles(way, counted, complete)

    async def with_articles(self, way, counted, complete):
        """Values with the numbers of their articles and origins, and the first articles."""
        tied = [json.loads(row["tied"]) for row in counted]
        articles = await self.articles(way, tied)
        return [
            dict(row) | articles.tell_of(ids, self.most_shown(row["value"], complete))
            for row, ids in zip(counted, tied, strict=True)
        ]

    async def articles(self, way, tied):
        """All articles, read once, where the database cannot change; else those with the ids."""
        db = self.ds.databases[self.database]
        if db in read_once:
            return read_once[db]
        if await self.may_keep(db, way):
            read_once[db] = await self.read_articles(articles_sql(way))
            return read_once[db]
        ids = [*dict.fromkeys(chain.from_iterable(tied))]
        return await self.read_articles(some_articles_sql(way), facet_articles=json.dumps(ids))

    async def may_keep(self, db, way):
        sql = f"select count(*) <= {KEPT_AT_MOST} from {escape_sqlite(way.plan.settings['articles'])}"
        return not db.is_mutable and (await db.execute(sql)).single_value()

    async def read_articles(self, sql, **values):
        (found,) = await self.fetch(sql, True, **values)
        return Articles(*map(json.loads, found))

    def most_shown(self, value, complete):
        if complete:
            return None
        return SHOWN_AT_MOST if str(value) == self.request.args.get("_sources_of") else SHOWN

    def rows(self):
        """The select of the rows of all pages, and its parameters."""
        if "_next" not in self.request.args:
            return self.sql, dict(self.params or {})
        return select_filtered(self.request, self.table)

    def has_all_rows(self):
        sql, params = self.rows()
        filtered = params or "_where" in self.request.args
        return not filtered and sql.rstrip().endswith(f" from {escape_sqlite(self.table)}")

    async def fetch(self, sql, complete, **values):
        limit = self.ds.setting("sql_time_limit_ms" if complete else "facet_time_limit_ms")
        rows, params = self.rows()
        sql = sql.replace(ROWS, rows)
        return (await self.ds.execute(self.database, sql, params | values, custom_time_limit=limit)).rows

    def show_value(self, way, row):
        pair = filter_for(way, row["value"])
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
            "sources": row["sources"],
        }

    async def add_sources(self, way, values, complete):
        """In the place of articles’ ids the articles, with the first passage of each."""
        pairs = [[v["value"], id, number] for number, v in enumerate(values) for id in v["sources"]]
        rows = await self.fetch(evidence_sql(way), complete, facet_pairs=json.dumps(pairs))
        sources, witness = defaultdict(list), witness_of(way)
        for row in rows:
            sources[row["number"]].append(self.show_source(way, witness, row))
        for number, value in enumerate(values):
            value["sources"] = sources[number]
            if len(sources[number]) < value["articles"]:
                value["all_url"] = self.absolute(self.address_of_all(value["value"]))

    def address_of_all(self, value):
        others = [pair for pair in self.get_querystring_pairs() if pair[0] == "_sources_of"]
        return address(self.request, added=[("_sources_of", str(value))], removed=others)

    def show_source(self, way, witness, row):
        """An article with the address of its first passage, else of the row that ties it to the value."""
        if witness.passage is None:
            url = self.row_url(witness.table, row["witness"])
        else:
            url = self.row_url(way.plan.settings["articles"], row["id"])
            url += "" if row["passage"] is None else f"#{row['passage']}"
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
        if self.table not in (await plan_of(self.ds, self.database)).ways:
            return []
        sample = await self.sample()
        return self.suggested([column for column, (_, rows, dates) in sample.items() if rows and rows == dates])


# --- The same for browsers


def facets_of(plan, table):
    """Every facet of a table that a browser can ask for: what to call it, its kind, its column or :column for any."""
    yield from ((kind, kind, ANY_COLUMN) for kind in ("source", *UNITS))
    named = [step.column for step in plan.tables[table].keys] + columns_across(plan, table)
    linked = [f"{other}.{ANY_COLUMN}" for other in plan.tables if table in [s.table for s in plan.tables[other].keys]]
    yield from ((column, "source", column) for column in named + linked)


def describe_facet(way):
    witness = witness_of(way)
    sql = {"counts": count_sql(way), "articles": articles_sql(way), "sources": evidence_sql(way)}
    return sql if witness.passage else sql | {"witness": witness.table}


async def describe(datasette, request, database):
    """For each table that leads to articles the SQL of its facets."""
    plan = await plan_of(datasette, database)
    tables = {name: table._replace(columns=table.columns | {ANY_COLUMN: ""}) for name, table in plan.tables.items()}
    described = {table: {} for table in sorted(plan.ways)}
    for table, facets in described.items():
        for facet, kind, column in facets_of(plan, table):
            way = find_way(plan._replace(tables=tables), table, kind, column)
            if all([await may_see(datasette, request, database, read) for read in tables_read(way)]):
                facets[facet] = describe_facet(way)
    return described


async def source_facets(datasette, request):
    return Response.json(
        {name: await describe(datasette, request, name) for name in datasette.databases if name[0] != "_"}
    )


# --- Datasette


def check_choices(args):
    """Raises BadRequest for what Datasette would fail on, and for a sort that means nothing."""
    for key in args:
        for value in args.getlist(key):
            if key.startswith("_facet_source") and value.startswith("{") and not names_column(value):
                raise BadRequest(f'{key} takes the name of a column, or JSON such as {{"column": "name"}}')
            if key == "_through" and not names_rows(value):
                raise BadRequest('_through takes JSON such as {"table": "name", "column": "name", "value": "of a row"}')
    if args.get("_facet_source_sort") not in (None, "", "count", "name"):
        raise BadRequest("_facet_source_sort is count or name")


def parse_object(text):
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def names_column(text):
    return isinstance(parse_object(text).get("column"), str)


def names_rows(text):
    asked = parse_object(text)
    named = isinstance(asked.get("table"), str) and isinstance(asked.get("column"), str)
    return named and isinstance(asked.get("value", {}), str | int | float | None)


async def check_next(db, table, args):
    """The same for what comes next in a view, whose rows are counted off."""
    token = args.get("_next")
    if token and not re.fullmatch("-?[0-9]{1,18}", token) and await db.get_view_definition(table):
        raise BadRequest(f"_next={token} is not a number")


def rename_values(arguments, prefix):
    """Datasette calls the first value of a _through :p0, as it does that of a column: one would replace the other."""
    for value in [value for value in arguments.params if PLACE.fullmatch(value)]:
        arguments.params[f"{prefix}{value}"] = arguments.params.pop(value)
        arguments.where_clauses[:] = [
            re.sub(rf":{value}\b", f":{prefix}{value}", clause) for clause in arguments.where_clauses
        ]
    return arguments


conditions: WeakKeyDictionary = WeakKeyDictionary()  # of each request, those that come from plugins


def select_filtered(request, table):
    """All rows that a request asks for, whatever page of them, and the values in that SQL."""
    pairs = [(key, value) for key in request.args for value in request.args.getlist(key)]
    filters = Filters(sorted(pair for pair in pairs if not pair[0].startswith("_") or "__" in pair[0]))
    where, params = filters.build_where_clauses(table)
    for arguments in conditions.get(request, []):
        where, params = where + arguments.where_clauses, params | arguments.params
    return f"select * from {escape_sqlite(table)}" + (f" where {' and '.join(where)}" if where else ""), params


async def note_condition(request, prefix, hooked):
    """What a plugin has found, with values that are called what no others are."""
    found = await await_me_maybe(hooked)
    if found:
        conditions.setdefault(request, []).append(rename_values(found, prefix))
    return found


@hookimpl(hookwrapper=True)
def filters_from_request(datasette, database, table, request):
    check_choices(request.args)
    outcome = yield
    found = enumerate(outcome.get_result())
    noted = [partial(note_condition, request, f"hook{number}_", hooked) for number, hooked in found]
    outcome.force_result([partial(check_next, datasette.get_database(database), table, request.args), *noted])


@hookimpl
def register_routes():
    return [(r"/-/source-facets.json$", source_facets)]


@hookimpl(trylast=True)  # Datasette's own facets keep their names in JSON
def register_facet_classes():
    is_next = not hasattr(Datasette, "permission_allowed")  # 1.0a, where facets are made in another way
    return [] if is_next else [SourceFacet, YearFacet, MonthFacet]
