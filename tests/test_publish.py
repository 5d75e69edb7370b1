"""publish.sh, run as a publisher runs it; the clouds' own tools are stood in for by one that notes its call."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import distribution, packages_distributions
from urllib.request import urlopen

import pytest
from front_door import ROOT, TINY, files_of, free_port, wait_for
from locks import locked
from packaging.utils import canonicalize_name


def publish(tmp_path, *arguments, **environment):
    return subprocess.run(
        [ROOT / "publish.sh", *map(str, arguments)],
        cwd="/",
        capture_output=True,
        text=True,
        env={**os.environ, "SEEDS": str(TINY), "TMPDIR": str(tmp_path), **environment},
    )


def programs(folder, *names):
    """A folder with these programs of the machine and no others, to be the whole PATH."""
    for name in names:
        (folder / name).symlink_to(shutil.which(name))
    return str(folder)


def test_help(tmp_path):
    result = publish(tmp_path, "--help")
    assert result.returncode == 0
    for way in ("static", "container", "cloudrun", "fly", "vercel"):
        assert way in result.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["paper"], "publish.sh: no way to publish called paper"),
        (["static", "a", "b"], "publish.sh: one folder at most; see ./publish.sh --help"),
        (
            ["fly", "--app", "x"],
            "publish.sh: flyctl is not installed; see https://fly.io/docs/flyctl/install/",
        ),
        (["cloudrun"], "publish.sh: gcloud is not installed; see https://cloud.google.com/sdk/docs/install"),
        (["vercel"], "publish.sh: vercel is not installed; see https://vercel.com/docs/cli"),
    ],
)
def test_plain_errors(tmp_path, arguments, sentence):
    result = publish(tmp_path, *arguments, PATH=programs(tmp_path, "bash", "dirname", "cat"))
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == sentence


def test_static(tmp_path):
    result = publish(tmp_path, "static", tmp_path / "dist", SITE_URL="https://example.org/x")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "dist/news/articles/harbour-strike/index.html").is_file()
    assert list((tmp_path / "dist").glob("assets-*/vendor/sql/editor.js"))
    assert "https://example.org/x/news/" in (tmp_path / "dist/sitemap.xml").read_text()
    assert not list(tmp_path.glob("tmp.*"))  # as mktemp calls the folder of the build


@pytest.fixture
def serving(tmp_path):
    """Where the programs are that run with what requirements/serve.txt pins and nothing else, linked out of .venv."""
    folder = tmp_path / "serving"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    for pin in locked("serve"):
        package = distribution(pin.partition("==")[0])
        for name in {file.parts[0] for file in package.files} - {"..", "__pycache__"}:
            (packages / name).symlink_to(package.locate_file(name))
    program = folder / "bin/datasette"
    program.write_text(f"#!{folder}/bin/python\nfrom datasette.cli import cli\ncli()\n")
    program.chmod(0o755)
    return program.parent


def test_container_command_serves_the_database(tmp_path, serving):
    """The command of the Dockerfile is started as it stands there, in the folder and with the packages it is given."""
    assert publish(tmp_path, "container", tmp_path / "box").returncode == 0
    assert (tmp_path / "box/plugins/static/vendor/sql/editor.js").is_file()
    assert not list(tmp_path.rglob("__pycache__"))
    dockerfile = (tmp_path / "box/Dockerfile").read_text()
    lock = re.search(r"^RUN pip install .* --require-hashes -r (.*)$", dockerfile, re.MULTILINE)[1]
    assert (tmp_path / "box" / lock).read_text() == (ROOT / "requirements/serve.txt").read_text()
    command = re.search(r"^CMD (.*)$", dockerfile, re.MULTILINE)[1]
    port = free_port()
    process = subprocess.Popen(
        ["sh", "-c", command],
        cwd=tmp_path / "box",
        env={"PORT": str(port), "PATH": f"{serving}:/usr/bin:/bin"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        with urlopen(f"http://127.0.0.1:{port}/news/articles.json?_shape=array") as response:
            assert {article["seed"] for article in json.load(response)} == {"harbour.txt", "reprint.md"}
        for path in ("-/about", "-/charts/speakers", "-/charts/speakers.png", "-/search?q=strke"):
            assert urlopen(f"http://127.0.0.1:{port}/{path}").status == 200
    finally:
        process.terminate()
        process.wait()


def test_a_container_takes_nothing_away_that_is_not_its_own(tmp_path):
    (tmp_path / "box").mkdir()
    (tmp_path / "box/thesis.txt").touch()
    assert publish(tmp_path, "container", tmp_path / "box").returncode == 0
    first = files_of(tmp_path / "box")
    assert publish(tmp_path, "container", tmp_path / "box").returncode == 0
    assert files_of(tmp_path / "box") == first
    assert {"thesis.txt", "Dockerfile", "news.db"} <= first.keys()
    assert [path.name for path in tmp_path.iterdir()] == ["box"]


def test_a_dockerfile_of_somebody_else_stops_the_container(tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")
    result = publish(tmp_path, "container", tmp_path)
    assert result.returncode == 1
    sentence = f"{tmp_path}/Dockerfile was not written by this command; remove it, or name another folder"
    assert result.stderr.splitlines()[-1] == f"publish.sh: {sentence}"
    assert files_of(tmp_path) == {"Dockerfile": b"FROM scratch\n"}


@pytest.mark.parametrize(("host", "name"), [("fly", "--app"), ("vercel", "--project")])
def test_cloud_gets_all_the_site_needs(tmp_path, host, name):
    """What `datasette publish` would send, written to a folder instead."""
    tools = tmp_path / "tools"
    tools.mkdir()
    tool = tools / {"fly": "flyctl"}.get(host, host)
    tool.write_text("#!/bin/sh\nexit 0\n")
    tool.chmod(0o755)
    result = publish(
        tmp_path,
        host,
        name,
        "news-site",
        "--generate-dir",
        tmp_path / "sent",
        PATH=f"{tools}:{os.environ['PATH']}",
    )
    assert result.returncode == 0, result.stderr
    sent = {str(path.relative_to(tmp_path / "sent")) for path in (tmp_path / "sent").rglob("*")}
    assert {"news.db", "plugins/register.py", "plugins/news_site/reading/source_links.py"} <= sent
    assert not any("__pycache__" in path for path in sent)
    instructions = instructions_in(tmp_path / "sent")
    assert "sql_time_limit_ms" in instructions
    assert locked("serve").keys() <= set(re.findall(r"[^\s\"']+==[^\s\"']+", instructions))
    assert not re.search("spacy==|playwright==", instructions)


def instructions_in(folder):
    """What tells a cloud how to install and to serve."""
    files = [path for path in folder.iterdir() if path.is_file() and path.suffix in ("", ".py", ".txt")]
    return " ".join(path.read_text() for path in files)


def test_cloudrun_hands_everything_to_gcloud(tmp_path):
    """gcloud is stood in for by a program that notes its calls and keeps the Dockerfile it is given."""
    tools = tmp_path / "tools"
    tools.mkdir()
    log = tmp_path / "log"
    tool = tools / "gcloud"
    tool.write_text(f'#!/bin/sh\necho "$@" >> {log}\n[ ! -f Dockerfile ] || cp Dockerfile {tmp_path}\necho project\n')
    tool.chmod(0o755)
    path = f"{tools}:{os.environ['PATH']}"
    result = publish(tmp_path, "cloudrun", "--service", "news-site", PATH=path)
    assert result.returncode == 0, result.stderr
    assert "builds submit" in log.read_text() and "run deploy" in log.read_text()
    dockerfile = (tmp_path / "Dockerfile").read_text()
    assert "--setting sql_time_limit_ms 2000" in dockerfile
    installed = re.search(r"pip install (.*)", dockerfile)[1].split()
    assert {name for name in installed if "==" in name} == locked("serve").keys()


def imported_in(path):
    """The modules that a file imports by their whole name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


def test_plugins_import_what_serving_installs():
    modules = {module.split(".")[0] for path in ROOT.glob("plugins/**/*.py") for module in imported_in(path)}
    found = packages_distributions()
    packages = {found[name][0] for name in modules & found.keys()}
    assert {canonicalize_name(package) for package in packages} <= {pin.partition("==")[0] for pin in locked("serve")}
