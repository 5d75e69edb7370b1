"""Where a reader reports an error."""

import pytest

from news_site.site.edition import report_address


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("", "/-/about#report-an-error"),
        ("mailto:a@example.org", "mailto:a@example.org?subject=Error%20in%20%2Fnews%2Fclaims%2F1"),
        (
            "https://example.org/new?x=1",
            "https://example.org/new?x=1&title=Error%20in%20%2Fnews%2Fclaims%2F1",
        ),
    ],
)
def test_report_address(address, link):
    assert report_address(address, "/-/about", "/news/claims/1") == link
