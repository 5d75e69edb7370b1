"""What templates make of rules, addresses and numbers."""

import re
from time import perf_counter

import pytest
from front_door import ROOT

from build.extractor.facts.time_values import RESOLVERS
from news_site.site.formats import RULES, count, web_url


def test_every_rule_has_words():
    """Those by which the extractor finds a date, and those that editors are given."""
    listed = re.search(r"and the `rule`\n(.*?)\.\n", (ROOT / "seeds/README.md").read_text(), re.DOTALL)[1]
    assert {*RESOLVERS, *re.findall(r"`([a-z-]+)`", listed)} == RULES.keys()


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("https:alert(1)", False),
        ("java\nscript://example.org", False),
        ("https://exa mple.org", False),
        ("data:text/html,x", False),
        (None, False),
        (7, False),
    ],
)
def test_web_url(address, safe):
    assert web_url(address) == (address if safe else None)


def test_no_address_takes_long():
    begun = perf_counter()
    assert web_url(f"http://{'a' * 20_000}\\") is None
    assert perf_counter() - begun < 0.4


@pytest.mark.parametrize(("number", "expected"), [(0, "0 people"), (1, "1 person"), (1000, "1,000 people")])
def test_count(number, expected):
    assert count(number, "person", "people") == expected
