"""No address that the package adds tells a stranger anything of what is private: every one of them is asked."""

import asyncio
import json
import re
import shutil
from html import unescape
from itertools import product
from typing import NamedTuple

import pytest
from datasette.plugins import pm
from datasette.utils import parse_metadata
from front_door import PATIENT, ROOT, apart, serve
from sqlite_utils import Database

NAME = "secretpress"  # of the database: a word that stands nowhere else
ALLOW = {"allow": {"id": "root"}}
TABLES = ("articles", "claims", "events", "notes", "paragraphs", "people", "places", "propositions")
GROUP = re.compile(r"\(\?P<(\w+)>(?:\[[^]]*\]|[^)])*\)")
SEARCHED = ("cooperation", "visit", "president")


class Private(NamedTuple):
    """What nobody but root may come to know: names of databases and tables, columns, and what stands in rows."""

    names: set
    columns: set
    words: set


@pytest.fixture(scope="module")
def press(edition, tmp_path_factory):
    """The first edition by another name."""
    path = tmp_path_factory.mktemp("private") / f"{NAME}.db"
    shutil.copy(next(row[2] for row in edition.execute("pragma database_list")), path)
    return Database(path)


def metadata_with(private, tables):
    """That of the first edition, with something for root only: the instance, the database, or tables."""
    metadata = parse_metadata((ROOT / "metadata.yml").read_text())
    metadata["databases"][NAME] = database = metadata["databases"].pop("news")
    {"instance": metadata, "database": database}.get(private, {}).update(ALLOW)
    for table in tables:
        database["tables"].setdefault(table, {}).update(ALLOW)
    return metadata


def all_that_shows(press, table):
    """A table with the views over it and the indexes of its words, which a publisher has to hide as well."""
    sql = dict(press.execute("select name, sql from sqlite_master where sql is not null").fetchall())
    sql = {name: text for name, text in sql.items() if name in press.view_names() or "using fts5" in text.lower()}
    shown, grown = {table}, True
    while grown:
        found = {name for name, text in sql.items() if any(re.search(rf"\b{one}\b", text) for one in shown)}
        shown, grown = shown | found, bool(found - shown)
    return shown


def texts_of(press, tables):
    """All texts in some tables."""
    rows = (row for table in tables for row in press.execute(f"select * from [{table}]"))
    return {value for row in rows for value in row if isinstance(value, str)}


def tables_of(press):
    return [name for name in (*press.table_names(), *press.view_names()) if "_fts" not in name]


def columns_of(press, tables):
    return {column for table in tables for column in press[table].columns_dict if "_" in column}


def is_telling(text):
    """Words that are on a page only where they are shown, and not so long that it cuts them."""
    return 12 < len(text) < 200 and " " in text


def find_private(press, private, tables):
    """What only the private tables hold; all there is where the database or the instance is private."""
    hidden = [table for table in tables_of(press) if table in tables] or tables_of(press)
    open_tables = [table for table in tables_of(press) if table not in hidden]
    shared = [*texts_of(press, ["dictionary"]), (ROOT / "metadata.yml").read_text()]  # by all editions
    known = "\n".join([*texts_of(press, open_tables), *shared])
    words = {text for text in texts_of(press, hidden) if is_telling(text) and text not in known}
    names = {NAME} if private in ("instance", "database") else set()
    return Private(names, columns_of(press, hidden) - columns_of(press, open_tables), words)


def addresses(datasette):
    """Every address that a plugin registers, with the names of the edition in the place of parameters."""
    values = {
        "database": [NAME],
        "version": [datasette.databases[NAME].hash[:12]],
        "table": ["articles", "claims", "claim_sources"],
        "name": list(datasette.plugin_config("charts")),
        "format": ["csv", "json", "png", "svg"],
        "rows": TABLES,
    }
    for pattern in [pattern for routes in pm.hook.register_routes(datasette=datasette) for pattern, _ in routes]:
        groups = GROUP.findall(pattern)
        for chosen in product(*(values[group] for group in groups)):
            parts = iter(chosen)
            address = GROUP.sub(lambda _: next(parts), pattern).replace("\\", "").strip("^$")  # noqa: B023
            assert re.search(pattern, address)
            yield address
            yield from (f"{address}?q={word}" for word in SEARCHED if "search" in address)


async def ask(datasette, actor):
    """What each address answers to somebody."""
    await datasette.invoke_startup()
    cookies = {"ds_actor": datasette.sign({"a": {"id": actor}}, "actor")} if actor else {}
    answers = {path: await datasette.client.get(path, cookies=cookies) for path in addresses(datasette)}
    return {path: re.sub("</?mark>", "", unescape(answer.text)) for path, answer in answers.items()}


def told(texts, private):
    """Which address tells what."""
    return {(path, text) for path, said in texts.items() for text in told_in(said, private)}


def told_in(said, private):
    words = set(re.findall(r"\w+", said))
    as_json = {text: json.dumps(text)[1:-1] for text in private.words}
    return words & (private.names | private.columns) | {
        text for text, quoted in as_json.items() if text in said or quoted in said
    }


@pytest.mark.parametrize("private", ["instance", "database", *TABLES])
def test_nobody_is_told_what_is_private(press, private):
    tables = all_that_shows(press, private) if private in TABLES else set()
    datasette = serve(press, metadata_with(private, tables), **PATIENT)
    secrets = find_private(press, private, tables)
    seen = {text for _, text in told(apart(asyncio.run, ask(datasette, "root")), secrets)}
    assert seen >= secrets.names | secrets.columns and seen & secrets.words
    # after root: nothing that was found for him is kept for others
    assert told(apart(asyncio.run, ask(datasette, None)), secrets) == set()
