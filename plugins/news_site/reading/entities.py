"""The pages of a person, an organization and a place."""

from sqlite3 import Connection

from .queries import PASSAGES, Record, by_time, claims_by, first, grouped, rows, total

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


def articles_naming(conn: Connection, mentions: str, column: str, id: str) -> list[Record]:
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


def passages(conn: Connection, mentions: str, column: str, id: str) -> list[Record]:
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


def entity(conn: Connection, table: str, aliases: str, mentions: str, column: str, id: str) -> Record:
    """What people, organizations and places have in common: other names, and who names them how often."""
    other_names = f"select alias, kind from {aliases} where {column} = :id order by kind, id limit :limit"
    return {
        "entity": first(conn, f"select * from {table} where id = :id", id=id),
        "aliases": grouped(rows(conn, other_names, id=id), "kind"),
        "names": total(conn, aliases, column, id),
        "articles": articles_naming(conn, mentions, column, id),
        "times": total(conn, mentions, column, id),
        "unreviewed": total(conn, mentions, column, id, "method = 'extracted'"),
    }


def speaker(conn: Connection, column: str, id: str) -> Record:
    return {"claims": claims_by(conn, column, id), "spoke": total(conn, "claims", column, id)}


def person(conn: Connection, id: str) -> Record:
    found = entity(conn, "people", "aliases", "mentions", "person_id", id)
    took_part = {
        "events": by_time(rows(conn, TOOK_PART, id=id), "date_earliest"),
        "parts": total(conn, "event_people", "person_id", id),
    }
    return found | speaker(conn, "speaker_id", id) | took_part | {"offices": offices(conn, id)}


def offices(conn: Connection, id: str) -> list[list[Record]]:
    """By article, each office once."""
    return list(grouped(by_time(rows(conn, OFFICES, id=id)), "id").values())


def organization(conn: Connection, id: str) -> Record:
    names = ("organizations", "organization_aliases", "organization_mentions", "organization_id")
    found = entity(conn, *names, id) | speaker(conn, "speaker_organization_id", id)
    return found | {"passages": passages(conn, "organization_mentions", "organization_id", id)}


def place(conn: Connection, id: str) -> Record:
    events = rows(conn, "select * from events where place_id = :id limit :limit", id=id)
    found = entity(conn, "places", "place_aliases", "place_mentions", "place_id", id)
    named = passages(conn, "place_mentions", "place_id", id)
    happened = {"events": by_time(events, "date_earliest"), "happened": total(conn, "events", "place_id", id)}
    return found | happened | {"passages": named}
