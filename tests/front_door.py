"""The ways in that users have: the build command, and Datasette as it is served."""

import asyncio
import json
import re
import shutil
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from urllib.request import urlopen

from click.testing import CliRunner
from datasette.app import Datasette
from datasette.utils import parse_metadata
from sqlite_utils import Database

from build.__main__ import main

ROOT = Path(__file__).parent.parent
TINY = ROOT / "tests/seeds"
SETTINGS = json.loads((ROOT / "settings.json").read_text())
# What is found must not depend on how busy the machine is.
PATIENT = dict.fromkeys(("sql_time_limit_ms", "facet_time_limit_ms", "facet_suggest_time_limit_ms"), 600_000)


def apart(function, *arguments):
    """The result of a call made in another thread: in this one, Playwright keeps an event loop running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(function, *arguments).result()


def run(*arguments):
    """Runs `python -m build` with the arguments."""
    return apart(CliRunner().invoke, main, [str(argument) for argument in arguments])


def build(folder, output):
    result = run("database", "--seeds", folder, "--output", output)
    assert result.exit_code == 0, result.output
    return Database(output)


def path_of(database):
    return next(row[2] for row in database.execute("pragma database_list"))


def bake(database, output, *options):
    """Runs `python -m build site` in this process."""
    return run("site", "--database", path_of(database), "--output", output, "--workers", 1, *options)


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def problems(folder):
    """What a build of a bad folder says, a line each, without the folder's path."""
    result = run("database", "--seeds", folder, "--output", folder / "news.db")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), "a traceback"
    assert not (folder / "news.db").exists()
    return result.output.replace(f"{folder}/", "").splitlines()[1:]


def write_files(folder, files):
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder


def serve(database, metadata=None, **settings):
    """Datasette over a database with everything that `make serve` gives it, and settings of a test."""
    return Datasette(
        immutables=[path_of(database)],
        metadata=metadata or parse_metadata((ROOT / "metadata.yml").read_text()),
        settings=SETTINGS | settings,
        plugins_dir=str(ROOT / "plugins"),
        template_dir=str(ROOT / "plugins/templates"),
    )


def client_of(database, metadata=None, **settings):
    """Its get(path) is an HTTP GET, made in a thread: Playwright keeps a loop running in this one."""
    datasette = serve(database, metadata, **PATIENT | settings)
    thread = ThreadPoolExecutor(1)

    def request(method, path, **more):
        return thread.submit(asyncio.run, ask(datasette, method, path, **more)).result()

    return SimpleNamespace(get=partial(request, "GET"), request=request)


async def get(datasette, path):
    return await ask(datasette, "GET", path)


async def ask(datasette, method, path, **more):
    await datasette.invoke_startup()
    return await datasette.client.request(method, path, **more)


def text_of(html):
    """What a reader sees of a page or a piece of one."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# With what `make serve` starts Datasette
OURS = ["--metadata", "metadata.yml", "--plugins-dir", "plugins", "--template-dir", "plugins/templates"]
OURS += [str(part) for name, value in SETTINGS.items() for part in ("--setting", name, value)]


@contextmanager
def served(path, *options):
    """The process and the port of a Datasette that serves a database, with options such as OURS."""
    port = free_port()
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", path, "--port", port, *options]
    process = subprocess.Popen(list(map(str, command)), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        Thread(target=process.stderr.read, daemon=True).start()  # a pipe that is full would stop the server
        yield process, port
    finally:
        process.kill()
        process.wait()


def copy_project(folder):
    """A project with plugins, templates and scripts to change, whose `python -m build site` can be run."""
    for name in ("build", "metadata.yml", "settings.json", "requirements"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "plugins", folder / "plugins")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(url, process):
    for _ in range(300):
        assert process.poll() is None, process.stderr.read().decode()
        try:
            return urlopen(url).close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)
