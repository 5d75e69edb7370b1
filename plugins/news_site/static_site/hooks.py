"""What each plugin says of its own addresses: which stand on the static site, and which only a live site answers."""

from datasette import hookspec


@hookspec
def baked_addresses(datasette):
    """Addresses that are baked whether or not a page links to them: ["/-/search/queries.json"]."""


@hookspec
def live_routes(datasette):
    """Patterns of register_routes that are not baked: [r"/-/search\\.json$"]. A page must not link there."""
