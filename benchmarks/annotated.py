"""Annotated news in ../shared/dev (or $NEWS_DEV): its documents, its scorers, and its two halves."""

import importlib.util
import json
import os
from hashlib import sha256
from pathlib import Path

DEV = Path(os.environ.get("NEWS_DEV", Path(__file__).parents[2] / "shared" / "dev"))


def load_scorer(name):
    spec = importlib.util.spec_from_file_location(name, DEV / f"{name}.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def read_lines(name):
    with (DEV / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def half_of(document):
    """Rules are made on half A with its errors in view; half B is scored and never read."""
    return "AB"[sha256(document["id"].encode()).digest()[-1] % 2]
