"""What a command writes takes the place of what it wrote before, and of nothing else that stands there."""

import random
import re
import shutil
import subprocess
import sys

import pytest
from front_door import ROOT, bake, files_of
from sqlite_utils import Database

OTHERS = {".git/HEAD": b"ref: refs/heads/main\n", "CNAME": b"news.example.org\n", "notes/a.md": b"Call back.\n"}


def write_all(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def small(path, *ids):
    """A database with a table of rows."""
    path.parent.mkdir(exist_ok=True)
    database = Database(path)
    database["rows"].insert_all(({"id": name} for name in ids), pk="id")
    return database


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    """Two sites of one publisher's, the second with another row."""
    folder = tmp_path_factory.mktemp("editions")
    for name, ids in (("first", "ab"), ("second", "ac")):
        assert bake(small(folder / name / "few.db", *ids), folder / name / "dist").exit_code == 0
    return folder


def site_of(editions, name):
    return files_of(editions / name / "dist")


def rebake(editions, name, output):
    return bake(Database(editions / name / "few.db"), output)


def test_what_else_is_in_the_folder_stays(editions, tmp_path):
    write_all(tmp_path, OTHERS)
    (tmp_path / "empty").mkdir()
    for name in ("first", "second"):
        assert rebake(editions, name, tmp_path).exit_code == 0
        assert files_of(tmp_path) == OTHERS | site_of(editions, name)
        assert (tmp_path / "empty").is_dir()


def test_an_earlier_site_is_replaced(editions, tmp_path):
    for name in ("first", "second"):
        assert rebake(editions, name, tmp_path / "dist").exit_code == 0
        assert files_of(tmp_path / "dist") == site_of(editions, name)
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


@pytest.mark.parametrize("name", ["index.html", "few/rows/mine.txt", "few.db", "-/about/x", "assets-old/site.css"])
def test_what_would_be_overwritten_stops_the_bake(editions, tmp_path, name):
    write_all(tmp_path, OTHERS | {name: b"mine"})
    result = rebake(editions, "first", tmp_path)
    assert result.exit_code == 1
    sentence = f"{tmp_path / name} was not written by this command; remove it, or name another folder"
    assert result.output.splitlines()[-1] == f"Error: {sentence}; {tmp_path} is as it was"
    assert files_of(tmp_path) == OTHERS | {name: b"mine"}


def test_a_link_is_followed(editions, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "dist").symlink_to("there")
    assert rebake(editions, "first", tmp_path / "dist").exit_code == 0
    assert (tmp_path / "dist").is_symlink()
    assert files_of(tmp_path / "there") == site_of(editions, "first")


def test_a_link_in_the_folder_leads_no_file_elsewhere(editions, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist/few").symlink_to(tmp_path / "elsewhere")
    assert "dist/few was not written by this command" in rebake(editions, "first", tmp_path / "dist").output
    assert list((tmp_path / "elsewhere").iterdir()) == []


# Ends the process, as kill -9 would, before its so many-th change to the disk.
KILLED = """
import os, sys
left = int(sys.argv[3])
def watch(event, arguments):
    global left
    if event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir"):
        left -= 1
        if left < 0:
            os._exit(9)
sys.addaudithook(watch)
from build.core.outputs import main
main(*sys.argv[1:3])
"""


def put_and_die(new, output, changes):
    """Puts a folder in place, and is killed after so many changes; says whether it was."""
    command = [sys.executable, "-c", KILLED, new, output, str(changes)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 9


def test_killed_at_any_moment_there_is_a_site(editions, tmp_path):
    """Pages of the first edition or of the second, each with what it needs; and the next bake knows what is its own."""
    output = tmp_path / "dist"
    write_all(output, OTHERS)
    rebake(editions, "first", output)
    killed = 0
    for changes in sorted(random.Random(1).sample(range(150), 6)):
        again, new = tmp_path / "again", tmp_path / f"new{changes}"
        shutil.copytree(output, again)
        shutil.copytree(editions / "second/dist", new)
        killed += put_and_die(new, again, changes)
        there = files_of(again)
        assert there.items() >= OTHERS.items()
        assert {"index.html", "few/rows/index.html"} <= there.keys()
        assert list(missing_in(again)) == [], changes
        assert rebake(editions, "second", again).exit_code == 0
        assert files_of(again) == OTHERS | site_of(editions, "second")
        shutil.rmtree(again)
    assert killed > 2


def missing_in(folder):
    """The scripts and styles that pages below a folder ask for and that are not there."""
    for page in folder.rglob("*index.html"):
        needed = [page.parent / url for url in needed_by(page.read_bytes())]
        yield from (file for file in needed if not file.is_file())


def needed_by(page):
    """The scripts and styles of a page."""
    return re.findall(r'\b(?:src|href)="([^"]*assets-[^"]*)"', page.decode())


def test_folders_change_places_in_one_step(editions, tmp_path):
    output, new = tmp_path / "dist", tmp_path / "new"
    shutil.copytree(editions / "first/dist", output)
    shutil.copytree(editions / "second/dist", new)
    put_and_die(new, output, 1)  # its list is written
    assert files_of(output) in (site_of(editions, "first"), site_of(editions, "second"))
