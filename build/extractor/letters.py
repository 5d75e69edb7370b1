"""Leads what was found in a copy back to the letter: an Extraction of the copy goes in, one of the seed comes out."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from ..reading.copies import Copy

Found = TypeVar("Found")
SPANS = (("start", "end", "text"), ("speaker_start", "speaker_end", "speaker_text"))


def put_back(found: Found, copy: Copy) -> Found:
    """A record with each of its spans, and of those of the records in it, in the letter."""
    values = {field.name: getattr(found, field.name) for field in fields(found)}  # type: ignore[arg-type]
    changed: dict[str, Any] = {
        name: tuple(put_back(part, copy) for part in value)
        for name, value in values.items()
        if isinstance(value, tuple) and value and is_dataclass(value[0])
    }
    for start, end, text in SPANS:
        if values.get(start) is not None:
            first, last = copy.to_letter(values[start], values[end])
            changed |= {start: first, end: last} | ({text: copy.letter[first:last]} if text in values else {})
    return replace(found, **changed)  # type: ignore[type-var]
