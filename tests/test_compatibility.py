"""What Datasette 1.0 wants in a configuration is taken out of metadata.yml; `make test` asks 1.0 itself for every address."""

import pytest

from news_site.compatibility.configuration import configuration_of

TABLE = {"facet_size": 5, "permissions": {"view-table": True}, "facets": ["kind"], "sort": "id"}


@pytest.mark.parametrize(
    ("metadata", "configuration"),
    [
        ({}, {"databases": {}}),
        ({"title": "News", "databases": None}, {"databases": {}}),
        (
            {"title": "News", "allow_sql": False, "extra_js_urls": ["/a.js"], "allow": False},
            {"allow_sql": False, "extra_js_urls": ["/a.js"], "databases": {}},
        ),
        ({"databases": {"news": {}}}, {"databases": {"news": {"tables": {}}}}),
        (
            {
                "databases": {
                    "news": {"source": "us", "queries": {"all": {"sql": "select 1"}}, "tables": {"claims": TABLE}}
                }
            },
            {
                "databases": {
                    "news": {
                        "queries": {"all": {"sql": "select 1"}},
                        "tables": {"claims": {"facet_size": 5, "permissions": {"view-table": True}}},
                    }
                }
            },
        ),
        ({"databases": {"news": {"tables": {"claims": None}}}}, {"databases": {"news": {"tables": {"claims": {}}}}}),
    ],
)
def test_what_is_said_once_is_not_said_again(metadata, configuration):
    """What 1.0 takes out of the metadata by itself is left there."""
    assert configuration_of(metadata) == configuration
