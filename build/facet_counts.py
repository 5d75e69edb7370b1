"""Counts, once, what facets with sources say of all rows of a table: of many that takes longer than a page may.

A facet that is not here, or one of filtered rows, is counted when it is asked for.
"""

from sqlite_utils import Database

EVENTS = "from events left join event_reports on event_reports.event_id = events.id"
EVENT_PEOPLE = "from event_people left join event_reports on event_reports.event_id = event_people.event_id"
PROPOSITIONS = "from claim_propositions join claims on claims.id = claim_propositions.claim_id"
A_MONTH = "glob '[0-9][0-9][0-9][0-9]-[01][0-9]*'"
# Table, kind of facet and column: each value with the row that has it and an article that this row rests on.
FACETS = {
    ("articles", "source", "source_id"): "select source_id, id, id from articles",
    ("articles", "source", "origin_id"): "select origin_id, id, id from articles",
    ("articles", "source", "mentions.person_id"): "select person_id, article_id, article_id from mentions",
    ("articles", "source_month", "published"): (
        f"select substr(published, 1, 7), id, id from articles where published {A_MONTH}"
    ),
    ("notes", "source", "kind"): "select kind, id, article_id from notes",
    ("mentions", "source", "person_id"): "select person_id, id, article_id from mentions",
    ("organization_mentions", "source", "organization_id"): (
        "select organization_id, id, article_id from organization_mentions"
    ),
    ("place_mentions", "source", "place_id"): "select place_id, id, article_id from place_mentions",
    ("events", "source", "kind"): f"select kind, events.id, article_id {EVENTS}",
    ("events", "source", "status"): f"select status, events.id, article_id {EVENTS}",
    ("events", "source", "place_id"): f"select place_id, events.id, article_id {EVENTS}",
    (
        "events",
        "source",
        "event_people.person_id",
    ): f"select person_id, event_people.event_id, article_id {EVENT_PEOPLE}",
    ("events", "source_month", "date_earliest"): (
        f"select substr(date_earliest, 1, 7), events.id, article_id {EVENTS} where date_earliest {A_MONTH}"
    ),
    ("event_people", "source", "person_id"): f"select person_id, event_people.id, article_id {EVENT_PEOPLE}",
    ("event_reports", "source", "event_id"): "select event_id, id, article_id from event_reports",
    ("event_reports", "source", "rule"): "select rule, id, article_id from event_reports",
    ("claims", "source", "kind"): "select kind, id, article_id from claims",
    ("claims", "source", "speaker_id"): "select speaker_id, id, article_id from claims",
    ("claims", "source", "speaker_organization_id"): "select speaker_organization_id, id, article_id from claims",
    ("figures", "source", "unit"): (
        "select unit, figures.id, article_id from figures join claims on claims.id = figures.claim_id"
    ),
    (
        "propositions",
        "source",
        "claim_propositions.stance",
    ): f"select stance, proposition_id, article_id {PROPOSITIONS}",
    ("claim_propositions", "source", "stance"): f"select stance, claim_propositions.id, article_id {PROPOSITIONS}",
}
COUNT = """
    insert into facet_counts
    with counted as (
      select value, count(distinct row_id) as row_count
      from facet_values
      where value is not null
      group by value
    ),
    ranked as (
      select
        pairs.*,
        coalesce(origin_id, 'unknown: ' || articles.id) as origin, -- an unknown origin counts as one of its own
        row_number() over (partition by value order by published is null, published, articles.id) as place
      from (select distinct value, article_id from facet_values where value is not null) as pairs
      join articles on articles.id = pairs.article_id
    ),
    tied as (
      select
        value,
        count(*) as articles,
        count(distinct origin) as origins,
        json_group_array(article_id) filter (where place <= 5) as sources
      from ranked
      group by value
    )
    select :table_name, :facet, :column_name, value, row_count,
      coalesce(articles, 0), coalesce(origins, 0), coalesce(sources, '[]')
    from counted
    left join tied using (value)
    order by value
"""


def count_facets(database: Database) -> None:
    """Fills the table anew, from what the others hold."""
    database.execute("delete from facet_counts")
    for (table, facet, column), values in FACETS.items():
        database.execute("drop view if exists temp.facet_values")
        database.execute(f"create temp view facet_values (value, row_id, article_id) as {values}")
        database.execute(COUNT, {"table_name": table, "facet": facet, "column_name": column})
    database.execute("drop view temp.facet_values")
