"""/-/search and /-/search.json: one search over people, events, propositions, articles, claims and paragraphs.

All SQL is in KIND_QUERIES and the constants beside it, as text with named parameters. /-/search/queries.json
gives it to the static site, whose pages ask the same of the same database in the visitor's browser.
"""

import asyncio
import re
from dataclasses import asdict, dataclass, replace
from functools import partial
from operator import itemgetter
from unicodedata import combining, normalize
from urllib.parse import urlencode

from datasette import Response, hookimpl
from datasette.database import QueryInterrupted
from datasette.utils import sqlite3
from datasette.utils.asgi import BadRequest
from markupsafe import Markup, escape
from rapidfuzz.distance import OSA

SHOWN, PAGE = 5, 20  # results of each kind among others, and of one kind by itself
MOST_PAGES = 500
COUNTED = 1000  # matches of a kind; beyond them a page says "more than"
RANKED = 10_000  # matches of a kind, where nothing narrows them down: to rank more takes longer than it helps
MOST_TERMS = 32
MOST_CORRECTED = 5  # words of a search that get a nearest spelling


# --- What the person typed


NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ufeff]")
QUOTES = re.compile("[“”„«»]")
TERM = re.compile(r'(-?)("[^"]*"?\*?|[^\s"]+)')
LETTER = re.compile(r"[^\W_]")
WORD = re.compile(r"[^\W\d_]{3,}")


def clean(q: str) -> str:
    """Control characters are spaces, and all double quotation marks are straight."""
    return QUOTES.sub('"', NOT_TEXT.sub(" ", q)).strip()


def expressions(q: str) -> tuple[str, str] | None:
    """The FTS5 expressions that find all and any of the words of a cleaned q; None where nothing is to be found.

    A term is either what stands between two `"`, or after the last, with a `*` that follows at once, or what
    stands between white space or `"`. A `-` before it excludes it, a `*` at its end makes it a beginning.
    Terms without a letter or digit do not count, nor does what follows the 32nd. FTS5 gets each in quotation
    marks, as a phrase, so that nothing in it is an operator.
    *All* puts the terms side by side. *Any* puts `OR` between their words, 32 at most, and each with three letters
    is a beginning.

    tests/search_expressions.json has examples; the browser does the same by the same examples.
    """
    wanted, begun, excluded = [], [], []
    for minus, term in TERM.findall(q)[:MOST_TERMS]:
        text = term.replace('"', "").rstrip("*")
        if LETTER.search(text):
            phrase = f'"{text}"' + "*" * term.endswith("*")
            (excluded if minus else wanted).append(phrase)
            begun += [] if minus else beginnings(text, phrase.endswith("*"))
    if not wanted:
        return None
    return without(" ".join(wanted), excluded), without(either(begun[:MOST_TERMS], excluded), excluded)


def beginnings(text: str, prefix: bool) -> list[str]:
    """The words of a term, those with three letters as beginnings."""
    counted = [(word, len(LETTER.findall(word))) for word in text.split()]
    return [f'"{word}"' + "*" * (prefix or letters >= 3) for word, letters in counted if letters]


def either(phrases: list[str], beside: list[str]) -> str:
    alternatives = " OR ".join(phrases)
    return f"({alternatives})" if beside and len(phrases) > 1 else alternatives


def without(expression: str, excluded: list[str]) -> str:
    return f"{expression} NOT {either(excluded, excluded)}" if excluded else expression


# --- What is asked of the database
#
# Matches stand between the characters 2 and 3; what shows a row escapes it and makes these <mark>.
# A row is {id, page, title, snippet, note, source, date, total}: `page` is its address below the database's,
# `total` the number of all matches, which are not counted beyond COUNTED + 1.


def marked(table, column, words=48):
    """The best words of a column of a search index, cut where one of them is endless."""
    return f"substr(snippet({table}_fts, {column}, char(2), char(3), '…', {words}), 1, 600)"


@dataclass(frozen=True)
class Kind:
    """What is searched: a table with its index, what a row and several are called, and pieces of its SQL."""

    table: str
    one: str
    many: str
    weights: str
    title: str
    of_source: str
    of_person: str
    page: str = ""
    snippet: str = "null"
    note: str = "null"
    source: str = "null"
    date: str = "null"
    joins: str = ""

    @property
    def sql(self) -> str:
        matches = f"""
          from {self.table}_fts
          join {self.table} on {self.table}.rowid = {self.table}_fts.rowid
          {self.joins}
          where {self.table}_fts match :expression
            and (:source is null or {self.of_source})
            and (:person is null or {self.of_person})"""
        return f"""
        select
          {self.table}.id,
          {self.page or f"'{self.table}/' || {self.table}.id"} as page,
          {self.title} as title,
          {self.snippet} as snippet,
          {self.note} as note,
          {self.source} as source,
          {self.date} as date,
          (select count(*) from (select 1 {matches} limit {COUNTED + 1})) as total
        {matches}
          and {self.table}_fts.rowid < case
            when :source is null and :person is null then coalesce(
              (select rowid from {self.table}_fts where {self.table}_fts match :expression limit 1 offset {RANKED}),
              9223372036854775807
            )
            else 9223372036854775807
          end
          and rank match 'bm25({self.weights})'
        order by rank
        limit :limit offset :offset"""


