"""What the reading pages show: one function a page, from a connection and an id to the page's data.

A page makes a fixed number of queries in one visit to the database, whatever the number of rows; lists end
at LIMIT rows and say how many there are. Templates find the data as `page`.
"""

import json
from collections import defaultdict
from itertools import groupby

from datasette import hookimpl
from datasette.utils import sqlite_timelimit, tilde_decode

LIMIT = 50
FURNITURE = {"boilerplate", "link"}

CLAIMS = """
    select claim_sources.*, claims.speaker_unknown, articles.language
    from claim_sources
    join claims on claims.id = claim_sources.id
    join articles on articles.id = claim_sources.article_id
"""
WORDINGS = """
    select claim_sources.*, claim_propositions.proposition_id, claim_propositions.stance,
      articles.origin_id, articles.language
    from claim_propositions
    join claim_sources on claim_sources.id = claim_propositions.claim_id
    join articles on articles.id = claim_sources.article_id
"""
ARTICLES = """
    select articles.*, sources.name as source, sources.url as source_url, origins.name as origin
    from articles
    left join sources on sources.id = articles.source_id
    left join sources as origins on origins.id = articles.origin_id
"""


def rows(conn, sql, **values):
    return [dict(zip(row.keys(), row, strict=True)) for row in conn.execute(sql, values)]


def grouped(records, key):
    """Records by the value of a column, both in the order of their first."""
    groups = defaultdict(list)
    for record in records:
        groups[record[key]].append(record)
    return groups


def among(records, key):
    """The values of a column for `in (select value from json_each(:ids))`."""
    return json.dumps(sorted({record[key] for record in records if record[key]}))


def blocks(paragraphs):
    """Paragraphs in runs: what is read, and page furniture, which folds."""
    runs = groupby(paragraphs, lambda paragraph: paragraph["role"] in FURNITURE)
    return [{"furniture": furniture, "paragraphs": list(run)} for furniture, run in runs]


def number_claims(paragraphs, claims, notes):
    """Puts claims, numbered through the article, and notes beside their paragraphs."""
    claims_of, notes_of = grouped(claims, "paragraph_id"), grouped(notes, "paragraph_id")
    number = 0
    for paragraph in paragraphs:
        paragraph["notes"] = notes_of[paragraph["id"]]
        paragraph["claims"] = sorted(claims_of[paragraph["id"]], key=lambda claim: claim["start_char"])
        for number, claim in enumerate(paragraph["claims"], number + 1):
            claim["number"] = number
        paragraph["spans"] = paragraph["claims"] + [
            n for n in paragraph["notes"] if n["start_char"] is not None
        ]
    return paragraphs


def home(conn):
    """What is in the edition, where sources differ and agree, what happened, who speaks."""
    differing = """
        select distinct proposition_id as id
        from claim_propositions where stance <> 'supports' order by proposition_id limit 8
    """
    agreed = """
        select proposition_id as id from claim_propositions
        join claims on claims.id = claim_propositions.claim_id
        group by proposition_id having sum(stance <> 'supports') = 0 and count(distinct article_id) > 1
        order by count(distinct article_id) desc, proposition_id limit 8
    """
    propositions = rows(
        conn,
        f"""
        select * from proposition_status
        where id in (select id from ({differing})) or id in (select id from ({agreed}))
        order by differs + contradicts = 0, independent_origins desc, id
        """,
    )
    wordings = f"{WORDINGS} where proposition_id in (select value from json_each(:ids))"
    by_proposition = grouped(rows(conn, wordings, ids=among(propositions, "id")), "proposition_id")
    for proposition in propositions:
        proposition["wordings"] = by_proposition[proposition["id"]]
    events = """
        select * from timeline
        where id in (
          select event_id from event_reports join events on events.id = event_reports.event_id
          where events.date is not null and events.status in ('occurred', 'planned')
          group by event_id order by max(part_of is null) desc, count(distinct article_id) desc, event_id limit 10
        )
        order by date_earliest, date_latest, id
    """
    speakers = """
        select people.id, people.name, people.description, count(*) as claims
        from claims join people on people.id = claims.speaker_id
        group by people.id order by claims desc, people.id limit 8
    """
    counts = """
        select (select count(*) from articles) as articles, (select count(*) from claims) as claims,
          (select count(*) from people) as people, (select count(*) from events) as events,
          (select count(*) from propositions) as propositions
    """
    return {
        "articles": rows(conn, f"{ARTICLES} order by published_earliest desc, articles.id limit 10"),
        "propositions": propositions,
        "events": rows(conn, events),
        "speakers": rows(conn, speakers),
        "counts": rows(conn, counts)[0],
    }


