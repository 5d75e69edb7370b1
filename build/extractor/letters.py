"""Leads what was found in a copy back to the letter: an Extraction of the copy goes in, one of the seed comes out."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from ..reading.copies import Copy

Found = TypeVar("Found")
SPANS = (("start", "end", "text"), ("speaker_start", "speaker_end", "speaker_text"))


def put_back(found: Found, copy: Copy) -> Found:
    """A record with each of its spans, and of those of the records in it, in the letter."""
    changed: dict[str, Any] = {}
    names = {field.name for field in fields(found)}  # type: ignore[arg-type]
    for name in names:
        value = getattr(found, name)
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            changed[name] = tuple(put_back(part, copy) for part in value)
    for start, end, text in SPANS:
        if start in names and getattr(found, start) is not None:
            first, last = copy.to_letter(getattr(found, start), getattr(found, end))
            changed |= {start: first, end: last}
            changed |= {text: copy.letter[first:last]} if text in names else {}
    return replace(found, **changed)  # type: ignore[type-var]
