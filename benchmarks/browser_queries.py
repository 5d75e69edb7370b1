"""How soon the static site answers its first query in the visitor's browser: prints a Markdown table.

    python benchmarks/browser_queries.py

On an emulated line of 40 ms and 10 Mbit a second, with a host that compresses; cold, and at a second visit.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from line import serve  # noqa: E402

RUNS = 5
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
QUERY = "site/news/claims/?kind=direct&_facet=cue"
# Remembers when the page first says what is waited for.
WATCH = """
(said) => {
  const look = () => {
    if (!globalThis.answered && document.body?.innerText.includes(said)) globalThis.answered = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}
"""


def build(*arguments):
    subprocess.run([sys.executable, "-m", "build", *map(str, arguments)], cwd=ROOT, check=True, capture_output=True)


def visit(context, line, path, said, seconds):
    """Seconds until a page says something, bytes and requests."""
    line.sent.clear()
    page = context.new_page()
    page.add_init_script(f"({WATCH})({said!r})")
    page.goto(f"{line.url}/{path}", wait_until="commit")
    until = time.monotonic() + seconds
    while not (taken := page.evaluate("globalThis.answered")):  # wait_for_function is against the site's policy
        assert time.monotonic() < until, f"{path} does not say {said}"
        time.sleep(0.02)
    page.wait_for_load_state("networkidle")
    time.sleep(1)  # a service worker goes on
    page.close()
    return taken / 1000, sum(size for _, size in line.sent), len(line.sent)


def measure(browser, line, path, said, runs=RUNS, seconds=60):
    """Median of the first and of the second visit, each with a browser that has never been there."""
    cold, warm = [], []
    for _ in range(runs):
        context = browser.new_context()
        cold.append(visit(context, line, path, said, seconds))
        warm.append(visit(context, line, path, said, seconds))
        context.close()
    return [tuple(statistics.median(column) for column in zip(*visits, strict=True)) for visits in (cold, warm)]


def main():
    with TemporaryDirectory() as name:
        folder = Path(name)
        build("database", "--seeds", ROOT / "seeds", "--output", folder / "news.db")
        build("site", "--database", folder / "news.db", "--output", folder / "site")
        with serve(folder) as line, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            print("| first result, 40 ms, 10 Mbit/s | seconds | MB | requests |")
            print("| --- | ---: | ---: | ---: |")
            for visit_name, found in zip(
                ("first visit", "second visit"),
                measure(browser, line, QUERY, 'rows where kind = "direct"'),
                strict=True,
            ):
                taken, size, requests = found
                print(f"| static site, {visit_name} | {taken:.2f} | {size / 1e6:.2f} | {requests:.0f} |")
            browser.close()


if __name__ == "__main__":
    main()
