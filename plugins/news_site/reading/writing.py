"""The part of a page that is read, written from its data."""

from functools import lru_cache, partial

from datasette.utils import tilde_encode
from markupsafe import Markup

from ..compatibility import templates_of
from ..memory import remember


def link_makers(urls, database):
    """For templates: the address of a table or a row, and links to rows. Macros would be slow."""

    base = urls.database(database)

    @lru_cache(10_000)
    def url(table, id=None):
        return f"{base}/{table}" if id is None else f"{base}/{table}/{tilde_encode(str(id))}"

    def link(table, id, label):
        return Markup('<a href="%s"><bdi>%s</bdi></a>') % (url(table, id), label)

    def spot(row):
        """The address of a row's paragraph in the article."""
        return f"{url('articles', row['article_id'])}#{row.get('paragraph_id') or row['id']}"

    def speaker(claim):
        """Who says it, each a link; both where a person speaks with a body."""
        named = [("people", claim["speaker_id"], claim["speaker"])]
        named += [("organizations", claim["speaker_organization_id"], claim["speaker_organization"])]
        links = [link(table, id, name) for table, id, name in named if id]
        unnamed = "the article itself" if claim["kind"] == "assertion" else "speaker not named"
        return Markup(" with ").join(links) or unnamed

    return {"url": url, "link": link, "spot": spot, "speaker": speaker}


async def templates_for(datasette, db):
    """Datasette's templates await each call and filter; reading pages make thousands of these and wait for none."""
    shared = templates_of(datasette)
    templates = shared.overlay(enable_async=False)
    templates.globals = {**shared.globals, **link_makers(datasette.urls, db.name)}
    return templates


async def write(datasette, db, template, data):
    """The part of a page that is read, with what its template sets beside it."""
    templates = await remember(db, "templates", (), partial(templates_for, datasette, db), version="any")
    return templates.get_template(f"reading/{template}.html").make_module({"page": data})
