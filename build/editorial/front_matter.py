"""Reads front matter, also as other tools write it: their keys and forms go in, those of a sidecar come out."""

import re
from typing import Any

from ..core.identifiers import SLUG
from .yaml_files import Mapping

OURS = {"date": "published", "author": "credit", "authors": "credit", "canonical": "url", "canonical_url": "url"}
UNREAD = ("tags",)
STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d.*", re.DOTALL)  # 2024-03-04T09:30:00Z


def as_stated(front: Any) -> Any:
    """The front matter with our keys; what is no mapping stays what it is, and is refused later."""
    if not isinstance(front, Mapping):
        return front
    stated = Mapping()
    stated.where, stated.where_of = front.where, {}
    for key, value in front.items():
        for name, said in translated(key, value, front):
            stated[name], stated.where_of[name] = said, front.where_of[key]
    return stated


def translated(key: str, value: Any, front: Mapping) -> list[tuple[str, Any]]:
    """What a key says, under our keys; one that we have, or that says again what ours does, stays as it is."""
    if key in UNREAD:
        return []
    if key == "source" and isinstance(value, str) and not re.fullmatch(SLUG, value):
        return [("source_name", value)]  # no id of the edition's registry
    name = OURS.get(key)
    if name is None or name in front:
        return [(key, value)]
    if name == "published":
        return dated(value, front)
    return [(name, ", ".join(map(str, value)) if isinstance(value, list) else value)]


def dated(value: Any, front: Mapping) -> list[tuple[str, Any]]:
    """The day of a date that is stated, without its time."""
    day = STAMP.sub(r"\1", value) if isinstance(value, str) else value
    return [("published", day), *([] if "published_basis" in front else [("published_basis", "stated")])]