PUBLISHED = """
          join articles on articles.id = {table}.article_id
          left join sources on sources.id = articles.source_id"""
PEOPLE = Kind(
    table="people",
    one="person",
    many="people",
    weights="10, 5, 1",
    title=marked("people", 0),
    # another name, where it is the one that matches
    snippet=f"""case
            when instr({marked("people", 0)}, char(2)) = 0 and instr({marked("people", 1)}, char(2)) > 0
            then replace({marked("people", 1)}, char(10), ' · ')
          end""",
    note=marked("people", 2),
    of_source="""exists (
              select 1
              from mentions
              join articles on articles.id = mentions.article_id
              where mentions.person_id = people.id and articles.source_id = :source
            )""",
    of_person="people.id = :person",
)
EVENTS = Kind(
    table="events",
    one="event",
    many="events",
    weights="10, 1",
    title=marked("events", 0),
    note="places.name",
    date="events.date",
    joins="left join places on places.id = events.place_id",
    of_source="""exists (
              select 1
              from event_reports
              join articles on articles.id = event_reports.article_id
              where event_reports.event_id = events.id and articles.source_id = :source
            )""",
    of_person="""exists (
              select 1 from event_people where event_people.event_id = events.id and person_id = :person
            )""",
)
PROPOSITIONS = Kind(
    table="propositions",
    one="statement",
    many="statements",
    weights="1",
    title=marked("propositions", 0),
    note="events.name",
    date="events.date",
    joins="left join events on events.id = propositions.event_id",
    of_source="""exists (
              select 1
              from claim_propositions
              join claims on claims.id = claim_propositions.claim_id
              join articles on articles.id = claims.article_id
              where claim_propositions.proposition_id = propositions.id and articles.source_id = :source
            )""",
    of_person="""exists (
              select 1
              from claim_propositions
              join claims on claims.id = claim_propositions.claim_id
              where claim_propositions.proposition_id = propositions.id and claims.speaker_id = :person
            )""",
)
ARTICLES = Kind(
    table="articles",
    one="article",
    many="articles",
    weights="10, 1",
    title=marked("articles", 0),
    snippet=marked("articles", 1, 32),
    source="sources.name",
    date="articles.published",
    joins="left join sources on sources.id = articles.source_id",
    of_source="articles.source_id = :source",
    of_person="""exists (
              select 1 from mentions where mentions.article_id = articles.id and person_id = :person
            )""",
)
CLAIMS = Kind(
    table="claims",
    one="claim",
    many="claims",
    weights="2, 1, 1, 1, 0.5",
    title=marked("claims", 0),
    note=f"coalesce({marked('claims', 1)}, {marked('claims', 2)}, {marked('claims', 3)})",
    source="sources.name",
    date="articles.published",
    joins=PUBLISHED.format(table="claims"),
    of_source="articles.source_id = :source",
    of_person="claims.speaker_id = :person",
)
PARAGRAPHS = Kind(
    table="paragraphs",
    one="paragraph",
    many="paragraphs",
    weights="1",
    page="'articles/' || paragraphs.article_id || '#' || paragraphs.id",
    title=marked("paragraphs", 0, 40),
    note="articles.display_title",
    source="sources.name",
    date="articles.published",
    joins=PUBLISHED.format(table="paragraphs"),
    of_source="articles.source_id = :source",
    of_person="""exists (
              select 1 from mentions where mentions.paragraph_id = paragraphs.id and person_id = :person
            )""",
)
# Names before text: in this order they are shown.
KINDS = {kind.table: kind for kind in (PEOPLE, EVENTS, PROPOSITIONS, ARTICLES, CLAIMS, PARAGRAPHS)}
KIND_QUERIES = {name: kind.sql for name, kind in KINDS.items()}
# Words that may be meant by one that no paragraph has in any form: as long but for two letters, with the first
# letter or the last.
NEAR_WORDS = """
    select id, word, texts
    from words
    where length(id) between length(:word) - 2 and length(:word) + 2
      and (substr(id, 1, 1) = substr(:word, 1, 1) or substr(id, -1) = substr(:word, -1))
      and not exists (select 1 from paragraphs_fts where paragraphs_fts match '"' || :word || '"')
"""
PARAMETER = re.compile(r":(\w+)")
ALL_SOURCES = "select id, name from sources order by name limit 200"
MOST_NAMED = """
    select people.id, people.name
    from (select person_id, count(*) as times from mentions group by person_id order by times desc limit 200)
    join people on people.id = person_id
    order by times desc, people.id
"""


