"""A server, as `make serve` starts it, and a real Chromium."""

import re
import subprocess
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from front_door import ROOT, run
from playwright.sync_api import sync_playwright
from RangeHTTPServer import RangeRequestHandler

FOLDER = "some/folder"  # not at the root of its host
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# What Chromium readies under the address bar of each new window takes a core for most of a second; a reader's is open.
FLAGS += ["--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup"]


def read_address(log):
    """Where a server says that it runs."""
    said = ""
    for line in log:
        said += line
        if found := re.search(r"running on (http://[\w.:]+)", line):
            return found[1]
    raise AssertionError(said)


@contextmanager
def serve(database):
    """The URL of a database served by `make serve`."""
    path = next(row[2] for row in database.execute("pragma database_list"))
    command = ["make", "serve", f"DATABASE={path}", "PORT=0"]  # whichever is free
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        url = read_address(process.stderr)
        Thread(target=process.stderr.read, daemon=True).start()  # a pipe that is full would stop the server
        yield url
    finally:
        process.terminate()
        process.wait()


def bake(database, host, *options):
    """Writes the static site of a database into a folder of a host's, which it returns."""
    path = next(row[2] for row in database.execute("pragma database_list"))
    result = run("site", "--database", path, "--output", host / FOLDER, *options)
    assert result.exit_code == 0, result.output
    return host


class Host(RangeRequestHandler):
    """A host that knows nothing but files, and shows a site's 404.html for one that it does not have."""

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory, FOLDER, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())


@contextmanager
def serve_files(host):
    """The URL of the static site of a host."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=host))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{FOLDER}"
    server.shutdown()


@contextmanager
def open_browser():
    chromium = subprocess.run([Path(__file__).parent / "chromium"], capture_output=True, text=True, check=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.stdout.strip(), args=FLAGS)
        yield browser
        browser.close()
