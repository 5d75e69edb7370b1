"""Faults of the disk and of files end a command in one sentence, and nothing that was there is lost."""

import json
import os
import resource
import shutil
import subprocess
import sys

import pytest
from front_door import ROOT, TINY, bake, files_of, path_of, problems, run, write_files
from sqlite_utils import Database

ARTICLE = "The council met on Monday. “We will build the bridge,” said Jane Doe, the mayor."


@pytest.fixture
def folder(tmp_path):
    """A copy of the tiny edition's seeds."""
    return shutil.copytree(TINY, tmp_path / "seeds")


@pytest.mark.parametrize("name", ["pipe.txt", "organizations.yml", "harbour.yml"])
def test_a_pipe_among_the_seeds(folder, name):
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    assert f"{name}: is a pipe or a device; put a file in its place or remove it" in problems(folder)


def test_a_device_among_the_seeds(folder):
    (folder / "zero.txt").symlink_to("/dev/zero")
    assert problems(folder) == ["zero.txt: is a pipe or a device; put a file in its place or remove it"]


def test_a_name_that_is_not_utf8(folder):
    (folder / os.fsdecode(b"b\xff.txt")).write_text(ARTICLE)
    assert problems(folder) == [r"b\xff.txt: its name is not UTF-8; rename the file"]


def test_a_broken_registry_is_the_only_thing_said(folder):
    (folder / "people.yml").write_text("- id: [\n")
    result = run("database", "--seeds", folder, "--output", folder / "news.db")
    first, *rest = result.output.splitlines()
    assert first.startswith("Error: 1 problem(s), and ") and first.endswith(
        " that may go with them; nothing was written"
    )
    assert [line.partition(": ")[0] for line in rest] == [f"{folder}/people.yml:2"]


def test_many_problems_of_a_file_are_counted(tmp_path):
    people = "".join(f"- id: p{n}\n  nom: Jane\n" for n in range(15))
    write_files(tmp_path, {"a.txt": ARTICLE, "people.yml": people})
    said = problems(tmp_path)
    assert said[:2] == [
        "people.yml:1: 'name' is missing",
        "people.yml:2: the key 'nom' means nothing here; see seeds/README.md",
    ]
    assert said[20:] == ["… and 10 more in the same file"]


def test_a_long_value_is_cut_short(tmp_path):
    write_files(
        tmp_path,
        {"a.txt": ARTICLE, "people.yml": f"- id: jane\n  name: Jane\n  aliases: [{{alias: J, kind: {'x' * 5000}}}]\n"},
    )
    (said,) = problems(tmp_path)
    assert said.startswith(f"people.yml:3: kind is '{'x' * 79}…; it can be ")


def test_what_is_passed_over_is_named(tmp_path):
    write_files(
        tmp_path, {"a.txt": ARTICLE, "b.markdown": ARTICLE, ".c.txt": ARTICLE, ".DS_Store": "", "README.md": ""}
    )
    (tmp_path / "more").mkdir()
    result = run("database", "--seeds", tmp_path, "--output", tmp_path / "more/news.db")
    assert result.exit_code == 0
    assert [line for line in result.stderr.splitlines() if "passed over" in line] == [
        f"{tmp_path}/.c.txt: passed over; its name begins with a dot",
        f"{tmp_path}/b.markdown: passed over; articles end in .txt or .md",
        f"{tmp_path}/more: passed over; articles lie in the folder itself",
    ]


def test_extract_goes_on_after_a_bad_file(tmp_path):
    write_files(tmp_path, {"a.txt": ARTICLE, "bad.txt": b"\xff", "c.txt": ARTICLE})
    result = run("extract", tmp_path / "a.txt", tmp_path / "bad.txt", tmp_path / "none.txt", tmp_path / "c.txt")
    assert result.exit_code == 1
    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == ["a.txt", "c.txt"]
    assert result.stderr.splitlines() == [
        f"Error: {tmp_path}/bad.txt:1: byte 0xff is not UTF-8; save the file as UTF-8",
        f"Error: {tmp_path}/none.txt: there is no such file",
    ]


def claims_with_kept(tmp_path, monkeypatch, change):
    """How many claims a build has that finds what was kept of an article after a change to it."""
    monkeypatch.chdir(tmp_path)
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    write_files(seeds, {"a.txt": ARTICLE})
    for number in range(2):
        assert run("database", "--seeds", seeds, "--output", tmp_path / "news.db").exit_code == 0
        if not number:
            (kept,) = tmp_path.glob(".cache/extractions/*/*.json")
            kept.write_bytes(change(kept.read_bytes()))
    return Database(tmp_path / "news.db")["claims"].count


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: kept.replace(b'"cue": "said"', b'"cue": "sagt"'),
        lambda kept: kept.partition(b"\n")[2],
        lambda kept: kept[:200],
        lambda kept: b"",
        lambda kept: b"[" * 100_000,
    ],
)
def test_a_kept_extraction_that_was_changed_is_not_used(tmp_path, monkeypatch, change):
    assert claims_with_kept(tmp_path, monkeypatch, change) == 1
    assert Database(tmp_path / "news.db").execute("select cue from claims").fetchall() == [("said",)]


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A database of several pages, and the site of an earlier one."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "old").mkdir()
    Database(folder / "old/few.db")["rows"].insert({"id": "a"}, pk="id")
    assert bake(Database(folder / "old/few.db"), folder / "dist").exit_code == 0
    Database(folder / "few.db")["rows"].insert_all(({"id": f"r{n}", "text": "word " * 50} for n in range(900)), pk="id")
    return folder


def test_a_damaged_database_is_not_baked(large, tmp_path):
    before = files_of(large / "dist")
    content = bytearray((large / "few.db").read_bytes())
    content[50_000:80_000] = os.urandom(30_000)
    (tmp_path / "few.db").write_bytes(content)
    result = run("site", "--database", tmp_path / "few.db", "--output", large / "dist", "--workers", 1)
    assert result.exit_code == 1
    (sentence,) = result.output.splitlines()
    assert sentence.startswith(f"Error: {tmp_path}/few.db is damaged (")
    assert sentence.endswith(f"); build it again; {large / 'dist'} is as it was")
    assert files_of(large / "dist") == before


def no_large_files():
    """As on a disk that is full: nobody may write more than 100 kB into a file."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_full_disk_ends_the_bake_in_a_sentence(large, workers):
    before = files_of(large / "dist")
    command = [sys.executable, "-m", "build", "site", "--workers", workers]
    command += ["--database", large / "few.db", "--output", large / "dist"]
    result = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, preexec_fn=no_large_files)
    assert result.returncode == 1
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith(f"Error: {large}/few.db could not be baked (")
    assert sentence.endswith(f"; {large / 'dist'} is as it was")
    assert files_of(large / "dist") == before


def test_a_full_disk_ends_the_build_in_a_sentence(tmp_path, tiny):
    output = shutil.copy(path_of(tiny), tmp_path / "news.db")
    before = files_of(tmp_path)
    command = [sys.executable, "-m", "build", "database", "--seeds", TINY, "--output", output]
    result = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, preexec_fn=no_large_files)
    assert result.returncode == 1
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("Error: ") and str(output) in sentence
    assert files_of(tmp_path) == before
