"""Mutants that somebody thought of: each breaks a promise in a copy of the tree, and its tests must notice."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from forks import FAILED, PASSED, TestsFail, run_forks
from trees import copy_tree

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
    entries = (path.exists() and yaml.safe_load(path.read_text())) or []
    changes = [
        Change(**entry | {"file": Path(entry["file"]), "tests": tuple(entry["tests"].split())}) for entry in entries
    ]
    for change in changes:
        times = change.file.read_text().count(change.exact) if change.file.exists() else 0
        if times != 1:
            raise ListError(f"{path}: {change.file} holds these words {times} times, not once: {change.exact!r}")
    return changes


def find_unnoticed(changes: list[Change]) -> list[str]:
    """A line for each change that its tests do not notice."""
    every = sorted({test for change in changes for test in change.tests})
    tried = [partial(try_tests, every), *(partial(try_tests, change.tests, change) for change in changes)]
    unchanged, *statuses = run_forks(tried, "promises")
    if unchanged != PASSED:
        raise TestsFail(f"tests fail before anything is changed: pytest {' '.join(every)}")
    for change, status in zip(changes, statuses, strict=True):
        if status not in (PASSED, FAILED):
            raise ListError(f"{change}: pytest {' '.join(change.tests)} ends with {status}")
    return [str(change) for change, status in zip(changes, statuses, strict=True) if status == PASSED]


def try_tests(tests: Sequence[str], change: Change | None = None) -> int:
    """How pytest ends in a copy of the tree, in which a change may be made."""
    with TemporaryDirectory() as folder:
        tree = copy_tree(Path(folder))
        if change:
            path = tree / change.file
            path.write_text(path.read_text().replace(change.exact, change.becomes))
            if path.suffix == ".js":
                subprocess.run(["make", *INSTALLED, BUNDLES], cwd=tree, check=True)
        os.chdir(tree)
        return pytest.main(["-x", "-p", "no:cacheprovider", *tests])
