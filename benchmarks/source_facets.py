"""How fast facets with sources are against Datasette's own column facet of the same rows: prints Markdown tables.

    python benchmarks/source_facets.py

Both are pages without rows, less the page without a facet, on 10,000 and 100,000 articles made by multiplying the tiny
edition of the tests. The build has counted the facets that metadata.yml declares; others, and those of filtered
rows, are counted while the reader waits: the time limit of facets is lifted here to see how long that takes.
"""

import asyncio
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from front_door import TINY, build, serve  # noqa: E402

from benchmarks.pages import multiply  # noqa: E402

ROUNDS = 7
SIZES = (10_000, 100_000)
UNLIMITED = {"facet_time_limit_ms": 60_000, "sql_time_limit_ms": 60_000}
COUNTED_BY_THE_BUILD = [
    ("articles", "source_id", ""),
    ("claims", "kind", ""),
    ("claims", "speaker_id", ""),
    ("mentions", "person_id", ""),
    ("events", "kind", ""),
    ("event_reports", "event_id", ""),
    ("figures", "unit", ""),
]
COUNTED_WHILE_WAITING = [
    ("claims", "cue", ""),
    ("figures", "comparator", ""),
    ("claims", "speaker_id", "kind=direct"),
    ("mentions", "kind", "person_id=jane-doe"),
    ("claims", "kind", "_search=dockers"),
]


async def clock(site, path):
    begin = perf_counter()
    response = await site.client.get(path)
    assert response.status_code == 200 and "took too long" not in response.text, path
    return 1000 * (perf_counter() - begin)


async def compare(site, table, column, filters):
    """Milliseconds of the column facet and of the facet with sources."""
    page = f"/news/{table}?{filters}&_size=0&_nosuggest=1&_nocount=1"
    paths = (f"{page}&_nofacet=1", f"{page}&_facet={column}", f"{page}&_facet_source={column}")
    times = [[await clock(site, path) for path in paths] for _ in range(ROUNDS)]
    bare, stock, ours = (median(column) for column in zip(*times[1:], strict=True))
    return max(stock - bare, 0.1), max(ours - bare, 0.1)


async def measure(database):
    site = serve(database, **UNLIMITED)
    for tables in site.metadata("databases")["news"]["tables"].values():
        tables.pop("facets", None)
    await site.invoke_startup()
    print("| facet | counted | stock, ms | ours, ms | ratio |")
    print("| --- | --- | ---: | ---: | ---: |")
    for when, facets in (("by the build", COUNTED_BY_THE_BUILD), ("while waiting", COUNTED_WHILE_WAITING)):
        for table, column, filters in facets:
            stock, ours = await compare(site, table, column, filters)
            name = f"{table}.{column}{' where ' if filters else ''}{filters}"
            print(f"| {name} | {when} | {stock:.1f} | {ours:.1f} | {ours / stock:.1f} |", flush=True)


def main():
    with TemporaryDirectory() as folder:
        tiny = build(TINY, Path(folder) / "news.db")
        path = next(row[2] for row in tiny.execute("pragma database_list"))
        for size in SIZES:
            Path(folder, str(size)).mkdir()
            many = multiply(path, Path(folder, str(size), "news.db"), size)
            print(f"\n{many['articles'].count:,} articles\n")
            asyncio.run(measure(many))


if __name__ == "__main__":
    main()
