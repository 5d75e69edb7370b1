"""The charts that a reader may see."""

from .declared import ChartError, declared


class NoChart(ChartError):
    """An address that names no chart that can be seen."""


async def find(datasette, request):
    """The chart that an address names."""
    charts, problems = declared(datasette)
    name = request.url_vars["name"]
    if name in problems:
        raise NoChart(f"The chart {name} is not declared as it should be: {problems[name]}.")
    if name not in charts or not await may_see(datasette, request, charts[name]):
        raise NoChart(f"There is no chart {name}.")
    return charts[name]


async def may_see(datasette, request, chart):
    database = chart.database or next((name for name in datasette.databases if not name.startswith("_")), None)
    if not hasattr(datasette, "permission_allowed"):  # 1.0a
        from datasette.resources import DatabaseResource

        return await datasette.allowed(action="view-database", resource=DatabaseResource(database), actor=request.actor)
    return await datasette.permission_allowed(request.actor, "view-database", database, default=True)
