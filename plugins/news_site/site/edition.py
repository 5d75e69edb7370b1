"""The edition's version and date for every page, and where to report an error."""

from functools import partial
from urllib.parse import quote

from datasette import hookimpl
from jinja2 import pass_context

from ..compatibility import instance_metadata
from ..databases import is_ours, to_read
from ..memory import remember
from ..permissions import may_view


async def find_edition(datasette, actor):
    """Version and date, as the build wrote them, and in which database; none where somebody may view none of ours."""
    for db in to_read(datasette):
        edition = await remember(db, "edition", (), partial(read_edition, db))
        if edition and await may_view(datasette, actor, db.name):
            return edition | {"database": db.name}
    return None


async def read_edition(db):
    if not await is_ours(db):
        return None
    found = (await db.execute("select version, date from build")).first()
    return found and dict(found)


async def find_title(datasette):
    return (await instance_metadata(datasette)).get("title") or "Datasette"


def report_address(address: str | None, about: str, subject: str) -> str:
    """The publisher's mail or issue address with a subject; the About page's section where there is none."""
    if not address:
        return f"{about}#report-an-error"
    name = "subject" if address.startswith("mailto:") else "title"
    return f"{address}{'&' if '?' in address else '?'}{name}={quote('Error in ' + subject, safe='')}"


@hookimpl
def prepare_jinja2_environment(env, datasette):
    """Globals, not variables of a page: Datasette asks no plugin for variables of its error page."""

    @pass_context
    async def edition(context):
        request = context.get("request")  # an error page has none, and shows what everybody may view
        return await find_edition(datasette, request.actor if request else None)

    address = (datasette.plugin_config("edition") or {}).get("report_errors_to")
    env.globals |= {
        "edition": edition,
        "site_title": partial(find_title, datasette),
        "report_error": lambda subject: report_address(address, datasette.urls.path("/-/about"), subject),
    }
