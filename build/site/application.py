"""The application that is baked, and how it is asked: Datasette as `make serve` starts it, only quicker.

Nobody but the public looks at a site while it is baked, and neither data nor templates nor metadata change.
Nothing of ours is imported: plugins are loaded by Datasette.
"""

import json
from collections.abc import Awaitable, Callable, Collection, Coroutine
from contextlib import closing, suppress
from functools import cache
from inspect import iscoroutine
from io import BytesIO
from pathlib import Path
from sqlite3 import Connection, OperationalError
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from datasette.app import Datasette
from datasette.utils import escape_sqlite, parse_metadata
from jinja2 import DictLoader, Environment, Template
from jinja2.runtime import Context

ROOT = Path(__file__).parents[2]
HOST = "http://localhost"  # what Datasette takes itself to be
# What is asked takes as long as it takes: what a page shows must not depend on how fast it was found.
# In a thread of its own a question would take longer to hand over than to answer.
PATIENT = {
    "sql_time_limit_ms": 600_000,
    "facet_time_limit_ms": 600_000,
    "facet_suggest_time_limit_ms": 600_000,
    "num_sql_threads": 0,
}
PROMPT = {"row.html", "table.html"}  # nearly all pages
SLOW, SHORT, KEPT = 0.005, 50, 500  # seconds; rows; answers
ABOUT_THE_SCHEMA = (
    "foreign_keys_for_table",
    "fts_table",
    "get_all_foreign_keys",
    "label_column_for_table",
    "primary_keys",
    "table_column_details",
    "table_columns",
    "table_exists",
)
UNQUOTED = "/?%!$&'()*+,;=:@~"  # what stands in an address as it is


class SiteError(Exception):
    """A page that does not answer, or a link that leads nowhere."""


