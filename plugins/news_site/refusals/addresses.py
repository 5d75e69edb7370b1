"""What no address may hold, whatever it is that it asks for, and a host that is none."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

from datasette.utils.asgi import BadRequest

HOST = re.compile(r"(?:[\w.~-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
NUMBERS = ("_timelimit", "_ttl")
COMPARED = ("__gt", "__gte", "__lt", "__lte")
OF_SQL = ("sql", "_where")
OTHERS = "sqlite_stmt"  # an authorizer is not asked about a column that `full join ... using` reads
SHAPES = ("arrays", "objects", "array", "object", "arrayfirst")


def check_host(host: str) -> None:
    """Datasette writes it into links."""
    if host and not HOST.fullmatch(host):
        raise BadRequest(f"{host} is not the name of a host.")


def is_strange_number(text: str) -> bool:
    """٣ and ²: Python sees a number, or half of one, and SQLite none."""
    return text.isnumeric() and not text.isascii()


def problems_with(name: str, value: str, path: str) -> Iterator[str]:
    """Why an address may not hold `name=value`, in words for its reader."""
    if "\0" in name + value and not path.startswith("/-/"):  # a search takes whatever is typed
        yield "An address cannot hold the character %00."
    yield from problems_of_number(name, value)
    if name in OF_SQL and OTHERS in value.lower():
        yield f"{OTHERS} tells what other readers ask, and is nobody else's business."
    if name == "_shape" and path.endswith(".json") and value not in SHAPES:
        yield f"_shape={value} is none of {', '.join(SHAPES)}."


def problems_of_number(name: str, value: str) -> Iterator[str]:
    """_ttl=soon, amount__gt=٣"""
    if name in NUMBERS and not re.fullmatch("[0-9]{0,9}", value):
        yield f"{name}={value} is not a whole number."
    if name.endswith(COMPARED) and is_strange_number(value):
        yield f"{name}={value} is no number: write it with the digits 0 to 9."


def check_query(query: str, path: str) -> None:
    for name, value in parse_qsl(query, keep_blank_values=True):
        if said := next(problems_with(name, value, path), None):
            raise BadRequest(said)
