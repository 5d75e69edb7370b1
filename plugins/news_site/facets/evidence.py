"""SQL for the articles of a facet’s values, each with its first passage."""

from typing import NamedTuple

from .sql_pieces import alias_of, article_columns, article_join, join, joined, name, tie, value_of


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
