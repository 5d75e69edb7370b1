"""The facets that Datasette calls: by value, by year, by month."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain
from sqlite3 import Row
from typing import Any
from weakref import WeakKeyDictionary

from datasette.database import Database, QueryInterrupted
from datasette.facets import Facet
from datasette.utils import escape_sqlite, tilde_encode
from datasette.utils.asgi import Request

from ..memory import remember
from ..permissions import may_view
from .addresses import address, filter_for, is_chosen
from .articles import Articles, articles_sql, some_articles_sql
from .counting import count_sql, facet_named, kept_sql
from .evidence import Witness, evidence_sql, witness_of
from .filtered import select_filtered
from .plans import plan_of
from .sql_pieces import ROWS
from .suggested import kind_of_rows, rows_of
from .ways import UNITS, FacetError, Way, columns_across, find_way, tables_read

SHOWN = 5  # articles of a value on a page; JSON has all
SHOWN_AT_MOST = 1000  # of the value that a reader asks for
KEPT_AT_MOST = 200_000  # articles of a database that cannot change
SAMPLE = 100  # rows that are looked at before a facet is suggested
SEEN = "count(distinct {0}), count({0}), sum({0} glob '[0-9][0-9][0-9][0-9]-[01][0-9]*')"

Value = dict[str, Any]  # of a facet, as Datasette has them, with its sources
Sample = dict[str, tuple[int, int, int | None]]  # of each column values, rows that have one, and dates
samples: WeakKeyDictionary[Request, Sample] = WeakKeyDictionary()


class SourceFacet(Facet):
    type: str = "source"  # type: ignore[assignment]  # Datasette says None, which is the type of none

    async def suggest(self) -> list[dict[str, str]]:
        """Columns whose values come back in the first rows, and those of tables whose foreign keys lead here."""
        plan = await plan_of(self.ds, self.database)
        if self.table not in plan.ways:
            return []
        sample, size = await self.sample(), self.get_facet_size()
        columns = [
            c for c, (values, rows, dates) in sample.items() if not dates and 1 < values < rows and values <= size
        ]
        across = [c for c in columns_across(plan, self.table) if await self.may_view(c.rpartition(".")[0])]
        return self.suggested(columns + across)

    async def sample(self) -> Sample:
        """What `ask_sample` finds, which the facets of a request ask for together."""
        if self.request not in samples:
            db, kind = self.ds.databases[self.database], kind_of_rows(self)
            samples[self.request] = await remember(db, kind, ("sample", *rows_of(self)), self.ask_sample)
        return samples[self.request]

    async def ask_sample(self) -> Sample:
        """The first rows; nothing if even that takes long."""
        columns = (await plan_of(self.ds, self.database)).tables[self.table].columns
        listed = ", ".join(SEEN.format(escape_sqlite(column)) for column in columns)
        sql = f"select {listed} from (select * from ({self.sql}) limit {SAMPLE})"
        limit = self.ds.setting("facet_suggest_time_limit_ms")
        try:
            row = (await self.ds.execute(self.database, sql, self.params, custom_time_limit=limit)).first()
        except QueryInterrupted:
            return {}
        return {column: tuple(row)[3 * place : 3 * place + 3] for place, column in enumerate(columns)}

    def suggested(self, columns: Iterable[str]) -> list[dict[str, str]]:
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

    def absolute(self, path: str) -> str:
        return str(self.ds.absolute_url(self.request, self.ds.urls.path(path)))

    async def facet_results(self) -> tuple[list[Value], list[Value]]:
        return await asyncio.gather(*(self.facet_result(*named) for named in self.chosen().items())), []

    def chosen(self) -> dict[str, str]:
        """Each column once, with where it is named; one that is declared as well as asked for is as it is asked for."""
        return {
            named["config"].get("column") or named["config"]["simple"]: named["source"] for named in self.get_configs()
        }

    async def facet_result(self, column: str, named_in: str) -> Value:
        """A facet as Datasette has them, or one that says why there is none."""
        result: Value = {
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

    def is_data(self) -> bool:
        return bool(self.request.url_vars.get("format") == "json")

    async def count(self, column: str, complete: bool) -> Value:
        """The values; a facet that is asked for in JSON is complete, whatever else is shown has the first articles."""
        way = find_way(await plan_of(self.ds, self.database), self.table, self.type, column)
        for table in tables_read(way):
            if table != self.table and not await self.may_view(table):
                raise FacetError(f"The way to the articles leads through {table}, which you may not see.")
        size = self.get_facet_size()
        rows = await self.fetch_counts(way, size + 1, complete)
        found = [row for row in rows if not isinstance(row["value"], bytes)]
        values = [self.show_value(way, row) for row in found[:size]]
        await self.add_sources(way, values, complete)
        return {"results": values, "truncated": len(found) > size}

    async def may_view(self, *tables: str) -> bool:
        """Nobody learns through a facet what a table holds that is not for their eyes."""
        return await may_view(self.ds, self.request.actor, self.database, tables=tables)

    async def fetch_counts(self, way: Way, limit: int, complete: bool) -> list[Value]:
        """What has been counted once for all rows, where that is enough; else the rows are counted now."""
        sort = self.request.args.get("_facet_source_sort") or ("value" if self.type in UNITS else "count")
        choices = {"facet_sort": sort, "facet_limit": limit}
        asks_more = complete or "_sources_of" in self.request.args
        if way.plan.settings.counts and not asks_more and self.has_all_rows():
            kept = await self.fetch(kept_sql(way), complete, **choices, **facet_named(way))
            if kept:
                return [dict(row) | {"sources": json.loads(row["sources"])} for row in kept]
        counted = await self.fetch(count_sql(way), complete, **choices)
        return await self.with_articles(way, counted, complete)

    async def with_articles(self, way: Way, counted: Sequence[Row], complete: bool) -> list[Value]:
        """Values with the numbers of their articles and origins, and the first articles."""
        tied = [json.loads(row["tied"]) for row in counted]
        articles = await self.articles(way, tied)
        return [
            dict(row) | articles.tell_of(ids, self.most_shown(row["value"], complete))
            for row, ids in zip(counted, tied, strict=True)
        ]

    async def articles(self, way: Way, tied: Iterable[Sequence[object]]) -> Articles:
        """All articles, read once, where the database cannot change; else those with the ids."""
        db = self.ds.databases[self.database]
        if not db.is_mutable and await remember(db, "few articles", (), partial(self.are_few, db, way)):
            return await remember(db, "articles", (), partial(self.read_articles, articles_sql(way)))
        ids = [*dict.fromkeys(chain.from_iterable(tied))]
        return await self.read_articles(some_articles_sql(way), facet_articles=json.dumps(ids))

    async def are_few(self, db: Database, way: Way) -> bool:
        sql = f"select count(*) <= {KEPT_AT_MOST} from {escape_sqlite(way.articles)}"
        return bool((await db.execute(sql)).single_value())

    async def read_articles(self, sql: str, **values: object) -> Articles:
        (found,) = await self.fetch(sql, True, **values)
        return Articles(*map(json.loads, found))

    def most_shown(self, value: object, complete: bool) -> int | None:
        if complete:
            return None
        return SHOWN_AT_MOST if str(value) == self.request.args.get("_sources_of") else SHOWN

    def rows(self) -> tuple[str, dict[str, Any]]:
        """The select of the rows of all pages, and its parameters."""
        if "_next" not in self.request.args:
            return self.sql, dict(self.params or {})
        return select_filtered(self.request, self.table)

    def has_all_rows(self) -> bool:
        sql, params = self.rows()
        filtered = params or "_where" in self.request.args
        return not filtered and sql.rstrip().endswith(f" from {escape_sqlite(self.table)}")

    async def fetch(self, sql: str, complete: bool, **values: object) -> list[Row]:
        limit = self.ds.setting("sql_time_limit_ms" if complete else "facet_time_limit_ms")
        rows, params = self.rows()
        sql = sql.replace(ROWS, rows)
        found: list[Row] = (await self.ds.execute(self.database, sql, params | values, custom_time_limit=limit)).rows
        return found

    def show_value(self, way: Way, row: Value) -> Value:
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

    async def add_sources(self, way: Way, values: Sequence[Value], complete: bool) -> None:
        """In the place of articles’ ids the articles, with the first passage of each."""
        pairs = [[v["value"], id, number] for number, v in enumerate(values) for id in v["sources"]]
        rows = await self.fetch(evidence_sql(way), complete, facet_pairs=json.dumps(pairs))
        sources: dict[int, list[Value]] = defaultdict(list)
        witness = witness_of(way)
        for row in rows:
            sources[row["number"]].append(self.show_source(way, witness, row))
        for number, value in enumerate(values):
            value["sources"] = sources[number]
            if len(sources[number]) < value["articles"]:
                value["all_url"] = self.absolute(self.address_of_all(value["value"]))

    def address_of_all(self, value: object) -> str:
        others = [pair for pair in self.get_querystring_pairs() if pair[0] == "_sources_of"]
        return address(self.request, added=[("_sources_of", str(value))], removed=others)

    def show_source(self, way: Way, witness: Witness, row: Row) -> Value:
        """An article with the address of its first passage, else of the row that ties it to the value."""
        if witness.passage is None:
            url = self.row_url(witness.table, row["witness"])
        else:
            url = self.row_url(way.articles, row["id"])
            url += "" if row["passage"] is None else f"#{row['passage']}"
        shown = {part: row[part] for part in ("id", "title", "source", "date")}
        source = shown | {"url": url, "text": row["context"] if row["text"] is None else row["text"]}
        if not self.is_data():
            source |= {"context": row["context"], "start": row["start"], "end": row["end"]}
        return source

    def row_url(self, table: str, key: object) -> str:
        return f"{self.ds.urls.table(self.database, table)}/{tilde_encode(str(key))}"


class YearFacet(SourceFacet):
    type = "source_year"

    async def suggest(self) -> list[dict[str, str]]:
        return []


class MonthFacet(SourceFacet):
    type = "source_month"

    async def suggest(self) -> list[dict[str, str]]:
        """Columns that hold dates and nothing else, some of them."""
        if self.table not in (await plan_of(self.ds, self.database)).ways:
            return []
        sample = await self.sample()
        return self.suggested([column for column, (_, rows, dates) in sample.items() if rows and rows == dates])
