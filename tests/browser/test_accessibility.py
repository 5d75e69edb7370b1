"""axe finds nothing on any kind of page; every page fits a phone and says nothing on the console."""

import pytest
from front_door import ROOT
from page_kinds import FIXED, READING, page_kinds

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
KINDS = [*FIXED, *READING, "row"]


@pytest.fixture(scope="module", params=[(1280, "light"), (360, "dark")], ids=["wide-light", "phone-dark"])
def reader(request, browser):
    """A page on a screen of that width and light."""
    width, scheme = request.param
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.console = []
    page.on("console", lambda message: page.console.append(message.text))
    page.on("pageerror", lambda error: page.console.append(str(error)))
    yield page
    page.close()


def violations(page):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(rule["id"], node["html"][:200], node["failureSummary"]) for rule in found for node in rule["nodes"]]


OPEN_FOLDS = """
() => {
  const closed = document.querySelectorAll("details:not([open])");
  closed.forEach((details) => (details.open = true));
  return closed.length;
}
"""


def open_folds(page):
    """How many it opens."""
    return page.evaluate(OPEN_FOLDS)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(tiny, tiny_site, reader, kind):
    reader.console.clear()
    response = reader.goto(tiny_site + page_kinds(tiny)[kind])
    assert response.status < 500
    assert violations(reader) == []
    if open_folds(reader):
        assert violations(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    if response.status == 200:
        assert reader.console == []
