"""What `make` sets up by itself in a fresh copy, and what it says where it cannot."""

import os
import shutil
import subprocess

import pytest
from front_door import ROOT

VENDOR = "plugins/static/vendor"
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


def make(folder, *arguments):
    # a make that runs the tests tells the makes below it how to behave
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "-o", ".venv", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_seeds_that_come_change_and_go_are_built_whatever_their_names(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\ntouch news.db\n")
    python.chmod(0o755)
    seed = tmp_path / "seeds/My day: in town%.txt"
    for folder in (seed.parent, tmp_path / "build"):
        folder.mkdir()
    for change in (seed.touch, lambda: seed.write_text("Text."), seed.unlink):
        change()
        result = make(tmp_path, "news.db")
        assert (result.stdout, result.stderr) == (".venv/bin/python -m build\n", "")
        assert "up to date" in make(tmp_path, "news.db").stdout


def test_modules_are_bundled_once(copy):
    result = make(copy, "-o", PACKAGES, VENDOR)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert "import" not in (copy / VENDOR / "sql/editor.js").read_text().split(";")[0]
    assert "Marijn Haverbeke" in (copy / VENDOR / "LICENSES.txt").read_text()
    assert "up to date" in make(copy, "-o", PACKAGES, VENDOR).stdout


def test_a_changed_module_is_bundled_again(copy):
    make(copy, "-o", PACKAGES, VENDOR)
    (copy / "plugins/static/sql/editor.js").write_text("export const changed = 1;")
    make(copy, "-o", PACKAGES, VENDOR)
    assert "changed" in (copy / VENDOR / "sql/editor.js").read_text()


def test_packages_that_cannot_be_had_are_named(copy):
    (copy / ".venv").unlink()
    (copy / ".venv/bin").mkdir(parents=True)
    npm = copy / ".venv/bin/npm"
    npm.write_text("#!/bin/sh\necho 'npm error network' >&2\nexit 1\n")
    npm.chmod(0o755)
    shutil.rmtree(copy / "node_modules")
    result = make(copy, PACKAGES)
    assert result.returncode != 0
    assert result.stderr.splitlines()[:2] == [
        "npm error network",
        "make: npm could not install what package-lock.json lists; what it says is above.",
    ]
