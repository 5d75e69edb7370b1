"""Tells templates whether they are baked into a static site, where nobody answers a query string."""

from datasette import hookimpl


@hookimpl
def prepare_jinja2_environment(env, datasette):
    env.globals["is_static_site"] = bool(datasette.plugin_config("static_site"))
