"""What is known of a database: its tables, the settings of the plugin, and the ways to articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import NamedTuple

from datasette.app import Datasette
from datasette.database import Database

from ..compatibility import plugin_settings
from ..databases import name_of
from ..memory import remember
from .paths import column_to, find_views, find_ways, most_led_to
from .schema import Step, Table, read_labelled


@dataclass(frozen=True)
class Settings:
    """The settings of the plugin; a table or column is None where there is none of that name."""

    articles: str | None = None
    """The table of articles; by default the one that most foreign keys lead to."""
    source: str | None = None
    """Its columns: who published the article,"""
    date: str | None = None
    """and when."""
    origins: str | None = None
    """The view of what counts as the independent origin of an article: article_id, origin, the date."""
    passages: str | None = None
    """The table of what articles are made of; an article's page has an anchor for each id."""
    position: str | None = None
    """Their order."""
    span: Sequence[str] = ("text", "start_char", "end_char")
    """The columns of the words that a row rests on, in a passage's text."""
    counts: str | None = None
    """The table with what was counted once for all rows: see build/output/facet_counts.py."""


class Plan(NamedTuple):
    """What is known of a database."""

    tables: dict[str, Table]
    settings: Settings
    ways: dict[str, list[Step]]  # of each table, to the articles
    passages: dict[str, str]  # of each table and of each view on such a way, the column that leads to a passage


async def plan_of(datasette: Datasette, database: str) -> Plan:
    """The plan of a database, made anew only if its tables have changed."""
    db = datasette.databases[database]
    version = db.hash or (await db.execute("pragma schema_version")).single_value()
    return await remember(db, "plan", (), partial(find_plan, datasette, db), version)


async def find_plan(datasette: Datasette, db: Database) -> Plan:
    tables = await read_labelled(db)
    stated = plugin_settings(datasette, "source_facets", name_of(db))
    settings = Settings(**{field.name: stated[field.name] for field in fields(Settings) if field.name in stated})
    return make_plan(tables, settings_for(tables, settings))


def make_plan(tables: dict[str, Table], settings: Settings) -> Plan:
    articles, passages = settings.articles, settings.passages
    named = find_views(tables, articles).values()
    leading = {t: column_to(tables, t, passages) for t, known in tables.items() if t in named or not known.is_view}
    of_passages = {passages: tables[passages].key} if passages else {}
    columns = {table: column for table, column in (leading | of_passages).items() if column}
    return Plan(tables, settings, find_ways(tables, articles), columns)


def settings_for(tables: Mapping[str, Table], settings: Settings) -> Settings:
    """The settings without what is not in the database."""

    def there(table: str | None) -> str | None:
        return table if table in tables else None

    def column_of(table: str | None, column: str | None) -> str | None:
        return column if table and column in tables[table].columns else None

    articles, passages = there(settings.articles) or most_led_to(tables), there(settings.passages)
    return replace(
        settings,
        articles=articles,
        source=column_of(articles, settings.source),
        date=column_of(articles, settings.date),
        origins=there(settings.origins),
        passages=passages,
        position=column_of(passages, settings.position),
        counts=there(settings.counts),
    )
