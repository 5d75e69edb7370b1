"""Mutants that somebody thought of: each breaks a promise in a copy of the tree, and its tests must notice."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pytest
import yaml
from trees import copy_tree
from trials import TestsFail

INSTALLED = ("-o", ".venv/requirements.txt", "-o", "node_modules/.package-lock.json")
BUNDLES = "plugins/static/vendor/LICENSES.txt"


class ListError(Exception):
    """An entry that does not fit the code."""


@dataclass(frozen=True)
class Change:
    """The words of a file that keep a promise, what stands there instead, and what pytest is given."""

    promise: str
    file: Path
    exact: str
    becomes: str
    tests: tuple[str, ...]

    def __str__(self) -> str:
        line = self.file.read_text().split(self.exact)[0].count("\n") + 1
        return f"{self.file}:{line} {self.promise}"


def read_changes(path: Path) -> list[Change]:
    entries = yaml.safe_load(path.read_text()) if path.exists() else []
    changes = [
        Change(**entry | {"file": Path(entry["file"]), "tests": tuple(entry["tests"].split())}) for entry in entries
    ]
    for change in changes:
        times = change.file.read_text().count(change.exact) if change.file.exists() else 0
        if times != 1:
            raise ListError(f"{path}: {change.file} holds these words {times} times, not once: {change.exact!r}")
    return changes


def find_unnoticed(changes: list[Change]) -> Iterator[str]:
    """A line for each change that its tests do not notice."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        unchanged = pool.submit(notice, None, sorted({test for change in changes for test in change.tests}))
        results = [pool.submit(notice, change, change.tests) for change in changes]
        with click.progressbar(results, label="promises", show_pos=True, file=sys.stderr) as bar:
            noticed = [result.result() for result in bar]
    if failures := unchanged.result():
        raise TestsFail(failures)
    yield from (str(change) for change, failures in zip(changes, noticed, strict=True) if not failures)


def notice(change: Change | None, tests: Sequence[str]) -> str:
    """What the tests say in a copy of the tree in which a change is made; nothing if they pass."""
    with TemporaryDirectory() as folder:
        tree = copy_tree(Path(folder))
        if change:
            path = tree / change.file
            path.write_text(path.read_text().replace(change.exact, change.becomes))
            if path.suffix == ".js":
                run(tree, "make", *INSTALLED, BUNDLES).check_returncode()
        result = run(tree, sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *tests)
    if result.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise ListError(f"pytest cannot run {' '.join(tests)}: {result.stdout}")
    return result.stdout if result.returncode else ""


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=tree, capture_output=True, text=True)
