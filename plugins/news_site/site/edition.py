"""What this edition is, for every page: its title and version, who annotated it, and where to report an error."""

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

EDITION = """
    select
      build.version,
      build.date,
      site.title,
      site.description,
      site.about_line,
      site.about,
      site.license,
      site.license_url,
      site.report_errors_to,
      site.annotated_by,
      (select count(*) from claims) as claims,
      (select count(*) from claims where method = 'extracted') as unreviewed
    from build, site
"""


@dataclass(frozen=True)
class Edition:
    """What seeds/site.yml and edition.yml say, and of how many claims nobody has reviewed how many."""

    version: str | None
    date: str | None
    title: str
    description: str | None
    about_line: str | None
    about: str | None
    """Markdown."""
    license: str | None
    license_url: str | None
    report_errors_to: str | None
    """mailto:… or the address of a form for new issues."""
    annotated_by: str | None
    claims: int
    unreviewed: int
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
    found = (await db.execute(EDITION)).first()
    return Edition(**dict(found), database=name_of(db)) if found else None


async def edition_of(datasette: Datasette, context: Context) -> Edition | None:
    request = context.get("request")  # an error page has none, and shows what everybody may view
    return await find_edition(datasette, request.actor if request else None)


async def find_title(datasette: Datasette, edition: Edition | None) -> str:
    """The edition's own; what metadata.yml says where there is none to see."""
    return edition.title if edition else str((await instance_metadata(datasette)).get("title") or "Datasette")


def report_address(address: str | None, subject: str) -> str | None:
    """The publisher's mail or issue address with a subject; None where there is none."""
    if not address:
        return None
    name = "subject" if address.startswith("mailto:") else "title"
    return f"{address}{'&' if '?' in address else '?'}{name}={quote('Error in ' + subject, safe='')}"


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Globals, not variables of a page: Datasette asks no plugin for variables of its error page."""

    @pass_context
    async def edition(context: Context) -> Edition | None:
        return await edition_of(datasette, context)

    @pass_context
    async def site_title(context: Context) -> str:
        return await find_title(datasette, await edition_of(datasette, context))

    @pass_context
    async def report_error(context: Context, subject: str) -> str | None:
        found = await edition_of(datasette, context)
        return report_address(found.report_errors_to if found else None, subject)

    env.globals |= {"edition": edition, "site_title": site_title, "report_error": report_error}
