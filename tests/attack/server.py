"""Requests that no browser sends, and SQL that takes all it can, while a second client reads on."""

import http.client
import random
import subprocess
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import perf_counter, sleep
from urllib.parse import quote

from front_door import OURS, SETTINGS, served
from outcome import Outcome

ENDLESS = "with recursive t(x) as (select 1 union all select x + 1 from t) select count(*) from t"
BOMBS = [
    "select randomblob(1000000000)",
    "with recursive t(x) as (select 1 union all select x + 1 from t limit 1000) select zeroblob(9000000) from t",
    "with recursive t(x) as (select 1 union all select x + 1 from t) select group_concat(printf('%.1000000c', 'a')) from t",
    "select instr(zeroblob(9000000), zeroblob(4000000) || x'01')",
    *[ENDLESS] * 20,
]
READ = ["/", "/news/articles", "/-/search?q=harbour", "/-/about", "/news/people/jane-doe"]
MEMORY = 3000  # MB, all processes of a server together: two workers at their bound and the server
WAIT = 5  # seconds that a reader may wait on a machine that does other things as well
PATHS = ["/", "/news", "/news/claims", "/news/claims.json", "/news/claims.csv", "/news/people/jane-doe", "/-/search",
         "/-/charts/speakers", "/-/source-facets.json", "/-/data", "/news/timeline", "/news/search_claims", "/nothing"]  # fmt: skip
NAMES = ["sql", "_where", "_sort", "_facet", "_facet_source", "_next", "_size", "_timelimit", "_search", "kind", "kid",
         "_col", "_nocol", "_shape", "_labels", "_ttl", "q", "page", "_through", "_json", "_trace", "_stream", "_group"]  # fmt: skip
VALUES = ["%00", "1;drop table claims", "x", "-1", "1e309", "nan", "٣", "'", '"', "--", "%ff%fe", "../../../etc/passwd",
          "<script>", "{", "[", "null", "9" * 400, "a" * 4000, "1 or 1", "select", "%E2%80%AE", "\\", "load_extension('x')",
          "attach 'x' as y", "pragma database_list", "select readfile('/etc/passwd')", "(" * 500]  # fmt: skip
METHODS = ["GET"] * 12 + ["POST", "PUT", "DELETE", "OPTIONS", "HEAD", "BREW"]
HOSTS = ["localhost"] * 8 + ["[::1", "a" * 500, "evil.example", "", "%00"]


def ask(port: int, path: str, method: str = "GET", host: str = "localhost", timeout: float = 150) -> tuple[int, str]:
    """The status and text of an answer; 0 where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host)
        connection.endheaders()
        response = connection.getresponse()
        return response.status, response.read().decode(errors="replace")
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        return 0, repr(error)
    finally:
        connection.close()


def ask_hostile(database: str, number: int, seed: int) -> Outcome:
    """None is answered with a failure or a traceback, and pages answer afterwards."""
    outcome, chance = Outcome("hostile requests"), random.Random(seed)
    with served(database, *OURS) as (_, port):
        for _ in range(number):
            query = "&".join(
                f"{chance.choice(NAMES)}={quote(chance.choice(VALUES), '%')}" for _ in range(chance.randint(1, 3))
            )
            path, method, host = f"{chance.choice(PATHS)}?{query}", chance.choice(METHODS), chance.choice(HOSTS)
            status, text = ask(port, path, method, host)
            outcome.check(0 < status < 500 and "Traceback" not in text, f"{status} {method} {path} Host: {host}")
        outcome.check(ask(port, "/")[0] == 200, "home does not answer afterwards")
    return outcome


def memory_of(process: subprocess.Popen[bytes]) -> int:
    """MB that a server's processes have now."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True)
    rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    return sum(rss for pid, parent, rss in rows if process.pid in (pid, parent)) // 1024


def watch(process: subprocess.Popen[bytes], port: int, done: Event) -> tuple[int, float, list[str]]:
    """The most memory, a second client's longest wait, and what it was not given, until it is done."""
    memory, wait, refused = 0, 0.0, []
    while not done.is_set():
        for path in READ:
            begun = perf_counter()
            status, _ = ask(port, path)
            wait = max(wait, perf_counter() - begun)
            memory = max(memory, memory_of(process))
            if status not in (200, 404):
                refused.append(f"{status} {path} beside bombs")
        sleep(0.05)
    return memory, wait, refused


def drop(process: subprocess.Popen[bytes], port: int, name: str) -> tuple[list[int], tuple[int, float, list[str]]]:
    """The statuses of all bombs, asked at once of a database, and what was watched meanwhile."""
    done = Event()
    for path in READ:  # once, so that what is remembered is known
        ask(port, path)
    with ThreadPoolExecutor(len(BOMBS) + 1) as pool:
        watched = pool.submit(watch, process, port, done)
        statuses = list(pool.map(lambda sql: ask(port, f"/{name}.json?sql={quote(sql)}")[0], BOMBS))
        done.set()
        return statuses, watched.result()


def bomb(database: str) -> Outcome:
    outcome = Outcome("SQL bombs")
    with served(database, *OURS) as (process, port):
        statuses, (memory, wait, refused) = drop(process, port, "news")
    for sql, status in zip(BOMBS, statuses, strict=True):
        outcome.check(status in (400, 503), f"{status} {sql}")
    outcome.check(memory < MEMORY, f"{memory} MB")
    outcome.check(wait < WAIT, f"a second client waited {wait:.1f} s")
    outcome.check(not refused, "; ".join(refused))
    outcome.figures = told(memory, wait)
    return outcome


def bomb_stock(database: str) -> Outcome:
    """The same for Datasette without plugins, to compare with."""
    with served(database, "--setting", "sql_time_limit_ms", SETTINGS["sql_time_limit_ms"]) as (process, port):
        statuses, (memory, wait, _) = drop(process, port, "news")
    outcome = Outcome("the same for stock Datasette, nothing expected")
    outcome.tried = len(statuses)
    outcome.figures = f"{told(memory, wait)} {sum(status in (400, 503) for status in statuses)} were refused."
    return outcome


def told(memory: int, wait: float) -> str:
    return f"Most memory {memory} MB; a second client waited {wait:.1f} s at most."