def article(conn, id):
    paragraphs = "select * from paragraphs where article_id = :id order by position"
    notes = "select * from notes where article_id = :id order by start_char"
    people = """
        select people.id, people.name, count(*) as times
        from mentions join people on people.id = mentions.person_id
        where article_id = :id group by people.id order by times desc, people.name
    """
    events = """
        select distinct events.id, events.name, events.date, events.date_earliest, events.status
        from event_reports join events on events.id = event_reports.event_id
        where article_id = :id order by date_earliest is null, date_earliest, events.id
    """
    remarks = rows(conn, notes, id=id)
    claims = rows(conn, f"{CLAIMS} where claim_sources.article_id = :id", id=id)
    read = number_claims(rows(conn, paragraphs, id=id), claims, remarks)
    return {
        "article": rows(conn, f"{ARTICLES} where articles.id = :id", id=id)[0],
        "blocks": blocks(read),
        "claims": len(claims),
        "kinds": sorted({claim["kind"] for claim in claims}),
        "notes": [note for note in remarks if not note["paragraph_id"]],
        "people": rows(conn, people, id=id),
        "events": rows(conn, events, id=id),
    }


def paragraph(conn, id):
    around = """
        select other.id, other.position from paragraphs
        join paragraphs as other on other.article_id = paragraphs.article_id
          and other.position in (paragraphs.position - 1, paragraphs.position + 1)
        where paragraphs.id = :id order by other.position
    """
    named = """
        select 'people' as kind, people.id, people.name, mentions.text, mentions.start_char
        from mentions join people on people.id = person_id where paragraph_id = :id
        union all
        select 'organizations', organizations.id, name, text, start_char
        from organization_mentions join organizations on organizations.id = organization_id where paragraph_id = :id
        union all
        select 'places', places.id, name, text, start_char
        from place_mentions join places on places.id = place_id where paragraph_id = :id
        order by 5
    """
    found = rows(conn, "select * from paragraphs where id = :id", id=id)
    notes = rows(conn, "select * from notes where paragraph_id = :id order by start_char", id=id)
    claims = rows(conn, f"{CLAIMS} where claim_sources.paragraph_id = :id", id=id)
    events = "select events.* from events where id in (select event_id from event_reports where paragraph_id = :id)"
    return {
        "paragraph": number_claims(found, claims, notes)[0],
        "article": rows(conn, f"{ARTICLES} where articles.id = :article", article=found[0]["article_id"])[0],
        "around": rows(conn, around, id=id),
        "named": list(grouped(rows(conn, named, id=id), "id").values()),
        "events": rows(conn, events, id=id),
    }


def person(conn, id):
    events = """
        select events.id, events.name, events.date, events.date_earliest, events.status, event_people.role
        from event_people join events on events.id = event_people.event_id
        where person_id = :id order by date_earliest is null, date_earliest, events.id limit :limit
    """
    offices = "select * from roles_as_stated where person_id = :id limit :limit"
    return entity(conn, "people", "aliases", "mentions", "person_id", id) | {
        "offices": grouped(rows(conn, offices, id=id, limit=LIMIT), "article_id"),
        "claims": claims_by(conn, "speaker_id", id),
        "spoke": total(conn, "claims", "speaker_id", id),
        "events": rows(conn, events, id=id, limit=LIMIT),
    }


