"""What the scripts of the static site ask for: files, told from where a script lies, which must be there.

Addresses of the site they have from their page, whose links are checked like those for readers.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from .application import SiteError

SCRIPTS = "assets-*"  # followed by a hash of them all
BUNDLED = "vendor"  # made of the other scripts, and of packages
FILE = re.compile(r"""new URL\(\s*["']([^"']+)["'],\s*(?:import\.meta\.url|currentScript\.src),?\s*\)""")
MODULE = re.compile(r"""\b(?:from|import)\s*\(?\s*["']((?:[./]|\w+:)[^"']*)["']""")  # others are names of packages
# An address of the site, one told from where the page lies, and one put together as the script runs
UNCHECKED = re.compile(
    r"""["'`](?:\$\{[^}]*\}|\$(?!\{)|[^"'`\s$])*-/|-\\/"""  # "-/charts.json", `${root}-/charts.json`, /^-\/charts/
    r"""|\b(?:fetch|Worker|register)\(\s*["'`]|\bnew URL\(\s*["']"""
    r"""|import\.meta\.url|currentScript\.src|\bimport\((?!\s*["'])"""
)


def check_scripts(site: Path) -> None:
    """Raises SiteError if a script asks for what is not there, or for what cannot be told from reading it."""
    paths = [path for path in sorted(site.glob(f"{SCRIPTS}/**/*.js")) if BUNDLED not in path.relative_to(site).parts]
    if found := [problem for path in paths for problem in problems_of(path, site)]:
        raise SiteError("\n".join(found))


def problems_of(path: Path, site: Path) -> Iterator[str]:
    script, text = path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")
    for address in FILE.findall(text) + MODULE.findall(text):
        if not is_there(address, script, site):
            yield f"{script} asks for {address}, which is not there"
    for line in unchecked_lines(FILE.sub("", text)):
        yield f"{script} asks for an address that cannot be checked: {line}"


def unchecked_lines(text: str) -> dict[str, None]:
    starts = (found.start() for found in UNCHECKED.finditer(text))
    return dict.fromkeys(text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0].strip() for start in starts)


def is_there(address: str, script: str, site: Path) -> bool:
    """Whether an address leads from a script to a file or a page; never out of the site, which may lie in a folder."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(script), re.split("[?#]", address)[0]))
    if path.startswith(("/", "..")):
        return False
    return (site / path / "index.html" if address.endswith("/") else site / path).is_file()
