"""Every answer has a strict policy and the headers that harden it: pages, files, redirects, refusals, failures."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import httpx
import pytest
from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils.asgi import Response
from front_door import serve
from sqlite_utils import Database

from news_site.site import security
from news_site.site.assets import path_of as asset

HARDENING = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def fail():
    raise RuntimeError("/srv/news/secret")


def fail_around(app):
    """What fails outside of Datasette, whose pages of errors it gets none of; or answers instead of it."""

    async def failing(scope, receive, send):
        if scope["path"] == "/outside":
            fail()
        if scope["path"] == "/instead":
            await Response.text("instead", headers={"X-Frame-Options": "SAMEORIGIN"}).asgi_send(send)
        else:
            await app(scope, receive, send)

    return failing


@pytest.fixture
def another(tiny):
    """A plugin that does all sorts of things, around those which were there before it."""
    plugin = ModuleType("another")
    plugin.register_routes = hookimpl(lambda: [("/fails$", fail)])
    plugin.asgi_wrapper = hookimpl(lambda: fail_around)
    serve(tiny)  # which registers ours
    name = pm.get_name(security)
    pm.unregister(security)
    pm.register(plugin)
    pm.register(security, name)
    yield
    pm.unregister(plugin)


def answer(database, method, path, **how):
    """What a server sends; it goes on when what it runs fails."""
    datasette = serve(database)

    async def ask():
        await datasette.invoke_startup()
        transport = httpx.ASGITransport(datasette.app(), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.request(method, f"http://localhost{path}", **how)

    with ThreadPoolExecutor(1) as thread:  # in this one, Playwright keeps a loop running
        return thread.submit(asyncio.run, ask()).result()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/news/claims", 200),
        ("GET", "/news/claims.csv?_stream=on", 200),
        ("GET", "/news/claims.json", 200),
        ("GET", "/news.db", 200),
        ("GET", "/-/static/app.css", 200),
        ("GET", "/-/static-plugins/datasette_vega/nothing", 404),
        ("GET", "/-/static/", 403),
        ("GET", asset("site/site.css"), 200),
        ("GET", "/favicon.ico", 200),
        ("GET", "/-/config", 301),
        ("GET", "/news/", 302),
        ("GET", "/news/claims/nothing", 404),
        ("GET", "/nothing.json", 404),
        ("GET", "/news.json?sql=select+nothing", 400),
        ("GET", "/-/charts/nothing.svg", 404),
        ("OPTIONS", "/-/versions", 405),
        ("POST", "/-/messages", 403),
        ("GET", "/fails", 500),
        ("GET", "/outside", 500),
        ("GET", "/instead", 200),
    ],
)
def test_every_answer_has_them(tiny, another, method, path, status):
    found = answer(tiny, method, path, headers={"cookie": "a=b"})  # without one, nobody is asked for a token
    assert found.status_code == status
    assert found.headers.get_list("content-security-policy") == [POLICY]
    assert {name: found.headers.get(name) for name in HARDENING} == HARDENING  # each of them once
    assert "/srv" not in found.text


POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def test_a_blob_has_them(tiny, tmp_path):
    database = Database(tmp_path / "news.db")
    database["files"].insert({"id": 1, "bytes": b"<script>"}, pk="id")
    found = answer(database, "GET", "/news/files/1.blob?_blob_column=bytes")
    assert found.status_code == 200 and found.headers["content-security-policy"] == POLICY
    assert found.headers["x-content-type-options"] == "nosniff"
