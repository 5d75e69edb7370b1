"""Every address of a site, from its database, metadata.yml and plugins; each with the words that it is there for."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from inspect import signature
from sqlite3 import Connection
from typing import Any, NamedTuple
from urllib.parse import urlencode

from datasette.plugins import pm
from datasette.utils import tilde_encode

OF_DATASETTE = (
    *("/-/actor", "/-/allow-debug", "/-/allowed", "/-/api", "/-/check", "/-/config", "/-/databases", "/-/jump"),
    *("/-/debug/autocomplete", "/-/messages", "/-/patterns", "/-/permissions", "/-/plugins", "/-/queries", "/-/rules"),
    *("/-/schema", "/-/settings", "/-/versions", "/news/-/queries", "/news/-/queries/store", "/news/-/query"),
    *("/news/-/schema", "/news/claims/-/schema", "/news.db"),
)
ACTION = "What a plugin adds to tables"
MANY_ROWS = "with recursive many (n) as (select 1 union all select n + 1 from many limit 1001) select n from many"
TABLES = "select name from pragma_table_list where type = 'table'"
SPEAKER = "select name from people join claims on speaker_id = people.id limit 1"
A_PAGE = 100  # rows of a table, in settings.json
NAMING = ("text", "display_title", "name", "id")


STATUS = {"/-/offline": 404}  # the static site's alone


class Asked(NamedTuple):
    path: str
    words: tuple[str, ...] = ()
    status: int | None = None  # otherwise anything below 400: a redirect counts as open


@dataclass(frozen=True)
class Edition:
    rows: Connection
    metadata: dict[str, Any]

    @property
    def described(self) -> dict[str, Any]:
        return self.metadata["databases"]["news"]

    @property
    def tables(self) -> dict[str, Any]:
        """Tables and views but those that are hidden, with what is said of them."""
        return {name: stated for name, stated in self.described["tables"].items() if not stated.get("hidden")}

    @property
    def descriptions(self) -> list[str]:
        return [stated["description"] for stated in self.tables.values()]

    @property
    def licence(self) -> list[str]:
        return [self.first("site")["license"]]

    @property
    def charts(self) -> dict[str, Any]:
        return self.metadata["plugins"]["charts"]

    def count(self, sql: str, values: dict[str, Any]) -> int:
        return len(self.rows.execute(sql, values).fetchall())

    def columns(self, sql: str, values: dict[str, Any]) -> list[str]:
        return [column[0] for column in self.rows.execute(sql, values).description]

    def first(self, table: str) -> dict[str, Any]:
        """A row; nothing of a table that is empty."""
        return dict(self.rows.execute(f"select * from {table} limit 1").fetchone() or {})

    def name(self, table: str) -> str:
        """The words by which the page of its first row is known."""
        row = self.first(table)
        return next(str(row[column]) for column in (*NAMING, *row) if row.get(column))


def counted(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


def address(path: str, **values: str) -> str:
    return f"{path}?{urlencode(values)}" if values else path


def as_data(path: str, columns: list[str], **values: str) -> Iterator[Asked]:
    """The same rows as CSV and as JSON."""
    yield Asked(address(f"{path}.csv", **values), (",".join(columns),))
    yield Asked(address(f"{path}.json", **values, _shape="array"), tuple(f'"{column}":' for column in columns))


def heading(facet: str | dict[str, str]) -> str:
    """Of a facet as metadata.yml has it: kind, or source: speaker_id."""
    kind, column = next(iter(facet.items())) if isinstance(facet, dict) else ("", facet)
    return f'id="facet-{kind}{"-" if kind else ""}{column}"'


def of_tables(edition: Edition) -> Iterator[Asked]:
    for table, stated in edition.tables.items():
        sql = f"select * from {table}"
        number, columns = edition.count(sql, {}), edition.columns(sql, {})
        headings = map(heading, stated.get("facets", ()))
        words = (counted(number), ACTION, *edition.licence, *columns, *headings)
        yield Asked(f"/news/{table}", (*words, edition.name(table)) if 0 < number <= A_PAGE else words)
        if number:
            yield from as_data(f"/news/{table}", columns)


def of_rows(edition: Edition) -> Iterator[Asked]:
    for table in edition.tables:
        keys = [row["name"] for row in edition.rows.execute(f"pragma table_info({table})") if row["pk"]]
        row = edition.first(table)
        if keys and row:
            path = f"/news/{table}/{','.join(tilde_encode(str(row[key])) for key in keys)}"
            yield Asked(path, (edition.name(table), *edition.licence))
            yield Asked(f"{path}.json", tuple(f'"{column}":' for column in row))
    for moved in edition.rows.execute("select table_name, id from redirects").fetchall():
        yield Asked(f"/news/{moved['table_name']}/{tilde_encode(moved['id'])}", status=301)


def of_queries(edition: Edition, word: str) -> Iterator[Asked]:
    for name, stated in edition.described["queries"].items():
        values = dict.fromkeys(stated.get("params", ()), word)
        columns, number = edition.columns(stated["sql"], values), edition.count(stated["sql"], values)
        path, titles = f"/news/{name}", (stated["title"], stated["description"])
        yield Asked(address(path, **values), (*titles, counted(number)) if number else titles)
        if number:
            yield from as_data(path, columns, **values)


def of_charts(edition: Edition) -> Iterator[Asked]:
    for name, stated in edition.charts.items():
        path, values = f"/-/charts/{name}", stated.get("home") or {}
        asked = dict.fromkeys(re.findall(r":(\w+)", stated["sql"])) | values
        for page in (path, address(path, **values), address(f"{path}/embed", **values)):
            yield Asked(page, (stated["title"], "<svg"))
        for file, word in (("svg", "<svg"), ("png", "PNG"), ("json", "$schema")):
            yield Asked(f"{path}.{file}", (word,))
        yield Asked(address(f"{path}.csv", **values), (",".join(edition.columns(stated["sql"], asked)),))


def of_routes(edition: Edition) -> Iterator[Asked]:
    """The addresses that take nothing, as our plugins register them."""
    charts, tables = tuple(chart["title"] for chart in edition.charts.values()), tuple(edition.tables)
    meanings = (*edition.descriptions, *edition.tables["claims"]["columns"].values())
    described = (f'id="table-{table}"' for table in tables)  # a name alone may be a word of the page: dictionary
    words = {"/-/charts": charts, "/-/charts.json": charts, "/-/data": (*described, *meanings)}
    words |= {"/-/source-facets.json": ("claims.:column",), "/-/search/queries.json": ("claims_fts",)}
    words["/-/schema.json"] = (*tables, '"fts_table": "claims_fts"', '"sort":', '"facets": [')
    for name, plugin in pm.list_name_plugin():
        register = getattr(plugin, "register_routes", None)
        if name.startswith("news_site.") and register and not signature(register).parameters:
            paths = [pattern.strip("^$").replace(r"\.", ".") for pattern, _ in register()]
            yield from (Asked(path, words.get(path, ()), STATUS.get(path)) for path in paths if "(" not in path)


def of_facets(kind: str) -> Iterator[Asked]:
    through = json.dumps({"table": "claims", "column": "kind", "value": kind})
    words = ('id="facet-source-kind"', "<q>", "origin")
    yield Asked("/news/claims?_facet_source=kind", words)
    yield Asked("/news/claims?_facet_source=kind&_facet_source_sort=name&_facet_size=max&_sort_desc=cue&_size=1", words)
    yield Asked(address("/news/claims", _facet_source="kind", _sources_of=kind, kind=kind), words)
    yield Asked("/news/claims.json?_facet_source=kind", ('"sources": [{', '"origins":'))
    yield Asked("/news/timeline?_facet_source=kind&_next=1", words[:1])
    yield Asked("/news/articles?_facet_source=claims.kind", ('id="facet-source-claims.kind"', "<q>", "origin"))
    yield Asked("/news/articles?_facet_source_year=published", ('id="facet-source_year-published"',))
    yield Asked("/news/articles?_facet_source_month=published", ('id="facet-source_month-published"',))
    yield Asked(address("/news/articles", _through=through), ("display_title",))


def of_searches(word: str, source: str) -> Iterator[Asked]:
    yield Asked(address("/news/claims", _search=word), (f'value="{word}"', "speaker_as_stated"))
    for narrowed in ({}, {"kind": "claims"}, {"kind": "claims", "page": "1"}):
        yield Asked(address("/-/search", q=word, **narrowed), ("<mark>",))
        yield Asked(address("/-/search.json", q=word, **narrowed), ("<mark>",))
    yield Asked(address("/-/search", q=word, source=source, person="nobody"), (source,))


def of_sql(claim: dict[str, Any]) -> Iterator[Asked]:
    sql = "select id, paragraph_id, start_char, end_char, text, kind from claims limit 1"
    link = f'href="/news/claims/{claim["id"]}"'
    yield Asked(address("/news", sql=sql), status=302)
    yield Asked(address("/news/-/query", sql=sql), (link, "<mark>", claim["text"]))
    yield Asked(address("/news/-/query", sql=sql, _chart="kind"), ("Number of rows by kind",))
    yield Asked(address("/news/-/query", sql=MANY_ROWS), ("More than 1,000 rows",))
    yield Asked(address("/-/draw/news/-/query", sql=sql), ("/news/-/query.json?sql=", "datasette_vega"))
    yield from as_data("/news/-/query", ["id", "paragraph_id", "start_char", "end_char", "text", "kind"], sql=sql)


def of_pages(edition: Edition) -> Iterator[Asked]:
    claim, source = edition.first("claims"), edition.first("sources")["id"]
    word = max(re.findall(r"\w+", claim["text"]), key=len)
    queries = " ".join(f"{query['title']} {query['description']}" for query in edition.described["queries"].values())
    bars = (f"{escape(name)}</a></th>" for (name,) in edition.rows.execute(SPEAKER))
    tables = [name for (name,) in edition.rows.execute(TABLES) if name in edition.tables]
    yield Asked("/", (edition.name("articles"), f"{len(tables)} tables"))
    yield Asked("/news", (queries, *edition.tables, *edition.descriptions))
    yield Asked("/news?_show_hidden=1", ("claims_fts",))
    yield Asked("/news/claims?_chart=kind", ("Number of rows by kind",))
    yield Asked("/news/claims?_chart=speaker_id&_chart_sum=start_char", ("Sum of start_char by speaker_id",))
    yield Asked("/news/claims?_chart=speaker_id", tuple(bars))
    yield Asked("/-/draw/news/claims?_sort=cue", ("/news/claims.json?_sort=cue&amp;_labels=on", "datasette_vega"))
    yield Asked(
        "/-/draw/news/search_paragraphs?words=the", ("/news/search_paragraphs.json?words=the", "datasette_vega")
    )
    yield from of_facets(claim["kind"])
    yield from of_searches(word, source)
    yield from of_sql(claim)
    yield from (*of_routes(edition), *of_tables(edition), *of_rows(edition))
    yield from (*of_queries(edition, word), *of_charts(edition))


def refused() -> Iterator[Asked]:
    """What is not there, and what makes no sense, which is said in a sentence."""
    yield Asked("/news/claims/nothing", ("There is no such page",), 404)
    yield Asked("/news/nothing", ("There is no such page",), 404)
    yield Asked("/-/charts/nothing", ("There is no chart nothing",), 404)
    yield Asked("/news/claims?_facet_source_sort=nothing", ("_facet_source_sort is count or name",), 400)
    yield Asked("/news/claims?_facet_source={", ("_facet_source takes the name of a column",), 400)
    yield Asked("/news/timeline?_next=nothing", ("is not a number",), 400)
    yield Asked("/news/claims?kind__in=[", ("This is not JSON",), 400)
    yield Asked("/news/claims?kid=direct", ("There is no column kid; did you mean kind?",), 400)
    yield Asked("/news/claims.csv?kid=direct", ("There is no column kid; did you mean kind?",), 400)
    yield Asked("/news/claims?_next=a,b,c", ("_next=a,b,c leads nowhere",), 400)
    yield Asked("/news/claims.json?_where=1;drop", ("You can only execute one", '"ok": false'), 400)
    yield Asked("/news/claims.csv?text=%00", ("An address cannot hold the character %00.",), 400)
    yield Asked("/news/-/query.csv?sql=select+missing", ("no such column: missing",), 400)
    yield Asked("/news/nosuch/nothing.json", ("Table not found",), 404)
    yield Asked("/-/search?q=the&kind=nothing", ("kind must be one of",), 400)
    yield Asked("/news/-/query?sql=drop+table+claims", ("Statement must be a SELECT", "drop table claims"), 400)
    yield Asked("/news/-/query?sql=select+missing", ("no such column: missing", "line 1, column 8"))


def of_datasette() -> list[Asked]:
    """Its own pages, for those who may see all of them."""
    return [Asked(path) for path in OF_DATASETTE]
