"""How soon the static site answers its first query in the visitor's browser, beside Datasette itself in the browser,
as Datasette Lite runs it: prints a Markdown table.

    python benchmarks/browser_queries.py <folder with Pyodide>    # as `make bench` does

On an emulated line of 40 ms and 10 Mbit a second, with a host that compresses; cold, and at a second visit.
"""

import shutil
import statistics
import subprocess
import sys
import time
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests/browser"), str(ROOT / "benchmarks")]

from browsing import open_browser  # noqa: E402
from line import serve  # noqa: E402

RUNS = 5
QUERY = "kind=direct&_facet=cue"
PAGES = {"static site": f"site/news/claims/?{QUERY}", "Datasette Lite, self-hosted": f"lite/?/news/claims?{QUERY}"}
UNUSED = {"pip", "setuptools", "certifi"}  # Datasette lists them, and answers without
# Remembers when a heading first says what is waited for, and is laid out.
WATCH = """
(said) => {
  const look = () => {
    const words = (heading) => heading.textContent.replace(/\\s+/g, " ");
    const found = [...document.querySelectorAll("h2, h3")].find((heading) => words(heading).includes(said));
    if (!found?.offsetHeight) return requestAnimationFrame(look);
    globalThis.answered = performance.now();
  };
  look();
}
"""


def build(*arguments):
    subprocess.run([sys.executable, "-m", "build", *map(str, arguments)], cwd=ROOT, check=True, capture_output=True)


def needed(name, found):
    """A package and those that it needs, by name."""
    name = canonicalize_name(name)
    if name not in found:
        found[name] = distribution(name)
        for requirement in map(Requirement, found[name].requires or ()):
            if requirement.name not in UNUSED and (not requirement.marker or requirement.marker.evaluate()):
                needed(requirement.name, found)
    return found


def build_lite(folder, pyodide):
    """A page with Pyodide and what Datasette needs, in one archive: what is Python in it runs there too."""
    shutil.copytree(ROOT / "benchmarks/lite", folder)
    shutil.copytree(pyodide / "node_modules/pyodide", folder / "pyodide")
    with ZipFile(folder / "packages.zip", "w", ZIP_DEFLATED) as archive:
        for package in needed("datasette", {}).values():
            for file in package.files:
                if ".." not in file.parts and file.suffix not in (".so", ".pyc"):
                    archive.write(file.locate(), file)


def visit(context, line, path, said, seconds):
    """Seconds until a page says something, bytes and requests."""
    line.sent.clear()
    page = context.new_page()
    page.add_init_script(f"({WATCH})({said!r})")
    page.goto(f"{line.url}/{path}", wait_until="commit")
    until = time.monotonic() + seconds
    while not (taken := page.evaluate("globalThis.answered")):  # wait_for_function is against the site's policy
        assert time.monotonic() < until, f"{path} does not say {said}"
        time.sleep(0.1)  # asking more often slows the page down
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
        build_lite(folder / "lite", Path(sys.argv[1]))
        with serve(folder) as line, open_browser() as browser:
            print("| first result, 40 ms, 10 Mbit/s | seconds | MB | requests |")
            print("| --- | ---: | ---: | ---: |")
            for site, path in PAGES.items():
                found = measure(browser, line, path, 'rows where kind = "direct"')
                for number, (taken, size, requests) in zip(("first", "second"), found, strict=True):
                    print(f"| {site}, {number} visit | {taken:.2f} | {size / 1e6:.2f} | {requests:.0f} |")


if __name__ == "__main__":
    main()
