"""What the browser tests share: sites and a browser."""

import pytest
from browsing import open_browser, serve
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
def browser():
    with open_browser() as browser:
        yield browser


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()
