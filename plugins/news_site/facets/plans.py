"""What is known of a database: its tables, the settings of the plugin, and the ways to articles."""

from functools import partial
from typing import Any, NamedTuple

from ..compatibility import plugin_settings
from ..memory import remember
from .paths import column_to, find_views, find_ways, most_led_to
from .schema import Step, Table, read_labelled

DEFAULTS = {
    "articles": None,  # the table of articles; by default the one that most foreign keys lead to
    "source": None,  # its columns: who published the article,
    "date": None,  # and when
    "origins": None,  # the view of what counts as the independent origin of an article: article_id, origin, the date
    "passages": None,  # the table of what articles are made of; an article's page has an anchor for each id
    "position": None,  # their order
    "span": ["text", "start_char", "end_char"],  # the columns of the words that a row rests on, in a passage's text
    "counts": None,  # the table with what was counted once for all rows: see build/facet_counts.py
}


class Plan(NamedTuple):
    """What is known of a database."""

    tables: dict[str, Table]
    settings: dict[str, Any]
    ways: dict[str, list[Step]]  # of each table, to the articles
    passages: dict[str, str]  # of each table and of each view on such a way, the column that leads to a passage


async def plan_of(datasette, database):
    """The plan of a database, made anew only if its tables have changed."""
    db = datasette.databases[database]
    version = db.hash or (await db.execute("pragma schema_version")).single_value()
    return await remember(db, "plan", (), partial(find_plan, datasette, db), version)


async def find_plan(datasette, db):
    tables = await read_labelled(db)
    settings = DEFAULTS | plugin_settings(datasette, "source_facets", db.name)
    return make_plan(tables, settings_for(tables, settings))


def make_plan(tables, settings):
    articles, passages = settings["articles"], settings["passages"]
    named = find_views(tables, articles).values()
    leading = {t: column_to(tables, t, passages) for t, known in tables.items() if t in named or not known.is_view}
    of_passages = {passages: tables[passages].key} if passages else {}
    columns = {table: column for table, column in (leading | of_passages).items() if column}
    return Plan(tables, settings, find_ways(tables, articles), columns)


def settings_for(tables, settings):
    """The settings without what is not in the database."""
    articles = settings["articles"] if settings["articles"] in tables else most_led_to(tables)
    passages = settings["passages"] if settings["passages"] in tables else None
    counts = settings["counts"] if settings["counts"] in tables else None
    origins = settings["origins"] if settings["origins"] in tables else None
    there = {"source": articles, "date": articles, "position": passages}
    columns = {
        part: settings[part] if table and settings[part] in tables[table].columns else None
        for part, table in there.items()
    }
    return settings | columns | {"articles": articles, "passages": passages, "counts": counts, "origins": origins}
