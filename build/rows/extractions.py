"""Runs the extractor over many seeds, on all cores, and only over those that it has not read before."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter

from ..core.problems import Where
from ..core.workers import end_with_parent, end_with_workers
from ..editorial.editorial import Editorial
from ..extractor.findings import Extraction
from ..extractor.versions import current
from ..reading.paragraphs import find_blocks
from ..reading.seeds import Seed, SeedError, line_of

CACHE = Path(".cache/extractions")
LISTS = ("mentions", "claims", "events")
CHUNK = 16  # articles that a worker is given at a time; fewer are not worth another process
MOST_CHARACTERS = 1_000_000  # that spaCy takes at a time

KEPT = TypeAdapter(Extraction)  # whatever has another shape is not read back

Task = tuple[Seed, str | None]


def needed(seeds: Iterable[Seed], editorial: Editorial) -> list[Task]:
    """The seeds for which an editor left a list to the extractor, each with its publication date."""
    tasks = []
    for seed in seeds:
        sidecar = editorial.sidecars.get(seed.sha256)
        if sidecar is None or any(getattr(sidecar, name) is None for name in LISTS):
            tasks.append((seed, sidecar.published if sidecar else None))
    return tasks


def extract_all(tasks: list[Task], workers: int, cached: bool, done: Callable[[], None]) -> dict[str, Extraction]:
    """What the extractor finds in each seed, by its SHA-256; `done` is called after each."""
    found = {}
    missing = []
    for task in tasks:
        kept = recall(task) if cached else None
        if kept is None:
            missing.append(task)
        else:
            found[task[0].sha256] = kept
            done()
    for task, extraction in run(missing, workers):
        found[task[0].sha256] = extraction
        if cached:
            remember(task, extraction)
        done()
    return found


def run(tasks: list[Task], workers: int) -> Iterator[tuple[Task, Extraction]]:
    """Extracts, in this process if there is little to do."""
    if workers == 1 or len(tasks) <= CHUNK:
        yield from zip(tasks, map(extract_task, tasks), strict=True)
        return
    with end_with_workers(), ProcessPoolExecutor(workers, initializer=end_with_parent) as pool:
        yield from zip(tasks, pool.map(extract_task, tasks, chunksize=CHUNK), strict=True)


def extract_task(task: Task) -> Extraction:
    # loading the language model takes seconds, and a dataset that people have annotated needs none
    from ..extractor.extraction import READABLE, extract

    seed, published = task
    for block in find_blocks(seed) if len(seed.text) > MOST_CHARACTERS else ():
        if block.role in READABLE and block.end - block.start > MOST_CHARACTERS:
            where = Where(seed.path, line_of(seed.text, block.start))
            raise SeedError(
                where, f"the extractor reads no paragraph of over {MOST_CHARACTERS:,} characters; divide it"
            )
    return extract(seed, published)


def path_of(task: Task) -> Path:
    seed, published = task
    key = sha256("\0".join([seed.sha256, seed.path.suffix, published or "", repr(current())]).encode()).hexdigest()
    return CACHE / key[:2] / f"{key}.json"


def recall(task: Task) -> Extraction | None:
    """What was kept, if it is what was written: each entry begins with the hash of the rest."""
    try:
        told, _, content = path_of(task).read_bytes().partition(b"\n")
        return KEPT.validate_json(content) if told == hash_of(content) else None
    except (OSError, ValueError):
        return None


def hash_of(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()


def remember(task: Task, extraction: Extraction) -> None:
    """Keeps an extraction; a cache that cannot be written is no reason to fail."""
    path = path_of(task)
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps(asdict(extraction), ensure_ascii=False).encode()
        partial.write_bytes(hash_of(content) + b"\n" + content)
        partial.replace(path)
    except OSError:
        return
