"""The pages /-/charts, each chart’s own, in a frame and as a file; the charts of the home page."""

from collections.abc import Awaitable, Callable
from threading import Thread

import click
from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from jinja2 import Environment

from ..permissions import metadata_for
from ..responses import Route, respond_page, respond_text
from .answers import ask, parameters_of
from .browser import describe_charts
from .declared import ChartError, declared
from .drawing import rehearse
from .figures import Figure, find_figure
from .files import FILES
from .visible import NoChart, find, find_all
from .worker import working

View = Callable[[Datasette, Request], Awaitable[Response]]


def say_what_is_missing(view: View) -> View:
    """Datasette would write a traceback for each wrong address."""

    async def show(datasette: Datasette, request: Request) -> Response:
        try:
            return await view(datasette, request)
        except NoChart as error:
            context = {"status": 404, "error": str(error), "title": None}
            return await respond_page(datasette, request, "error.html", context, status=404)

    return show


async def show_charts(datasette: Datasette, request: Request) -> Response:
    figures = [await find_figure(datasette, chart, {}) for chart in await find_all(datasette, request.actor)]
    context = {"figures": figures, "metadata": await metadata_for(datasette, request.actor)}
    return await respond_page(datasette, request, "charts/charts.html", context)


async def show_figure(
    datasette: Datasette, request: Request, template: str, figure: Figure, **context: object
) -> Response:
    context |= {"figure": figure, "metadata": await metadata_for(datasette, request.actor)}
    return await respond_page(datasette, request, template, context, status=400 if figure.problem else 200)


async def show_chart(datasette: Datasette, request: Request) -> Response:
    chart = await find(datasette, request)
    figure = await find_figure(datasette, chart, request.args)
    path = f"{datasette.urls.path(request.path)}/embed" + (f"?{request.query_string}" if request.query_string else "")
    embed_url = path if datasette.plugin_config("static_site") else datasette.absolute_url(request, path)
    return await show_figure(datasette, request, "charts/chart.html", figure, embed_url=embed_url)


async def show_embedded(datasette: Datasette, request: Request) -> Response:
    figure = await find_figure(datasette, await find(datasette, request), request.args, target="_blank")
    return await show_figure(datasette, request, "charts/chart-embed.html", figure)


async def send_file(datasette: Datasette, request: Request) -> Response:
    """The chart to take away, as .svg, .png, .json or .csv."""
    chart = await find(datasette, request)
    try:
        answer = await ask(datasette, chart, await parameters_of(datasette, chart, request.args))
        made = await FILES[request.url_vars["format"]](datasette, request, chart, answer)
    except ChartError as error:
        return respond_text(f"{error}\n", 400)
    body, content_type = made
    return Response(body, headers={"access-control-allow-origin": "*"}, content_type=content_type)


@hookimpl
def register_routes() -> list[Route]:
    name = r"^/-/charts/(?P<name>[^/.]+)"
    return [
        (r"^/-/charts$", show_charts),
        (r"/-/charts\.json$", describe_charts),
        (rf"{name}$", say_what_is_missing(show_chart)),
        (rf"{name}/embed$", say_what_is_missing(show_embedded)),
        (rf"{name}\.(?P<format>svg|png|json|csv)$", say_what_is_missing(send_file)),
    ]


@hookimpl
def baked_addresses() -> list[str]:
    return ["/-/charts.json"]


@hookimpl
def startup(datasette: Datasette) -> None:
    charts, problems = declared(datasette)
    for name, problem in problems.items():
        click.echo(f"metadata.yml, chart {name}: {problem}", err=True)
    if not working and not datasette.plugin_config("static_site"):
        Thread(target=rehearse, args=[charts.values()], daemon=True).start()


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    async def charts_of_home(request: Request) -> list[Figure]:
        """The figures for the home page, those that have something to show and that the reader may see."""
        charts = await find_all(datasette, request.actor)
        figures = [await find_figure(datasette, chart, chart.home) for chart in charts if chart.home is not None]
        return [figure for figure in figures if figure.answer and figure.answer.rows]

    env.globals |= {"charts_of_home": charts_of_home, "has_charts": bool(declared(datasette)[0])}
