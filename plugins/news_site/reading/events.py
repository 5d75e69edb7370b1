"""The page of an event."""

from collections.abc import Sequence
from sqlite3 import Connection
from typing import NamedTuple

from .queries import Record, by_time, claims_by, first, grouped, rows, status, total

EVENT = """
    select events.*, places.name as place, whole.name as whole
    from events
    left join places on places.id = events.place_id
    left join events as whole on whole.id = events.part_of
    where events.id = :id
"""
PARTICIPANTS = """
    select
      people.id,
      people.name,
      event_people.role,
      event_people.article_id,
      event_people.paragraph_id,
      event_people.text,
      event_people.method,
      event_people.confidence
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


class Told(NamedTuple):
    """What an article reports of an event, and what was said there."""

    article: Record
    reports: list[Record]
    claims: list[Record]


def overlap(one: Record, other: Record) -> bool:
    if one["paragraph_id"] != other["paragraph_id"]:
        return False
    return bool(one["start_char"] < other["end_char"] and other["start_char"] < one["end_char"])


def by_article(reports: Sequence[Record], claims: Sequence[Record]) -> list[Told]:
    """What each article reports of an event, side by side.

    What the article states itself is not shown again where a report has the same words.
    """
    heard = [c for c in claims if c["kind"] != "assertion" or not any(overlap(c, report) for report in reports)]
    reported, said = grouped(reports, "article_id"), grouped(heard, "article_id")
    return [Told((reported[id] + said[id])[0], reported[id], said[id]) for id in dict.fromkeys([*reported, *said])]


def event(conn: Connection, id: str) -> Record:
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
