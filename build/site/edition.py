"""Which edition a site is: a fingerprint that every page carries, and the script that keeps nothing of another one."""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import file_digest, sha256
from pathlib import Path
from sqlite3 import DatabaseError, connect
from urllib.parse import quote

from .application import ROOT, SiteError
from .baker import Folder

MADE_OF = ("metadata.yml", "settings.json", "requirements/serve.txt", "build/site/*.py", "plugins/**/*.*")
DIGITS = 16
OFFLINE = "-/offline/"  # what is shown in place of a page that is not kept
SCRIPTS = "/static_site/service_worker.js", "/static_site/offline.js"
# What belongs to an edition and is no page: downloads, a row's data for one, are not kept
PARTS = ("-/**/*.*", "assets-*/**/*.*", "*-[0-9a-f]*.db")


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()[:DIGITS]


def files_of(folder: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
    """Files in an order that stays the same, without what Python compiles."""
    paths = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    return (path for path in sorted(paths) if path.suffix != ".pyc")


def fingerprint_of(database: Path, url: str) -> str:
    """A hash of all that the pages of a site are made of."""
    digest = sha256(f"{url}\0{hash_of(database)}\0".encode())
    for path in files_of(ROOT, MADE_OF):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0{hash_of(path)}\0".encode())
    return digest.hexdigest()[:DIGITS]


def check_undamaged(database: Path) -> None:
    """Raises SiteError if SQLite cannot read all of the file."""
    with closing(connect(f"file:{quote(str(database))}?mode=ro", uri=True)) as connection:
        try:
            (said,) = connection.execute("pragma quick_check(1)").fetchone()
        except DatabaseError as error:
            said = error
    if str(said) != "ok":
        raise SiteError(f"{database} is damaged ({str(said).splitlines()[-1]}); build it again")


def add_service_worker(folder: Folder, fingerprint: str) -> None:
    """sw.js, by which a browser learns of a new edition, and, loaded by it, the script that keeps files."""
    parts = [path for path in files_of(folder.new, PARTS) if path.suffix != ".html"]
    hashes = {path.relative_to(folder.new).as_posix(): hash_of(path) for path in parts}
    worker, shown_offline = (one_of(hashes, script) for script in SCRIPTS)
    listed = f"files-{fingerprint}.js"
    folder.write(listed, f"self.files = {json.dumps(hashes)};\n".encode())
    stated = {"edition": fingerprint, "offline": [OFFLINE, shown_offline]}
    script = f"Object.assign(self, {json.dumps(stated)});\nimportScripts({json.dumps(listed)}, {json.dumps(worker)});\n"
    folder.write("sw.js", script.encode())


def one_of(names: Iterable[str], end: str) -> str:
    """The only name that ends like this."""
    (found,) = (name for name in names if name.endswith(end))
    return found
