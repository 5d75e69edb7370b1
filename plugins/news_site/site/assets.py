"""Scripts and styles, at an address with a hash of them all: a copy that somebody keeps is never out of date."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import AsgiFileDownload, NotFound, Request
from jinja2 import Environment

from ..responses import Route

FOLDER = Path(__file__).parents[2] / "static"
FOR_A_YEAR = {"cache-control": "public, max-age=31536000, immutable"}


@cache
def files() -> dict[str, Path]:
    """All there are, by the name under which they are asked for: site/site.css."""
    return {path.relative_to(FOLDER).as_posix(): path for path in sorted(FOLDER.rglob("*.*")) if path.is_file()}


@cache
def version() -> str:
    """The first digits of a hash of all files. One for all: modules name each other by where they lie."""
    digest = sha256()
    for name, path in files().items():
        digest.update(f"{name}\0".encode() + sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def path_of(name: str) -> str:
    return f"/assets-{version()}/{name}"


def address_in(datasette: Datasette) -> Callable[[str], str]:
    return lambda name: str(datasette.urls.path(path_of(name)))


async def send_asset(request: Request) -> AsgiFileDownload:
    path = files().get(request.url_vars["name"])
    if not path or request.url_vars["version"] != version():
        raise NotFound("There is no such script or style in this edition.")
    return AsgiFileDownload(str(path), content_type=None, headers=dict(FOR_A_YEAR))


@hookimpl
def register_routes() -> list[Route]:
    return [(r"^/assets-(?P<version>[0-9a-f]{12})/(?P<name>.+)$", send_asset)]


@hookimpl
def baked_addresses() -> list[str]:
    return [path_of(name) for name in files()]


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    env.globals["asset"] = address_in(datasette)
