"""What each plugin says of its own addresses: which stand on the static site, and which only a live site answers."""

from datasette import hookspec
from datasette.app import Datasette


@hookspec
def baked_addresses(datasette: Datasette) -> list[str]:  # type: ignore[empty-body]  # as any hook has
    """Addresses that are baked whether or not a page links to them: ["/-/search/queries.json"]."""


@hookspec
def anchored_tables(datasette: Datasette) -> list[str]:  # type: ignore[empty-body]
    """Addresses of tables whose rows are read on pages of other rows: ["/news/mentions"]. Their rows are not baked,
    nor more than the first page of them. May be async."""


@hookspec
def live_routes(datasette: Datasette) -> list[str]:  # type: ignore[empty-body]
    """Patterns of register_routes that are not baked: [r"/-/search\\.json$"]. A page must not link there."""
