"""What is wrong with an input: one sentence each, with file and line; a run lists them all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class Where(NamedTuple):
    """A line of a file, counted from 1; None means the file as a whole."""

    path: Path
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else str(self.path)


class Problem(Exception):
    """An input that cannot be built. Printed, it reads `file:line: what is wrong and what to do`."""

    def __init__(self, where: Where, sentence: str) -> None:
        super().__init__(where, sentence)
        self.where, self.sentence = where, sentence

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


class UnreadableError(Problem):
    """A file that the system does not give us."""


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Raises UnreadableError where the block cannot read the file."""
    try:
        yield
    except OSError as error:
        raise UnreadableError(Where(path), f"cannot be read ({error.strerror}); mend or remove it") from None


class Problems:
    """Collects the problems of a run, so that all are listed and not only the first."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Notes a Problem that the block raises and goes on after it."""
        try:
            yield
        except Problem as problem:
            self.add(problem)

    def add(self, problem: Problem) -> None:
        self.found.append(problem)

    def stop_if_any(self) -> None:
        """Raises ExceptionGroup with all that was found, in the order of files and lines."""
        if self.found:
            in_order = sorted(self.found, key=lambda p: (str(p.where.path), p.where.line or 0))
            raise ExceptionGroup("bad input", in_order)
