"""What is wrong with an input: one sentence each, with file and line; a run finds them all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

LISTED = 20  # problems of a file
SHOWN = 80  # characters of a value


def quoted(value: object) -> str:
    """A value as it is quoted in a sentence; of a long one the beginning."""
    written = repr(value)
    return written if len(written) <= SHOWN else f"{written[:SHOWN]}…"


class Where(NamedTuple):
    """A line of a file, counted from 1; None means the file as a whole."""

    path: Path
    line: int | None = None

    def __str__(self) -> str:
        name = str(self.path).encode(errors="surrogateescape").decode(errors="backslashreplace")
        return f"{name}:{self.line}" if self.line else name


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
    """Raises UnreadableError where the block cannot read the file; what a pipe or a device gives may never end."""
    try:
        if path.exists() and not (S_ISREG(mode := path.stat().st_mode) or S_ISDIR(mode)):
            raise UnreadableError(Where(path), "is a pipe or a device; put a file in its place or remove it")
        yield
    except OSError as error:
        raise UnreadableError(Where(path), f"cannot be read ({error.strerror}); mend or remove it") from None


class Problems:
    """Collects the problems of a run, so that not only the first is listed."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.following = 0
        """How many more there are that may go with those found: a list that cannot be read holds no id."""

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
        """Raises ExceptionGroup with what was found, in the order of files and lines; its message counts them."""
        if self.found:
            in_order = sorted(self.found, key=lambda p: (str(p.where.path), p.where.line or 0))
            more = f", and {self.following} that may go with them" if self.following else ""
            raise ExceptionGroup(f"{len(in_order)} problem(s){more}", in_order)


def list_problems(problems: Sequence[Problem]) -> Iterator[str]:
    """A line for each, and of a file with very many the first and how many more."""
    for _, of_file in groupby(problems, lambda problem: problem.where.path):
        lines = list(map(str, of_file))
        yield from lines[:LISTED]
        if more := lines[LISTED:]:
            yield f"… and {len(more)} more in the same file"
