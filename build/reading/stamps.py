"""When a text itself says that it was published: its blocks go in, a day comes out."""

from collections.abc import Sequence

from ..core.dates import read_day
from .blocks import Block

STAMPED = ("timestamp", "dateline")  # the roles of blocks that say so, the surer first


def stamped_day(text: str, blocks: Sequence[Block]) -> str | None:
    """The first full date of a date stamp, else of a dateline."""
    stamps = [text[b.start : b.end] for role in STAMPED for b in blocks if b.role == role]
    return next((day for stamp in stamps if (day := read_day(stamp))), None)
