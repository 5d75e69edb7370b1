"""What the documentation names exists, and what exists is documented; the code keeps its layers."""

import ast
import re

import pytest
from front_door import ROOT, run

README = (ROOT / "README.md").read_text()
MODULES = sorted([*ROOT.glob("build/**/*.py"), *ROOT.glob("plugins/**/*.py")])


def test_every_path_in_the_readme_exists():
    paths = re.findall(r"`((?:build|plugins|seeds|tests|benchmarks|\.ci)/[\w./-]*)`", README)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_module_is_in_the_readme():
    """By its own name, or by that of its folder."""
    folders = {m: f"`{m.parent.relative_to(ROOT)}/`" for m in MODULES if m.name != "__init__.py"}
    assert [str(m) for m, folder in folders.items() if m.name not in README and folder not in README] == []


def test_every_make_target_is_in_the_readme_or_the_makefile():
    targets = set(re.findall(r"`make (\w+)`", README))
    assert targets <= set(re.findall(r"^([\w. -]+):", (ROOT / "Makefile").read_text(), re.M)[0].split()) | targets


def test_every_command_is_in_the_readme():
    assert "python -m build database" in README
    assert run("--help").exit_code == 0


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_layers(path):
    """build/ imports no plugin, and no plugin build/."""
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(path.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }
    assert imported & {"build", "news_site", "plugins"} == set()


# Each folder of the browser's modules, and those that it may import, with what these may
ARROWS = {
    "sql": "show",
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
    static = ROOT / "plugins/static"
    scripts = [path for path in static.glob("**/*.js") if "vendor" not in path.parts]
    imports = [
        (path, (path.parent / imported).resolve())
        for path in scripts
        for imported in re.findall(r"""\b(?:from|import)\b\s*\(?\s*["'](\.[^"']+)["']""", path.read_text())
    ]
    assert len(imports) > 100
    assert [(str(a), str(b)) for a, b in imports if folder_of(b) not in below(folder_of(a))] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_does(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_annotation_example_builds(tmp_path):
    """The sidecar in seeds/README.md has no key that means nothing."""
    from pydantic import TypeAdapter

    from build.editorial.entries import Sidecar
    from build.editorial.yaml_files import parse_yaml

    example = re.search(r"```yaml\n(.*?)```", (ROOT / "seeds/README.md").read_text(), re.DOTALL)[1]
    TypeAdapter(Sidecar).validate_python(parse_yaml(example, tmp_path))
