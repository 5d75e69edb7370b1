"""What is kept of a database that cannot change: whatever is found of it is found once."""

from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette.database import Database

Asked = tuple[object, ...]

MOST = 200  # of a kind, of one database

# By database and kind, the latest last: what was asked, with the version of the database and what was found.
Kept = OrderedDict[Asked, tuple[object, Any]]
kept: WeakKeyDictionary[Database, defaultdict[str, Kept]] = WeakKeyDictionary()
Found = TypeVar("Found")


async def remember(
    db: Database, kind: str, asked: Asked, find: Callable[[], Awaitable[Found]], version: object = None
) -> Found:
    """What `find` finds, kept as long as the version stays.

    That is the hash of a database that cannot change. One that may has none, and nothing is kept of it but for those
    who know a version of what they ask, such as that of the schema.
    """
    version = version or db.hash
    if version is None:
        return await find()
    of_kind = kept.setdefault(db, defaultdict(OrderedDict))[kind]
    if of_kind.get(asked, (None,))[0] != version:
        of_kind[asked] = version, await find()
    of_kind.move_to_end(asked)
    while len(of_kind) > MOST:
        of_kind.popitem(last=False)
    found: Found = of_kind[asked][1]
    return found
