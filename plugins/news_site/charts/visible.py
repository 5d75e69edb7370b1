"""The charts that a reader may see."""

from datasette.app import Datasette
from datasette.utils.asgi import Request

from ..compatibility import Actor
from ..databases import tables_named
from ..permissions import may_view
from .answers import database_of
from .declared import Chart, ChartError, declared


class NoChart(ChartError):
    """An address that names no chart that can be seen."""


async def find(datasette: Datasette, request: Request) -> Chart:
    """The chart that an address names."""
    charts, problems = declared(datasette)
    name = request.url_vars["name"]
    if name in problems:
        raise NoChart(f"The chart {name} is not declared as it should be: {problems[name]}.")
    if name not in charts or not await is_visible(datasette, request.actor, charts[name]):
        raise NoChart(f"There is no chart {name}.")
    return charts[name]


async def find_all(datasette: Datasette, actor: Actor) -> list[Chart]:
    """Every chart that somebody may see."""
    return [chart for chart in declared(datasette)[0].values() if await is_visible(datasette, actor, chart)]


async def is_visible(datasette: Datasette, actor: Actor, chart: Chart) -> bool:
    """Whether somebody may view all that a chart is made of and leads to; why it has no database is said to all."""
    try:
        db = database_of(datasette, chart)
    except ChartError:
        return await may_view(datasette, actor)
    tables = {chart.link.table} if chart.link else set()
    for sql in filter(None, (chart.sql, chart.takeaway_sql)):
        tables |= await tables_named(db, sql) or set()
    return await may_view(datasette, actor, db.name, tables=tables)
