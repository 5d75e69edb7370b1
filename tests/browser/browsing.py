"""A server, as `make serve` starts it, and a real Chromium."""

import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from front_door import ROOT
from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(url, process):
    for _ in range(300):
        assert process.poll() is None, process.stderr.read().decode()
        try:
            return urlopen(url).close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)


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
    chromium = subprocess.run(
        [Path(__file__).parent / "chromium"], capture_output=True, text=True, check=True
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.stdout.strip(), args=FLAGS)
        yield browser
        browser.close()
