"""What can be searched, each kind with its SQL.

Matches stand between the characters 2 and 3; what shows a row escapes it and makes these <mark>.
A row is {id, page, title, snippet, note, source, date, method, confidence, total}: `page` is its address below the
database's, `total` the number of all matches, which are not counted beyond COUNTED + 1.
"""

from dataclasses import dataclass

COUNTED = 1000  # matches of a kind; beyond them a page says "more than"
RANKED = 10_000  # matches of a kind, where nothing narrows them down: to rank more takes longer than it helps


def marked(table: str, column: int, words: int = 48) -> str:
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
    found: bool = False
    """Whether a row says who found it, and how sure that is."""
    joins: str = ""
    indexed: tuple[str, ...] = ()
    """Tables besides its own whose words are in its index."""

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
          {f"{self.table}.method" if self.found else "null"} as method,
          {f"{self.table}.confidence" if self.found else "null"} as confidence,
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


def rests_on_source(table: str) -> str:
    """Whether an article of the source is among those on which a row rests."""
    return f"""exists (
              select 1
              from {table}_articles
              join articles on articles.id = {table}_articles.article_id
              where {table}_articles.id = {table}.id and articles.source_id = :source
            )"""


PUBLISHED = """
          join articles on articles.id = {table}.article_id
          left join sources on sources.id = articles.source_id"""
PEOPLE = Kind(
    table="people",
    one="person",
    many="people",
    indexed=("aliases",),
    weights="10, 5, 1",
    title=marked("people", 0),
    # another name, where it is the one that matches
    snippet=f"""case
            when instr({marked("people", 0)}, char(2)) = 0 and instr({marked("people", 1)}, char(2)) > 0
            then replace({marked("people", 1)}, char(10), ' · ')
          end""",
    note=marked("people", 2),
    of_source=rests_on_source("people"),
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
    found=True,
    joins="left join places on places.id = events.place_id",
    of_source=rests_on_source("events"),
    of_person="""exists (
              select 1 from event_people where event_people.event_id = events.id and person_id = :person
            )""",
)
PROPOSITIONS = Kind(
    table="propositions",
    one="comparison",
    many="comparisons",
    weights="1",
    title=marked("propositions", 0),
    note="events.name",
    date="events.date",
    found=True,
    joins="left join events on events.id = propositions.event_id",
    of_source=rests_on_source("propositions"),
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
    indexed=("paragraphs",),
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
    indexed=("people", "organizations"),
    weights="2, 1, 1, 1, 0.5",
    title=marked("claims", 0),
    note=f"coalesce({marked('claims', 1)}, {marked('claims', 2)}, {marked('claims', 3)})",
    source="sources.name",
    date="articles.published",
    found=True,
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
SPELT_IN = ("words", "paragraphs", "paragraphs_fts")  # the tables that tell how a word is spelt
