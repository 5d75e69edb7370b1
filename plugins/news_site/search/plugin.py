"""/-/search, /-/search.json, and /-/search/queries.json with the SQL for browsers."""

from functools import partial

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from jinja2 import Environment

from ..responses import Route, respond_json, respond_page
from .expressions import MOST_TERMS
from .finding import MOST_CORRECTED, MOST_PAGES, PAGE, SHOWN, Asked, Results, search
from .kinds import COUNTED, KINDS, NEAR_WORDS
from .searched import Seen, can_search, choices_for, find_seen, may_see_spellings
from .showing import address, as_json, examples, groups, narrowings, show_matches

SEARCH_JSON = r"/-/search\.json$"


async def answer_of(datasette: Datasette, request: Request) -> tuple[Asked, Seen, Results]:
    """What is asked, where, and what is found."""
    asked = Asked.read(request.args)
    seen = await find_seen(datasette, request.actor)
    may_suggest = seen.db is not None and await may_see_spellings(datasette, request.actor, seen.db)
    return asked, seen, await search(seen.db, seen.kinds, asked, may_suggest)


async def show_search(datasette: Datasette, request: Request) -> Response:
    asked, (db, _, kinds), answer = await answer_of(datasette, request)
    choices = await choices_for(datasette, request.actor, db) if db and kinds else {}
    context = {
        "asked": asked,
        "answer": answer,
        "base": db and datasette.urls.database(db.name),
        "counted": COUNTED,
        "narrowings": list(narrowings(asked, kinds, choices)) if kinds else [],
        "slow": [KINDS[kind].many for kind in answer.slow],
        "groups": list(groups(datasette, answer, asked)),
        "choices": choices,
        "examples": [
            (typed, meaning, address(datasette, asked, q=typed))
            for typed, meaning in examples(choices.get("people", []))
        ],
        "narrowed": asked.kind or asked.source or asked.person,
        "everything": address(datasette, asked, kind=None, source=None, person=None),
        "suggested": answer.suggestion and address(datasette, asked, q=answer.suggestion),
        "json": address(datasette, asked, page=asked.page).replace("/-/search?", "/-/search.json?", 1),
    }
    return await respond_page(datasette, request, "search/search.html", context)


async def show_search_json(datasette: Datasette, request: Request) -> Response:
    asked, (db, *_), answer = await answer_of(datasette, request)
    base = datasette.urls.database(db.name) if db else None
    found = [
        {
            "kind": kind,
            "total": min(rows[0]["total"], COUNTED),
            "more_than_total": rows[0]["total"] > COUNTED,
            "items": [as_json(row, base) for row in rows],
        }
        for kind, rows in answer.found.items()
    ]
    says = {"any_word": answer.loose, "too_slow": answer.slow, "suggestion": answer.suggestion}
    return respond_json({"q": asked.q, **says, "results": found})


async def show_queries(datasette: Datasette, request: Request) -> Response:
    """What a browser needs to search by itself, without the SQL of what somebody may not view."""
    db, searched, seen = await find_seen(datasette, request.actor)
    kinds = [
        {"kind": kind.table, "one": kind.one, "many": kind.many, "sql": kind.sql}
        for kind in KINDS.values()
        if kind.table in seen or kind.table not in searched
    ]
    near_words = NEAR_WORDS if not db or await may_see_spellings(datasette, request.actor, db) else None
    sizes = {"shown": SHOWN, "page": PAGE, "counted": COUNTED, "pages": MOST_PAGES}
    limits = {"terms": MOST_TERMS, "corrected": MOST_CORRECTED}
    return respond_json({"kinds": kinds, "near_words": near_words, **sizes, **limits})


@hookimpl
def register_routes() -> list[Route]:
    return [
        ("/-/search$", show_search),
        (SEARCH_JSON, show_search_json),
        (r"/-/search/queries\.json$", show_queries),
    ]


@hookimpl
def baked_addresses() -> list[str]:
    return ["/-/search", "/-/search/queries.json"]


@hookimpl
def live_routes() -> list[str]:
    return [SEARCH_JSON]


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    env.filters["show_matches"] = show_matches
    env.globals["can_search"] = partial(can_search, datasette)
