"""What a visitor's browser needs to answer queries by itself: /-/schema.json, and the database's address."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import Column, reserved_words, tilde_decode
from datasette.utils.asgi import AsgiFileDownload, Forbidden, Request, Response
from jinja2 import Environment

from ..compatibility import Actor, canned_queries, is_allowed, label_column, tables_metadata
from ..databases import name_of, tables_named, to_read
from ..permissions import may_view
from ..responses import Route, respond_json, respond_text
from ..row_places import row_places
from ..trackers import CAMPAIGNS, TRACKERS

SETTINGS = ("default_page_size", "max_returned_rows", "default_facet_size", "truncate_cells_html")
STATED = ("title", "facets", "facet_size", "sort", "sort_desc", "size", "sortable_columns", "searchmode", "fts_pk")


def column(details: Column) -> dict[str, Any]:
    return {"name": details.name, "type": details.type, "notnull": details.notnull}


async def describe_table(db: Database, name: str, views: Collection[str], stated: Mapping[str, Any]) -> dict[str, Any]:
    """A table or view as Datasette itself sees it, with what metadata.yml states of it, and where its rows are read."""
    place = (await row_places(db)).get(name)
    return {
        "view": name in views,
        "columns": [column(details) for details in await db.table_column_details(name)],
        "primary_keys": await db.primary_keys(name),
        "foreign_keys": await db.foreign_keys_for_table(name),
        "label_column": await label_column(db, name),
        "fts_table": stated.get("fts_table") or await db.fts_table(name),
        **({"place": place._asdict()} if place else {}),
        **{key: stated[key] for key in STATED if key in stated},
    }


async def describe_queries(datasette: Datasette, actor: Actor, db: Database) -> dict[str, dict[str, Any]]:
    queries = await canned_queries(datasette, name_of(db), actor)
    return {
        name: {key: query.get(key) for key in ("title", "sql", "params")}
        for name, query in queries.items()
        if await may_read(datasette, actor, db, name, query["sql"])
    }


async def may_read(datasette: Datasette, actor: Actor, db: Database, name: str, sql: str) -> bool:
    """Whether somebody may view a query and the tables that its SQL names."""
    tables = await tables_named(db, sql) or ()
    may_ask = await may_view(datasette, actor, db.name, query=name)
    return may_ask and await may_view(datasette, actor, db.name, tables=tables)


async def describe(datasette: Datasette, actor: Actor, db: Database) -> dict[str, Any]:
    views, stated = await db.view_names(), await tables_metadata(datasette, name_of(db))
    names = [*await db.table_names(), *views]
    seen = [name for name in names if await may_view(datasette, actor, db.name, tables=[name])]
    return {
        "tables": {name: await describe_table(db, name, views, stated.get(name, {})) for name in seen},
        "queries": await describe_queries(datasette, actor, db),
    }


async def show_schema(datasette: Datasette, request: Request) -> Response:
    databases = {
        db.name: await describe(datasette, request.actor, db)
        for db in to_read(datasette)
        if await may_view(datasette, request.actor, db.name)
    }
    settings = {name: datasette.setting(name) for name in SETTINGS}
    said = {"settings": settings, "reserved_words": sorted(reserved_words), "databases": databases}
    return respond_json(said | {"trackers": {"campaigns": CAMPAIGNS, "names": TRACKERS}})


async def send_database(datasette: Datasette, request: Request) -> Response | AsgiFileDownload:
    """A database under an address that changes with it, so that no page ever meets another edition's."""
    name, version = tilde_decode(request.url_vars["database"]), request.url_vars["version"]
    if not await may_download(datasette, request.actor, name):
        raise Forbidden("view-database-download")
    if versions(datasette).get(name) != version:
        return respond_text("There is no such edition of this database.", 404)
    return AsgiFileDownload(datasette.databases[name].path, content_type="application/vnd.sqlite3")


async def may_download(datasette: Datasette, actor: Actor, name: str) -> bool:
    """Whether somebody may have a whole database: where he may not view a table of it, he may not."""
    permissions = [("view-database-download", name), ("view-database", name), ("view-instance", None)]
    tables = await datasette.databases[name].table_names() if name in datasette.databases else []
    may_have = datasette.setting("allow_download") and await is_allowed(datasette, actor, permissions)
    return may_have and await may_view(datasette, actor, name, tables=tables)


def versions(datasette: Datasette) -> dict[str, str]:
    """The first digits of each database's hash, by its name; databases that may change have none."""
    return {name_of(db): db.hash[:12] for db in to_read(datasette) if db.hash}


@hookimpl
def register_routes() -> list[Route]:
    return [
        (r"/-/schema\.json$", show_schema),
        (r"/(?P<database>[^/]+)-(?P<version>[0-9a-f]{12})\.db$", send_database),
    ]


@hookimpl
def baked_addresses() -> list[str]:
    return ["/-/schema.json"]


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    env.globals["database_versions"] = partial(versions, datasette)
