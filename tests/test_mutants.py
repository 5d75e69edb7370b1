"""`make mutants` on a tiny extractor: it lists what no test needs, and nothing else."""

import subprocess
import sys

import pytest
from front_door import ROOT, write_files

RULES = '''
from functools import cache


def find_names(words):
    return [word for word in words if is_capital(word) and not is_short(word)]


@cache
def is_capital(word: str) -> bool:
    return word[0].isupper()


def is_short(word: str, least: int = 3) -> bool:
    return len(word) < least


def is_number(word: str) -> bool:
    return word.isdigit()


class Text:
    def __init__(self, words):
        self.words = words

    @property
    def is_empty(self) -> bool:
        return not self.words
'''
TESTS = """
import pytest
from build.extractor.text.rules import Text, find_names

@pytest.fixture(scope="module")
def names():
    return find_names(["Jane", "came"])

def test_texts():
    assert Text("").is_empty and not Text("a").is_empty

def test_names(names):
    assert names == {found}

def test_names_that_are_found_already(names):
    assert names == {found}
"""
SHORT = "\ndef test_short():\n    assert find_names(['Al']) == []\n"
NUMBER = "\ndef test_number():\n    from build.extractor.text.rules import is_number\n    assert is_number('1') and not is_number('a')\n"
CHANGE = "- {{promise: {}, file: build/extractor/text/rules.py, exact: {}, becomes: {}, tests: tests/test_rules.py}}\n"
CAPITAL = CHANGE.format("capitals count", "isupper()", "islower()")
THREE = CHANGE.format("three letters are enough", '"least: int = 3"', '"least: int = 2"')


@pytest.fixture
def project(tmp_path):
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    for folder in ("build/extractor/text", "tests/mutants"):
        (tmp_path / folder).mkdir(parents=True)
    packages = {f"build/{folder}__init__.py": "" for folder in ("", "extractor/", "extractor/text/")}
    settings = '[tool.pytest.ini_options]\npythonpath = ["."]\naddopts = "-q --import-mode=importlib"\n'
    return write_files(tmp_path, packages | {"pyproject.toml": settings, "build/extractor/text/rules.py": RULES})


def mutate(project, tests, listed, *arguments):
    write_files(project, {"tests/test_rules.py": tests, "tests/mutants/listed.yml": listed})
    command = [sys.executable, ROOT / "tests/mutants", *arguments]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True)
    return result.returncode, result.stdout.splitlines() or result.stderr.splitlines()


def test_what_no_test_notices_is_listed(project):
    assert mutate(project, TESTS.format(found=["Jane"]), CAPITAL + THREE) == (
        1,
        [
            "build/extractor/text/rules.py:14 three letters are enough",
            "build/extractor/text/rules.py:14 is_short -> False, as in every test",
            "build/extractor/text/rules.py:18 is_number is never reached",
        ],
    )


def test_where_all_is_noticed_there_is_none(project):
    assert mutate(project, TESTS.format(found=["Jane"]) + SHORT + NUMBER, CAPITAL + THREE) == (0, ["none"])


def test_what_stands_elsewhere_is_left_alone(project):
    assert mutate(project, TESTS.format(found=["Jane"]), THREE, "build/reading") == (0, ["none"])


@pytest.mark.parametrize(
    ("found", "listed", "sentence"),
    [
        (["Joan"], "", "make mutants: tests/test_rules.py::test_names\n"),
        (["Jane"], CAPITAL + CHANGE.format("words", "word", "x"), "make mutants: tests/mutants/listed.yml: build/extractor/text/rules.py holds these words 13 times, not once: 'word'"),
    ],
)  # fmt: skip
def test_what_cannot_be_tried_is_said(project, found, listed, sentence):
    code, lines = mutate(project, TESTS.format(found=found), listed)
    assert code == 1 and lines[-1].startswith(sentence.strip())
