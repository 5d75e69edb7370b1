"""The static site: everything the live one answers, as files."""

import asyncio
import csv
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from html import unescape
from urllib.parse import urldefrag

import generated
import pytest
from front_door import ROOT, bake, client_of, files_of, path_of, run
from sqlite_utils import Database

from build.site.application import SiteError, finish
from build.site.bake import sitemaps
from build.site.links import Target, relative_url, target_of
from news_site.row_places import ROW_PLACES


def rows_in(page):
    return re.findall(r"<tr>.*?</tr>", page.partition("<tbody>")[2].partition("</tbody>")[0], re.DOTALL)


def test_search_is_ready_for_the_browser(dist):
    """Its form, an empty result, and its queries."""
    page = (dist / "-/search/index.html").read_text()
    assert 'action="./"' in page and '<template id="hit">' in page
    assert 'data-slot="title" href="../../news/"' in page
    kinds = json.loads((dist / "-/search/queries.json").read_text())["kinds"]
    assert len(kinds) == 6 and all(":expression" in kind["sql"] for kind in kinds)


def test_charts_are_baked_with_their_files(dist):
    page = (dist / "-/charts/speakers/index.html").read_text()
    assert '<a href="../../../news/claims/?speaker_id=' in page.partition("<svg")[2]
    for suffix in ("svg", "png", "json", "csv"):
        assert f'href="../speakers.{suffix}"' in page
        assert b"localhost" not in (dist / f"-/charts/speakers.{suffix}").read_bytes()
    assert 'target="_blank"' in (dist / "-/charts/speakers/embed/index.html").read_text()


def test_a_page_of_rows_that_has_to_wait_is_named():
    """Such pages are rendered without awaiting what they call."""

    async def slow_label():
        await asyncio.sleep(0)

    with pytest.raises(SiteError, match="slow_label"):
        finish(slow_label())


def test_two_bakes_are_identical_whatever_the_file_is_called(dist, tiny, tmp_path):
    again = Database(shutil.copy(path_of(tiny), tmp_path / "again.db"))
    bake(again, tmp_path / "again", "--url", "https://example.org/news-site/", "--workers", 2)
    assert files_of(tmp_path / "again") == files_of(dist)


def test_what_a_reader_opens_has_a_page_and_no_other_file(dist, tiny):
    for table in ("articles", "people", "organizations", "places", "events", "claims", "propositions", "sources"):
        files = files_of(dist / "news" / table)
        assert {f"{row['id']}/index.html" for row in tiny[table].rows} <= files.keys()
        assert {name for name in files if not name.endswith("/index.html")} == {"index.html"}


@pytest.mark.parametrize("table", ROW_PLACES)
def test_other_rows_are_read_on_these_pages(dist, tiny, tiny_client, table):
    """The table has a page, on which each row leads to where it is read; live as well, where it has its own address too."""
    assert files_of(dist / "news" / table).keys() == {"index.html"}
    page = (dist / "news" / table / "index.html").read_text()
    rows = list(tiny[table].rows)
    assert rows
    for row in rows[:100]:
        url = place_in(row, ROW_PLACES[table])
        assert f'<a href="../{url.replace("#", "/#")}">{row["id"]}</a>' in page
        assert f'<a href="/news/{url}">{row["id"]}</a>' in tiny_client.get(f"/news/{table}?id={row['id']}").text
        assert tiny_client.get(f"/news/{table}/{row['id']}").status_code == 200


def place_in(row, place):
    anchor = row[place.anchor_column] if place.anchor_column else place.anchor
    return f"{place.table}/{row[place.column]}#{anchor}" if anchor else f"{place.table}/{row[place.column]}/"


def test_ids_that_a_query_answers_lead_to_where_their_rows_are_read(tiny, tiny_client):
    (row,) = tiny["figures"].rows_where(limit=1)
    page = tiny_client.get("/news?sql=select+id,+claim_id+from+figures").text
    assert f'<a href="/news/claims/{row["claim_id"]}#figures">{row["id"]}</a>' in page
    paragraph = next(tiny["mentions"].rows)
    page = tiny_client.get("/news?sql=select+paragraph_id+from+mentions").text
    assert f'<a href="/news/articles/{paragraph["article_id"]}#{paragraph["paragraph_id"]}">' in page


def test_hidden_tables_are_one_click_away(dist, tiny_client):
    """On the live site they have pages; here the browser answers for them."""
    page = (dist / "news/index.html").read_text()
    assert '<a href="./?sql=select+%2A+from+claims_fts">claims_fts</a>' in page
    assert not (dist / "news/claims_fts").exists()
    assert tiny_client.get("/news/claims_fts").status_code == 200


