"""SQL for the articles of a facet’s values, each with its first passage."""

from typing import NamedTuple

from datasette.utils import escape_sqlite

from .sql_pieces import alias_of, article_columns, article_join, join, joined, name, tie, value_of
from .ways import Way


class Witness(NamedTuple):
    """The rows by which a value is tied to its articles."""

    alias: str
    table: str
    key: str | None  # none for a view
    passage: str | None  # the column that leads to the passage of a row
    has_span: bool  # whether a row says where its words are


def witness_at(way: Way, alias: str, table: str) -> Witness:
    here, settings = way.plan.tables[table], way.plan.settings
    has_span = table != settings.passages and set(settings.span) <= here.columns.keys()
    return Witness(alias, table, here.key, way.plan.passages.get(table), has_span)


def rows_on(way: Way) -> list[tuple[str, str]]:
    """Alias and table of all rows on a way, those nearest to the articles first."""
    rows = [(alias_of(way, place), step.table) for place, step in enumerate(way.steps, 1)][::-1]
    rows += [("filtered", way.table)] if way.start == "filtered" else []
    return rows + ([("link", way.link.table)] if way.link else [])


def witness_of(way: Way) -> Witness:
    """Those nearest to the articles that have a passage, else the nearest; the articles if there is nothing else."""
    found = [witness_at(way, *row) for row in rows_on(way)]
    apart = [witness for witness in found if witness.table != way.articles]
    nearest = next(witness for witness in [*apart, *found] if witness.key)  # articles have one
    return next((witness for witness in apart if witness.passage), nearest)


def passage_join(way: Way, witness: Witness, passage: str) -> str:
    """To the passage with that id."""
    if not witness.passage:
        return ""
    return "left " + join(way.passages, "passage", way.passage_key, passage)


def passage_columns(way: Way, witness: Witness) -> dict[str, str]:
    """SQL for the passage, its order and its text, by the names that are used here for them."""
    settings = way.plan.settings
    if not witness.passage:
        return dict.fromkeys(("passage", "position", "context"), "null")
    return {
        "passage": name("passage", way.passage_key),
        "position": name("passage", settings.position) if settings.position else "null",
        "context": name("passage", settings.span[0]),
    }


def hits_sql(way: Way, witness: Witness) -> str:
    """The rows that tie the values of pairs to their articles, with their words and what tells which comes first."""
    span = zip(("text", "start", "end"), way.plan.settings.span, strict=True)
    words = {part: name(witness.alias, column) if witness.has_span else "null" for part, column in span}
    key = name(witness.alias, witness.key) if witness.key else "null"
    passage = name(witness.alias, witness.passage) if witness.passage else "null"
    columns = {"witness": key, "passage": passage, "position": passage_columns(way, witness)["position"], **words}
    return f"""
select chosen.number, chosen.id, {", ".join(f"{sql} as {escape_sqlite(part)}" for part, sql in columns.items())}
from chosen
cross join {joined(way, way.steps)}
{passage_join(way, witness, passage)}
where chosen.id = {tie(way)[1]} and cast({value_of(way)} as text) = cast(chosen.value as text)
"""


def evidence_sql(way: Way) -> str:
    """The articles of the values in :facet_pairs, each with its first passage.

    The pairs are JSON, [[value, article, number of the value], ...].
    """
    witness, article, passage = witness_of(way), article_columns(way), passage_columns(way, witness_of(way))
    columns = {part: article[part] for part in ("id", "title", "source", "date")}
    columns |= {part: passage[part] for part in ("passage", "context")}
    columns |= {part: name("placed", part) for part in ("number", "witness", "text", "start", "end")}
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
  select *, row_number() over (partition by number, id order by position, start, witness, "end") as place from hits
)
select {", ".join(f"{sql} as {escape_sqlite(part)}" for part, sql in columns.items())}
from placed
{article_join(way, "placed.id")}
{passage_join(way, witness, "placed.passage")}
where placed.place = 1
order by placed.number, {article["date"]} is null, {article["date"]}, {article["id"]}
"""