# --- What there is to search


async def ask(db, sql, values):
    """The rows as dictionaries, or None where they take too long."""
    try:
        return [dict(row) for row in await db.execute(sql, values)]
    except QueryInterrupted:
        return None


def answers(conn, sql):
    """Whether the database has what the query asks for."""
    try:
        conn.execute(f"explain {sql}", dict.fromkeys(PARAMETER.findall(sql)))
    except sqlite3.OperationalError:
        return False
    return True


remembered: dict = {}  # of databases that cannot change


async def remember(db, what, find_it):
    if db.hash is None:  # it may change
        return await find_it(db)
    if (db.hash, what) not in remembered:
        remembered[db.hash, what] = await find_it(db)
    return remembered[db.hash, what]


async def find_kinds(db):
    return await db.execute_fn(lambda conn: [kind for kind, sql in KIND_QUERIES.items() if answers(conn, sql)])


async def find_choices(db):
    """The sources and people by which a search is narrowed; the people that are named most come first."""
    return {"sources": await ask(db, ALL_SOURCES, {}) or [], "people": await ask(db, MOST_NAMED, {}) or []}


async def find_searched(datasette):
    """The first database that can be searched, and what for; none and nothing where there is none."""
    for db in datasette.databases.values():
        if db.is_memory:  # Datasette's own
            continue
        kinds = await remember(db, "kinds", find_kinds)
        if kinds:
            return db, kinds
    return None, []


async def can_search(datasette):
    return bool((await find_searched(datasette))[1])


async def may_see(datasette, actor, db, kind):
    permissions = [("view-table", (db.name, kind)), ("view-database", db.name), "view-instance"]
    visible, _private = await datasette.check_visibility(actor, permissions=permissions)
    return visible


async def choices_for(datasette, actor, db):
    choices = await remember(db, "choices", find_choices)
    return {table: rows if await may_see(datasette, actor, db, table) else [] for table, rows in choices.items()}


# --- What is found


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
    if not await db.execute_fn(partial(answers, sql=NEAR_WORDS)):
        return None
    words = list(dict.fromkeys(WORD.findall(q)))[:MOST_CORRECTED]
    spelt = {word: nearest(fold(word), await ask(db, NEAR_WORDS, {"word": fold(word)}) or []) for word in words}
    suggested = WORD.sub(lambda match: spelt.get(match[0]) or match[0], q)
    return suggested if suggested != q else None


async def has_earlier(db, kinds, expression, asked):
    """Whether something is found, only not as far back as this page."""
    return asked.page > 1 and any(await find(db, kinds, expression, replace(asked, page=1)))


async def search(db, kinds, asked):
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
    if answer["loose"] or not found:
        answer["suggestion"] = await suggest(db, q)
    return answer


# --- How it is shown


MATCH = re.compile("\x02([^\x02\x03]*)\x03")
STRAY = re.compile("[\x02\x03]")  # an article's own, or one whose other was cut off
MARK = Markup("<mark>{}</mark>")


def show_matches(text: str | None) -> Markup:
    """Text with its matches marked."""
    pieces = [STRAY.sub("", piece) for piece in MATCH.split(text or "")]
    return Markup().join(MARK.format(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces))


def address(datasette, asked, **changed):
    """The address of the search with some of it changed."""
    values = {name: value for name, value in {**asdict(asked), "page": None, **changed}.items() if value}
    return f"{datasette.urls.path('/-/search')}?{urlencode(values)}"


def as_json(row, base):
    """A result as people get it who ask for JSON."""
    return {
        "id": row["id"],
        "url": f"{base}/{row['page']}",
        "title": STRAY.sub("", row["title"] or ""),
        "snippet": str(show_matches(row["snippet"] or row["title"])),
        "note": STRAY.sub("", row["note"] or "") or None,
        "source": row["source"],
        "date": row["date"],
    }


