"""What the reading pages show: one function a page, from a connection and an id to the page's data.

A page makes a fixed number of queries in one visit to the database, whatever the number of rows; lists end
at LIMIT rows, before anything is sorted, and say how many there are. Templates find the data as `page`.
Who may not see one of the TABLES is shown Datasette's own pages instead, which know what to leave out.
"""

import json
from collections import OrderedDict, defaultdict
from functools import lru_cache
from itertools import groupby
from weakref import WeakKeyDictionary

from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils import await_me_maybe, sqlite_timelimit, tilde_decode, tilde_encode
from markupsafe import Markup

LIMIT = 50
PASSAGES = 12
FURNITURE = {"boilerplate", "link"}


def rows(conn, sql, **values):
    found = conn.execute(sql, {"limit": LIMIT} | values)
    return [dict(zip(row.keys(), row, strict=True)) for row in found]


def first(conn, sql, **values):
    return rows(conn, sql, **values)[0]


def grouped(records, key):
    """Records by the value of a column, both in the order of their first."""
    groups = defaultdict(list)
    for record in records:
        groups[record[key]].append(record)
    return groups


def ids(records, key):
    """The values of a column for `in (select value from json_each(:ids))`."""
    return json.dumps(sorted({record[key] for record in records if record[key]}))


def by_time(records, key="published"):
    """Oldest first, unknown dates last; an EDTF interval sorts by its begin."""
    return sorted(records, key=lambda record: (record[key] is None, record[key] or "", record["id"]))


# Claims with all that is shown of them; more is joined where a page needs it.
CLAIMS = """
    select claim_sources.*, claims.speaker_unknown, articles.language
    from claims
    join claim_sources on claim_sources.id = claims.id
    join articles on articles.id = claims.article_id
"""
WORDINGS = """
    select
      claim_sources.*,
      claim_propositions.proposition_id,
      claim_propositions.stance,
      articles.language
    from claim_propositions
    join claim_sources on claim_sources.id = claim_propositions.claim_id
    join articles on articles.id = claim_sources.article_id
"""
ARTICLE = """
    select articles.*, sources.name as source, origins.name as origin
    from articles
    left join sources on sources.id = articles.source_id
    left join sources as origins on origins.id = articles.origin_id
"""


def status(conn, propositions):
    """Their rows of the view. SQLite computes only these if it is given the ids one by one."""
    chosen = {f"id{place}": row["id"] for place, row in enumerate(propositions)}
    listed = ", ".join(f":{name}" for name in chosen)
    return rows(conn, f"select * from proposition_status where id in ({listed}) order by id", **chosen)


# --- Home


DIFFERING = """
    select distinct proposition_id as id
    from claim_propositions
    where stance <> 'supports'
    order by proposition_id
    limit 8
"""
AGREED = """
    select proposition_id as id
    from claim_propositions
    join claims on claims.id = claim_propositions.claim_id
    group by proposition_id
    having sum(stance <> 'supports') = 0 and count(distinct article_id) > 1
    order by count(distinct article_id) desc, proposition_id
    limit 8
"""
# Whole events before parts of others, much reported ones before others.
TOLD_MOST = """
    select event_id as id
    from event_reports
    join events on events.id = event_reports.event_id
    where events.date is not null and events.status in ('occurred', 'planned')
    group by event_id
    order by max(part_of is null) desc, count(distinct article_id) desc, event_id
    limit 10
"""
TIMELINE = """
    select *
    from timeline
    where id in (select value from json_each(:ids))
    order by date_earliest, date_latest, id
"""
SPEAKERS = """
    select people.id, people.name, people.description, count(*) as claims
    from claims
    join people on people.id = claims.speaker_id
    group by people.id
    order by claims desc, people.id
    limit 8
"""
COUNTS = """
    select
      (select count(*) from articles) as articles,
      (select count(*) from claims) as claims,
      (select count(*) from people) as people,
      (select count(*) from events) as events,
      (select count(*) from propositions) as propositions
"""


def home(conn):
    """What is in the edition, where sources differ and agree, what happened, who speaks."""
    articles = f"{ARTICLE} order by published_earliest desc, articles.id limit 10"
    return {
        "articles": rows(conn, articles),
        "propositions": compared(conn),
        "events": rows(conn, TIMELINE, ids=ids(rows(conn, TOLD_MOST), "id")),
        "speakers": rows(conn, SPEAKERS),
        "counts": first(conn, COUNTS),
    }


