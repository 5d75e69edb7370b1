"""Where something is made before it takes its place: a folder beside it, which no other process uses."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def workplace(target: Path) -> Iterator[Path]:
    """The folder, gone afterwards, and with it those that killed processes have left."""
    for left in target.parent.glob(f".{escape(target.name)}.*.partial"):
        with suppress(OSError), held(left):
            shutil.rmtree(left)
    named = TemporaryDirectory(".partial", f".{target.name}.", target.parent, ignore_cleanup_errors=True)
    with named as folder, held(Path(folder)):
        yield Path(folder)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Raises BlockingIOError if another process works in the folder. The system ends a hold with its process."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)