def test_an_article_has_few_files(tmp_path, monkeypatch):
    """The generated ones have 600 words and 12 claims: at 1,000 of them a free host of 20,000 files is not full. What
    they come to in bytes, with all the people and events of an archive, `make bench` says."""
    for name in ("PEOPLE", "EVENTS", "PROPOSITIONS", "SOURCES"):
        monkeypatch.setattr(generated, name, 5)
    (files, size), (more_files, more_size) = (measure_generated(tmp_path / str(n), n) for n in (5, 25))
    assert 13 <= (more_files - files) / 20 <= 15
    assert (more_size - size) / 20 < 300_000


def measure_generated(folder, number):
    """The files and bytes of the site of so many generated articles."""
    folder.mkdir()
    generated.generate(number, folder / "news.db")
    assert bake(Database(folder / "news.db"), folder / "dist").exit_code == 0
    sizes = [path.stat().st_size for path in (folder / "dist").rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def test_what_scripts_load_is_there(dist):
    (assets,) = dist.glob("assets-*")
    assert files_of(assets) == files_of(ROOT / "plugins/static")


@pytest.mark.parametrize("name", ["claims", "paragraphs", "claim_sources", "timeline", "disagreements"])
def test_tables_and_views_are_complete(dist, tiny, name):
    rows = json.loads((dist / f"news/{name}.json").read_text())
    assert sorted(rows, key=str) == sorted(tiny[name].rows, key=str)
    with (dist / f"news/{name}.csv").open(newline="") as lines:
        assert len(list(csv.DictReader(lines))) == len(rows)


@pytest.mark.parametrize(
    "path",
    ["claims.json", "claims.csv", "figures.csv", "build.json", "timeline.csv",
     "redirects.csv", "articles_by_origin.json", "articles_by_origin.csv"],
)  # fmt: skip
def test_data_is_what_the_live_site_answers(dist, tiny_client, path):
    query = "_stream=on" if path.endswith("csv") and path.count("/") == 0 and "_by_" not in path else "_shape=array"
    live = tiny_client.get(f"/news/{path}?{query}")
    assert live.status_code == 200
    if path.endswith("json"):
        assert json.loads((dist / "news" / path).read_text()) == live.json()
    else:
        assert (dist / "news" / path).read_bytes() == live.content


def test_a_query_that_needs_nothing_has_data_and_one_that_asks_has_not(dist):
    assert json.loads((dist / "news/source_errors.json").read_text()) == []
    assert (dist / "news/search_paragraphs/index.html").is_file()
    assert not (dist / "news/search_paragraphs.json").exists()


def test_later_pages_of_rows_are_pages(tmp_path):
    database = Database(tmp_path / "many.db")
    database["rows"].insert_all(({"id": f"r{n:04}"} for n in range(250)), pk="id")
    assert bake(database, tmp_path / "dist").exit_code == 0
    second = (tmp_path / "dist/many/rows/page/2/index.html").read_text()
    assert "r0150" in second and 'href="../3/"' in second
    assert '<a class="skip" href="./#content">' in second
    assert "r0249" in (tmp_path / "dist/many/rows/page/3/index.html").read_text()
    assert len(json.loads((tmp_path / "dist/many/rows.json").read_text())) == 250


def test_long_views_are_as_the_live_ones(tmp_path):
    """Their pages come from rows that are found once, not for each page."""
    database = Database(tmp_path / "many.db")
    database["rows"].insert_all(({"id": n, "name": f"r{n}"} for n in range(40)), pk="id")
    database.create_view("pairs", "select a.name, b.id from rows as a, rows as b order by b.id desc, a.name")
    assert bake(database, tmp_path / "dist").exit_code == 0
    live = client_of(database)
    assert (tmp_path / "dist/many/pairs.csv").read_bytes() == live.get("/many/pairs.csv?_stream=on").content
    rows = json.loads((tmp_path / "dist/many/pairs.json").read_text())
    assert rows == list(database["pairs"].rows)
    page = (tmp_path / "dist/many/pairs/page/16/index.html").read_text()
    assert rows_in(page) == rows_in(live.get("/many/pairs?_next=1500").text) != []


def test_too_many_pages_for_one_sitemap_have_several():
    listed = dict(sitemaps((f"https://example.org/{n}/" for n in range(100_001)), "https://example.org/"))
    parts = ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert re.findall("<loc>(.*)</loc>", listed["sitemap.xml"]) == [f"https://example.org/{part}" for part in parts]
    assert [listed[part].count("<url>") for part in parts] == [50_000, 50_000, 1]
    assert "<loc>https://example.org/100000/</loc>" in listed["sitemap-3.xml"]


@pytest.fixture
def many(tmp_path):
    """A database that takes long to bake, and a site to take the place of."""
    Database(tmp_path / "many.db")["rows"].insert_all(({"id": f"r{n:05}"} for n in range(5000)), pk="id")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist/.nojekyll").touch()
    return tmp_path


def heed_interrupts():
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def baking(folder):
    """A terminal in which two workers bake, as what it shows grows."""
    terminal, inside = pty.openpty()
    command = [sys.executable, "-m", "build", "site", "--workers", "2"]
    options = ["--database", folder / "many.db", "--output", folder / "dist"]
    ends = {"stdin": inside, "stdout": inside, "stderr": inside, "start_new_session": True}
    # what runs the tests, say in the background, may have told its children to ignore Ctrl-C
    process = subprocess.Popen(command + options, cwd=ROOT, **ends, preexec_fn=heed_interrupts)
    os.close(inside)
    try:
        yield process, terminal
    finally:
        process.kill()
        process.wait()
        os.close(terminal)


def read_until(terminal, pattern):
    """What the terminal shows until there is such text, or nobody is left to write."""
    shown = ""
    while not re.search(pattern, shown):
        try:
            shown += os.read(terminal, 10_000).decode()
        except OSError:  # Linux says so where others read nothing
            break
    return shown


def said(terminal):
    """What is said until the end, but for the progress."""
    lines = read_until(terminal, "(?!)").splitlines()
    return [line for line in lines if line and not re.search("Pages,|^\x1b", line)]


def running(session):
    """The processes of a session, those that nobody has waited for left out."""
    listed = subprocess.run(["ps", "-A", "-o", "sess=,pid=,stat="], capture_output=True, text=True, check=True)
    rows = map(str.split, listed.stdout.splitlines())
    return [pid for owner, pid, state in rows if owner == str(session) and not state.startswith("Z")]


RATE_AND_TIME = r"Pages, [\d.]+ a second .* \d+/\d+ +\d\d:\d\d:\d\d"


def test_workers_end_with_a_main_process_that_is_killed(many):
    with baking(many) as (process, terminal):
        read_until(terminal, RATE_AND_TIME)
        assert len(running(process.pid)) > 2
        process.kill()
        process.wait()
        give_up = time.monotonic() + 60
        while running(process.pid):
            assert time.monotonic() < give_up
            time.sleep(0.1)


def test_an_interrupt_ends_in_a_sentence_and_leaves_the_old_site(many):
    with baking(many) as (process, terminal):
        assert re.search(RATE_AND_TIME, read_until(terminal, RATE_AND_TIME))
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        assert said(terminal) == [f"Error: stopped; {many / 'dist'} is as it was"]
        assert process.wait() == 1
    assert sorted(path.name for path in many.iterdir()) == ["dist", "many.db"]
    assert [path.name for path in (many / "dist").iterdir()] == [".nojekyll"]


def test_a_worker_that_is_killed_ends_the_bake_in_a_sentence(many):
    with baking(many) as (process, terminal):
        read_until(terminal, RATE_AND_TIME)
        os.kill(max(map(int, running(process.pid))), signal.SIGKILL)
        sentence = f"a worker was killed, perhaps for want of memory; {many / 'dist'} is as it was"
        assert said(terminal) == [f"Error: {sentence}"]


def test_links_are_relative_and_end_in_a_slash(dist):
    for path in dist.rglob("index.html"):
        for url in re.findall(r'\s(?:href|src|action)="([^"]*)"', path.read_text()):
            link = urldefrag(unescape(url)).url.partition("?")[0]
            assert not link.startswith("/"), (path, url)
            assert "localhost" not in link
            if link and not re.match(r"[a-z]+:", link):
                target = path.parent / link
                assert target.is_file() or (link.endswith("/") and (target / "index.html").is_file()), (
                    path,
                    url,
                )


def test_pages_name_no_host_of_ours_and_no_timing(dist):
    for path in dist.rglob("index.html"):
        text = path.read_text()
        assert "localhost" not in text and "127.0.0.1" not in text, path
        assert not re.search(r"\d\s?ms\b", text), path


def test_every_page_has_a_strict_policy(dist):
    policies = set()
    for path in dist.rglob("index.html"):
        head = path.read_text().partition("</head>")[0]
        policies.update(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', head))
        assert "Content-Security-Policy" in head, path
    (policy,) = policies
    directives = [directive.split() for directive in unescape(policy).split(";")]
    assert {name: values for name, *values in directives} == {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'"],
        "worker-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
    }


def test_the_database_has_a_name_with_its_hash(dist):
    stable, hashed = dist / "news.db", next(dist.glob("news-*.db"))
    assert stable.read_bytes() == hashed.read_bytes()


def test_files_for_hosts(dist):
    assert (dist / ".nojekyll").read_bytes() == b""
    assert "Sitemap: https://example.org/news-site/sitemap.xml" in (dist / "robots.txt").read_text()
    sitemap = (dist / "sitemap.xml").read_text()
    assert "<loc>https://example.org/news-site/news/articles/harbour-strike/</loc>" in sitemap
    wrong = (dist / "404.html").read_text()
    assert 'href="https://example.org/news-site/' in wrong and 'href="/' not in wrong


def test_unchanged_files_keep_their_time(tmp_path):
    database, output = Database(tmp_path / "few.db"), tmp_path / "dist"
    database["rows"].insert({"id": "a"}, pk="id")
    bake(database, output)
    page = output / "few/rows/a/index.html"
    os.utime(page, (1, 1))
    (tmp_path / ".dist.killed.partial/new").mkdir(parents=True)
    (output / "robots.txt").write_text("changed")
    bake(database, output)
    assert page.stat().st_mtime == 1
    assert (output / "robots.txt").stat().st_mtime > 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "few.db"]
    assert output.stat().st_mode == page.parent.stat().st_mode


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://localhost/nowhere", "/nowhere? answered 404"),
        ("http://localhost/bad/rows#nowhere", "a page links to bad/rows/index.html#nowhere, which is not there"),
        ("http://localhost/-/search.json?q=a", "bad/rows/index.html links to /-/search.json, which is not baked"),
    ],
)
def test_a_bad_link_fails_the_bake_and_leaves_the_old_site(tmp_path, address, sentence):
    database = Database(tmp_path / "bad.db")
    database["rows"].insert({"id": "a", "url": address}, pk="id")
    output = tmp_path / "dist"
    output.mkdir()
    (output / ".nojekyll").touch()
    result = bake(database, output)
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == f"Error: {sentence}; {output} is as it was"
    assert [entry.name for entry in output.iterdir()] == [".nojekyll"]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["bad.db", "dist"]


