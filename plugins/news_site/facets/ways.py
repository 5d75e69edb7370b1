"""What a facet counts, and by which steps its rows lead to articles. Raises FacetError where they do not."""

from typing import NamedTuple

from .plans import Plan
from .schema import Step

UNITS = {  # how much of a date, and what that looks like
    "source_year": (4, ["[0-9][0-9][0-9][0-9]"]),
    "source_month": (7, ["[0-9][0-9][0-9][0-9]-0[1-9]", "[0-9][0-9][0-9][0-9]-1[0-2]"]),
}


class FacetError(Exception):
    """What keeps a facet from being counted, in words for the reader."""


class Way(NamedTuple):
    """What a facet counts: values of `filtered`, the page's rows, or of `link`, rows with a foreign key to these."""

    plan: Plan
    table: str
    kind: str  # the facet's type
    column: str
    link: Step | None
    start: str  # the alias from which the steps go: filtered or link
    steps: list[Step]  # to the articles

    @property
    def articles(self) -> str:
        """The table of articles, without which there is no way."""
        return named(self.plan.settings.articles)

    @property
    def article_key(self) -> str:
        return named(self.plan.tables[self.articles].key)

    @property
    def passages(self) -> str:
        """The table of passages, if there is one."""
        return named(self.plan.settings.passages)

    @property
    def passage_key(self) -> str:
        return named(self.plan.tables[self.passages].key)


def named(name: str | None) -> str:
    assert name is not None
    return name


def steps_to_articles(plan: Plan, table: str) -> list[Step]:
    if table not in plan.ways:
        raise FacetError(f"No foreign keys lead from {table} to articles, so nobody is known who says this.")
    return plan.ways[table]


def find_way(plan: Plan, table: str, kind: str, column: str) -> Way:
    """The way of a facet. Raises FacetError if it cannot be counted."""
    if column in plan.tables[table].columns:
        return Way(plan, table, kind, column, None, "filtered", steps_to_articles(plan, table))
    if "." in column:
        return find_way_across(plan, table, kind, column)
    raise FacetError(f"{table} has no column {column}.")


def find_way_across(plan: Plan, table: str, kind: str, name: str) -> Way:
    """The way of a facet over a table whose foreign key leads to this one."""
    other, _, column = name.rpartition(".")
    if other not in plan.tables or column not in plan.tables[other].columns:
        raise FacetError(f"There is no column {name}.")
    if kind in UNITS:
        raise FacetError("Dates are counted by year and month in a table’s own columns only.")
    link = next((Step(s.other_column, other, s.column) for s in plan.tables[other].keys if s.table == table), None)
    if not link:
        raise FacetError(f"No foreign key leads from {other} to {table}.")
    own = plan.ways.get(other)  # articles of the link itself, where it has some, tie the value to fewer
    if own and table not in [step.table for step in own]:
        return Way(plan, table, kind, column, link, "link", own)
    return Way(plan, table, kind, column, link, "filtered", steps_to_articles(plan, table))


def owner_of(way: Way) -> tuple[str, str]:
    """The alias and the table of the rows that have the values."""
    return ("link", way.link.table) if way.link else ("filtered", way.table)


def leads_to_one(way: Way) -> bool:
    """Whether a row of the table leads to one article at most."""
    return all(step.other_column == way.plan.tables[step.table].key for step in way.steps)


def counts_at_once(way: Way) -> bool:
    """Whether rows are counted where they are joined to their articles, also those that have none.

    Rows with many articles come again there, those of a link can be told apart. To keep those that a view of several
    tables does not have, SQLite would put the whole view aside.
    """
    parts = max((len(way.plan.tables[step.table].reads) for step in way.steps), default=0)
    return leads_to_one(way) or bool(way.link and parts <= 1)


def columns_across(plan: Plan, table: str) -> list[str]:
    """What the other foreign keys of tables that lead here hold, such as the people of events."""
    everywhere = (table, plan.settings.articles, plan.settings.passages)
    return [
        f"{other}.{step.column}"
        for other in sorted(plan.tables)
        if other != table and any(step.table == table for step in plan.tables[other].keys)
        for step in plan.tables[other].keys
        if step.table not in everywhere
    ]


def tables_read(way: Way) -> list[str]:
    """Every table from which a facet shows something."""
    tables, settings = way.plan.tables, way.plan.settings
    names = [(owner_of(way)[1], way.column), (way.articles, settings.source)]  # whose names are shown
    labels = {step.table for table, column in names for step in tables[table].keys if step.column == column}
    steps = {step.table for step in [way.link, *way.steps] if step}
    parts = {table for step in steps for table in tables[step].reads}  # one may not see what a view is made of
    passages = {settings.passages} if settings.passages else set()
    return sorted({way.table, way.articles, *passages, *steps, *parts, *labels})
