"""How lists and first visits keep up with an edition’s size, beside stock Datasette: prints Markdown tables.

    python benchmarks/lists.py [ARTICLES...]

On generated articles, by default 500, 2,000 and 8,000. Both are servers as `make serve` starts them, one after the
other; a list’s time is the best of several visits, and its requests those of 8 readers at once. Ours has had time to
make its pages ready: how long that takes stands above the table. Each declared chart, query, view and kind of page has
to be answered.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from datasette.utils import parse_metadata
from sqlite_utils import Database

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from front_door import OURS, served  # noqa: E402
from page_kinds import FIXED, READING, richest  # noqa: E402

from benchmarks.generated import generate  # noqa: E402

SIZES = (500, 2_000, 8_000)
STOCK = ["--metadata", "metadata.yml", *OURS[OURS.index("--setting") :]]
TIMED = ("claims", "mentions", "paragraphs", "people", "claim_sources", "timeline", "proposition_status")
FIRST = ("/", "/news", "/-/charts", "/-/data")
READERS, SECONDS = 8, 5
NOT_ANSWERED = {"not-found", "missing-row", "failed-query", "not-a-select", "drawing"}
READY = 1.0  # seconds a page takes at most once it is ready, and several without a change


def addresses(database, metadata):
    """Every declared chart, table, view, query and kind of page of a generated edition."""
    news = metadata["databases"]["news"]
    charts = [
        f"/-/charts/{name}{end}" for name in metadata["plugins"]["charts"] for end in ("", "/embed", ".svg", ".csv")
    ]
    queries = [f"/news/{name}?{words_for(query)}" for name, query in news["queries"].items()]
    tables = [f"/news/{name}" for name in news["tables"]]
    rows = [f"/news/{table}/{richest(database, table)}" for table in READING if database[table].count]
    kinds = [path for kind, path in FIXED.items() if kind not in NOT_ANSWERED]
    return [*kinds, *tables, *charts, *queries, *rows]


def words_for(query):
    return urlencode(dict.fromkeys(query.get("params") or [], "bridge"))


def clock(url):
    """Milliseconds, status and bytes."""
    begin = perf_counter()
    try:
        with urlopen(url, timeout=600) as response:
            status, size = response.status, len(response.read())
    except HTTPError as error:
        status, size = error.code, 0
    return 1000 * (perf_counter() - begin), status, size


def read_at_once(url):
    """Requests a second."""
    end = perf_counter() + SECONDS

    def read(_):
        number = 0
        while perf_counter() < end:
            clock(url)
            number += 1
        return number

    begin = perf_counter()
    with ThreadPoolExecutor(READERS) as readers:
        return sum(readers.map(read, range(READERS))) / (perf_counter() - begin)


def time_lists(site):
    return {
        name: (min(clock(f"{site}/news/{name}")[0] for _ in range(4)), read_at_once(f"{site}/news/{name}"))
        for name in TIMED
    }


def wait_until_ready(site, process):
    """Seconds until the server has nothing more to do: it takes no time of the processor for a second."""
    begin, before = perf_counter(), -1.0
    while (used := cpu_of(process.pid)) - before > 0.1:
        before = used
        sleep(READY)
    return perf_counter() - begin


def cpu_of(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def measure(path, metadata):
    with served(path, *OURS) as (process, port):
        site = f"http://127.0.0.1:{port}"
        print(f"Ready after {wait_until_ready(site, process):.0f} s.\n")
        print("| first visit | ms | bytes |\n| --- | ---: | ---: |")
        for page in FIRST:
            took, _, size = clock(site + page)
            print(f"| {page} | {took:.0f} | {size:,} |", flush=True)
        ours = time_lists(site)
        failed = [page for page in addresses(Database(path), metadata) if clock(site + page)[1] != 200]
        print(f"\nNot answered: {', '.join(failed) or 'none'}.")
    with served(path, *STOCK) as (_, port):
        stock = time_lists(f"http://127.0.0.1:{port}")
    print("\n| list | stock, ms | ours, ms | ratio | stock, requests/s | ours, requests/s | ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in TIMED:
        (theirs, few), (mine, many) = stock[name], ours[name]
        print(
            f"| {name} | {theirs:.0f} | {mine:.0f} | {mine / theirs:.2f} | {few:.1f} | {many:.1f} | {many / few:.1f} |"
        )


def main():
    metadata = parse_metadata((ROOT / "metadata.yml").read_text())
    for size in map(int, sys.argv[1:] or SIZES):
        with TemporaryDirectory() as folder:
            print(f"\n{size:,} articles\n")
            generate(size, Path(folder, "news.db"))
            measure(Path(folder, "news.db"), metadata)


if __name__ == "__main__":
    main()
