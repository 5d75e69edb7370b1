"""The pages /-/charts, each chart’s own, in a frame and as a file; the charts of the home page."""

from threading import Thread

import click
from datasette import Response, hookimpl

from ..permissions import metadata_for
from .answers import ask
from .browser import describe_charts
from .declared import ChartError, declared
from .drawing import rehearse
from .figures import find_figure
from .files import FILES
from .visible import NoChart, find, find_all
from .worker import working


def say_what_is_missing(view):
    """Datasette would write a traceback for each wrong address."""

    async def show(datasette, request):
        try:
            return await view(datasette, request)
        except NoChart as error:
            context = {"status": 404, "error": str(error), "title": None}
            page = await datasette.render_template("error.html", context, request=request)
            return Response.html(page, status=404)

    return show


async def render(datasette, request, template, **context):
    context["metadata"] = await metadata_for(datasette, request.actor)
    status = 400 if "problem" in context.get("figure", {}) else 200
    return Response.html(await datasette.render_template(template, context, request=request), status=status)


async def show_charts(datasette, request):
    figures = [await find_figure(datasette, chart, {}) for chart in await find_all(datasette, request.actor)]
    return await render(datasette, request, "charts/charts.html", figures=figures)


async def show_chart(datasette, request):
    chart = await find(datasette, request)
    figure = await find_figure(datasette, chart, request.args)
    path = f"{datasette.urls.path(request.path)}/embed" + (f"?{request.query_string}" if request.query_string else "")
    embed_url = path if datasette.plugin_config("static_site") else datasette.absolute_url(request, path)
    return await render(datasette, request, "charts/chart.html", figure=figure, embed_url=embed_url)


async def show_embedded(datasette, request):
    figure = await find_figure(datasette, await find(datasette, request), request.args, target="_blank")
    return await render(datasette, request, "charts/chart-embed.html", figure=figure)


async def send_file(datasette, request):
    """The chart to take away, as .svg, .png, .json or .csv."""
    chart = await find(datasette, request)
    try:
        answer = await ask(datasette, chart, request.args)
        made = await FILES[request.url_vars["format"]](datasette, request, chart, answer)
    except ChartError as error:
        return Response.text(f"{error}\n", status=400)
    body, content_type = made
    return Response(body, headers={"access-control-allow-origin": "*"}, content_type=content_type)


@hookimpl
def register_routes():
    name = r"^/-/charts/(?P<name>[^/.]+)"
    return [
        (r"^/-/charts$", show_charts),
        (r"/-/charts\.json$", describe_charts),
        (rf"{name}$", say_what_is_missing(show_chart)),
        (rf"{name}/embed$", say_what_is_missing(show_embedded)),
        (rf"{name}\.(?P<format>svg|png|json|csv)$", say_what_is_missing(send_file)),
    ]


@hookimpl
def baked_addresses():
    return ["/-/charts.json"]


@hookimpl
def startup(datasette):
    charts, problems = declared(datasette)
    for name, problem in problems.items():
        click.echo(f"metadata.yml, chart {name}: {problem}", err=True)
    if not working and not datasette.plugin_config("static_site"):
        Thread(target=rehearse, args=[charts.values()], daemon=True).start()


@hookimpl
def prepare_jinja2_environment(env, datasette):
    async def charts_of_home(request):
        """The figures for the home page, those that have something to show and that the reader may see."""
        charts = [chart for chart in await find_all(datasette, request.actor) if chart.home is not None]
        figures = [await find_figure(datasette, chart, chart.home) for chart in charts]
        return [figure for figure in figures if "answer" in figure and figure["answer"].rows]

    env.globals |= {"charts_of_home": charts_of_home, "has_charts": bool(declared(datasette)[0])}
