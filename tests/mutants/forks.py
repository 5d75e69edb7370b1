"""Work done in forks of this process, so that what it changes is changed nowhere else."""

import os
from collections.abc import Callable, Iterable, Iterator


def run_forks(works: Iterable[Callable[[], None]]) -> Iterator[tuple[int, bool]]:
    """Each in a fork, as many at a time as there are cores: its number, and whether it ended well."""
    running: dict[int, int] = {}
    for number, work in enumerate(works):
        if len(running) == os.cpu_count():
            yield wait_for_one(running)
        running[fork(work)] = number
    while running:
        yield wait_for_one(running)


def wait_for_one(running: dict[int, int]) -> tuple[int, bool]:
    process, status = os.wait()
    return running.pop(process), status == 0


def fork(work: Callable[[], None]) -> int:
    """The process in which the work is done, in silence. Whatever happens, it never goes on as this one."""
    process = os.fork()
    if process == 0:
        status = 1
        try:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            work()
            status = 0
        finally:
            os._exit(status)
    return process
