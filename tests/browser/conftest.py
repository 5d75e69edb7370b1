"""A real Chromium on a real server, as `make serve` starts it."""

import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from front_door import ROOT, free_port, wait_for
from hostile import build_hostile
from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@contextmanager
def serve(database):
    """The URL of a database served by `make serve`."""
    port = free_port()
    path = next(row[2] for row in database.execute("pragma database_list"))
    command = ["make", "serve", f"DATABASE={path}", f"PORT={port}"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait()


@contextmanager
def open_browser():
    chromium = subprocess.run([Path(__file__).parent / "chromium"], capture_output=True, text=True, check=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.stdout.strip(), args=FLAGS)
        yield browser
        browser.close()


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
