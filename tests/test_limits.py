"""What visitors ask costs a server no more than its share, and pages go on answering meanwhile. The server is a real one."""

import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from front_door import OURS, path_of, served
from sqlite_utils import Database

ENDLESS = "with recursive t(x) as (select 1 union all select x + 1 from t) select count(*) from t"
LONG = 20_000_000  # characters of an honest value


@pytest.fixture(scope="module")
def server(tiny, tmp_path_factory):
    """A server of the tiny edition and of a table with a long value."""
    with served(path_of(tiny), *OURS) as (_, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def patient(tiny):
    """A server that no busy machine makes stop a query before it has taken too much memory."""
    with served(path_of(tiny), *OURS, "--setting", "sql_time_limit_ms", 15_000) as (_, port):
        yield f"http://127.0.0.1:{port}"


def get(url):
    """The status and text of an answer."""
    try:
        with urlopen(url, timeout=120) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def ask(server, sql):
    return get(f"{server}/news.json?{urlencode({'sql': sql, '_shape': 'array'})}")


BOMBS = [
    "select randomblob(1000000000)",
    "select length(zeroblob(500000000) || zeroblob(500000000))",
    "with recursive t(x) as (select 1 union all select x + 1 from t limit 1000) select zeroblob(9000000) from t",
    "select " + ", ".join(["randomblob(90000000)"] * 20),
]


@pytest.mark.parametrize("sql", BOMBS)
def test_a_query_has_a_bound_on_its_memory(patient, sql):
    status, text = ask(patient, sql)
    assert status == 400
    assert "This needs more memory than a query may take." in text


def test_a_condition_has_a_bound_on_its_memory(patient):
    status, text = get(f"{patient}/news/claims.json?_where=randomblob(900000000)")
    assert status == 400
    assert "This needs more memory than a query may take." in text


def test_an_honest_value_may_be_long(tmp_path):
    database = Database(tmp_path / "long.db")
    database["texts"].insert({"id": 1, "text": "a" * LONG}, pk="id")
    with served(tmp_path / "long.db", *OURS) as (_, port):
        for address in ("long.json?sql=select+text+from+texts", "long/texts.json?id=1"):
            status, text = get(f"http://127.0.0.1:{port}/{address}&_shape=array")
            assert (status, len(json.loads(text)[0]["text"])) == (200, LONG)


def test_what_no_limit_of_time_ends_is_ended_with_its_process(server):
    """SQLite looks at the time between its instructions; one that compares two long values takes minutes."""
    status, text = ask(server, "select instr(zeroblob(9000000), zeroblob(4000000) || x'01')")
    assert (status, json.loads(text)["error"]) == (400, "This took too long and was ended; ask for less at a time.")
    assert ask(server, "select 1 as one") == (200, '[{"one": 1}]')


def test_pages_answer_before_the_queries_that_were_asked_before_them(server):
    done = []
    with ThreadPoolExecutor(12) as pool:
        for _ in range(10):
            pool.submit(ask, server, ENDLESS).add_done_callback(lambda _: done.append("query"))
        time.sleep(0.5)
        for address in (
            "/",
            "/news/articles",
            "/news/people/jane-doe",
            "/-/search?q=harbour",
            "/news/claims.csv?_stream=on",
        ):
            assert get(server + address)[0] == 200
            done.append(address)
    assert len(done) == 15
    assert done.index("/news/claims.csv?_stream=on") < 12  # ten queries, two at a time, take ten seconds


def test_too_many_queries_are_turned_away(server):
    with ThreadPoolExecutor(80) as pool:
        for _ in range(2):
            pool.submit(ask, server, ENDLESS)
        time.sleep(0.5)
        answers = list(pool.map(lambda _: ask(server, "select 1 as one"), range(78)))
    turned_away = [json.loads(text)["error"] for status, text in answers if status == 503]
    assert turned_away == ["Too many queries are waiting; ask again in a few seconds."] * 20
    assert answers.count((200, '[{"one": 1}]')) == 58


@pytest.mark.parametrize("address", ["news/claims?kind=direct", "news.json?sql=select+1"])
def test_what_a_worker_answers_has_each_header_once(server, address):
    with urlopen(f"{server}/{address}") as response:
        names = [name.lower() for name, _ in response.getheaders()]
    assert len(names) == len(set(names))
    assert {"content-security-policy", "x-frame-options"} <= set(names)


def workers_of(server):
    listed = subprocess.run(["ps", "-A", "-o", "ppid=,pid=,args="], capture_output=True, text=True, check=True)
    rows = (line.split(None, 2) for line in listed.stdout.splitlines())
    return [pid for parent, pid, args in rows if "news_site.limits.worker" in args and parent == str(server.pid)]


def test_workers_end_with_a_server_that_is_killed(tiny):
    with served(path_of(tiny), *OURS) as (process, port):
        ask(f"http://127.0.0.1:{port}", "select 1")
        (worker,) = workers_of(process)
        process.kill()
        process.wait()
        give_up = time.monotonic() + 30
        while subprocess.run(["ps", "-p", worker], stdout=subprocess.DEVNULL, check=False).returncode == 0:
            assert time.monotonic() < give_up
            time.sleep(0.1)
