"""What the processes that a command starts have in common: they end with it, even where it is killed."""

import os
from multiprocessing import parent_process
from threading import Thread


def end_with_parent() -> None:
    """To be called in a process that was started: a main process that is killed cannot tell it to end."""
    Thread(target=wait_for_parent, daemon=True).start()


def wait_for_parent() -> None:
    if main := parent_process():
        main.join()
        os._exit(1)
