"""Charts of the rows on a page: all rows that match, counted or summed in SQL by a category or a date.

`?_chart=kind` counts by kind, `?_chart=date&_chart_sum=words` sums words by date, on any table or query; the
address shares the chart. A date is drawn as the time that it stands for: 2022-02 is a month and not a day.
"""

import json
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from sqlite3 import Row
from typing import Any
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted
from datasette.utils import escape_sqlite, sqlite3
from datasette.utils.asgi import Request

from ..compatibility import Actor, expand_labels
from ..dates import Span, span_of
from ..permissions import may_view

MOST_BARS = 60
LIMIT = re.compile(r"(?<!\s)\s+limit \d+\s*$")  # that of Datasette's pages


class RowsError(Exception):
    """Rows that cannot be charted as asked, with the reason in a sentence."""


@dataclass(frozen=True)
class Bar:
    """A value with its size, the address of its rows, and where its bar begins and how long it is, in hundredths."""

    value: Any
    label: Any
    size: Any
    url: str
    start: float = 0
    share: float = 0


@dataclass(frozen=True)
class Chart:
    """What the form offers and has been given; and the bars, if there are any, or why there are none."""

    columns: Sequence[str]
    numbers: list[str]
    kept: list[tuple[str, str]]
    by: str | None
    sum: str | None
    bars: Sequence[Bar] = ()
    dated: bool = False
    values: int = 0
    problem: str | None = None


def by_time(spans: Sequence[Span]) -> list[tuple[float, float]]:
    """Where each span begins and how wide it is, in hundredths of the time of all; open ends reach to its edge."""
    days = [day for span in spans for day in span if day]
    earliest, latest = min(days), max(days)
    whole = latest - earliest + 1
    closed = [(first or earliest, last or latest) for first, last in spans]
    return [measures(100 * (first - earliest) / whole, 100 * (last - first + 1) / whole) for first, last in closed]


def by_size(sizes: Sequence[float]) -> list[tuple[float, float]]:
    """Where each bar begins and how long it is; those below nothing go to the left of the others."""
    least = min(0, *sizes)
    whole = max(0, *sizes) - least or 1
    return [measures(100 * (min(size, 0) - least) / whole, 100 * abs(size) / whole) for size in sizes]


def measures(start: float, share: float) -> tuple[float, float]:
    return round(start, 2), round(max(share, 0.5), 2)  # a day in ten years is seen as well


async def group(db: Database, sql: str, params: Mapping[str, Any], column: str, measure: str | None) -> list[Row]:
    """Each value of a column with its rows counted or summed, the largest first, and how many values there are."""
    size = f"sum({escape_sqlite(measure)})" if measure else "count(*)"
    sql = f"""
        with chosen as (
        {sql}
        )
        select {escape_sqlite(column)} as value, {size} as size, count(*) over () as "values"
        from chosen
        group by 1
        having {size} is not null
        order by 2 desc, 1
        limit {MOST_BARS}
    """  # noqa: S608
    try:
        return list(await db.execute(sql, params, log_sql_errors=False))
    except QueryInterrupted as error:
        raise RowsError("Counting all these rows took too long. Filter them first.") from error
    except sqlite3.Error as error:
        raise RowsError(f"These rows cannot be charted: {error}.") from error


def numbers_of(columns: Iterable[str], rows: Sequence[Row]) -> list[str]:
    """The columns of a page that hold numbers, and so can be summed."""
    return [
        column
        for column in columns
        if (held := [row[column] for row in rows if row[column] is not None])
        and all(isinstance(value, int | float) for value in held)
    ]


async def labels_of(
    datasette: Datasette, actor: Actor, database: str, table: str | None, column: str, values: Sequence[Any]
) -> dict[Any, str]:
    """What a reader calls the values of a foreign key, if he may see what it leads to."""
    if not table:
        return {}
    keys = await datasette.get_database(database).foreign_keys_for_table(table)
    others = [key["other_table"] for key in keys if key["column"] == column]
    if not others or not await may_view(datasette, actor, database, tables=others):
        return {}
    return await expand_labels(datasette, actor, database, table, column, values)


def rows_with(request: Request, column: str, value: object) -> str:
    """The address of the page's rows with a value, for a table."""
    added: list[tuple[str, object]]
    if value is None:
        added = [(f"{column}__isnull", "1")]
    elif isinstance(value, int | float):  # the column may hold words and numbers
        added = [(f"{column}__in", json.dumps([value]))]
    else:
        added = [(f"{column}__exact", value)]
    return f"{request.path}?{urlencode([*kept_of(request), *added])}"


