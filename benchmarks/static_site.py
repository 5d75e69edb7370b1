"""How fast the static site is baked and read: prints Markdown tables.

    python benchmarks/static_site.py [ARTICLES]

Baking is compared with `wget --mirror` of the live site in the same run, in pages a second; wget is stopped after
some minutes; where there is no wget, nothing is compared. Files and bytes stand beside what a free host takes.
Reading is measured in Chromium on an emulated line of 40 ms and 10 Mbit a second with a cold cache, to the last byte
of a page.
"""

import shutil
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from RangeHTTPServer import RangeRequestHandler

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests/browser")]

from browsing import open_browser  # noqa: E402
from front_door import free_port, wait_for  # noqa: E402

MIRRORING = 300  # seconds at most
LINE = {"offline": False, "latency": 40, "downloadThroughput": 1.25e6, "uploadThroughput": 1.25e6}
# `python -m build` in a process of its own, which says in kB what it and the largest of its workers needed at most
BAKE = """
import resource, runpy
try:
    runpy.run_module("build", run_name="__main__", alter_sys=True)
finally:
    print(*(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""
# What a free host takes, and the archive that should fit there: articles of 600 words, as the generated ones are
MOST_FILES, MOST_BYTES, ARCHIVE = 20_000, 300_000_000, 1_000
PAGES = {"article": "news/articles/article-7/", "table": "news/claims/"}


def bake(database, output):
    """Bakes and returns the seconds, and the memory of the main process and of a worker in MB."""
    start = time.perf_counter()
    command = [sys.executable, "-c", BAKE, "site", "--database", database, "--output", output]
    baking = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    memory = baking.stdout.splitlines()[-1].split()
    return time.perf_counter() - start, *(int(size) / 1000 for size in memory)


def pages_in(folder):
    return sum(1 for path in folder.rglob("*") if path.is_file() and b"<html" in beginning(path))


def beginning(path):
    with path.open("rb") as file:
        return file.read(300)


def mirror(database, folder):
    """`wget --mirror` of the live site, query strings left out as in the bake; returns its pages and seconds."""
    port = free_port()
    serve = ["make", "serve", f"DATABASE={database}", f"PORT={port}"]
    server = subprocess.Popen(serve, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
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
    start = time.perf_counter()
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(command, check=False, timeout=MIRRORING)
    taken = time.perf_counter() - start
    server.terminate()
    server.wait()
    return pages_in(folder), taken


def compare(rate, mirrored, mirroring):
    """The rows of `wget --mirror`, and of the rate of the bake in pages a second beside its own."""
    print(f"| wget --mirror of the live site | {mirrored:,} | | {mirroring:.0f} | {mirrored / mirroring:.1f} | | |")
    print(f"| ratio | | | | {rate / (mirrored / mirroring):.2f} | | |")


def read(dist, page):
    """Seconds to the last byte of a page and the bytes sent, each file compressed as hosts do."""
    handler = partial(RangeRequestHandler, directory=dist)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    with open_browser() as browser:
        tab = browser.new_page()
        session = tab.context.new_cdp_session(tab)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", LINE)
        tab.goto(f"http://127.0.0.1:{server.server_port}/{page}", wait_until="load")
        timing = "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))"
        ends = tab.evaluate(f"{timing}.map(entry => [entry.responseEnd, entry.transferSize])")
    server.shutdown()
    return max(end for end, _ in ends) / 1000, sum(size for _, size in ends)


def sizes_of(dist):
    return [path.stat().st_size for path in dist.rglob("*") if path.is_file()]


def print_room(articles, fewer, dist, smaller):
    """What an article adds in files and bytes, told from two sites, and what an archive comes to on a free host."""
    print("\n| beside a host's limits | files | bytes |")
    print("| --- | ---: | ---: |")
    sizes, before = sizes_of(dist), sizes_of(smaller)
    files, size = ((len(sizes) - len(before)), (sum(sizes) - sum(before)))
    added = articles - fewer
    print(f"| an article | {files / added:.1f} | {size / added:,.0f} |")
    rest = ARCHIVE - articles
    print(
        f"| {ARCHIVE:,} articles | {len(sizes) + rest * files / added:,.0f} | {sum(sizes) + rest * size / added:,.0f} |"
    )
    print(f"| the limit | {MOST_FILES:,} | {MOST_BYTES:,} |")


def main(articles):
    with TemporaryDirectory() as name:
        folder = Path(name)
        database, dist = folder / "news.db", folder / "dist"
        # In a process of its own: one that is started counts what the one that starts it holds as needed by itself
        subprocess.run([sys.executable, ROOT / "benchmarks/generated.py", str(articles), database], check=True)
        baking, main_memory, worker_memory = bake(database, dist)
        baked, files = pages_in(dist), sum(path.is_file() for path in dist.rglob("*"))
        memory = f"{main_memory:.0f} MB | {worker_memory:.0f} MB"
        print(f"| {articles:,} articles | pages | files | seconds | pages/s | memory | of a worker |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        # Shown at once: a bake of an hour is not lost with what comes after it
        row = f"| python -m build site | {baked:,} | {files:,} | {baking:.0f} | {baked / baking:.1f} | {memory} |"
        print(row, flush=True)
        if shutil.which("wget"):
            compare(baked / baking, *mirror(database, folder / "mirror"))
        smaller, fewer = folder / "smaller", articles // 2
        generate = [sys.executable, ROOT / "benchmarks/generated.py", str(fewer), folder / "smaller.db"]
        subprocess.run(generate, check=True)
        bake(folder / "smaller.db", smaller)
        print_room(articles, fewer, dist, smaller)
        print("\n| 40 ms, 10 Mbit/s, cold cache | seconds to the last byte | bytes, uncompressed |")
        print("| --- | ---: | ---: |")
        for kind, page in PAGES.items():
            taken, size = read(dist, page)
            print(f"| {kind} | {taken:.2f} | {size:,} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
