"""The extractor's version changes with whatever may change its answers, and with nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from front_door import ROOT
from sqlite_utils import Database

from build.extractor.versions import EXTRACTOR, modules_behind

ARTICLE = "Jane Doe said that the ship had sunk on 3 March 2024.\n"
APART = """
__main__.py core/records.py core/tables.py core/workers.py core/workplace.py editorial/editorial.py editorial/entries.py
extractor/__init__.py output/database.py output/drafts.py output/schema.sql rows/articles.py rows/extractions.py
rows/proposals.py site/application.py site/bake.py
""".split()


def edit(file):
    """Adds a comment, which none of these files minds."""
    with file.open("a") as code:
        code.write({".sql": "-- a comment\n"}.get(file.suffix, "# a comment\n"))


def build_in(folder):
    """The extractor's version in what the code in a folder builds, and how many extractions it keeps."""
    command = [sys.executable, "-m", "build", "database", "--workers", "1"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    (row,) = Database(folder / "news.db")["build"].rows
    return row["extractor"], len(list(folder.glob(".cache/extractions/*/*")))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("code")
    shutil.copytree(ROOT / "build", folder / "build", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "metadata.yml", folder)
    (folder / "seeds").mkdir()
    (folder / "seeds/a.txt").write_text(ARTICLE)
    return folder, build_in(folder)


@pytest.fixture
def copied(built, tmp_path):
    """A copy of the code that has built once, what it keeps included."""
    folder, before = built
    shutil.copytree(folder, tmp_path / "copy")
    return tmp_path / "copy", before


def test_what_is_done_with_an_answer_leaves_the_version(copied):
    folder, before = copied
    for name in APART:
        edit(folder / "build" / name)
    assert build_in(folder) == before


@pytest.mark.parametrize(
    "name",
    ["core/dates.py", "core/lexicons/titles.txt", "extractor/speech/clause_edges.py", "reading/roles.py"],
)
def test_what_decides_an_answer_changes_the_version(copied, name):
    folder, (version, kept) = copied
    edit(folder / "build" / name)
    changed, kept_now = build_in(folder)
    assert changed != version
    assert kept_now == kept + 1


def test_every_module_that_is_loaded_counts():
    code = "import sys, build.extractor.extraction\nfor name in sys.modules: print(name)"
    names = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    files = {ROOT / f"{name.replace('.', '/')}.py" for name in names.split() if name.startswith("build.")}
    assert {file for file in files if file.exists()} == modules_behind(EXTRACTOR)
    assert {Path(file).parent.name for file in files} >= {"core", "reading", "text", "speech", "names", "facts"}