def kept_of(request: Request) -> list[tuple[str, str]]:
    """What an address asks for besides a chart."""
    return [(name, value) for name in request.args for value in request.args.getlist(name) if not is_of_chart(name)]


def rows_of_query(url: str, sql: str, params: Mapping[str, Any], column: str, value: object) -> str:
    """The same for a query, whose rows may be those of a bar already."""
    parameter = next(name for number in count() if (name := f"chart_value{number or ''}") not in params)
    kinds: dict[type, str] = {int: f"cast(:{parameter} as integer)", float: f"cast(:{parameter} as real)"}
    name = escape_sqlite(column)
    where = f"{name} is null" if value is None else f"{name} = {kinds.get(type(value), f':{parameter}')}"
    asked: dict[str, object] = {"sql": f"select *\nfrom (\n{sql}\n)\nwhere {where}", **params}
    return f"{url}?{urlencode(asked if value is None else asked | {parameter: value})}"


def is_of_chart(name: str) -> bool:
    return name in ("_chart", "_chart_sum", "_next", "_size")


def place(datasette: Datasette, bars: Sequence[Bar]) -> tuple[list[Bar], bool]:
    """The bars with where each begins and how long it is, and whether they are spans of time."""
    spans = [span_of(datasette, bar.value) for bar in bars]
    if any(spans) and all(span or bar.value is None for span, bar in zip(spans, bars, strict=True)):
        return in_time(bars, spans), True
    return placed(bars, by_size([bar.size for bar in bars])), False


def in_time(bars: Sequence[Bar], spans: Sequence[Span | None]) -> list[Bar]:
    """In the order of their dates; last what has none."""
    drawn = placed([bar for bar in bars if bar.value is not None], by_time([span for span in spans if span]))
    drawn.sort(key=lambda bar: (bar.start, bar.share, bar.value))
    return drawn + [bar for bar in bars if bar.value is None]


def placed(bars: Sequence[Bar], places: Sequence[tuple[float, float]]) -> list[Bar]:
    return [replace(bar, start=start, share=share) for bar, (start, share) in zip(bars, places, strict=True)]


def choose(request: Request, columns: Sequence[str]) -> tuple[str, str | None]:
    """The column to group by and the one to sum, as the address names them."""
    column, measure = request.args.get("_chart"), request.args.get("_chart_sum") or None
    for name in filter(None, (column, measure)):
        if name not in columns:
            raise RowsError(f"There is no column {name} here.")
    if "_next" in request.args:
        raise RowsError("The chart shows all rows, and stands on the first page of them.")
    return column, measure


def without_ours(params: Mapping[str, Any]) -> dict[str, Any]:
    """What Datasette takes for a query's parameters holds all of the address."""
    return {name: value for name, value in params.items() if not is_of_chart(name)}


async def draw(
    datasette: Datasette, request: Request, database: str, table: str | None, query: Mapping[str, Any], form: Chart
) -> Chart:
    """The bars that the address asks for."""
    column, measure = choose(request, form.columns)
    sql = LIMIT.sub("", query["sql"]) if table else query["sql"].strip().rstrip(";")
    found = await group(datasette.get_database(database), sql, query["params"], column, measure)
    labels = await labels_of(datasette, request.actor, database, table, column, [row["value"] for row in found])
    url = datasette.urls.database(database)

    def link(value: object) -> str:
        if table:
            return rows_with(request, column, value)
        return rows_of_query(url, sql, without_ours(query["params"]), column, value)

    bars = [Bar(row["value"], labels.get(row["value"], row["value"]), row["size"], link(row["value"])) for row in found]
    bars, dated = place(datasette, bars)
    return replace(form, bars=bars, dated=dated, values=found[0]["values"] if found else 0)


@hookimpl
def extra_template_vars(
    template: str, database: str, table: str | None, request: Request, datasette: Datasette
) -> dict[str, Callable[..., Awaitable[Chart]]]:
    async def chart_rows(query: Mapping[str, Any], columns: Sequence[str], rows: Sequence[Row]) -> Chart:
        """The form that asks for a chart, and the chart if the address has asked for one."""
        by, sum = request.args.get("_chart"), request.args.get("_chart_sum")
        form = Chart(columns, numbers_of(columns, rows), kept_of(request), by, sum)
        try:
            return await draw(datasette, request, database, table, query, form) if by else form
        except RowsError as error:
            return replace(form, problem=str(error))

    return {"chart_rows": chart_rows} if template.startswith(("table", "query")) else {}
