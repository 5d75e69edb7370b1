"""Who found a row: an entry of a sidecar or the program alone goes in, method and confidence come out.

Confidence is how often what the program says so is right. The extractor gives claims and their speakers one by the
strength of the cue; other kinds have one figure each, stated here and nowhere else.
"""

from typing import TypedDict

from ..editorial.entries import Proposable, Review

CONFIDENCE = {
    "mentions": 0.9,
    "organization_mentions": 0.8,
    "place_mentions": 0.8,
    "events": 0.6,
    "event_people": 0.6,
    "event_reports": 0.6,
    "figures": 0.9,
}
REGISTERED_SPEAKER = 0.8  # an organization that only a registry knows


class Found(TypedDict):
    """The columns of every row that says something of the words."""

    method: str
    confidence: float | None


CURATED: Found = {"method": "curated", "confidence": None}


def method_of(entry: Proposable, review: Review | None = None) -> Found:
    """Of an entry that the program wrote and nobody changed: extracted until it or its article is reviewed."""
    if not entry.proposed:
        return CURATED
    method = "reviewed" if entry.reviewed or review else "extracted"
    return {"method": method, "confidence": entry.proposed.confidence}


def extracted(table: str) -> Found:
    """The columns of a row that the program found and nobody has looked at."""
    return {"method": "extracted", "confidence": CONFIDENCE[table]}
