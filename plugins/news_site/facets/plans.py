"""What is known of a database: its tables, the settings of the plugin, and the ways to articles."""

from functools import partial
from typing import Any, NamedTuple

from ..memory import remember
from .paths import FacetError, find_ways, most_led_to
from .schema import Step, Table, read_labelled

DEFAULTS = {
    "articles": None,  # the table of articles; by default the one that most foreign keys lead to
    "source": None,  # its columns: who published the article,
    "origin": None,  # who first reported it,
    "date": None,  # and when
    "passages": None,  # the table of what articles are made of; an article's page has an anchor for each id
    "position": None,  # their order
    "span": ["text", "start_char", "end_char"],  # the columns of the words that a row rests on, in a passage's text
    "counts": None,  # the table with what was counted once for all rows: see build/facet_counts.py
    "paths": {},  # for a table the columns that lead to articles, such as [event_reports.event_id, article_id]
}


class Plan(NamedTuple):
    """What is known of a database."""

    tables: dict[str, Table]
    settings: dict[str, Any]
    ways: dict[str, list[Step]]  # of each table, to the articles
    problem: str | None  # why there are none


async def plan_of(datasette, database):
    """The plan of a database, made anew only if its tables have changed."""
    db = datasette.databases[database]
    version = db.hash or (await db.execute("pragma schema_version")).single_value()
    return await remember(db, "plan", (), partial(find_plan, datasette, db), version)


async def find_plan(datasette, db):
    tables = await read_labelled(db)
    settings = DEFAULTS | (datasette.plugin_config("source_facets", database=db.name) or {})
    return make_plan(tables, settings_for(tables, settings))


def make_plan(tables, settings):
    try:
        return Plan(tables, settings, find_ways(tables, settings), None)
    except FacetError as error:
        return Plan(tables, settings, {}, str(error))


def settings_for(tables, settings):
    """The settings without what is not in the database."""
    articles = settings["articles"] if settings["articles"] in tables else most_led_to(tables)
    passages = settings["passages"] if settings["passages"] in tables else None
    counts = settings["counts"] if settings["counts"] in tables else None
    there = {"source": articles, "origin": articles, "date": articles, "position": passages}
    columns = {
        part: settings[part] if table and settings[part] in tables[table].columns else None
        for part, table in there.items()
    }
    return settings | columns | {"articles": articles, "passages": passages, "counts": counts}
