"""How well the extractor does on news that people have annotated, as `make bench` has measured it last."""

import csv
from collections.abc import Iterator
from pathlib import Path

from ..core.identifiers import slug
from ..core.records import Score

MEASURED = Path(__file__).with_name("scores.csv")  # benchmarks/score_extractor.py --record writes it


def read_scores() -> Iterator[Score]:
    with MEASURED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Score(slug(row["measure"]), row["measure"], row["measured_on"], float(row["share"]), row["date"])
