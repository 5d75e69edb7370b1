"""A page with a chart against datasette-dashboards’ and datasette-vega’s of the same rows: prints Markdown tables.

    python benchmarks/charts.py ENVIRONMENT [DATABASE]

ENVIRONMENT has datasette-dashboards (see requirements-dashboards.txt). Pages are opened in Chromium with a cold cache
on an emulated line of 40 ms and 10 Mbit a second, until the chart is seen. Bytes are gzipped.
"""

import asyncio
import gzip
import json
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlencode

import yaml
from sqlite_utils import Database

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests/browser")]

import browsing  # noqa: E402
from front_door import build, free_port, serve, wait_for  # noqa: E402

ROUNDS = 5
LINE = {"offline": False, "latency": 40, "downloadThroughput": 1.25e6, "uploadThroughput": 1.25e6}
CHARTS = yaml.safe_load((ROOT / "metadata.yml").read_text())["plugins"]["charts"]
SQL = CHARTS["speakers"]["sql"]
BARS = {
    "mark": "bar",
    "encoding": {
        "y": {"field": "speaker", "type": "nominal", "sort": None},
        "x": {"field": "claims", "type": "quantitative"},
        "color": {"field": "form", "type": "nominal"},
    },
}
DASHBOARD = {"title": "Speakers", "db": "news", "query": SQL, "library": "vega-lite", "display": BARS}
VEGA = {
    "g.mark": "bar",
    "g.x_column": "speaker",
    "g.x_type": "ordinal",
    "g.y_column": "claims",
    "g.y_type": "quantitative",
}
DRAWN = ".drawing.wide, .vega-embed svg, .vega-embed canvas, .marks"


@contextmanager
def serve_dashboards(environment, path, folder):
    """The URL of datasette-dashboards with the same chart."""
    metadata = {"plugins": {"datasette-dashboards": {"speakers": {"title": "Speakers", "charts": {"all": DASHBOARD}}}}}
    (folder / "metadata.json").write_text(json.dumps(metadata))
    port = free_port()
    command = [environment / "bin/datasette", "serve", "--immutable", path, "--metadata", folder / "metadata.json"]
    process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        wait_for(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def open_chart(browser, url):
    """Milliseconds until a chart is seen, and the bytes and requests of its page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", LINE)
    responses = []
    page.on("response", lambda response: responses.append(response))
    begin = perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(DRAWN).first.wait_for()
    seen = 1000 * (perf_counter() - begin)
    page.wait_for_load_state("networkidle")
    sizes = [len(gzip.compress(response.body())) for response in responses if response.ok]
    context.close()
    return seen, sum(sizes), len(sizes)


def compare(browser, pages):
    print("| chart of | seen after, ms | bytes | requests |\n| --- | ---: | ---: | ---: |")
    for name, url in pages.items():
        runs = [open_chart(browser, url) for _ in range(ROUNDS)]
        print(f"| {name} | {median(run[0] for run in runs):.0f} | {runs[-1][1]:,} | {runs[-1][2]} |", flush=True)


async def weigh(database):
    """What each chart takes to be drawn at first, and what it adds to its page."""
    datasette = serve(database)
    await datasette.invoke_startup()
    await datasette.client.get("/-/charts/nothing.svg")  # the first page of all loads templates
    await asyncio.sleep(5)  # the process that draws starts with the server
    print("\n| chart | first SVG, ms | again, ms | page, bytes | of these the chart |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name in CHARTS:
        times = []
        for _ in range(2):
            begin = perf_counter()
            await datasette.client.get(f"/-/charts/{name}.svg")
            times.append(1000 * (perf_counter() - begin))
        html = (await datasette.client.get(f"/-/charts/{name}")).text
        whole, without = (len(gzip.compress(text.encode())) for text in (html, re.sub(r"(?s)<svg.*?</svg>", "", html)))
        print(f"| {name} | {times[0]:.0f} | {times[1]:.0f} | {whole:,} | {whole - without:,} |", flush=True)


def main():
    environment = Path(sys.argv[1]).absolute()
    with TemporaryDirectory() as folder:
        database = Database(sys.argv[2]) if len(sys.argv) > 2 else build(ROOT / "seeds", Path(folder) / "news.db")
        path = next(row[2] for row in database.execute("pragma database_list"))
        with (
            browsing.open_browser() as browser,
            browsing.serve(database) as ours,
            serve_dashboards(environment, path, Path(folder)) as dashboards,
        ):
            pages = {
                "charts.py": f"{ours}/-/charts/speakers",
                "datasette-dashboards": f"{dashboards}/-/dashboards/speakers/all",
                "datasette-vega": f"{ours}/news?{urlencode({'sql': SQL})}#{urlencode(VEGA)}",
            }
            compare(browser, pages)
        asyncio.run(weigh(database))


if __name__ == "__main__":
    main()
