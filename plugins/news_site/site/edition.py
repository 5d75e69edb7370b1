"""The edition's version and date for every page, and where to report an error."""

from functools import partial
from urllib.parse import quote

from datasette import hookimpl

editions: dict = {}  # by the hash of a database that cannot change


async def find_edition(datasette):
    """Version and date, as the build wrote them, and in which database; none where no database is ours."""
    for db in datasette.databases.values():
        if db.is_memory:  # Datasette's own
            continue
        if db.hash is None or db.hash not in editions:
            editions[db.hash] = await read_edition(db)
        if editions[db.hash]:
            return editions[db.hash] | {"database": db.name}
    return None


async def read_edition(db):
    if not {"version", "date"} <= set(await db.table_columns("build")):
        return None
    found = (await db.execute("select version, date from build")).first()
    return found and dict(found)


async def find_title(datasette):
    if hasattr(datasette, "get_instance_metadata"):  # Datasette 1.0a
        return (await datasette.get_instance_metadata()).get("title") or "Datasette"
    return datasette.metadata("title") or "Datasette"


def report_address(address: str | None, about: str, subject: str) -> str:
    """The publisher's mail or issue address with a subject; the About page's section where there is none."""
    if not address:
        return f"{about}#report-an-error"
    name = "subject" if address.startswith("mailto:") else "title"
    return f"{address}{'&' if '?' in address else '?'}{name}={quote('Error in ' + subject, safe='')}"


@hookimpl
def prepare_jinja2_environment(env, datasette):
    """Globals, not variables of a page: Datasette asks no plugin for variables of its error page."""
    address = (datasette.plugin_config("edition") or {}).get("report_errors_to")
    env.globals |= {
        "edition": partial(find_edition, datasette),
        "site_title": partial(find_title, datasette),
        "report_error": lambda subject: report_address(address, datasette.urls.path("/-/about"), subject),
    }
