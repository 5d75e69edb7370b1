"""The edition's version and date for every page, and where to report an error."""

from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from ..compatibility import Actor, instance_metadata
from ..databases import is_ours, name_of, to_read
from ..memory import remember
from ..permissions import may_view


@dataclass(frozen=True)
class Edition:
    """Version and date, as the build wrote them, and in which database."""

    version: str | None
    date: str | None
    database: str


async def find_edition(datasette: Datasette, actor: Actor) -> Edition | None:
    """None where somebody may view no database of ours."""
    for db in to_read(datasette):
        edition = await remember(db, "edition", (), partial(read_edition, db))
        if edition and await may_view(datasette, actor, db.name):
            return edition
    return None


async def read_edition(db: Database) -> Edition | None:
    if not await is_ours(db):
        return None
    found = (await db.execute("select version, date from build")).first()
    return Edition(found["version"], found["date"], name_of(db)) if found else None


async def find_title(datasette: Datasette) -> str:
    return str((await instance_metadata(datasette)).get("title") or "Datasette")


def report_address(address: str | None, about: str, subject: str) -> str:
    """The publisher's mail or issue address with a subject; the About page's section where there is none."""
    if not address:
        return f"{about}#report-an-error"
    name = "subject" if address.startswith("mailto:") else "title"
    return f"{address}{'&' if '?' in address else '?'}{name}={quote('Error in ' + subject, safe='')}"


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Globals, not variables of a page: Datasette asks no plugin for variables of its error page."""

    @pass_context
    async def edition(context: Context) -> Edition | None:
        request = context.get("request")  # an error page has none, and shows what everybody may view
        return await find_edition(datasette, request.actor if request else None)

    address = (datasette.plugin_config("edition") or {}).get("report_errors_to")
    env.globals |= {
        "edition": edition,
        "site_title": partial(find_title, datasette),
        "report_error": lambda subject: report_address(address, datasette.urls.path("/-/about"), subject),
    }