def organization(conn, id):
    return entity(
        conn, "organizations", "organization_aliases", "organization_mentions", "organization_id", id
    ) | {
        "claims": claims_by(conn, "speaker_organization_id", id),
        "spoke": total(conn, "claims", "speaker_organization_id", id),
    }


def place(conn, id):
    events = "select * from events where place_id = :id order by date_earliest is null, date_earliest, id limit :limit"
    return entity(conn, "places", "place_aliases", "place_mentions", "place_id", id) | {
        "events": rows(conn, events, id=id, limit=LIMIT)
    }


def total(conn, table, column, id):
    return conn.execute(f"select count(*) from {table} where {column} = :id", {"id": id}).fetchone()[0]


def claims_by(conn, column, id):
    """What somebody said; the columns are ours, never a visitor's."""
    order = "order by claim_sources.published is null, claim_sources.published, claim_sources.id"
    return rows(conn, f"{CLAIMS} where claim_sources.{column} = :id {order} limit :limit", id=id, limit=LIMIT)


def entity(conn, table, aliases, mentions, column, id):
    """What people, organizations and places have in common: other names, and where they are named."""
    passages = f"""
        select {mentions}.*, paragraphs.text as paragraph, articles.language
        from {mentions}
        join paragraphs on paragraphs.id = {mentions}.paragraph_id
        join articles on articles.id = {mentions}.article_id
        where {column} = :id
        order by articles.published_earliest, articles.id, paragraphs.position, {mentions}.start_char
        limit :limit
    """
    articles = f"""
        select articles.id, display_title, published, sources.name as source, count(*) as times
        from {mentions}
        join articles on articles.id = {mentions}.article_id
        left join sources on sources.id = articles.source_id
        where {column} = :id
        group by articles.id order by published_earliest is null, published_earliest, articles.id limit :limit
    """
    named = f"select alias, kind from {aliases} where {column} = :id order by kind, id"
    return {
        "entity": rows(conn, f"select * from {table} where id = :id", id=id)[0],
        "aliases": grouped(rows(conn, named, id=id), "kind"),
        "articles": rows(conn, articles, id=id, limit=LIMIT),
        "passages": grouped(rows(conn, passages, id=id, limit=LIMIT), "article_id"),
        "times": total(conn, mentions, column, id),
    }


def event(conn, id):
    head = """
        select events.*, places.name as place, whole.name as whole from events
        left join places on places.id = events.place_id
        left join events as whole on whole.id = events.part_of
        where events.id = :id
    """
    people = """
        select people.id, people.name, people.description, event_people.role
        from event_people join people on people.id = event_people.person_id
        where event_id = :id order by event_people.role, people.name
    """
    reports = """
        select event_reports.*, paragraphs.text as paragraph, paragraphs.position, articles.display_title as article,
          articles.published, articles.published_basis, articles.language, sources.name as source, articles.origin_id,
          origins.name as origin
        from event_reports
        join paragraphs on paragraphs.id = event_reports.paragraph_id
        join articles on articles.id = event_reports.article_id
        left join sources on sources.id = articles.source_id
        left join sources as origins on origins.id = articles.origin_id
        where event_id = :id
        order by articles.published_earliest is null, articles.published_earliest, articles.id, position, start_char
        limit :limit
    """
    propositions = "select * from proposition_status where event_id = :id order by id limit :limit"
    found = rows(conn, reports, id=id, limit=LIMIT)
    claims = claims_by(conn, "event_id", id)
    articles = "select * from articles where id in (select value from json_each(:ids))"
    return {
        "event": rows(conn, head, id=id)[0],
        "people": rows(conn, people, id=id),
        "parts": rows(
            conn, "select * from events where part_of = :id order by date_earliest, id limit 50", id=id
        ),
        "reports": found,
        "by_article": by_article(found, claims),
        "articles": {row["id"]: row for row in rows(conn, articles, ids=among(found + claims, "article_id"))},
        "times": total(conn, "event_reports", "event_id", id),
        "propositions": rows(conn, propositions, id=id, limit=LIMIT),
    }


