"""What an address asks for, and what is found."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from datasette.database import Database
from datasette.utils import MultiParams
from datasette.utils.asgi import BadRequest
from rapidfuzz.distance import OSA

from ..databases import tables_named
from ..folding import fold
from .expressions import clean, expressions
from .kinds import KIND_QUERIES, KINDS, NEAR_WORDS
from .searched import Row, ask

SHOWN, PAGE = 5, 20  # results of each kind among others, and of one kind by itself
MOST_PAGES = 500
MOST_CORRECTED = 5  # words of a search that get a nearest spelling
WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Asked:
    """What an address asks for. Raises BadRequest where it makes no sense."""

    q: str
    kind: str | None
    source: str | None
    person: str | None
    page: int

    @classmethod
    def read(cls, arguments: MultiParams) -> Self:
        kind, page = arguments.get("kind") or None, arguments.get("page") or "1"
        if kind and kind not in KINDS:
            raise BadRequest(f"kind must be one of {', '.join(KINDS)}")
        if not re.fullmatch("[1-9][0-9]{0,3}", page) or int(page) > MOST_PAGES:
            raise BadRequest(f"page must be a number from 1 to {MOST_PAGES}")
        narrowed = {name: arguments.get(name) or None for name in ("source", "person")}
        return cls(arguments.get("q") or "", kind, **narrowed, page=int(page))

    @property
    def values(self) -> dict[str, str | int | None]:
        """The parameters of a kind's query but for the expression."""
        size = PAGE if self.kind else SHOWN
        page = self.page if self.kind else 1
        return {"source": self.source, "person": self.person, "limit": size, "offset": (page - 1) * size}


@dataclass(frozen=True)
class Results:
    """What is found: the rows of each kind that has any, and the kinds that took too long."""

    found: dict[str, list[Row]] = field(default_factory=dict)
    slow: list[str] = field(default_factory=list)
    loose: bool = False
    """Whether what is found has any of the words only."""
    suggestion: str | None = None
    nothing: bool = False
    """Whether there is no word to look for."""


async def find(
    db: Database, kinds: Sequence[str], expression: str, asked: Asked
) -> tuple[dict[str, list[Row]], list[str]]:
    """The rows of each kind that has any, and the kinds that took too long."""
    values = asked.values | {"expression": expression}
    answers = await asyncio.gather(*(ask(db, KIND_QUERIES[kind], values) for kind in kinds))
    by_kind = dict(zip(kinds, answers, strict=True))
    return {kind: rows for kind, rows in by_kind.items() if rows}, [kind for kind in kinds if by_kind[kind] is None]


def nearest(word: str, near: list[Row]) -> str | None:
    """The word with the fewest letters changed, swapped, added or missing: at most one in four letters, or two.

    Of these the most frequent; none for a word that is there.
    """
    most = 1 if len(word) <= 4 else 2
    rated = [(OSA.distance(word, row["id"], score_cutoff=most), -row["texts"], row["word"]) for row in near]
    distance, _texts, found = min(rated, default=(0, 0, ""))
    return found if 0 < distance <= most else None


async def suggest(db: Database, q: str) -> str | None:
    """The search with the nearest spelling of each word that is not there; None if that changes nothing."""
    if await tables_named(db, NEAR_WORDS) is None:
        return None
    words = list(dict.fromkeys(WORD.findall(q)))[:MOST_CORRECTED]
    spelt = {word: nearest(fold(word), await ask(db, NEAR_WORDS, {"word": fold(word)}) or []) for word in words}
    suggested = WORD.sub(lambda match: spelt.get(match[0]) or match[0], q)
    return suggested if suggested != q else None


async def has_earlier(db: Database, kinds: Sequence[str], expression: str, asked: Asked) -> bool:
    """Whether something is found, only not as far back as this page."""
    return asked.page > 1 and any(await find(db, kinds, expression, replace(asked, page=1)))


async def find_best(db: Database, kinds: Sequence[str], wanted: tuple[str, str], asked: Asked) -> Results:
    """What has all of the words; where nothing has, what has any of them."""
    all_words, any_word = wanted
    found, slow = await find(db, kinds, all_words, asked)
    if found or slow or await has_earlier(db, kinds, all_words, asked):
        return Results(found, slow)
    found, slow = await find(db, kinds, any_word, asked)
    return Results(found, slow, loose=bool(found))


async def search(db: Database | None, kinds: Sequence[str], asked: Asked, may_suggest: bool) -> Results:
    """All that is shown of a search."""
    q = clean(asked.q)
    kinds = [kind for kind in kinds if asked.kind in (None, kind)]
    wanted = expressions(q)
    if not (db and kinds and wanted):
        return Results(nothing=not wanted)
    answer = await find_best(db, kinds, wanted, asked)
    if may_suggest and (answer.loose or not answer.found):
        return replace(answer, suggestion=await suggest(db, q))
    return answer
