"""A real Chromium on a real server, as `make serve` starts it."""

import subprocess
from pathlib import Path

import pytest
from front_door import ROOT, free_port, wait_for
from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="session")
def site(edition):
    """The URL of the first edition, served by `make serve`."""
    port = free_port()
    database = next(row[2] for row in edition.execute("pragma database_list"))
    command = ["make", "serve", f"DATABASE={database}", f"PORT={port}"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="session")
def browser():
    chromium = subprocess.run([Path(__file__).parent / "chromium"], capture_output=True, text=True, check=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.stdout.strip(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()
