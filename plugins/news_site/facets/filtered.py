"""All rows that a request asks for, whatever page of them."""

import re
from typing import Any
from weakref import WeakKeyDictionary

from datasette.filters import FilterArguments, Filters
from datasette.utils import await_me_maybe, escape_sqlite
from datasette.utils.asgi import Request

PLACE = re.compile(r"p\d+")  # what Datasette calls a value in SQL
# Of each request, those that come from plugins
conditions: WeakKeyDictionary[Request, list[FilterArguments]] = WeakKeyDictionary()


def rename_values(arguments: FilterArguments, prefix: str) -> FilterArguments:
    """Datasette calls the first value of a _through :p0, as it does that of a column: one would replace the other."""
    for value in [value for value in arguments.params if PLACE.fullmatch(value)]:
        arguments.params[f"{prefix}{value}"] = arguments.params.pop(value)
        arguments.where_clauses[:] = [
            re.sub(rf":{value}\b", f":{prefix}{value}", clause) for clause in arguments.where_clauses
        ]
    return arguments


def select_filtered(request: Request, table: str) -> tuple[str, dict[str, Any]]:
    """All rows that a request asks for, whatever page of them, and the values in that SQL."""
    pairs = [(key, value) for key in request.args for value in request.args.getlist(key)]
    filters = Filters(sorted(pair for pair in pairs if not pair[0].startswith("_") or "__" in pair[0]))
    where, params = filters.build_where_clauses(table)
    for arguments in conditions.get(request, []):
        where, params = where + arguments.where_clauses, params | arguments.params
    return f"select * from {escape_sqlite(table)}" + (f" where {' and '.join(where)}" if where else ""), params


async def note_condition(request: Request, prefix: str, hooked: object) -> FilterArguments | None:
    """What a plugin has found, with values that are called what no others are."""
    found: FilterArguments | None = await await_me_maybe(hooked)
    if found:
        conditions.setdefault(request, []).append(rename_values(found, prefix))
    return found