def application(database: Path, fingerprint: str, **settings: int) -> Datasette:
    """Datasette with its plugins, which see that they are baked, and into which edition."""
    metadata = parse_metadata((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    baking = Datasette(
        immutables=[str(database)],
        metadata={**metadata, "plugins": {**metadata.get("plugins", {}), "static_site": {"fingerprint": fingerprint}}},
        settings={**json.loads((ROOT / "settings.json").read_text()), **PATIENT, **settings},
        plugins_dir=str(ROOT / "plugins"),
        template_dir=str(ROOT / "plugins/templates"),
    )
    name_as_described(baking, database)
    inherit(baking)
    hold_templates(baking.jinja_env)
    render_at_once(baking.jinja_env)
    ask_once(baking)
    return baking


def name_as_described(baking: Datasette, database: Path) -> None:
    """Datasette names a database after its file. One with all tables that metadata.yml describes is the one meant."""
    file = baking.databases[database.stem]
    with closing(file.connect()) as connection:
        tables = {name for (name,) in connection.execute("select name from sqlite_master")}
    for name, described in baking.metadata("databases").items():
        if described["tables"].keys() <= tables:
            baking.remove_database(database.stem)
            baking.add_database(file, name)


def inherit(baking: Datasette) -> None:
    """Gives tables the licence and source of the whole. Datasette does so when it shows a table, and then on the
    pages of its rows as well: they would depend on what was baked before them."""
    for database in (baking.metadata("databases") or {}).values():
        for described in (database, *(database.get("tables") or {}).values()):
            baking.update_with_inherited_metadata(described)


class PromptContext(Context):
    def call(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        answer = super().call(function, *arguments, **named)
        return finish(answer) if iscoroutine(answer) else answer


def finish(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine returns that has nothing to wait for."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    coroutine.close()
    raise SiteError(f"{coroutine} waits for something while a page is rendered")


def render_at_once(templates: Environment) -> None:
    """Templates that await each call and each filter take twice the time. What PROMPT ones call, our pages of rows,
    has nothing to wait for; charts on other pages are drawn elsewhere."""
    prompt = templates.overlay(enable_async=False)
    prompt.context_class = PromptContext

    class PromptTemplate(Template):
        async def render_async(self, *arguments: Any, **named: Any) -> str:
            if self.name in PROMPT:
                return prompt.get_template(self.name).render(*arguments, **named)
            return await super().render_async(*arguments, **named)

    templates.template_class = PromptTemplate


def hold_templates(templates: Environment) -> None:
    """Datasette looks for templates that are not there, some for each page; it should not look on the disk."""
    loader = templates.loader
    assert loader
    templates.loader = DictLoader({name: loader.get_source(templates, name)[0] for name in templates.list_templates()})


def ask_once(baking: Datasette) -> None:
    """Datasette asks hundreds of times a page what stays the same."""
    change(baking, "metadata", cache)
    change(baking, "permission_allowed", remember)
    for database in baking.databases.values():
        for question in ABOUT_THE_SCHEMA:
            change(database, question, remember)
        change(database, "execute", remember_slow)


def change(owner: object, name: str, wrap: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Puts in the place of a method what is made of it."""
    setattr(owner, name, wrap(getattr(owner, name)))


def remember(
    ask: Callable[..., Awaitable[Any]],
    worth_keeping: Callable[[Any, float], bool] = lambda answer, seconds: True,
) -> Callable[..., Awaitable[Any]]:
    """A function that keeps its latest answers; each page of a table, say, counts all its rows."""
    answers: dict[str, Any] = {}

    async def recall(*arguments: object, **named: object) -> Any:
        key = repr((arguments, named))
        if key in answers:
            answers[key] = answers.pop(key)
            return answers[key]
        begin = perf_counter()
        answer = await ask(*arguments, **named)
        if worth_keeping(answer, perf_counter() - begin):
            answers[key] = answer
        if len(answers) > KEPT:
            del answers[next(iter(answers))]
        return answer

    return recall


def remember_slow(execute: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    return remember(execute, lambda answer, seconds: seconds > SLOW and len(answer.rows) <= SHORT)


async def is_long_view(baking: Datasette, path: str) -> bool:
    """Whether an address is that of a view with more rows than are given at once."""
    name, _, view = path.strip("/").partition("/")
    database = baking.databases.get(name)
    if not database or not await database.get_view_definition(view):
        return False
    rows = await database.execute(f"select count(*) from {escape_sqlite(view)}")  # noqa: S608
    return bool(rows.single_value() > baking.max_returned_rows)


def hold_views(baking: Datasette) -> None:
    """A page of a view is some of its rows, for which SQLite finds and sorts them all. With each view’s rows in a
    temporary table, which SQLite takes where the view is named, that is done once for all pages."""
    change(baking, "_prepare_connection", holding_views)


def holding_views(prepare: Callable[[Connection, str], None]) -> Callable[[Connection, str], None]:
    def prepare_with_views(connection: Connection, database: str) -> None:
        prepare(connection, database)
        for (view,) in connection.execute("select name from sqlite_master where type = 'view'").fetchall():
            with suppress(OperationalError):  # one that does not work says so when it is asked for
                hold_view(connection, view)

    return prepare_with_views


def hold_view(connection: Connection, view: str) -> None:
    name = escape_sqlite(view)
    columns = connection.execute("select name, type from pragma_table_info(?)", [view]).fetchall()
    listed = ", ".join(f"{escape_sqlite(column)} {kind}" for column, kind in columns)
    with connection:
        connection.execute("begin")  # a table that cannot be filled must not stand for the view
        connection.execute(f"create temporary table {name} ({listed})")
        connection.execute(f"insert into temp.{name} select * from main.{name}")  # noqa: S608


class Answer(NamedTuple):
    """What the application answers."""

    status: int
    link: str
    """The header that names what comes next."""
    body: bytes


async def ask_piecewise(
    baking: Datasette, url: str, write: Callable[[bytes], object], expected: Collection[int] = (200,)
) -> dict[str, Any]:
    """Writes an answer piece by piece, for a database is large, and returns how it began: its status and headers.
    Raises SiteError if it has another status than expected, and the OSError of `write`."""
    path, _, query = quote(url, UNQUOTED).partition("?")
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": unquote(path),
        "raw_path": path.encode(), "query_string": query.encode(), "headers": [(b"host", b"localhost")],
    }  # fmt: skip
    start: dict[str, Any] = {}
    failed: list[OSError] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request"}

    async def send(event: dict[str, Any]) -> None:
        if event["type"] == "http.response.start":
            start.update(event)
        elif start["status"] in expected and not failed:
            try:
                write(event.get("body", b""))
            except OSError as error:  # the disk's, which Datasette would print with all that led to it
                failed.append(error)

    await baking.client.app(scope, receive, send)
    if failed:
        raise failed[0]
    if start["status"] not in expected:
        raise SiteError(f"{url} answered {start['status']}")
    return start


async def ask(baking: Datasette, url: str, expected: Collection[int] = (200,)) -> Answer:
    """A whole answer."""
    body = BytesIO()
    start = await ask_piecewise(baking, url, body.write, expected)
    return Answer(start["status"], dict(start["headers"]).get(b"link", b"").decode(), body.getvalue())
