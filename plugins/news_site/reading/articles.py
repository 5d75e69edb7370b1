"""The pages of an article and of a paragraph."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from sqlite3 import Connection
from typing import NamedTuple

from .queries import ARTICLE, CLAIMS, Record, first, grouped, rows

FURNITURE = {"boilerplate", "link"}
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


class Block(NamedTuple):
    """Paragraphs in a run: what is read, or page furniture, which folds."""

    furniture: bool
    paragraphs: list[Record]


def blocks(paragraphs: Iterable[Record]) -> list[Block]:
    runs = groupby(paragraphs, lambda paragraph: paragraph["role"] in FURNITURE)
    return [Block(furniture, list(run)) for furniture, run in runs]


def annotate(paragraphs: Iterable[Record], claims: Sequence[Record], notes: Sequence[Record]) -> list[Record]:
    """Paragraphs with the claims and notes that stand beside them; claims are numbered through."""
    claims_of, notes_of = grouped(claims, "paragraph_id"), grouped(notes, "paragraph_id")
    annotated, number = [], 1
    for paragraph in paragraphs:
        said = sorted(claims_of[paragraph["id"]], key=lambda claim: (claim["start_char"], claim["id"]))
        said = [claim | {"number": place} for place, claim in enumerate(said, number)]
        annotated.append(paragraph | {"claims": said, "notes": notes_of[paragraph["id"]]})
        number += len(said)
    return annotated


def notes_on(conn: Connection, column: str, id: str) -> list[Record]:
    return rows(conn, f"select * from notes where {column} = :id order by start_char", id=id)


def events_in(conn: Connection, column: str, id: str) -> list[Record]:
    """What an article or a paragraph reports; the column is ours, never a visitor's."""
    sql = f"""
        select *
        from events
        where id in (select event_id from event_reports where {column} = :id)
        order by date_earliest is null, date_earliest, id
    """
    return rows(conn, sql, id=id)


def article(conn: Connection, id: str) -> Record:
    notes = notes_on(conn, "article_id", id)
    claims = rows(conn, f"{CLAIMS} where claims.article_id = :id", id=id)
    return {
        "article": first(conn, f"{ARTICLE} where articles.id = :id", id=id),
        "blocks": blocks(annotate(rows(conn, PARAGRAPHS, id=id), claims, notes)),
        "claims": len(claims),
        "unreviewed": sum(claim["method"] == "extracted" for claim in claims),
        "kinds": sorted({claim["kind"] for claim in claims}),
        "notes": [note for note in notes if not note["paragraph_id"]],
        "people": rows(conn, PEOPLE_NAMED, id=id),
        "events": events_in(conn, "article_id", id),
    }


def paragraph(conn: Connection, id: str) -> Record:
    found = rows(conn, "select * from paragraphs where id = :id", id=id)
    claims = rows(conn, f"{CLAIMS} where claims.paragraph_id = :id", id=id)
    return {
        "paragraph": annotate(found, claims, notes_on(conn, "paragraph_id", id))[0],
        "article": first(conn, f"{ARTICLE} where articles.id = :id", id=found[0]["article_id"]),
        "around": rows(conn, AROUND, id=id),
        "named": list(grouped(rows(conn, NAMED, id=id), "id").values()),
        "events": events_in(conn, "paragraph_id", id),
    }
