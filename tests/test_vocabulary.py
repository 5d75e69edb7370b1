"""What we write for readers says claim and comparison, as CONTRIBUTING has it, and no other word for either."""

import re
from html.parser import HTMLParser

import pytest
import yaml
from front_door import ROOT, TINY
from page_kinds import page_kinds

METADATA = yaml.safe_load((ROOT / "metadata.yml").read_text())
OTHER_WORDS = re.compile(r"\b(?:statement|proposition)s?\b", re.IGNORECASE)
MEANT = re.compile(
    r"meeting, statement\b"  # a kind of event, in a list of them
    r"|^Statement must be a SELECT$"  # as SQLite calls what it is asked
    r"|^(?:of|Columns of|from \w+ in|dictionary:) propositions(?: –.*)?$"  # the table
    r"|\S+[/,]\S+"  # addresses, ids
    r"|\bpropositions?-\S+|\S+-propositions?\S*"  # ids of the dictionary: claim-propositions--stance
)
SPOKEN = ("alt", "aria-label", "content", "label", "placeholder", "title")
CODE = {"code", "pre", "script", "style", "textarea"}
DOCUMENTS = ("CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md", "seeds/README.md")


class Words(HTMLParser):
    """The pieces of text of a page, those for screen readers included and code left out."""

    def __init__(self, html):
        super().__init__()
        self.pieces, self.code = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.code += tag in CODE
        self.pieces += [value for name, value in attributes if name in SPOKEN and value]

    def handle_endtag(self, tag):
        self.code -= tag in CODE

    def handle_data(self, data):
        if not self.code:
            self.pieces.append(" ".join(data.split()))


def misnamed(pieces):
    return [piece for piece in pieces if OTHER_WORDS.search(MEANT.sub("", piece))]


def names_of(database):
    """What SQL calls tables, views and columns; a reader of the data meets these names alone or in lists."""
    tables = [*database.tables, *database.views]
    return {table.name for table in tables} | {column.name for table in tables for column in table.columns}


def ours(html, names):
    """What a page says, without lists of names: `claims.paragraph_id → paragraphs`, `id, text, event_id`."""
    words = Words(html)
    assert not words.code, "what was not closed would hide the rest"
    return [piece for piece in words.pieces if not set(re.findall(r"\w+", piece)) <= names]


def addresses(database):
    tables = [table.name for table in [*database.tables, *database.views]]
    return {
        *page_kinds(database).values(),
        *(f"/news/{name}" for name in [*tables, *METADATA["databases"]["news"]["queries"]] if "_fts_" not in name),
        *(f"/-/charts/{name}" for name in METADATA["plugins"]["charts"]),
    }


def test_the_data_of_the_tests_has_none_of_these_words():
    """So that each of them on a page is ours."""
    assert misnamed(path.read_text() for path in TINY.iterdir() if path.suffix in (".txt", ".md")) == []
    assert misnamed(path.read_text().replace("propositions:", "") for path in TINY.glob("*.yml")) == []


def test_no_page_has_another_word(tiny, tiny_client):
    names = names_of(tiny)
    found = {path: misnamed(ours(tiny_client.get(path).text, names)) for path in sorted(addresses(tiny))}
    assert {path: pieces for path, pieces in found.items() if pieces} == {}
    assert len(found) > 75  # rows that are anchors in other pages have none


def test_no_page_of_the_static_site_has_another_word(tiny, dist):
    names = names_of(tiny)
    found = {str(path): misnamed(ours(path.read_text(), names)) for path in dist.rglob("*.html")}
    assert {path: pieces for path, pieces in found.items() if pieces} == {}
    assert len(found) > 75  # rows that are anchors in other pages have none


def words_in(value, key=""):
    """Whatever metadata.yml says that is not SQL."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from words_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from words_in(inner)
    elif isinstance(value, str) and not key.endswith("sql"):
        yield value


def test_metadata_has_no_other_word():
    assert misnamed(words_in(METADATA)) == []
    assert len(list(words_in(METADATA))) > 300


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documentation_has_no_other_word(name):
    text = (ROOT / name).read_text()
    prose = re.sub(r"^```.*?^```|^    .*?$|`[^`]*`", "", text, flags=re.DOTALL | re.MULTILINE)
    assert misnamed(prose.splitlines()) == []
