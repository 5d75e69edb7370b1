"""What the processes that a command starts have in common: they end with it, and it with them, even if killed."""

import os
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import parent_process
from threading import Thread


class KilledWorker(Exception):
    """A process that somebody else has ended."""


@contextmanager
def end_with_workers() -> Iterator[None]:
    """Raises KilledWorker where a pool breaks that is used inside."""
    try:
        yield
    except BrokenProcessPool:
        raise KilledWorker("a worker was killed, perhaps for want of memory") from None


def end_with_parent() -> None:
    """To be called in a process that was started: a main process that is killed cannot tell it to end."""
    Thread(target=wait_for_parent, daemon=True).start()


def wait_for_parent() -> None:
    if main := parent_process():
        main.join()
        os._exit(1)