def test_a_file_that_is_no_database(tmp_path):
    readme, output = ROOT / "README.md", tmp_path / "dist"
    result = run("site", "--database", readme, "--output", output, "--workers", 1)
    assert result.exit_code == 1
    assert (
        result.output.splitlines()[-1]
        == f"Error: {readme} is damaged (file is not a database); build it again; {output} is as it was"
    )


@pytest.mark.parametrize("url", ["example.org", "//example.org", "ftp://example.org/", "https:///", "/a?b", "/a b", ""])
def test_an_address_where_no_site_can_stand(tiny, tmp_path, url):
    result = bake(tiny, tmp_path / "dist", "--url", url)
    assert result.exit_code == 2
    sentence = f"{url} is not where a site stands: write https://example.org/folder/ or /folder/"
    assert result.output.splitlines()[-1] == f"Error: Invalid value for '--url': {sentence}"


@pytest.mark.parametrize(
    ("page", "url", "link"),
    [
        ("/", "/news/claims", "news/claims/"),
        ("/news/claims", "/", "../../"),
        ("/news/claims", "/news/claims?_facet=kind", "./?_facet=kind"),
        ("/news/claims", "http://localhost/news/claims.csv?_stream=on", "../claims.csv?_stream=on"),
        ("/news/claims/a", "/news/articles/b#c", "../../articles/b/#c"),
        ("/news/claims", "/assets-0123456789ab/site/site.css", "../../assets-0123456789ab/site/site.css"),
        ("/news/claims", "#top", "./#top"),
        ("/news/claims", "/news/claims?_next=b", "page/2/"),
        ("/news/claims", "/news/claims?_next=b%2Cb&_sort=id", "page/2/"),  # metadata.yml sorts by id
        ("/news/claims", "/news/claims?_next=b&_facet=kind", "./?_next=b&_facet=kind"),
    ],
)
def test_relative_url(page, url, link):
    page = Target(page)
    assert relative_url(*target_of(url, page), page.folder) == link


@pytest.mark.parametrize("url", ["https://example.org/", "mailto:a@b.c", "javascript:x", "//example.org/x"])
def test_other_hosts_are_left_alone(url):
    assert target_of(url, Target("/news")) is None
