"""`make attack`: what a hostile world does to the site, on this machine alone; prints what held and what did not.

    python tests/attack [--requests N] [--inputs N] [--kills N] [--seed N]

Hostile requests and queries that take all they can are asked of a server of ours and of stock Datasette; builds and
bakes are killed at random moments; articles and editorial files are mutated; a browser meets new editions (the tests
of tests/browser/test_offline.py). Ends with 1 if anything failed.
"""

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from disk import kill_bakes, kill_builds, mutate_inputs  # noqa: E402
from front_door import TINY, build, path_of  # noqa: E402
from outcome import Outcome  # noqa: E402
from server import ask_hostile, bomb, bomb_stock  # noqa: E402


@click.command()
@click.option("--requests", default=3000, show_default=True, help="Hostile requests.")
@click.option("--inputs", default=60, show_default=True, help="Mutated folders of seeds.")
@click.option("--kills", default=30, show_default=True, help="Builds and bakes that are killed.")
@click.option("--seed", default=1, show_default=True, help="Of what is random.")
@click.option("--bombs/--no-bombs", default=True, show_default=True, help="SQL that takes all it can; stock beside it.")
@click.option("--updates/--no-updates", default=True, show_default=True, help="New editions in a browser.")
def main(requests: int, inputs: int, kills: int, seed: int, bombs: bool, updates: bool) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "served").mkdir()
        database = path_of(build(TINY, Path(folder) / "served/news.db"))
        outcomes = attack(Path(folder), database, requests, inputs, kills, seed)
        failed = [outcome for outcome in chain(outcomes, drop_bombs(database) if bombs else ()) if outcome.show()]
    if updates:
        status = pytest.main(["-q", "-k", "outlives or mends", str(ROOT / "tests/browser/test_offline.py")])
        failed += [Outcome("new editions in a browser", 7, ["see above"])] if status else []
    sys.exit(bool(failed))


def attack(folder: Path, database: str, requests: int, inputs: int, kills: int, seed: int) -> Iterator[Outcome]:
    yield ask_hostile(database, requests, seed)
    yield mutate_inputs(folder / "inputs", inputs, seed)
    yield kill_builds(folder / "builds", kills // 2, seed)
    yield kill_bakes(folder / "bakes", kills - kills // 2, seed)


def drop_bombs(database: str) -> Iterator[Outcome]:
    yield bomb(database)
    yield bomb_stock(database)


main()
