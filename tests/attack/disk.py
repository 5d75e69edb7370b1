"""Kills at random moments, and inputs with something changed in them."""

import random
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter, sleep

from front_door import ROOT, TINY, files_of
from outcome import Outcome

BYTES = [
    b"\x00",
    b"\xff",
    b"\n\n",
    b"---\n",
    b"- ",
    b": ",
    b"[",
    b"{",
    b"'",
    b'"',
    b"\xe2\x80\xae",
    b"&a *a",
    b"!!python/object",
]
OTHERS = {"CNAME": b"news.example.org\n"}


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "build", *map(str, arguments)]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), cwd=ROOT, check=False, capture_output=True, text=True, timeout=300)


def killed(seconds: float, *arguments: object) -> bool:
    """Whether a command was still at work after so many seconds, when it was killed."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command(*arguments), cwd=ROOT, **quiet)
    sleep(seconds)
    at_work = process.poll() is None
    process.kill()
    process.wait()
    return at_work


def timed(*arguments: object) -> float:
    begun = perf_counter()
    assert run(*arguments).returncode == 0
    return perf_counter() - begun


def kill_builds(folder: Path, number: int, seed: int) -> Outcome:
    """The database stays as it was, or is the new one, which is the same."""
    folder.mkdir()
    outcome, chance = Outcome("builds killed"), random.Random(seed)
    build = ("database", "--seeds", TINY, "--output", folder / "news.db")
    took, before = timed(*build), (folder / "news.db").read_bytes()
    for _ in range(number):
        killed(chance.uniform(0, took), *build)
        outcome.check((folder / "news.db").read_bytes() == before, "another database")
    outcome.check(run(*build).returncode == 0 and files_of(folder).keys() == {"news.db"}, "something is left behind")
    return outcome


def kill_bakes(folder: Path, number: int, seed: int) -> Outcome:
    """There is a site at any moment, with what else lies in its folder, and the next bake is whole."""
    folder.mkdir()
    outcome, chance = Outcome("bakes killed"), random.Random(seed)
    run("database", "--seeds", TINY, "--output", folder / "news.db")
    bake = ("site", "--workers", 1, "--database", folder / "news.db", "--output", folder / "dist")
    (folder / "dist").mkdir()
    (folder / "dist/CNAME").write_bytes(OTHERS["CNAME"])
    took, whole = timed(*bake), files_of(folder / "dist")
    for _ in range(number):
        killed(chance.uniform(took * 0.5, took), *bake)
        there = files_of(folder / "dist")
        outcome.check(there.items() >= OTHERS.items() and there.keys() >= whole.keys() - {".written"}, "a file is lost")
    outcome.check(run(*bake).returncode == 0 and files_of(folder / "dist") == whole, "the next bake is another")
    return outcome


def mutate_inputs(folder: Path, number: int, seed: int) -> Outcome:
    """A build ends well or with sentences, never with a traceback, and leaves no half database."""
    outcome, chance = Outcome("mutated inputs"), random.Random(seed)
    for _ in range(number):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(TINY, folder)
        changed = [mutate(chance.choice(sorted(folder.iterdir())), chance) for _ in range(chance.randint(1, 3))]
        result = run("database", "--seeds", folder, "--output", folder / "news.db", "--workers", 1, "--no-cache")
        ended = result.returncode == 0 or (result.returncode == 1 and not (folder / "news.db").exists())
        outcome.check(ended and "Traceback" not in result.stderr, f"{changed}: {result.stderr[-200:]}")
    return outcome


def mutate(path: Path, chance: random.Random) -> str:
    """Something put in, something taken out, or doubled."""
    content = path.read_bytes()
    at = chance.randrange(len(content) + 1)
    to = min(len(content), at + chance.randrange(200))
    changes = {"put in": content[:at] + chance.choice(BYTES) + content[at:], "taken out": content[:at] + content[to:],
               "doubled": content[:to] + content[at:to] + content[to:]}  # fmt: skip
    how = chance.choice(sorted(changes))
    path.write_bytes(changes[how])
    return f"{path.name}, {how} at {at}"
