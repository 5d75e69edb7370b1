"""What the browser tests share: sites and a browser."""

import pytest
from browsing import bake, open_browser, serve, serve_files
from hostile import build_hostile


@pytest.fixture(scope="session")
def site(edition):
    """The URL of the first edition."""
    with serve(edition) as url:
        yield url


@pytest.fixture(scope="session")
def tiny_site(tiny):
    """The URL of the tiny edition, which has every kind of row."""
    with serve(tiny) as url:
        yield url


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory):
    """The URL of an edition that attacks its readers."""
    with serve(build_hostile(tmp_path_factory.mktemp("hostile"))) as url:
        yield url


@pytest.fixture(scope="session")
def folder_url(edition, tmp_path_factory):
    """The URL of the static site of the first edition, in a sub-folder of its host."""
    host = tmp_path_factory.mktemp("host")
    with serve_files(host) as url:
        bake(edition, host, "--url", url)
        yield url


@pytest.fixture(scope="session")
def tiny_host(tiny, tmp_path_factory):
    """The files of a host with the static site of the tiny edition."""
    return bake(tiny, tmp_path_factory.mktemp("tiny-host"))


@pytest.fixture(scope="session")
def tiny_folder_url(tiny_host):
    """The URL of the static site of the tiny edition."""
    with serve_files(tiny_host) as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    with open_browser() as browser:
        yield browser


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()