def compared(conn):
    """The propositions of the front page, each with its wordings."""
    chosen = rows(conn, DIFFERING) + rows(conn, AGREED)
    propositions = status(conn, chosen)
    propositions.sort(key=lambda found: (found["differs"] + found["contradicts"] == 0, -found["independent_origins"]))
    wordings = f"{WORDINGS} where proposition_id in (select value from json_each(:ids))"
    by_proposition = grouped(rows(conn, wordings, ids=ids(propositions, "id")), "proposition_id")
    return [proposition | {"wordings": by_proposition[proposition["id"]]} for proposition in propositions]


# --- Article and paragraph


PARAGRAPHS = "select * from paragraphs where article_id = :id order by position"
PEOPLE_NAMED = """
    select people.id, people.name, count(*) as times
    from mentions
    join people on people.id = mentions.person_id
    where article_id = :id
    group by people.id
    order by times desc, people.name
"""
AROUND = """
    select other.id, other.position
    from paragraphs
    join paragraphs as other on other.article_id = paragraphs.article_id
      and other.position in (paragraphs.position - 1, paragraphs.position + 1)
    where paragraphs.id = :id
    order by other.position
"""
NAMED = """
    select 'people' as kind, people.id, people.name, mentions.text, mentions.start_char
    from mentions
    join people on people.id = person_id
    where paragraph_id = :id
    union all
    select 'organizations', organizations.id, name, text, start_char
    from organization_mentions
    join organizations on organizations.id = organization_id
    where paragraph_id = :id
    union all
    select 'places', places.id, name, text, start_char
    from place_mentions
    join places on places.id = place_id
    where paragraph_id = :id
    order by start_char
"""


def blocks(paragraphs):
    """Paragraphs in runs: what is read, and page furniture, which folds."""
    runs = groupby(paragraphs, lambda paragraph: paragraph["role"] in FURNITURE)
    return [{"furniture": furniture, "paragraphs": list(run)} for furniture, run in runs]


def annotate(paragraphs, claims, notes):
    """Paragraphs with the claims and notes that stand beside them; claims are numbered through."""
    claims_of, notes_of = grouped(claims, "paragraph_id"), grouped(notes, "paragraph_id")
    annotated, number = [], 1
    for paragraph in paragraphs:
        said = sorted(claims_of[paragraph["id"]], key=lambda claim: (claim["start_char"], claim["id"]))
        said = [claim | {"number": place} for place, claim in enumerate(said, number)]
        annotated.append(paragraph | {"claims": said, "notes": notes_of[paragraph["id"]]})
        number += len(said)
    return annotated


def notes_on(conn, column, id):
    return rows(conn, f"select * from notes where {column} = :id order by start_char", id=id)


def events_in(conn, column, id):
    """What an article or a paragraph reports; the column is ours, never a visitor's."""
    sql = f"""
        select *
        from events
        where id in (select event_id from event_reports where {column} = :id)
        order by date_earliest is null, date_earliest, id
    """
    return rows(conn, sql, id=id)


def article(conn, id):
    notes = notes_on(conn, "article_id", id)
    claims = rows(conn, f"{CLAIMS} where claims.article_id = :id", id=id)
    return {
        "article": first(conn, f"{ARTICLE} where articles.id = :id", id=id),
        "blocks": blocks(annotate(rows(conn, PARAGRAPHS, id=id), claims, notes)),
        "claims": len(claims),
        "kinds": sorted({claim["kind"] for claim in claims}),
        "notes": [note for note in notes if not note["paragraph_id"]],
        "people": rows(conn, PEOPLE_NAMED, id=id),
        "events": events_in(conn, "article_id", id),
    }


def paragraph(conn, id):
    found = rows(conn, "select * from paragraphs where id = :id", id=id)
    claims = rows(conn, f"{CLAIMS} where claims.paragraph_id = :id", id=id)
    return {
        "paragraph": annotate(found, claims, notes_on(conn, "paragraph_id", id))[0],
        "article": first(conn, f"{ARTICLE} where articles.id = :id", id=found[0]["article_id"]),
        "around": rows(conn, AROUND, id=id),
        "named": list(grouped(rows(conn, NAMED, id=id), "id").values()),
        "events": events_in(conn, "paragraph_id", id),
    }


# --- People, organizations, places


OFFICES = """
    select
      article_id as id,
      role_as_stated,
      articles.display_title as article,
      articles.published,
      sources.name as source,
      of_all
    from (
      select article_id, role_as_stated, count(*) over () as of_all
      from mentions
      where person_id = :id and role_as_stated is not null
      group by +article_id, role_as_stated -- not by its index, which leads to all mentions of anybody
      limit :limit
    )
    join articles on articles.id = article_id
    left join sources on sources.id = articles.source_id
"""
TOOK_PART = """
    select events.*, event_people.role
    from event_people
    join events on events.id = event_people.event_id
    where person_id = :id
    limit :limit
"""


