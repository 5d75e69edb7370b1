"""Tells templates whether they are baked into a static site, where nobody answers a query string, and its edition."""

from datasette import hookimpl
from datasette.app import Datasette
from jinja2 import Environment


def fingerprint(datasette: Datasette) -> str | None:
    """What the bake calls the edition; None on a live site."""
    config = datasette.plugin_config("static_site") or {}
    return config.get("fingerprint")


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    env.globals["fingerprint"] = fingerprint(datasette)
    env.globals["is_static_site"] = bool(fingerprint(datasette))
