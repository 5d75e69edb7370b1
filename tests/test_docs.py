"""What the documentation names exists, and what exists is documented; modules of the browser keep their layers."""

import re

from front_door import ROOT, run

README, CONTRIBUTING = ((ROOT / name).read_text() for name in ("README.md", "CONTRIBUTING.md"))
MODULES = sorted([*ROOT.glob("build/**/*.py"), *ROOT.glob("plugins/**/*.py")])


def test_every_path_in_the_readme_exists():
    paths = re.findall(r"`((?:build|plugins|seeds|tests|benchmarks|\.ci)/[\w./-]*)`", README)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_folder_of_modules_is_in_the_readme():
    folders = {module.parent.name for module in MODULES} - {"build", "plugins", "news_site"}
    assert sorted(folder for folder in folders if f"{folder}/`" not in README) == []


def rooms():
    """Every folder of modules inside of build/ and of the package, with those that hold it."""
    for whole in (ROOT / "build", ROOT / "plugins/news_site"):
        for path in whole.glob("*/**/__init__.py"):
            yield path.parent, [room for room in path.parents if whole in room.parents]


def test_every_room_has_tests_by_its_name_or_that_of_a_module_in_it():
    """Or, where it is held by another, in that."""
    tests = {path.stem.removeprefix("test_") for path in ROOT.glob("tests/**/test_*.py")}
    names = {
        room: {room.name, *(path.stem for holder in holders for path in holder.glob("*.py"))}
        for room, holders in rooms()
    }
    assert {"facts", "speech", "facets", "core"} <= {room.name for room in names}
    assert [room.name for room, own in names.items() if not tests & own] == []


def test_every_make_target_that_is_named_exists():
    named = set(re.findall(r"(?:`|^    )make (?:[A-Z]+=\S+ )?([a-z][\w-]*)", README + CONTRIBUTING, re.M))
    targets = set(re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.M)[1].split())
    assert {"serve", "test", "bench"} <= named <= targets


def test_every_command_that_is_named_exists():
    named = set(re.findall(r"`[./\w]*python -m build (\w+)", README + CONTRIBUTING))
    commands = set(re.findall(r"^  (\w+)  ", run("--help").output, re.M))
    assert {"database", "extract", "draft", "site"} <= named <= commands


def test_every_command_runs_as_it_is_printed():
    """Outside .venv, python is another one, without the packages."""
    assert re.findall(r"(?<!\.venv/bin/)python -m build", README) == []


def test_the_readme_is_read_in_a_minute():
    assert len(README.splitlines()) < 100


COMMENT = re.compile(r"/\*\*.*?\*/", re.DOTALL)
# Each folder of the browser's modules, and those that it may import, with what these may
ARROWS = {
    "sql": "show",
    "static_site": "show",
    "show": "answer charts engine",
    "answer": "facets search engine",
    "facets": "ask",
    "search": "ask",
    "charts": "ask",
}


def below(folder):
    """A folder, and all those that the arrows lead to."""
    return {folder}.union(*map(below, ARROWS.get(folder, "").split()))


def folder_of(path):
    """plugins/static/vendor/queries/show/rows_page.js is show, which it is made of."""
    *_, folder, _name = path.relative_to(ROOT / "plugins/static").parts
    return folder


def test_arrows_between_the_modules_of_the_browser_run_one_way():
    """In comments modules name types of each other, and no browser follows these."""
    static = ROOT / "plugins/static"
    scripts = [path for path in static.glob("**/*.js") if "vendor" not in path.parts]
    imports = [
        (path, (path.parent / imported).resolve())
        for path in scripts
        for imported in re.findall(
            r"""\b(?:from|import)\b\s*\(?\s*["'](\.[^"']+)["']""", COMMENT.sub("", path.read_text())
        )
    ]
    assert len(imports) > 100
    assert [(str(a), str(b)) for a, b in imports if folder_of(b) not in below(folder_of(a))] == []


def test_annotation_example_builds(tmp_path):
    """The sidecar in seeds/README.md has no key that means nothing."""
    from pydantic import TypeAdapter

    from build.editorial.entries import Sidecar
    from build.editorial.yaml_files import parse_yaml

    example = re.search(r"```yaml\n(.*?)```", (ROOT / "seeds/README.md").read_text(), re.DOTALL)[1]
    TypeAdapter(Sidecar).validate_python(parse_yaml(example, tmp_path))
