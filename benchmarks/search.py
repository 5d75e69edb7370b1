"""How fast the search over everything is against Datasette's `_search` of one table: prints Markdown tables.

    python benchmarks/search.py

Each runs in a process of its own, in turns, on 10,000 and 100,000 articles made by multiplying the tiny edition
of the tests. `strike` is in every article, `the` in most paragraphs, `carnations` in none.
Datasette has our metadata and settings, computes no facets, and searches paragraphs, the largest table; ours searches
that alone, and all six kinds.
"""

import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from front_door import TINY, build, serve  # noqa: E402
from pages import ask, clock, multiply, process_of, serve_stock  # noqa: E402

from build.output.database import build_search_indexes  # noqa: E402

ROUNDS = 7
SIZES = 10_000, 100_000
SEARCHES = "strike", "dockers strike", '"Jane Doe"', "the", "carnations"


def grow(tiny, output, articles):
    """A database with so many articles that can be searched."""
    database = multiply(tiny, output, articles)
    with database.conn:
        build_search_indexes(database)
    return database


def compare(ours, stock, q):
    """Medians in milliseconds: Datasette's search of paragraphs, ours of paragraphs, ours of all kinds."""
    theirs, one, all_kinds = (
        f"/news/paragraphs?{urlencode({'_search': q})}&_nofacet=1&_nosuggest=1",
        f"/-/search?{urlencode({'q': q, 'kind': 'paragraphs'})}",
        f"/-/search?{urlencode({'q': q})}",
    )
    asked = (stock, theirs), (ours, one), (ours, all_kinds)
    times = [[ask(process, clock, path) for process, path in asked] for _ in range(ROUNDS)]
    return [median(column) for column in zip(*times[1:], strict=True)]


def measure(database):
    print("| search | Datasette’s, paragraphs, ms | ours, paragraphs, ms | ratio | ours, all kinds, ms | ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    with process_of(serve, database) as ours, process_of(serve_stock, database) as stock:
        for q in SEARCHES:
            stock_ms, one, all_kinds = compare(ours, stock, q)
            ratios = f"{one:.1f} | {one / stock_ms:.2f} | {all_kinds:.1f} | {all_kinds / stock_ms:.2f}"
            print(f"| `{q}` | {stock_ms:.1f} | {ratios} |", flush=True)


def main():
    with TemporaryDirectory() as folder:
        build(TINY, Path(folder) / "tiny.db")
        for articles in SIZES:
            Path(folder, str(articles)).mkdir()
            database = grow(Path(folder) / "tiny.db", Path(folder, str(articles), "news.db"), articles)
            print(f"\n{database['articles'].count:,} articles\n")
            measure(database)


if __name__ == "__main__":
    main()
