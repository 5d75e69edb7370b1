"""The part of a page that is read, written from its data."""

from collections.abc import Callable
from functools import lru_cache, partial

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import tilde_encode
from jinja2 import Environment
from jinja2.environment import TemplateModule
from markupsafe import Markup

from ..compatibility import templates_of
from ..memory import remember
from .queries import Record


def link_makers(base: str) -> dict[str, Callable[..., str]]:
    """For templates: the address of a table or a row, below that of the database, and links to rows. Macros would be
    slow."""

    @lru_cache(10_000)
    def url(table: str, id: str | None = None) -> str:
        return f"{base}/{table}" if id is None else f"{base}/{table}/{tilde_encode(str(id))}"

    def link(table: str, id: str, label: str) -> Markup:
        return Markup('<a href="%s"><bdi>%s</bdi></a>') % (url(table, id), label)

    def spot(row: Record) -> str:
        """The address of a row's paragraph in the article."""
        return f"{url('articles', row['article_id'])}#{row.get('paragraph_id') or row['id']}"

    def speaker(claim: Record) -> str:
        """Who says it, each a link; both where a person speaks with a body."""
        named = [("people", claim["speaker_id"], claim["speaker"])]
        named += [("organizations", claim["speaker_organization_id"], claim["speaker_organization"])]
        links = [link(table, id, name) for table, id, name in named if id]
        unnamed = "the article itself" if claim["kind"] == "assertion" else "speaker not named"
        return Markup(" with ").join(links) or unnamed

    return {"url": url, "link": link, "spot": spot, "speaker": speaker}


async def templates_for(datasette: Datasette, db: Database) -> Environment:
    """Datasette's templates await each call and filter; reading pages make thousands of these and wait for none."""
    shared = templates_of(datasette)
    templates = shared.overlay(enable_async=False)
    templates.globals = {**shared.globals, **link_makers(datasette.urls.database(db.name))}
    return templates


async def write(datasette: Datasette, db: Database, template: str, data: Record) -> TemplateModule:
    """The part of a page that is read, with what its template sets beside it."""
    templates = await remember(db, "templates", (), partial(templates_for, datasette, db), version="any")
    return templates.get_template(f"reading/{template}.html").make_module({"page": data})