def narrowings(asked, kinds, choices):
    """The three ways to narrow a search down, each with its options; one that is chosen is always among them."""
    options = {
        "kind": ("Only", "everything", [(kind, KINDS[kind].many) for kind in kinds]),
        "source": ("From", "any source", [(row["id"], row["name"]) for row in choices["sources"]]),
        "person": (
            "With",
            "anybody",
            sorted(((row["id"], row["name"]) for row in choices["people"]), key=itemgetter(1)),
        ),
    }
    for name, (label, unset, pairs) in options.items():
        chosen = getattr(asked, name)
        added = [(chosen, chosen)] if chosen and chosen not in dict(pairs) else []
        yield {"name": name, "label": label, "unset": unset, "options": pairs + added, "chosen": chosen}


def examples(people):
    """What can be typed, with the two people that are named most."""
    names = [name for person in people[:2] if (name := clean(person["name"]).split())]
    if len(names) < 2:
        return []
    family, other = names[0][-1], names[1][-1]
    return [
        (fold(family), "a word: capitals and accents do not matter, and endings hardly"),
        (f"{family} {other}", "several words: all of them"),
        (f'"{" ".join(names[0])}"', "words in this order"),
        (f"{family[:4]}*", "words that begin like this"),
        (f"{family} -{other}", "without a word"),
    ]


def groups(datasette, answer, asked):
    """The results by kind, each with the way to more of it."""
    for kind, rows in answer["found"].items():
        total, end = rows[0]["total"], asked.values["offset"] + len(rows)
        yield {
            "kind": KINDS[kind],
            "rows": rows,
            "total": total,
            "all": None if asked.kind or end >= total else address(datasette, asked, kind=kind),
            "next": address(datasette, asked, page=asked.page + 1)
            if asked.kind and end < total and asked.page < MOST_PAGES
            else None,
            "previous": address(datasette, asked, page=asked.page - 1) if asked.kind and asked.page > 1 else None,
        }


async def answer_of(datasette, request):
    """What is asked, where, for which kinds that this reader may see, and what is found."""
    asked = Asked.read(request.args)
    db, kinds = await find_searched(datasette)
    seen = [kind for kind in kinds if await may_see(datasette, request.actor, db, kind)]
    return asked, db, seen, await search(db, seen, asked)


async def show_search(datasette, request):
    asked, db, kinds, answer = await answer_of(datasette, request)
    choices = await choices_for(datasette, request.actor, db) if kinds else {}
    context = {
        "asked": asked,
        "answer": answer,
        "base": db and datasette.urls.database(db.name),
        "counted": COUNTED,
        "narrowings": list(narrowings(asked, kinds, choices)) if kinds else [],
        "slow": [KINDS[kind].many for kind in answer["slow"]],
        "groups": list(groups(datasette, answer, asked)),
        "choices": choices,
        "examples": [
            (typed, meaning, address(datasette, asked, q=typed))
            for typed, meaning in examples(choices.get("people", []))
        ],
        "narrowed": asked.kind or asked.source or asked.person,
        "everything": address(datasette, asked, kind=None, source=None, person=None),
        "suggested": answer["suggestion"] and address(datasette, asked, q=answer["suggestion"]),
        "json": address(datasette, asked, page=asked.page).replace("/-/search?", "/-/search.json?", 1),
    }
    return Response.html(await datasette.render_template("search.html", context, request=request))


async def show_search_json(datasette, request):
    asked, db, _kinds, answer = await answer_of(datasette, request)
    base = db and datasette.urls.database(db.name)
    found = [
        {
            "kind": kind,
            "total": min(rows[0]["total"], COUNTED),
            "more_than_total": rows[0]["total"] > COUNTED,
            "items": [as_json(row, base) for row in rows],
        }
        for kind, rows in answer["found"].items()
    ]
    says = {"any_word": answer["loose"], "too_slow": answer["slow"], "suggestion": answer["suggestion"]}
    return Response.json({"q": asked.q, **says, "results": found})


async def show_queries():
    """What a browser needs to search by itself."""
    kinds = [{"kind": kind.table, "one": kind.one, "many": kind.many, "sql": kind.sql} for kind in KINDS.values()]
    sizes = {"shown": SHOWN, "page": PAGE, "counted": COUNTED, "pages": MOST_PAGES}
    limits = {"terms": MOST_TERMS, "corrected": MOST_CORRECTED}
    return Response.json({"kinds": kinds, "near_words": NEAR_WORDS, **sizes, **limits})


@hookimpl
def register_routes():
    return [
        ("/-/search$", show_search),
        (r"/-/search\.json$", show_search_json),
        ("/-/search/queries.json$", show_queries),
    ]


@hookimpl
def prepare_jinja2_environment(env, datasette):
    env.filters["show_matches"] = show_matches
    env.globals["can_search"] = partial(can_search, datasette)
