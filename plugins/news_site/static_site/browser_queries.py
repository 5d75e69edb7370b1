"""What a visitor's browser needs to answer queries by itself: /-/schema.json, and the database's address."""

from functools import partial

from datasette import Response, hookimpl
from datasette.utils import reserved_words, tilde_decode
from datasette.utils.asgi import AsgiFileDownload

SETTINGS = ("default_page_size", "max_returned_rows", "default_facet_size", "truncate_cells_html")
STATED = ("title", "facets", "facet_size", "sort", "sort_desc", "size", "sortable_columns", "searchmode", "fts_pk")


def column(details):
    return {"name": details.name, "type": details.type, "notnull": details.notnull}


async def describe_table(datasette, database, name, views):
    """A table or view as Datasette itself sees it, with what metadata.yml states of it."""
    db = datasette.get_database(database)
    stated = datasette.table_metadata(database, name)
    return {
        "view": name in views,
        "columns": [column(details) for details in await db.table_column_details(name)],
        "primary_keys": await db.primary_keys(name),
        "foreign_keys": await db.foreign_keys_for_table(name),
        "label_column": await db.label_column_for_table(name),
        "fts_table": stated.get("fts_table") or await db.fts_table(name),
        **{key: stated[key] for key in STATED if key in stated},
    }


async def describe_queries(datasette, actor, database):
    queries = await datasette.get_canned_queries(database, actor)
    return {
        name: {key: query.get(key) for key in ("title", "sql", "params")}
        for name, query in queries.items()
        if await may_see(datasette, actor, "view-query", (database, name))
    }


async def describe(datasette, actor, database):
    db = datasette.get_database(database)
    views = await db.view_names()
    names = [*await db.table_names(), *views]
    seen = [name for name in names if await may_see(datasette, actor, "view-table", (database, name))]
    return {
        "tables": {name: await describe_table(datasette, database, name, views) for name in seen},
        "queries": await describe_queries(datasette, actor, database),
    }


async def may_see(datasette, actor, action, what):
    return await datasette.permission_allowed(actor, action, what, default=True)


def databases_of(datasette):
    return {name: db for name, db in datasette.databases.items() if name != "_internal"}


async def show_schema(datasette, request):
    actor = request.actor
    return Response.json(
        {
            "settings": {name: datasette.setting(name) for name in SETTINGS},
            "reserved_words": sorted(reserved_words),
            "databases": {
                name: await describe(datasette, actor, name)
                for name in databases_of(datasette)
                if await may_see(datasette, actor, "view-database", name)
            },
        }
    )


async def send_database(datasette, request):
    """A database under an address that changes with it, so that no page ever meets another edition's."""
    name, version = tilde_decode(request.url_vars["database"]), request.url_vars["version"]
    permissions = [("view-database-download", name), ("view-database", name), "view-instance"]
    await datasette.ensure_permissions(request.actor, permissions)
    if versions(datasette).get(name) != version:
        return Response.text("There is no such edition of this database.", status=404)
    return AsgiFileDownload(datasette.databases[name].path, content_type="application/vnd.sqlite3")


def versions(datasette):
    """The first digits of each database's hash, by its name; databases that may change have none."""
    return {name: db.hash[:12] for name, db in databases_of(datasette).items() if db.hash}


@hookimpl
def register_routes():
    return [
        (r"/-/schema\.json$", show_schema),
        (r"/(?P<database>[^/]+)-(?P<version>[0-9a-f]{12})\.db$", send_database),
    ]


@hookimpl
def baked_addresses():
    return ["/-/schema.json"]


@hookimpl
def prepare_jinja2_environment(env, datasette):
    env.globals["database_versions"] = partial(versions, datasette)
