"""How fast facets with sources are against Datasette's own column facet of the same rows: prints Markdown tables.

    python benchmarks/source_facets.py

On 10,000 and 100,000 articles made by multiplying the tiny edition of the tests. The build has counted the facets
whose values come back often; those of filtered rows and of views are counted while the reader waits: the time limit
of facets is lifted here to see how long that takes. The first such facet of a process reads all articles, once.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from datasette.plugins import pm
from datasette.utils.asgi import Request

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
    ("claims", "cue", ""),
    ("figures", "comparator", ""),
]
COUNTED_WHILE_WAITING = [
    ("claims", "cue", "where kind <> 'mixed'"),
    ("figures", "comparator", "where value_min > 0"),
    ("claims", "speaker_id", "where kind = 'direct'"),
    ("claims", "kind", "where article_id = 'harbour-strike-7'"),
    ("claim_sources", "kind", ""),
    ("timeline", "kind", ""),
]


def facets_of(site, kind, table, column, where):
    """Datasette's facets of that kind, as its table page makes them."""
    (facet,) = [facet for facet in pm.hook.register_facet_classes() for facet in facet if facet.type == kind]
    parameter = "_facet" if kind == "column" else "_facet_source"
    request = Request.fake(f"/news/{table}?{parameter}={column}", url_vars={"format": None})
    return facet(
        site, request, "news", sql=f"select * from {table} {where}".rstrip(), table=table, params={}, metadata={}
    )


async def clock(facet):
    begin = perf_counter()
    (result,), slow = await facet.facet_results()
    assert result["results"] and not slow, result
    return 1000 * (perf_counter() - begin)


async def compare(site, *rows):
    """Milliseconds of the column facet and of the facet with sources, at best, in turns, and of the latter at first."""
    kinds = ("column", "source")
    times = [[await clock(facets_of(site, kind, *rows)) for kind in kinds] for _ in range(ROUNDS)]
    return [*(min(column) for column in zip(*times, strict=True)), times[0][1]]


async def measure(database):
    site = serve(database, **UNLIMITED)
    await site.invoke_startup()
    print("| facet | counted | stock, ms | ours, ms | ratio | ours, first time, ms |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for when, facets in (("by the build", COUNTED_BY_THE_BUILD), ("while waiting", COUNTED_WHILE_WAITING)):
        for table, column, where in facets:
            stock, ours, first = await compare(site, table, column, where)
            name = f"{table}.{column} {where}".strip()
            print(f"| {name} | {when} | {stock:.1f} | {ours:.1f} | {ours / stock:.1f} | {first:.1f} |", flush=True)


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
