"""`make mutants` on a tiny extractor: it lists what no test needs, and nothing else."""

import subprocess
import sys

import pytest
from front_door import ROOT, write_files

RULES = """
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
"""
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
    return subprocess.run(command, cwd=project, capture_output=True, text=True)


def test_what_no_test_notices_is_listed(project):
    result = mutate(project, TESTS.format(found=["Jane"]), CAPITAL + THREE)
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "build/extractor/text/rules.py:14 three letters are enough",
        "build/extractor/text/rules.py:14 is_short -> False, as in every test",
        "build/extractor/text/rules.py:18 is_number is never reached",
    ]


def test_where_all_is_noticed_there_is_none(project):
    result = mutate(project, TESTS.format(found=["Jane"]) + SHORT + NUMBER, CAPITAL + THREE)
    assert (result.returncode, result.stdout) == (0, "none\n")


def test_what_stands_elsewhere_is_left_alone(project):
    result = mutate(project, TESTS.format(found=["Jane"]), THREE, "build/reading")
    assert (result.returncode, result.stdout) == (0, "none\n")


@pytest.mark.parametrize(
    ("found", "listed", "said"),
    [
        (["Joan"], "", "make mutants: tests fail before anything is changed\ntests/test_rules.py::test_names\n"),
        (["Joan"], CAPITAL, "make mutants: tests fail before anything is changed: pytest tests/test_rules.py\n"),
        (["Jane"], CHANGE.format("words", "Jane", "Joan"), "rules.py holds these words 0 times, not once: 'Jane'\n"),
        (["Jane"], CHANGE.format("words", "word", "name"), "rules.py holds these words 16 times, not once: 'word'\n"),
        (
            ["Jane"],
            CHANGE.format("none", "isdigit()", "isdigit("),
            "rules.py:19 none: pytest tests/test_rules.py ends with 2\n",
        ),
    ],
)
def test_what_cannot_be_tried_is_said(project, found, listed, said):
    result = mutate(project, TESTS.format(found=found), listed)
    assert result.returncode == 1
    assert said in result.stderr and result.stdout == ""