def total(conn, table, column, id):
    return conn.execute(f"select count(*) from {table} where {column} = ?", [id]).fetchone()[0]


def claims_by(conn, column, id):
    """The first claims of a speaker or an event; the column is ours, never a visitor's."""
    chosen = f"select id from claims where {column} = :id limit :limit"
    return by_time(rows(conn, f"{CLAIMS} where claims.id in ({chosen})", id=id))


def articles_naming(conn, mentions, column, id):
    """The first articles, each with its number of mentions and that of all such articles."""
    sql = f"""
        select
          articles.id,
          articles.display_title,
          articles.published,
          sources.name as source,
          times,
          of_all
        from (
          select article_id, count(*) as times, count(*) over () as of_all
          from {mentions}
          where {column} = :id
          group by +article_id -- not by its index, which leads to all mentions of anybody
          limit :limit
        )
        join articles on articles.id = article_id
        left join sources on sources.id = articles.source_id
    """
    return by_time(rows(conn, sql, id=id))


def passages(conn, mentions, column, id):
    """The words around the first mentions."""
    sql = f"""
        select {mentions}.*, paragraphs.text as paragraph, articles.language, sources.name as source
        from {mentions}
        join paragraphs on paragraphs.id = {mentions}.paragraph_id
        join articles on articles.id = {mentions}.article_id
        left join sources on sources.id = articles.source_id
        where {column} = :id
        limit :limit
    """
    return rows(conn, sql, id=id, limit=PASSAGES)


def entity(conn, table, aliases, mentions, column, id):
    """What people, organizations and places have in common: other names, and who names them how often."""
    other_names = f"select alias, kind from {aliases} where {column} = :id order by kind, id limit :limit"
    return {
        "entity": first(conn, f"select * from {table} where id = :id", id=id),
        "aliases": grouped(rows(conn, other_names, id=id), "kind"),
        "names": total(conn, aliases, column, id),
        "articles": articles_naming(conn, mentions, column, id),
        "times": total(conn, mentions, column, id),
    }


def speaker(conn, column, id):
    return {"claims": claims_by(conn, column, id), "spoke": total(conn, "claims", column, id)}


def person(conn, id):
    found = entity(conn, "people", "aliases", "mentions", "person_id", id)
    took_part = {
        "events": by_time(rows(conn, TOOK_PART, id=id), "date_earliest"),
        "parts": total(conn, "event_people", "person_id", id),
    }
    return found | speaker(conn, "speaker_id", id) | took_part | {"offices": offices(conn, id)}


def offices(conn, id):
    """By article, each office once."""
    return list(grouped(by_time(rows(conn, OFFICES, id=id)), "id").values())


def organization(conn, id):
    names = ("organizations", "organization_aliases", "organization_mentions", "organization_id")
    found = entity(conn, *names, id) | speaker(conn, "speaker_organization_id", id)
    return found | {"passages": passages(conn, "organization_mentions", "organization_id", id)}


def place(conn, id):
    events = rows(conn, "select * from events where place_id = :id limit :limit", id=id)
    found = entity(conn, "places", "place_aliases", "place_mentions", "place_id", id)
    named = passages(conn, "place_mentions", "place_id", id)
    happened = {"events": by_time(events, "date_earliest"), "happened": total(conn, "events", "place_id", id)}
    return found | happened | {"passages": named}


# --- Events


EVENT = """
    select events.*, places.name as place, whole.name as whole
    from events
    left join places on places.id = events.place_id
    left join events as whole on whole.id = events.part_of
    where events.id = :id
"""
PARTICIPANTS = """
    select people.id, people.name, event_people.role
    from event_people
    join people on people.id = event_people.person_id
    where event_id = :id
    order by event_people.role, people.name
    limit :limit
"""
REPORTS = """
    select
      event_reports.*,
      paragraphs.text as paragraph,
      articles.display_title as article,
      articles.published,
      articles.published_basis,
      articles.language,
      sources.name as source,
      origins.name as origin
    from event_reports
    join paragraphs on paragraphs.id = event_reports.paragraph_id
    join articles on articles.id = event_reports.article_id
    left join sources on sources.id = articles.source_id
    left join sources as origins on origins.id = articles.origin_id
    where event_id = :id
    limit :limit
"""
OF_EVENT = {
    "event_people": "event_id",
    "events": "part_of",
    "event_reports": "event_id",
    "claims": "event_id",
    "propositions": "event_id",
}


