"""What several pages ask of the database; lists end at LIMIT rows, before anything is sorted."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import Any

LIMIT = 50
PASSAGES = 12
Record = dict[str, Any]  # a row of an answer, with what a page adds to it


def rows(conn: Connection, sql: str, **values: object) -> list[Record]:
    found = conn.execute(sql, {"limit": LIMIT} | values)
    return [dict(zip(row.keys(), row, strict=True)) for row in found]


def first(conn: Connection, sql: str, **values: object) -> Record:
    return rows(conn, sql, **values)[0]


def grouped(records: Iterable[Record], key: str) -> defaultdict[str, list[Record]]:
    """Records by the value of a column, both in the order of their first."""
    groups: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[record[key]].append(record)
    return groups


def ids(records: Iterable[Record], key: str) -> str:
    """The values of a column for `in (select value from json_each(:ids))`."""
    return json.dumps(sorted({record[key] for record in records if record[key]}))


def by_time(records: Iterable[Record], key: str = "published") -> list[Record]:
    """Oldest first, unknown dates last; an EDTF interval sorts by its begin."""
    return sorted(records, key=lambda record: (record[key] is None, record[key] or "", record["id"]))


# Claims with all that is shown of them; more is joined where a page needs it.
CLAIMS = """
    select claim_sources.*, claims.speaker_unknown, claims.speaker_confidence, articles.language
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


def status(conn: Connection, propositions: Sequence[Record]) -> list[Record]:
    """Their rows of the view. SQLite computes only these if it is given the ids one by one."""
    chosen = {f"id{place}": row["id"] for place, row in enumerate(propositions)}
    listed = ", ".join(f":{name}" for name in chosen)
    return rows(conn, f"select * from proposition_status where id in ({listed}) order by id", **chosen)


def total(conn: Connection, table: str, column: str, id: str, condition: str = "true") -> int:
    (number,) = conn.execute(f"select count(*) from {table} where {column} = ? and {condition}", [id]).fetchone()
    return int(number)


def claims_by(conn: Connection, column: str, id: str) -> list[Record]:
    """The first claims of a speaker or an event; the column is ours, never a visitor's."""
    chosen = f"select id from claims where {column} = :id limit :limit"
    return by_time(rows(conn, f"{CLAIMS} where claims.id in ({chosen})", id=id))
