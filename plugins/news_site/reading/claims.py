"""The pages of a claim and of a comparison."""

from sqlite3 import Connection

from .queries import ARTICLE, CLAIMS, WORDINGS, Record, by_time, first, grouped, rows, status

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
SHOWN = 3  # wordings beside a claim; its comparison has more
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
# A claim tells the same as another where both stand in one comparison with one stance.
REPORTED_BY = """
    select
      count(distinct others.article_id) as articles,
      count(distinct origin) as independent_origins,
      count(distinct others.article_id) filter (where origin is null) as of_unknown_origin
    from claim_propositions as mine
    join claim_propositions as theirs on theirs.proposition_id = mine.proposition_id and theirs.stance = mine.stance
    join claims as others on others.id = theirs.claim_id
    join article_origins on article_origins.article_id = others.article_id
    where mine.claim_id = :id
"""
OF_UNKNOWN_ORIGIN = """
    select count(distinct articles.id) as articles
    from claim_propositions
    join claims on claims.id = claim_propositions.claim_id
    join articles on articles.id = claims.article_id
    where proposition_id = :id and origin_id is null
"""
FIGURES_OF_PROPOSITION = """
    select figures.*
    from claim_propositions
    join figures on figures.claim_id = claim_propositions.claim_id
    where proposition_id = :id
    order by figures.rowid
    limit :limit
"""


def claim(conn: Connection, id: str) -> Record:
    found = first(conn, f"{CLAIMS} where claims.id = :id", id=id)
    return {
        "claim": found,
        "article": first(conn, f"{ARTICLE} where articles.id = :id", id=found["article_id"]),
        "reported_by": first(conn, REPORTED_BY, id=id),
        "pieces": rows(conn, UTTERANCE, **found),
        "figures": rows(conn, "select * from figures where claim_id = :id order by start_char", id=id),
        "notes": rows(conn, NOTES_ON_CLAIM, **found),
        "propositions": propositions_of(conn, id),
        "wordings": grouped(by_time(rows(conn, OTHER_WORDINGS, id=id, limit=SHOWN)), "proposition_id"),
    }


def propositions_of(conn: Connection, id: str) -> list[Record]:
    """The comparisons that a claim is in, each with the claim's stance."""
    found = rows(conn, PROPOSITIONS_OF_CLAIM, id=id)
    stances = {row["id"]: row["stance"] for row in found}
    return [row | {"stance": stances[row["id"]]} for row in status(conn, found)]


def proposition(conn: Connection, id: str) -> Record:
    return {
        "proposition": first(conn, PROPOSITION, id=id),
        "wordings": by_time(rows(conn, f"{WORDINGS} where proposition_id = :id limit :limit", id=id)),
        "of_unknown_origin": first(conn, OF_UNKNOWN_ORIGIN, id=id)["articles"],
        "figures": grouped(rows(conn, FIGURES_OF_PROPOSITION, id=id), "claim_id"),
    }
