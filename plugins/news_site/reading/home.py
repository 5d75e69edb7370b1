"""The home page: what is in the edition, where sources differ and agree, what happened, who speaks."""

from sqlite3 import Connection

from .queries import ARTICLE, WORDINGS, Record, first, grouped, ids, rows, status

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
# Of each comparison those wordings that do not support its sentence before others, as far as there is room.
MARKED = """
    select id, proposition_id, wordings
    from (
      select
        id,
        proposition_id,
        count(*) over (partition by proposition_id) as wordings,
        row_number() over (partition by proposition_id order by stance = 'supports', id) as place
      from claim_propositions
      where proposition_id in (select value from json_each(:ids))
    )
    where place <= 20
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
      (select count(distinct speaker_id) from claims) as speakers,
      (select count(*) from events) as events,
      (select count(*) from propositions) as propositions
"""


def home(conn: Connection) -> Record:
    """What is in the edition, where sources differ and agree, what happened, who speaks."""
    articles = f"{ARTICLE} order by published_earliest desc, articles.id limit 10"
    return {
        "articles": rows(conn, articles),
        "propositions": compared(conn),
        "events": rows(conn, TIMELINE, ids=ids(rows(conn, TOLD_MOST), "id")),
        "speakers": rows(conn, SPEAKERS),
        "counts": first(conn, COUNTS),
    }


def compared(conn: Connection) -> list[Record]:
    """The comparisons of the front page, each with its wordings."""
    chosen = rows(conn, DIFFERING) + rows(conn, AGREED)
    propositions = status(conn, chosen)
    propositions.sort(key=lambda found: (found["differs"] + found["contradicts"] == 0, -found["independent_origins"]))
    marked = rows(conn, MARKED, ids=ids(propositions, "id"))
    wordings = {row["proposition_id"]: row["wordings"] for row in marked}
    of_chosen = f"{WORDINGS} where claim_propositions.id in (select value from json_each(:ids))"
    by_proposition = grouped(rows(conn, of_chosen, ids=ids(marked, "id")), "proposition_id")
    return [
        found | {"wordings": by_proposition[found["id"]], "all_wordings": wordings.get(found["id"], 0)}
        for found in propositions
    ]
