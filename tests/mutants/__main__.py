"""`make mutants`: breaks the code on purpose, a little at a time, and lists what no test notices.

Every yes/no rule of the extractor is switched to always True and to always False; listed.yml adds what else is
promised. With a path, only what stands there is broken. Ends with 1 if anything is listed, else it prints `none`.
"""

import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from forks import TestsFail
from listed import Change, ListError, find_unnoticed, read_changes
from rules import Rule, find_rules
from trees import copy_tree

RULES = Path("build/extractor")
LIST = Path("tests/mutants/listed.yml")
OWN_TEST = "test_mutants.py"


def main(below: Path) -> None:
    rules = [rule for rule in find_rules(RULES) if rule.path.is_relative_to(below)]
    changes = [change for change in read_changes(LIST) if change.file.is_relative_to(below)]
    unnoticed = break_all(changes, rules) if changes or rules else []
    click.echo("\n".join(unnoticed) or "none")
    sys.exit(bool(unnoticed))


def break_all(changes: list[Change], rules: list[Rule]) -> list[str]:
    import trials  # spaCy takes seconds to load; all forks find it loaded

    unnoticed = find_unnoticed(changes) if changes else []
    if rules:
        with TemporaryDirectory() as folder:
            os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
            os.chdir(copy_tree(Path(folder) / "tree"))
            unnoticed += trials.find_unnoticed(rules, extractor_tests())
    return unnoticed


def extractor_tests() -> list[Path]:
    """Tests that speak of the extractor."""
    paths = [path for path in sorted(Path("tests").rglob("test_*.py")) if path.name != OWN_TEST]
    return [path for path in paths if re.search(r"\bextract", path.read_text())]


try:
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
except (ListError, TestsFail) as error:
    sys.exit(f"make mutants: {error}")
