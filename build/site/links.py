"""Where pages lie in the static site, and their links: from addresses of the live site to relative ones."""

import re
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import urljoin

from .application import HOST, SiteError

# Attribute values in our templates stand in double quotes, and data never holds one unescaped.
LINK = re.compile(r'(\s(?:(?:href|src|action)="|content="0; url=))([^"]*)"')
ANCHOR = re.compile(r'id="(?<=\sid=")([^"]*)"')  # what begins with letters is found the fastest
HEAD = re.compile(r"(<head\b[^>]*>)")
SUFFIX = re.compile(r"\.\w+$")  # ids hold no dot, so what ends like this is a file
LATER = re.compile(r"_next=[^&]+(&_sort(_desc)?=[^&]+)?")  # a table that metadata.yml sorts says so in its next link
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src 'self' data:;"
    " object-src 'none'; base-uri 'none'"
)


class Target(NamedTuple):
    """Something to bake: a path of the live site, and for a later page of rows its query and number."""

    path: str
    query: str = ""
    number: int = 1

    @property
    def is_page(self) -> bool:
        return "." not in self.path or not SUFFIX.search(self.path)

    @property
    def folder(self) -> list[str]:
        """Where it lies in the static site, as steps from its root; a page has a folder of its own."""
        steps = [step for step in self.path.split("/") if step]
        steps += ["page", str(self.number)] if self.number > 1 else []
        return steps if self.is_page else steps[:-1]

    @property
    def name(self) -> str:
        return "index.html" if self.is_page else self.path.rpartition("/")[2]

    @property
    def file(self) -> str:
        return "/".join([*self.folder, self.name])


def target_of(url: str, page: Target, in_pages: bool = True) -> tuple[Target, str, str] | None:
    """What a page's link leads to, its query and its anchor; None if it leaves the site.

    Of a table that is not baked `in_pages`, only the first has an address without a query."""
    if url.startswith("#"):
        return page, "", url[1:]
    if url[:1] != "/" or url[:2] == "//":
        there = urljoin(HOST + page.path, url)
        if not there.startswith(HOST + "/"):
            return None
        url = there.removeprefix(HOST)
    url, _, fragment = url.partition("#")
    path, _, query = url.partition("?")
    target = Target(path.rstrip("/") or "/")
    if in_pages and LATER.fullmatch(query) and target.is_page:
        return Target(target.path, query, page.number + 1), "", fragment
    return target, query, fragment


def relative_url(target: Target, query: str, fragment: str, here: list[str]) -> str:
    """The link from a page in a folder to another file; that to a page ends in a slash."""
    there = target.folder
    shared = 0
    for step, other in zip(here, there, strict=False):
        if step != other:
            break
        shared += 1
    steps = [".."] * (len(here) - shared) + there[shared:]
    if target.is_page:
        steps = [*(steps or ["."]), ""]
    else:
        steps.append(target.name)
    url = "/".join(steps)
    return url + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def relink(html: str, page: Target, in_pages: bool) -> tuple[str, set[tuple[Target, str]]]:
    """The page with relative links and a Content-Security-Policy of its own, and where it links to."""
    targets = set()
    here = page.folder

    def replace(match: re.Match[str]) -> str:
        found = target_of(unescape(match[2]), page, in_pages)
        if not found:
            return match[0]
        target, query, fragment = found
        targets.add((target, "" if query else fragment))
        return f'{match[1]}{escape(relative_url(target, query, fragment, here))}"'

    return with_policy(LINK.sub(replace, html)), targets


def with_policy(html: str) -> str:
    policy = f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    return HEAD.sub(rf"\1{policy}", html, count=1)


def check_anchors(html: str, file: str, wanted: set[str]) -> None:
    """Raises SiteError if a file lacks an anchor that is linked to."""
    there = set(map(unescape, ANCHOR.findall(html)))
    if missing := sorted(wanted - there):
        raise SiteError(f"a page links to {file}#{missing[0]}, which is not there")
