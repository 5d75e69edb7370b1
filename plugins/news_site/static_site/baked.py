"""Tells templates whether they are baked into a static site, where nobody answers a query string."""

from datasette import hookimpl
from datasette.app import Datasette
from jinja2 import Environment


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    env.globals["is_static_site"] = bool(datasette.plugin_config("static_site"))
