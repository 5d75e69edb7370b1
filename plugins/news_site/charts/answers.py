"""A chart’s rows with where each leads, and its words filled in, from its SQL and the reader’s parameters."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted, Results
from datasette.utils import derive_named_parameters, sqlite3, tilde_encode

from ..databases import name_of, to_read
from .declared import Chart, ChartError, Link

PLACEHOLDER = re.compile(r"\{(\w+)\}")
MOST_ROWS = 500
Row = dict[str, Any]
Parameters = dict[str, str]


@dataclass(frozen=True)
class Answer:
    """A chart's rows with where each leads, and its words filled in."""

    columns: list[str]
    rows: list[Row]
    urls: list[str | None]
    labels: list[str]
    takeaway: str
    parameters: Parameters


async def ask(datasette: Datasette, chart: Chart, parameters: Parameters) -> Answer:
    """Runs a chart's SQL. Raises ChartError if it fails."""
    db = database_of(datasette, chart)
    found = await run(db, chart.sql, parameters)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    check(chart, found.columns, rows)
    return Answer(
        found.columns,
        rows,
        [link_of(datasette, name_of(db), chart.link, row) if chart.link else None for row in rows],
        [label_of(chart, row) for row in rows],
        await tell(db, chart, parameters, rows),
        parameters,
    )


async def parameters_of(datasette: Datasette, chart: Chart, arguments: Mapping[str, str]) -> Parameters:
    """What the address gives for the parameters of a chart's SQL."""
    named: Iterable[str] = await derive_named_parameters(database_of(datasette, chart), chart.sql)
    return {name: arguments.get(name) or "" for name in named}


def check(chart: Chart, columns: Sequence[str], rows: Sequence[Row]) -> None:
    if len(rows) > MOST_ROWS:
        raise ChartError(f"Its SQL gives more than {MOST_ROWS} rows, too many for a chart. Add a limit.")
    if chart.panels and chart.panels not in columns:
        raise ChartError(f"Its panels name the column {chart.panels}, which the SQL does not give.")


async def tell(db: Database, chart: Chart, parameters: Parameters, rows: Sequence[Row]) -> str:
    """What the chart says, with the values of its own row or else the first that is drawn."""
    told = [dict(row) for row in (await run(db, chart.takeaway_sql, parameters)).rows] if chart.takeaway_sql else rows
    return fill(chart.takeaway or chart.title, told[0]) if told else "There is nothing to draw here yet."


def database_of(datasette: Datasette, chart: Chart) -> Database:
    named = [db for db in to_read(datasette) if chart.database in (None, db.name)]
    if not named:
        raise ChartError(f"There is no database {chart.database}." if chart.database else "There is no database.")
    return named[0]


async def run(db: Database, sql: str, parameters: Parameters) -> Results:
    try:
        results: Results = await db.execute(sql, parameters, log_sql_errors=False)
    except QueryInterrupted as error:
        raise ChartError("Its SQL took too long.") from error
    except sqlite3.Error as error:
        raise ChartError(f"Its SQL failed: {error}.") from error
    return results


def fill(template: str, row: Row) -> str:
    """The words with the row's values in place of {column}."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in row:
            raise ChartError(f"Its words name the column {match[1]}, which the SQL does not give.")
        value = row[match[1]]
        return f"{value:,}" if isinstance(value, int) else str("" if value is None else value)

    return UNPRINTABLE.sub("\ufffd", PLACEHOLDER.sub(value, template))


def shown_columns(chart: Chart, columns: Iterable[str]) -> dict[str, str]:
    """The columns that readers see, with their headings."""
    return chart.columns or {column: column.replace("_", " ") for column in columns}


def label_of(chart: Chart, row: Row) -> str:
    """The name of a mark: the words of the chart, or else what stands in its row of the table."""
    if chart.label:
        return fill(chart.label, row)
    return ", ".join(f"{heading}: {row.get(column)}" for column, heading in shown_columns(chart, row).items())


def link_of(datasette: Datasette, database: str, link: Link, row: Row) -> str | None:
    """The address of the rows of a table that a mark counts; that of the row itself if they are named by their id."""
    if missing := set(link.filters.values()) - row.keys():
        raise ChartError(f"Its link names the column {min(missing)}, which the SQL does not give.")
    table = datasette.urls.table(database, link.table)
    values = {column: row[source] for column, source in link.filters.items()}
    if values.keys() == {"id"}:
        return None if values["id"] is None else f"{table}/{tilde_encode(str(values['id']))}"
    filters = {
        f"{column.partition('__')[0]}__isnull" if value is None else column: 1 if value is None else value
        for column, value in values.items()
    }
    return f"{table}?{urlencode(filters)}"


UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
