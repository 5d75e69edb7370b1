"""How fast each kind of page is against stock Datasette's page of the same address: prints Markdown tables.

    python benchmarks/pages.py [DATABASE]

Both run in processes of their own, in turns (plugins are known to a whole process), on the first edition and on
10,000 articles made by multiplying the tiny edition of the tests (its people, organizations and places stay one
each: their pages are the longest). Times are medians of repeated requests, and that of the first one of all.

Sizes are gzipped. A reading page is weighed against the stock pages that show the same rows: those of the row
itself and of the rows that it shows with it. So is the home page, as stock's only names the database: against
stock's index and the pages of just so many comparisons, wordings, articles, events and people as it shows.
"""

import asyncio
import gzip
import json
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from datasette.app import Datasette
from datasette.utils import parse_metadata
from sqlite_utils import Database

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from front_door import TINY, build, serve  # noqa: E402
from page_kinds import page_kinds  # noqa: E402

from build.output.facet_counts import count_facets  # noqa: E402

ROUNDS = 15
ARTICLES = 10_000
SKIPPED = {"not-found", "missing-row", "failed-query", "not-a-select"}  # nothing of the data
SEARCHES = "search-"  # see benchmarks/search.py
KEPT = {
    "dates",
    "people",
    "aliases",
    "organizations",
    "organization_aliases",
    "places",
    "place_aliases",
    "sources",
    "build",
    "facet_counts",
    "words",
}
SHOWN_WITH = {
    "articles": ("paragraphs?article_id=", "claims?article_id=", "notes?article_id="),
    "paragraphs": ("claims?paragraph_id=", "mentions?paragraph_id="),
    "people": ("claims?speaker_id=", "mentions?person_id=", "event_people?person_id="),
    "organizations": ("organization_mentions?organization_id=",),
    "places": ("place_mentions?place_id=", "events?place_id="),
    "events": ("event_reports?event_id=", "event_people?event_id=", "claims?event_id="),
    "claims": ("claim_propositions?claim_id=", "figures?claim_id="),
    "propositions": ("claim_propositions?proposition_id=",),
}


def multiply(path, output, articles=ARTICLES):
    """A database with so many articles: every row but those of the registries, again and again."""
    shutil.copy(path, output)
    database = Database(output)
    copies = articles // database["articles"].count - 1
    tables = [name for name in database.table_names() if "_fts" not in name and name not in KEPT]
    database.execute("pragma foreign_keys = off")
    with database.conn:
        for table in tables:
            database.execute(copies_of(database, table, set(tables)), {"copies": copies})
        count_facets(database)
    database.execute("analyze")
    database.conn.commit()
    return database


def copies_of(database, table, tables):
    """Ids and foreign keys to multiplied tables end in the number of the copy, and so does what is unique."""
    keys = {key.column for key in database[table].foreign_keys if key.other_table in tables}
    changed = keys | {"id", "seed", "text_sha256"}
    columns = [c.name for c in database[table].columns]
    values = [f"{name} || '-' || n" if name in changed else name for name in columns]
    return f"""
        with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < :copies)
        insert into {table} ({", ".join(columns)})
        select {", ".join(values)} from {table}, numbers
    """


def serve_stock(database):
    """Datasette with our metadata and settings, without our plugins and templates."""
    path = next(row[2] for row in database.execute("pragma database_list"))
    return Datasette(
        immutables=[path],
        metadata=parse_metadata((ROOT / "metadata.yml").read_text()),
        settings=json.loads((ROOT / "settings.json").read_text()),
    )


def start(make_site, path):
    global site, runner
    site, runner = make_site(Database(path)), asyncio.Runner()
    runner.run(site.invoke_startup())


def clock(path):
    begin = perf_counter()
    response = runner.run(site.client.get(path))
    assert response.status_code == 200, (path, response.status_code)
    return 1000 * (perf_counter() - begin)


def weigh(path):
    return len(gzip.compress(runner.run(site.client.get(path)).content))


def process_of(make_site, database):
    path = next(row[2] for row in database.execute("pragma database_list"))
    return ProcessPoolExecutor(1, get_context("spawn"), start, (make_site, path))


def ask(process, question, path):
    return process.submit(question, path).result()


HOME = ("proposition_status?_size=16", "claim_sources?_size=16", "articles?_size=10", "timeline?_size=10",
        "people?_size=8")  # fmt: skip


def same_rows(kind, path):
    """The stock pages that show what a page shows."""
    if kind == "home":
        return [path, *(f"/news/{rows}&_nofacet=1&_nosuggest=1" for rows in HOME)]
    id = path.rpartition("/")[2]
    return [
        path,
        *(f"/news/{rows}{id}&_nofacet=1&_nosuggest=1&_size=50" for rows in SHOWN_WITH.get(kind, ())),
    ]


def compare(ours, stock, kind, path):
    times = [(ask(ours, clock, path), ask(stock, clock, path)) for _ in range(ROUNDS)]
    mine, theirs = (median(column) for column in zip(*times[2:], strict=True))
    size = ask(ours, weigh, path)
    stock_size = sum(ask(stock, weigh, address) for address in same_rows(kind, path))
    return [
        kind,
        f"{theirs:.1f}",
        f"{mine:.1f}",
        f"{mine / theirs:.2f}",
        f"{times[0][0]:.1f}",
        stock_size,
        size,
        f"{size / stock_size:.2f}",
    ]


def measure(database):
    print("| page | stock, ms | ours, ms | ratio | ours, first visit, ms | stock, bytes | ours, bytes | ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with process_of(serve, database) as ours, process_of(serve_stock, database) as stock:
        for kind, path in page_kinds(database).items():
            if kind not in SKIPPED and not path.startswith("/-/"):  # stock has no such pages
                print("|", *(f"{cell} |" for cell in compare(ours, stock, kind, path)), flush=True)


def main():
    with TemporaryDirectory() as folder:
        given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
        edition = Database(given) if given else build(ROOT / "seeds", Path(folder) / "news.db")
        print(f"\n{edition['articles'].count} articles\n")
        measure(edition)
        tiny = build(TINY, Path(folder) / "tiny.db")
        Path(folder, "many").mkdir()
        many = multiply(next(row[2] for row in tiny.execute("pragma database_list")), Path(folder, "many/news.db"))
        print(f"\n{many['articles'].count:,} articles\n")
        measure(many)
    folders = [ROOT / "plugins/static/site", ROOT / "plugins/static/charts"]
    assets = sum(len(gzip.compress(path.read_bytes())) for folder in folders for path in folder.iterdir())
    print(f"\nStylesheet and script: {assets:,} bytes, compressed.")


if __name__ == "__main__":
    main()
