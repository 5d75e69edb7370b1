"""What a figure's comparator allows: the least and the greatest value go in, and come out with open ends."""

Number = int | float


def limits(low: Number | None, high: Number | None, comparator: str) -> tuple[Number | None, Number | None]:
    """The least and the greatest value that a figure's words allow: "more than 20" has no greatest."""
    if comparator in ("at_least", "more_than"):
        return low, None
    return (None, high) if comparator in ("at_most", "less_than") else (low, high)
