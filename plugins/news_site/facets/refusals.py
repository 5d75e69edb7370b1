"""Refuses addresses on which Datasette would fail, in words for the reader."""

import json
from typing import Any

from datasette.utils import MultiParams
from datasette.utils.asgi import BadRequest


def check_choices(args: MultiParams) -> None:
    """Raises BadRequest for what Datasette would fail on, and for a sort that means nothing."""
    for key in args:
        for value in args.getlist(key):
            if key.startswith("_facet_source") and value.startswith("{") and not names_column(value):
                raise BadRequest(f'{key} takes the name of a column, or JSON such as {{"column": "name"}}')
            if key == "_through" and not names_rows(value):
                raise BadRequest('_through takes JSON such as {"table": "name", "column": "name", "value": "of a row"}')
    if args.get("_facet_source_sort") not in (None, "", "count", "name"):
        raise BadRequest("_facet_source_sort is count or name")


def parse_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def names_column(text: str) -> bool:
    return isinstance(parse_object(text).get("column"), str)


def names_rows(text: str) -> bool:
    asked = parse_object(text)
    named = isinstance(asked.get("table"), str) and isinstance(asked.get("column"), str)
    return named and isinstance(asked.get("value", {}), str | int | float | None)
