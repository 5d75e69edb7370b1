"""How fast the static site is baked and read: prints Markdown tables.

    python benchmarks/static_site.py [ARTICLES]

Baking is compared with `wget --mirror` of the live site in the same run, in pages a second. Reading is measured
in Chromium on an emulated line of 40 ms and 10 Mbit a second with a cold cache, to the last byte of a page.
"""

import resource
import subprocess
import sys
import time
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import sync_playwright
from RangeHTTPServer import RangeRequestHandler

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from front_door import free_port, wait_for  # noqa: E402
from generated import generate  # noqa: E402

LINE = {"offline": False, "latency": 40, "downloadThroughput": 1.25e6, "uploadThroughput": 1.25e6}
PAGES = {"article": "news/articles/article-7/", "table": "news/claims/"}


def seconds(function, *arguments):
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def bake(database, output):
    subprocess.run(
        [sys.executable, "-m", "build", "site", "--database", database, "--output", output],
        cwd=ROOT,
        check=True,
    )


def pages_in(folder):
    return sum(1 for path in folder.rglob("*") if path.is_file() and b"<html" in path.read_bytes()[:300])


def mirror(database, folder):
    """`wget --mirror` of the live site, query strings left out as in the bake; returns its seconds."""
    port = free_port()
    server = subprocess.Popen(
        ["make", "serve", f"DATABASE={database}", f"PORT={port}"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    url = f"http://127.0.0.1:{port}/"
    wait_for(url, server)
    command = [
        "wget",
        "--mirror",
        "--quiet",
        "--reject-regex",
        r"[?]|\.(db|csv|json)",
        "--directory-prefix",
        folder,
        url,
    ]
    taken = seconds(partial(subprocess.run, command, check=False))
    server.terminate()
    server.wait()
    return taken


def read(dist, page):
    """Seconds to the last byte of a page and the bytes sent, each file compressed as hosts do."""
    handler = partial(RangeRequestHandler, directory=dist)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page()
        session = tab.context.new_cdp_session(tab)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", LINE)
        tab.goto(f"http://127.0.0.1:{server.server_port}/{page}", wait_until="load")
        timing = "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))"
        ends = tab.evaluate(f"{timing}.map(entry => [entry.responseEnd, entry.transferSize])")
        browser.close()
    server.shutdown()
    return max(end for end, _ in ends) / 1000, sum(size for _, size in ends)


def main(articles):
    with TemporaryDirectory() as name:
        folder = Path(name)
        database, dist = folder / "news.db", folder / "dist"
        generate(articles, database)
        baking = seconds(bake, database, dist)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
        baked, files = pages_in(dist), sum(path.is_file() for path in dist.rglob("*"))
        mirroring = mirror(database, folder / "mirror")
        mirrored = pages_in(folder / "mirror")
        print(f"| {articles:,} articles | pages | files | pages a second | memory |")
        print("| --- | ---: | ---: | ---: | ---: |")
        print(f"| python -m build site | {baked:,} | {files:,} | {baked / baking:.0f} | {memory:.0f} MB |")
        print(f"| wget --mirror of the live site | {mirrored:,} | {mirrored:,} | {mirrored / mirroring:.0f} | |")
        print(f"| ratio | | | {baked / baking / (mirrored / mirroring):.2f} | |\n")
        print("| 40 ms, 10 Mbit/s, cold cache | seconds to the last byte | bytes, uncompressed |")
        print("| --- | ---: | ---: |")
        for kind, page in PAGES.items():
            taken, size = read(dist, page)
            print(f"| {kind} | {taken:.2f} | {size:,} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
