"""What an address asks for, and what is found."""

import asyncio
import re
from dataclasses import dataclass, replace
from unicodedata import combining, normalize

from datasette.utils.asgi import BadRequest
from rapidfuzz.distance import OSA

from ..databases import tables_named
from .expressions import clean, expressions
from .kinds import KIND_QUERIES, KINDS, NEAR_WORDS
from .searched import ask

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
    def read(cls, arguments):
        kind, page = arguments.get("kind") or None, arguments.get("page") or "1"
        if kind and kind not in KINDS:
            raise BadRequest(f"kind must be one of {', '.join(KINDS)}")
        if not re.fullmatch("[1-9][0-9]{0,3}", page) or int(page) > MOST_PAGES:
            raise BadRequest(f"page must be a number from 1 to {MOST_PAGES}")
        narrowed = {name: arguments.get(name) or None for name in ("source", "person")}
        return cls(arguments.get("q") or "", kind, **narrowed, page=int(page))

    @property
    def values(self):
        """The parameters of a kind's query but for the expression."""
        size = PAGE if self.kind else SHOWN
        page = self.page if self.kind else 1
        return {"source": self.source, "person": self.person, "limit": size, "offset": (page - 1) * size}


async def find(db, kinds, expression, asked):
    """The rows of each kind that has any, and the kinds that took too long."""
    values = asked.values | {"expression": expression}
    answers = await asyncio.gather(*(ask(db, KIND_QUERIES[kind], values) for kind in kinds))
    by_kind = dict(zip(kinds, answers, strict=True))
    return {kind: rows for kind, rows in by_kind.items() if rows}, [kind for kind in kinds if by_kind[kind] is None]


def fold(word: str) -> str:
    """The word as `words` has it: without capitals and accents."""
    return "".join(letter for letter in normalize("NFKD", word) if not combining(letter)).lower()


def nearest(word: str, near: list[dict]) -> str | None:
    """The word with the fewest letters changed, swapped, added or missing: at most one in four letters, or two.

    Of these the most frequent; none for a word that is there.
    """
    most = 1 if len(word) <= 4 else 2
    rated = [(OSA.distance(word, row["id"], score_cutoff=most), -row["texts"], row["word"]) for row in near]
    distance, _texts, found = min(rated, default=(0, 0, ""))
    return found if 0 < distance <= most else None


async def suggest(db, q):
    """The search with the nearest spelling of each word that is not there; None if that changes nothing."""
    if await tables_named(db, NEAR_WORDS) is None:
        return None
    words = list(dict.fromkeys(WORD.findall(q)))[:MOST_CORRECTED]
    spelt = {word: nearest(fold(word), await ask(db, NEAR_WORDS, {"word": fold(word)}) or []) for word in words}
    suggested = WORD.sub(lambda match: spelt.get(match[0]) or match[0], q)
    return suggested if suggested != q else None


async def has_earlier(db, kinds, expression, asked):
    """Whether something is found, only not as far back as this page."""
    return asked.page > 1 and any(await find(db, kinds, expression, replace(asked, page=1)))


async def search(db, kinds, asked, may_suggest):
    """All that is shown of a search. Where nothing has all of the words, what has any of them."""
    q = clean(asked.q)
    kinds = [kind for kind in kinds if asked.kind in (None, kind)]
    wanted = expressions(q)
    answer = {"found": {}, "slow": [], "loose": False, "suggestion": None, "nothing": not wanted}
    if not (wanted and kinds):
        return answer
    for loose, expression in enumerate(wanted):
        found, slow = await find(db, kinds, expression, asked)
        answer |= {"found": found, "slow": slow, "loose": bool(loose and found)}
        if found or slow or await has_earlier(db, kinds, expression, asked):
            break
    if may_suggest and (answer["loose"] or not found):
        answer["suggestion"] = await suggest(db, q)
    return answer
