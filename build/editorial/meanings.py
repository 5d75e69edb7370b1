"""What every table and column of news.db means: metadata.yml goes in, the rows of `dictionary` come out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ..core.problems import Problem, Where, reading
from ..core.records import Meaning

DATABASE = "news"


class MetadataError(Problem):
    """A file that does not describe the tables."""


def read_meanings(path: Path) -> tuple[Meaning, ...]:
    """Raises a Problem if the file cannot be read or describes no tables."""
    with reading(path):
        content = path.read_bytes()
    try:
        tables = yaml.safe_load(content)["databases"][DATABASE]["tables"]
        return tuple(sorted(meanings_of(tables), key=lambda meaning: meaning.id))
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        raise MetadataError(Where(path), f"describes no tables under databases: {DATABASE}: tables") from None


def meanings_of(tables: dict[str, Any]) -> Iterator[Meaning]:
    for table, described in tables.items():
        yield Meaning(id_of(table), table, None, label_of(table), " ".join(described["description"].split()))
        for column, meaning in described["columns"].items():
            yield Meaning(id_of(table, column), table, column, label_of(column), " ".join(meaning.split()))


def id_of(*names: str) -> str:
    """timeline--articles is a column, timeline-articles a view."""
    return "--".join(names).replace("_", "-")


def label_of(name: str) -> str:
    """speaker_as_stated is Speaker as stated; what is called a comparison everywhere else is one here."""
    return name.replace("_", " ").replace("proposition", "comparison").capitalize()
