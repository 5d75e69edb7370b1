"""What trackers append to the links that people share, and what is left of a query string without it."""

from collections.abc import Collection
from urllib.parse import unquote_plus

CAMPAIGNS = "utm_"  # utm_source, utm_medium …
TRACKERS = (
    *("dclid", "epik", "fbclid", "gad_source", "gbraid", "gclid", "gclsrc", "igsh", "igshid", "li_fat_id", "mc_cid"),
    *("mc_eid", "mkt_tok", "msclkid", "ref", "ref_src", "ref_url", "s_cid", "srsltid", "ttclid", "twclid", "vero_id"),
    *("wbraid", "yclid"),
)


def is_tracker(name: str) -> bool:
    return name.startswith(CAMPAIGNS) or name in TRACKERS


def names_in(query: str) -> list[str]:
    """The name of each argument of a query string, in order."""
    return [unquote_plus(argument.partition("=")[0]) for argument in query.split("&")]


def has_trackers(query: str) -> bool:
    return any(map(is_tracker, names_in(query)))


def without_trackers(query: str, columns: Collection[str]) -> str:
    """The other arguments as they were written: the name of a column is none of a tracker's."""
    named = zip(names_in(query), query.split("&"), strict=True)
    own = {column.lower() for column in columns}
    return "&".join(argument for name, argument in named if not is_tracker(name) or name.lower() in own)
