"""What `make` sets up by itself in a fresh copy, and what it says where it cannot."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from front_door import ROOT

VENV = ".venv/requirements.txt"
NEXT = ".cache/datasette-next/requirements.txt"
VENDOR = "plugins/static/vendor"
MODULES = f"{VENDOR}/LICENSES.txt"
PACKAGES = "node_modules/.package-lock.json"


@pytest.fixture
def copy(tmp_path):
    """The files that the browser's modules are made of, and the packages installed here."""
    for name in ("Makefile", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "plugins/static", tmp_path / "plugins/static", ignore=shutil.ignore_patterns("vendor"))
    packages = (ROOT / "node_modules").resolve()  # npm lists packages wrongly where the folder is a link
    shutil.copytree(packages, tmp_path / "node_modules", symlinks=True, copy_function=os.link)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    return tmp_path


def run_make(folder, *arguments):
    # a make that runs the tests tells the makes below it how to behave
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True)


def make(folder, *arguments):
    """As run_make, with Python's packages taken for installed."""
    return run_make(folder, "-o", VENV, *arguments)


def write_program(path, script):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("stamp", [VENV, NEXT])
def test_a_set_up_that_was_stopped_is_begun_again(tmp_path, stamp):
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in (".ci", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name)
    write_program(tmp_path / "pip", "[ -e stopped ] || { touch stopped; kill -KILL $PPID; }")
    write_program(tmp_path / "python", "[ $1 != -m ] || { mkdir -p $3/bin; cp pip $3/bin; }")
    command = ["PYTHON=./python", *(["-o", VENV] if stamp != VENV else []), stamp]
    assert run_make(tmp_path, *command).returncode < 0
    for output in (f"rm -rf {Path(stamp).parent}\n", f"make: '{stamp}' is up to date.\n"):
        result = run_make(tmp_path, *command)
        assert result.stdout.startswith(output) and result.stderr == ""


def test_seeds_that_come_change_and_go_are_built_whatever_their_names(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    write_program(tmp_path / ".venv/bin/python", "touch news.db")
    seed = tmp_path / "seeds/My day: in town%.txt"
    for folder in (seed.parent, tmp_path / "build"):
        folder.mkdir()
    for change in (seed.touch, lambda: seed.write_text("Text."), seed.unlink):
        change()
        result = make(tmp_path, "news.db")
        assert (result.stdout, result.stderr) == (".venv/bin/python -m build\n", "")
        assert "up to date" in make(tmp_path, "news.db").stdout


def test_a_database_is_served_as_news_whatever_its_file(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    write_program(tmp_path / ".venv/bin/python", "")
    write_program(tmp_path / ".venv/bin/datasette", 'basename "$3"; cat "$3"')
    for name in ("mine.db", "mine.db", "news.db"):
        (tmp_path / name).write_text(f"rows of {name}")
        result = make(tmp_path, "-o", MODULES, "-o", "news.db", "--silent", "serve", f"DATABASE={name}")
        assert (result.stdout, result.stderr) == (f"news.db\nrows of {name}", "")


def test_modules_are_bundled_once(copy):
    result = make(copy, "-o", PACKAGES, MODULES)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert "import" not in (copy / VENDOR / "sql/editor.js").read_text().split(";")[0]
    assert "Marijn Haverbeke" in (copy / VENDOR / "LICENSES.txt").read_text()
    assert "up to date" in make(copy, "-o", PACKAGES, MODULES).stdout


@pytest.mark.parametrize("module", ["sql/editor.js", "queries/engine/worker.js"])
def test_a_changed_module_is_bundled_again(copy, module):
    make(copy, "-o", PACKAGES, MODULES)
    (copy / "plugins/static" / module).write_text("export const changed = 1;")
    make(copy, "-o", PACKAGES, MODULES)
    assert "changed" in (copy / VENDOR / module).read_text()


def test_packages_that_cannot_be_had_are_named(copy):
    (copy / ".venv").unlink()
    write_program(copy / ".venv/bin/npm", "echo 'npm error network' >&2; exit 1")
    shutil.rmtree(copy / "node_modules")
    result = make(copy, PACKAGES)
    assert result.returncode != 0
    assert result.stderr.splitlines()[:2] == [
        "npm error network",
        "make: npm could not install what package-lock.json lists; what it says is above.",
    ]
