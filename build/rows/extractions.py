"""Runs the extractor over many seeds, on all cores, and only over those that it has not read before."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path

from ..core.problems import Where
from ..core.workers import end_with_parent, end_with_workers
from ..editorial.editorial import Editorial
from ..extractor.versions import current
from ..reading.paragraphs import find_blocks
from ..reading.seeds import Seed, SeedError, line_of
from .proposals import Entry

CACHE = Path(".cache/extractions")
LISTS = ("mentions", "claims", "events")
CHUNK = 16  # articles that a worker is given at a time; fewer are not worth another process
MOST_CHARACTERS = 1_000_000  # that spaCy takes at a time

Task = tuple[Seed, str | None]


def needed(seeds: Iterable[Seed], editorial: Editorial) -> list[Task]:
    """The seeds for which an editor left a list to the extractor, each with its publication date."""
    tasks = []
    for seed in seeds:
        sidecar = editorial.sidecars.get(seed.sha256)
        if sidecar is None or any(getattr(sidecar, name) is None for name in LISTS):
            tasks.append((seed, sidecar.published if sidecar else None))
    return tasks


def extract_all(tasks: list[Task], workers: int, cached: bool, done: Callable[[], None]) -> dict[str, Entry]:
    """What the extractor finds in each seed, by its SHA-256; `done` is called after each."""
    found = {}
    missing = []
    for task in tasks:
        entry = recall(task) if cached else None
        if entry is None:
            missing.append(task)
        else:
            found[task[0].sha256] = entry
            done()
    for task, entry in run(missing, workers):
        found[task[0].sha256] = entry
        if cached:
            remember(task, entry)
        done()
    return found


def run(tasks: list[Task], workers: int) -> Iterator[tuple[Task, Entry]]:
    """Extracts, in this process if there is little to do."""
    if workers == 1 or len(tasks) <= CHUNK:
        yield from zip(tasks, map(extract_task, tasks), strict=True)
        return
    with end_with_workers(), ProcessPoolExecutor(workers, initializer=end_with_parent) as pool:
        yield from zip(tasks, pool.map(extract_task, tasks, chunksize=CHUNK), strict=True)


def extract_task(task: Task) -> Entry:
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


def recall(task: Task) -> Entry | None:
    try:
        entry: Entry = json.loads(path_of(task).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return entry


def remember(task: Task, entry: Entry) -> None:
    """Keeps an extraction; a cache that cannot be written is no reason to fail."""
    path = path_of(task)
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
        partial.replace(path)
    except OSError:
        return
