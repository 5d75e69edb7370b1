"""Work done in forks of this process, so that what it changes is changed nowhere else."""

import os
import sys
from collections.abc import Callable, Sequence

import click

PASSED, FAILED = 0, 1  # as pytest ends

Work = Callable[[], int]


class TestsFail(Exception):
    """Tests that fail anyway cannot notice a change."""


def run_forks(works: Sequence[Work], label: str) -> list[int]:
    """Each in a fork, as many at a time as there are cores; the status with which each ends."""
    statuses = [0] * len(works)
    running: dict[int, int] = {}
    with click.progressbar(length=len(works), label=label, show_pos=True, file=sys.stderr) as bar:
        for number, work in enumerate(works):
            running[fork(work)] = number
            while len(running) == os.cpu_count() or (running and number == len(works) - 1):
                process, status = os.wait()
                statuses[running.pop(process)] = os.waitstatus_to_exitcode(status)
                bar.update(1)
    return statuses


def fork(work: Work) -> int:
    """The process in which the work is done, in silence. Whatever happens, it never goes on as this one."""
    process = os.fork()
    if process == 0:
        status = os.EX_SOFTWARE
        try:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            status = work()
        finally:
            os._exit(status)
    return process
