"""/-/offline: what a browser has kept of the static site, to keep all of it, and what is shown for a page not kept."""

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from ..responses import Route, respond_page
from .baked import fingerprint

ADDRESS = "/-/offline"


async def show_offline(datasette: Datasette, request: Request) -> Response:
    if not fingerprint(datasette):
        raise NotFound("This site is read online; a published copy made of files can be kept.")
    return await respond_page(datasette, request, "static_site/offline.html", {})


@hookimpl
def register_routes() -> list[Route]:
    return [(rf"^{ADDRESS}$", show_offline)]


@hookimpl
def baked_addresses(datasette: Datasette) -> list[str]:
    return [ADDRESS] if fingerprint(datasette) else []
