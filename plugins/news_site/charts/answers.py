"""A chart’s rows with where each leads, and its words filled in, from its SQL and the reader’s parameters."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from datasette.database import QueryInterrupted
from datasette.utils import derive_named_parameters, sqlite3, tilde_encode

from ..databases import to_read
from .declared import ChartError

PLACEHOLDER = re.compile(r"\{(\w+)\}")
MOST_ROWS = 500


@dataclass(frozen=True)
class Answer:
    """A chart's rows with where each leads, and its words filled in."""

    columns: list[str]
    rows: list[dict]
    urls: list[str | None]
    labels: list[str]
    takeaway: str
    parameters: dict[str, str]


async def ask(datasette, chart, arguments) -> Answer:
    """Runs a chart's SQL with the parameters that the address gives. Raises ChartError if it fails."""
    db = database_of(datasette, chart)
    parameters = {name: arguments.get(name) or "" for name in await derive_named_parameters(db, chart.sql)}
    found = await run(db, chart.sql, parameters)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    if len(rows) > MOST_ROWS:
        raise ChartError(f"Its SQL gives more than {MOST_ROWS} rows, too many for a chart. Add a limit.")
    if chart.panels and chart.panels not in found.columns:
        raise ChartError(f"Its panels name the column {chart.panels}, which the SQL does not give.")
    told = [dict(row) for row in (await run(db, chart.takeaway_sql, parameters)).rows] if chart.takeaway_sql else rows
    links = [link_of(datasette, db.name, chart.link, row) for row in rows] if chart.link else [None] * len(rows)
    return Answer(
        found.columns,
        rows,
        links,
        [label_of(chart, row) for row in rows],
        fill(chart.takeaway or chart.title, told[0]) if told else "There is nothing to draw here yet.",
        parameters,
    )


def database_of(datasette, chart):
    named = [db for db in to_read(datasette) if chart.database in (None, db.name)]
    if not named:
        raise ChartError(f"There is no database {chart.database}." if chart.database else "There is no database.")
    return named[0]


async def run(db, sql, parameters):
    try:
        return await db.execute(sql, parameters, log_sql_errors=False)
    except QueryInterrupted as error:
        raise ChartError("Its SQL took too long.") from error
    except sqlite3.Error as error:
        raise ChartError(f"Its SQL failed: {error}.") from error


def fill(template, row):
    """The words with the row's values in place of {column}."""

    def value(match):
        if match[1] not in row:
            raise ChartError(f"Its words name the column {match[1]}, which the SQL does not give.")
        value = row[match[1]]
        return f"{value:,}" if isinstance(value, int) else str("" if value is None else value)

    return UNPRINTABLE.sub("\ufffd", PLACEHOLDER.sub(value, template))


def shown_columns(chart, columns):
    """The columns that readers see, with their headings."""
    return chart.columns or {column: column.replace("_", " ") for column in columns}


def label_of(chart, row):
    """The name of a mark: the words of the chart, or else what stands in its row of the table."""
    if chart.label:
        return fill(chart.label, row)
    return ", ".join(f"{heading}: {row.get(column)}" for column, heading in shown_columns(chart, row).items())


def link_of(datasette, database, link, row):
    """The address of the rows of a table that a mark counts; that of the row itself if they are named by their id."""
    if missing := set(link["filters"].values()) - row.keys():
        raise ChartError(f"Its link names the column {min(missing)}, which the SQL does not give.")
    table = datasette.urls.table(database, link["table"])
    values = {column: row[source] for column, source in link["filters"].items()}
    if values.keys() == {"id"}:
        return None if values["id"] is None else f"{table}/{tilde_encode(str(values['id']))}"
    filters = {
        f"{column.partition('__')[0]}__isnull" if value is None else column: 1 if value is None else value
        for column, value in values.items()
    }
    return f"{table}?{urlencode(filters)}"


UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