def overlap(one, other):
    same = one["paragraph_id"] == other["paragraph_id"]
    return same and one["start_char"] < other["end_char"] and other["start_char"] < one["end_char"]


def by_article(reports, claims):
    """What each article reports of an event, side by side: its reports and what was said there.

    What the article states itself is not shown again where a report has the same words.
    """
    heard = [c for c in claims if c["kind"] != "assertion" or not any(overlap(c, report) for report in reports)]
    reported, said = grouped(reports, "article_id"), grouped(heard, "article_id")
    return [
        {"article": (reported[id] + said[id])[0], "reports": reported[id], "claims": said[id]}
        for id in dict.fromkeys([*reported, *said])
    ]


def event(conn, id):
    reports = by_time(rows(conn, REPORTS, id=id))
    claims = claims_by(conn, "event_id", id)
    propositions = "select id from propositions where event_id = :id limit :limit"
    return {
        "event": first(conn, EVENT, id=id),
        "people": rows(conn, PARTICIPANTS, id=id),
        "parts": by_time(rows(conn, "select * from events where part_of = :id limit :limit", id=id), "date_earliest"),
        "reports": reports,
        "claims": claims,
        "by_article": by_article(reports, claims),
        "propositions": status(conn, rows(conn, propositions, id=id)),
        "totals": {table: total(conn, table, column, id) for table, column in OF_EVENT.items()},
    }


# --- Claims and propositions


PROPOSITIONS_OF_CLAIM = """
    select proposition_id as id, stance
    from claim_propositions
    where claim_id = :id
    order by proposition_id
    limit :limit
"""
OTHER_WORDINGS = f"""
    {WORDINGS}
    where claim_propositions.claim_id <> :id
      and claim_propositions.proposition_id in (
        select proposition_id from claim_propositions where claim_id = :id
      )
    limit :limit
"""
NOTES_ON_CLAIM = """
    select *
    from notes
    where paragraph_id = :paragraph_id and start_char < :end_char and end_char > :start_char
    order by start_char
"""
UTTERANCE = f"""
    {CLAIMS}
    where claims.article_id = :article_id and claims.utterance = :utterance
    order by claims.rowid
    limit :limit
"""
PROPOSITION = """
    select proposition_status.*, events.name as event, events.date
    from proposition_status
    left join events on events.id = proposition_status.event_id
    where proposition_status.id = :id
"""
FIGURES_OF_PROPOSITION = """
    select figures.*
    from claim_propositions
    join figures on figures.claim_id = claim_propositions.claim_id
    where proposition_id = :id
    order by figures.rowid
    limit :limit
"""


def claim(conn, id):
    found = first(conn, f"{CLAIMS} where claims.id = :id", id=id)
    return {
        "claim": found,
        "article": first(conn, f"{ARTICLE} where articles.id = :id", id=found["article_id"]),
        "pieces": rows(conn, UTTERANCE, **found),
        "figures": rows(conn, "select * from figures where claim_id = :id order by start_char", id=id),
        "notes": rows(conn, NOTES_ON_CLAIM, **found),
        "propositions": propositions_of(conn, id),
        "wordings": grouped(by_time(rows(conn, OTHER_WORDINGS, id=id)), "proposition_id"),
    }


def propositions_of(conn, id):
    """The propositions of a claim, each with the claim's stance."""
    found = rows(conn, PROPOSITIONS_OF_CLAIM, id=id)
    stances = {row["id"]: row["stance"] for row in found}
    return [row | {"stance": stances[row["id"]]} for row in status(conn, found)]


def proposition(conn, id):
    return {
        "proposition": first(conn, PROPOSITION, id=id),
        "wordings": by_time(rows(conn, f"{WORDINGS} where proposition_id = :id limit :limit", id=id)),
        "figures": grouped(rows(conn, FIGURES_OF_PROPOSITION, id=id), "claim_id"),
    }


# --- Datasette


PAGES = {
    "articles": article,
    "paragraphs": paragraph,
    "people": person,
    "organizations": organization,
    "places": place,
    "events": event,
    "claims": claim,
    "propositions": proposition,
}
TABLES = (
    *PAGES,
    *("aliases", "claim_propositions", "event_people", "event_reports", "figures", "mentions", "notes"),
    *("organization_aliases", "organization_mentions", "place_aliases", "place_mentions", "sources"),
    *("claim_sources", "proposition_status", "timeline"),  # views
)


