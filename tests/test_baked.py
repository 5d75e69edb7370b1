"""What is baked is said by each plugin, and what pages and scripts ask for is there."""

import re
import subprocess
import sys

import pytest
from datasette.plugins import pm
from front_door import ROOT, copy_project, files_of, serve
from sqlite_utils import Database

SCRIPTS = [path for path in (ROOT / "plugins/static").rglob("*.js") if "vendor" not in path.parts]
PLUGIN = r"""
from datasette import Response, hookimpl

async def show():
    return Response.json({"said": True})

@hookimpl
def register_routes():
    return [(r"^/-/said\.json$", show), (r"^/-/unsaid\.json$", show)]

@hookimpl
def baked_addresses():
    return ["/-/said.json"]
"""


@pytest.fixture
def copy(tmp_path):
    """The project with assets and plugins to change, and a small database."""
    copy_project(tmp_path)
    Database(tmp_path / "few.db")["rows"].insert({"id": "a"}, pk="id")
    return tmp_path


def bake_copy(folder):
    """What its bake says, and the files of the site."""
    command = [sys.executable, "-m", "build", "site", "--workers", "1", "--database", "few.db", "--output", "dist"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return result.stderr, files_of(folder / "dist")


def test_a_plugin_says_what_is_baked_however_its_routes_are_spelt(copy):
    (copy / "plugins/a_plugin.py").write_text(PLUGIN)
    _, files = bake_copy(copy)
    assert files["-/said.json"] == b'{"said": true}'
    assert "-/unsaid.json" not in files


def test_every_route_is_said_to_be_baked_or_not(dist, tiny):
    """A page may lead there, a plugin says that it is baked, or that only the live site answers."""
    datasette = serve(tiny)
    routes = {pattern for routes in pm.hook.register_routes(datasette=datasette) for pattern, _ in routes}
    live = {pattern for patterns in pm.hook.live_routes(datasette=datasette) for pattern in patterns}
    baked = ["/" + file.removesuffix("/index.html") for file in files_of(dist)]
    answered = {route for route in routes if any(re.match(route, address) for address in baked)}
    assert (routes - answered, live - routes) == (live, set())


MISSING = [
    ('import { x } from "./nowhere.js";', "./nowhere.js"),
    ('const x = await import("../nowhere/x.js");', "../nowhere/x.js"),
    ('import "/assets/site/site.js";', "/assets/site/site.js"),  # the site may lie in a folder of its host
    ('import "/bin/sh";', "/bin/sh"),  # a file, but none of the site's, as the next is where the bake takes place
    ('new URL("../../../new/sw.js", import.meta.url);', "../../../new/sw.js"),
    ('new Worker(new URL("x.js?a", import.meta.url));', "x.js?a"),
    ('new URL("../../few/nothing/", import.meta.url);', "../../few/nothing/"),
]
UNCHECKED = r"""
const response = await fetch(new URL("-/charts.json", root));
const url = `${root}-/${a.b}.json`;
if (/^-\/search/.test(path)) return;
fetch("../few/rows.json");
const url = new URL("few/rows.json", root);
const { x } = await import(`./${name}.js`);
const url = new URL(name, import.meta.url);
""".strip().splitlines()


def test_scripts_that_ask_for_what_is_not_there_fail_the_bake(copy):
    """And those that ask so that nobody can tell by reading."""
    said_of = [(script, f"asks for {address}, which is not there") for script, address in MISSING]
    said_of += [(script, f"asks for an address that cannot be checked: {script}") for script in UNCHECKED]
    for number, (script, _) in enumerate(said_of, 10):
        (copy / f"plugins/static/site/bad{number}.js").write_text(f"// Of /-/charts.json and nowhere.js\n  {script}\n")
    sentences = [f"site/bad{number}.js {sentence}" for number, (_, sentence) in enumerate(said_of, 10)]
    said, files = bake_copy(copy)
    assert (
        re.sub("assets-[0-9a-f]{12}/", "", said.partition("Error: ")[2])
        == "\n".join(sentences) + "; dist is as it was\n"
    )
    assert files == {}


def test_what_scripts_ask_for_by_name_is_handed_to_them(dist):
    asked = {name for path in SCRIPTS for name in re.findall(r'\blinked\("([^"]*)"\)', path.read_text())}
    pages = [text for text in (path.read_text() for path in dist.rglob("*.html")) if "data-answers=" in text]
    assert {name for text in pages for name in re.findall('<link [^>]*data-name="([^"]*)"', text)} == asked
    assert len(asked) == 4