def overlap(one, other):
    same = one["paragraph_id"] == other["paragraph_id"]
    return same and one["start_char"] < other["end_char"] and other["start_char"] < one["end_char"]


def by_article(reports, claims):
    """What each article reports of an event, side by side: its reports and what was said there.

    What the article states itself is not shown again where a report has the same words.
    """
    said = [
        c for c in claims if c["kind"] != "assertion" or not any(overlap(c, report) for report in reports)
    ]
    reported, said = grouped(reports, "article_id"), grouped(said, "article_id")
    return [
        {"article_id": id, "reports": reported[id], "claims": said[id], "any": (reported[id] + said[id])[0]}
        for id in dict.fromkeys([*reported, *said])
    ]


def claim(conn, id):
    found = rows(conn, f"{CLAIMS} where claim_sources.id = :id", id=id)[0]
    pieces = f"{CLAIMS} where claim_sources.article_id = :article and claim_sources.utterance = :utterance"
    propositions = """
        select proposition_status.*, claim_propositions.stance
        from claim_propositions join proposition_status on proposition_status.id = claim_propositions.proposition_id
        where claim_id = :id order by proposition_status.id
    """
    wordings = f"""
        {WORDINGS}
        where claim_propositions.proposition_id in (select proposition_id from claim_propositions where claim_id = :id)
          and claim_propositions.claim_id <> :id
        limit :limit
    """
    notes = """
        select * from notes
        where paragraph_id = :paragraph and start_char < :end and end_char > :start order by start_char
    """
    return {
        "claim": found,
        "pieces": rows(conn, pieces, article=found["article_id"], utterance=found["utterance"]),
        "figures": rows(conn, "select * from figures where claim_id = :id order by start_char", id=id),
        "propositions": rows(conn, propositions, id=id),
        "wordings": grouped(rows(conn, wordings, id=id, limit=LIMIT), "proposition_id"),
        "notes": rows(
            conn, notes, paragraph=found["paragraph_id"], start=found["start_char"], end=found["end_char"]
        ),
        "article": rows(conn, f"{ARTICLES} where articles.id = :article", article=found["article_id"])[0],
    }


def proposition(conn, id):
    head = """
        select proposition_status.*, events.name as event, events.date
        from proposition_status left join events on events.id = proposition_status.event_id
        where proposition_status.id = :id
    """
    wordings = f"""
        {WORDINGS} where proposition_id = :id
        order by articles.published_earliest is null, articles.published_earliest, articles.id, claim_sources.start_char
        limit :limit
    """
    figures = """
        select figures.* from figures join claim_propositions on claim_propositions.claim_id = figures.claim_id
        where proposition_id = :id order by figures.id
    """
    return {
        "proposition": rows(conn, head, id=id)[0],
        "wordings": rows(conn, wordings, id=id, limit=LIMIT),
        "figures": grouped(rows(conn, figures, id=id), "claim_id"),
    }


PAGES = {
    "row-news-articles.html": article,
    "row-news-paragraphs.html": paragraph,
    "row-news-people.html": person,
    "row-news-organizations.html": organization,
    "row-news-places.html": place,
    "row-news-events.html": event,
    "row-news-claims.html": claim,
    "row-news-propositions.html": proposition,
}


async def read_home(datasette):
    """The home page's data; none where no database is ours."""
    db = datasette.databases.get("news")
    if db is None or "proposition_status" not in await db.view_names():
        return None
    return await read(datasette, db, home)


async def read(datasette, db, page, *id):
    limit = datasette.setting("sql_time_limit_ms")

    def visit(conn):
        with sqlite_timelimit(conn, limit):
            return page(conn, *id)

    return await db.execute_fn(visit)


@hookimpl
def extra_template_vars(template, request, database, datasette):
    async def page():
        if template == "index.html":
            return {"page": await read_home(datasette)}
        id = tilde_decode(request.url_vars["pks"])
        return {"page": await read(datasette, datasette.get_database(database), PAGES[template], id)}

    return page if template == "index.html" or template in PAGES else {}