async def may_see_all(datasette, actor, db):
    """Whether a reader may see all that reading pages are made of."""
    if not hasattr(datasette, "permission_allowed"):  # 1.0a
        from datasette.resources import TableResource

        asked = [TableResource(db.name, table) for table in TABLES]
        return all([await datasette.allowed(action="view-table", resource=table, actor=actor) for table in asked])
    if not await datasette.permission_allowed(actor, "view-database", db.name, default=True):
        return False
    return all([await is_not_denied(datasette, actor, (db.name, table)) for table in TABLES])


async def is_not_denied(datasette, actor, table):
    """permission_allowed would look each table up in the database, which takes longer than the page."""
    asked = pm.hook.permission_allowed(datasette=datasette, actor=actor, action="view-table", resource=table)
    return False not in [await await_me_maybe(answer) for answer in asked]


def is_ours(conn):
    return conn.execute("select 1 from sqlite_master where name = 'claim_sources'").fetchone()


async def read(datasette, db, page, *id):
    """A page's data, all of it in one visit to the database; none where that is not ours."""
    limit = datasette.setting("sql_time_limit_ms")

    def visit(conn):
        with sqlite_timelimit(conn, limit):
            return page(conn, *id) if is_ours(conn) else None

    return await db.execute_fn(visit)


def link_makers(urls, database):
    """For templates: the address of a table or a row, and links to rows. Macros would be slow."""

    base = urls.database(database)

    @lru_cache(10_000)
    def url(table, id=None):
        return f"{base}/{table}" if id is None else f"{base}/{table}/{tilde_encode(str(id))}"

    def link(table, id, label):
        return Markup('<a href="%s"><bdi>%s</bdi></a>') % (url(table, id), label)

    def spot(row):
        """The address of a row's paragraph in the article."""
        return f"{url('articles', row['article_id'])}#{row.get('paragraph_id') or row['id']}"

    def speaker(claim):
        """Who says it, each a link; both where a person speaks with a body."""
        named = [("people", claim["speaker_id"], claim["speaker"])]
        named += [("organizations", claim["speaker_organization_id"], claim["speaker_organization"])]
        links = [link(table, id, name) for table, id, name in named if id]
        unnamed = "the article itself" if claim["kind"] == "assertion" else "speaker not named"
        return Markup(" with ").join(links) or unnamed

    return {"url": url, "link": link, "spot": spot, "speaker": speaker}


writers: WeakKeyDictionary = WeakKeyDictionary()  # an environment of Jinja's for each database


def write(datasette, db, template, data):
    """The part of a page that is read, with what its template sets beside it.

    Datasette's templates await each call and filter; reading pages make thousands of these and wait for none.
    """
    if db not in writers:
        shared = datasette.jinja_env if hasattr(datasette, "jinja_env") else datasette.get_jinja_environment()  # 1.0a
        writers[db] = shared.overlay(enable_async=False)
        writers[db].globals = {**shared.globals, **link_makers(datasette.urls, db.name)}
    return writers[db].get_template(f"reading/{template}.html").make_module({"page": data})


REMEMBERED = 200
remembered: OrderedDict = OrderedDict()  # pages of databases that cannot change, the latest last


async def show(datasette, actor, db, template, page, *id):
    """A page as it is read, written once: it stays the same as long as the bytes of an immutable database do."""
    if not await may_see_all(datasette, actor, db):
        return None
    if db.hash is None:
        return await read_and_write(datasette, db, template, page, *id)
    key = (db, page, *id)
    if key not in remembered:
        remembered[key] = await read_and_write(datasette, db, template, page, *id)
        if len(remembered) > REMEMBERED:
            remembered.popitem(last=False)
    remembered.move_to_end(key)
    return remembered[key]


async def read_and_write(datasette, db, template, page, *id):
    data = await read(datasette, db, page, *id)
    return data and write(datasette, db, template, data)


async def show_home(datasette, actor):
    """The home page of the first database that is ours."""
    for db in datasette.databases.values():
        if shown := await show(datasette, actor, db, "home", home):
            return shown
    return None


@hookimpl
def extra_template_vars(template, request, database, table, datasette):
    async def home_page():
        return {"reading": await show_home(datasette, request.actor)}

    async def row_page():
        if table not in PAGES:
            return {"reading": None}
        id, db = tilde_decode(request.url_vars["pks"]), datasette.get_database(database)
        return {"reading": await show(datasette, request.actor, db, table, PAGES[table], id)}

    return {"index.html": home_page, "row.html": row_page}.get(template, {})
