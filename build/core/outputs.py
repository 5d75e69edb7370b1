"""A folder of files that takes the place of an earlier one, and of nothing else that stands there.

The folder holds a list of what was written into it, so that the next time it is known whose each file is.
Lists are read and written as they come: a site may have millions of files.
"""

import ctypes
import filecmp
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from heapq import merge
from itertools import groupby
from pathlib import Path

RECORD, NEW_RECORD = ".written", ".written.new"
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # of renameat2(2)


class NotOurs(Exception):
    """Something stands where a file is to be written, and nothing says that we wrote it."""


def files_in(folder: Path) -> Iterator[str]:
    """All files below a folder, links to folders, and empty folders (notes/), in an order that stays the same; without
    the list."""
    for path, folders, files in os.walk(folder):
        place = "" if path == str(folder) else f"{Path(path).relative_to(folder)}/"
        yield from (
            place + name
            for name in sorted([*files, *links_in(path, folders)])
            if place or name not in (RECORD, NEW_RECORD)
        )
        if place and not folders and not files:
            yield place
        folders.sort()


def links_in(path: str, folders: Iterable[str]) -> Iterator[str]:
    """Folders that stand elsewhere, which os.walk() does not enter."""
    return (name for name in folders if Path(path, name).is_symlink())


def place_of(name: str) -> list[tuple[bool, str]]:
    """Names sorted by it come as files_in() gives them: a folder's files before its folders."""
    *folders, file = name.split("/")
    return [*((True, folder) for folder in folders), (False, file)]


def written(folder: Path) -> Iterator[str]:
    """What an earlier command wrote into a folder."""
    with suppress(FileNotFoundError), (folder / RECORD).open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n") for line in lines)


def record(folder: Path, *lists: Iterable[str]) -> None:
    """Writes down what is ours in a folder."""
    with (folder / NEW_RECORD).open("w", encoding="utf-8") as lines:
        lines.writelines(f"{name}\n" for name, _ in groupby(merge(*lists, key=place_of)))
    (folder / NEW_RECORD).replace(folder / RECORD)


def without(names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Names that are not known; both come in order."""
    rest = iter(known)
    following = next(rest, None)
    for name in names:
        while following is not None and place_of(following) < place_of(name):
            following = next(rest, None)
        if name != following:
            yield name


def foreign(folder: Path) -> Iterator[str]:
    """What stands in a folder and is not ours."""
    return without(files_in(folder), written(folder))


def check_free(folder: Path, takes: Callable[[str], bool]) -> None:
    """Raises NotOurs if anything in a folder that is not ours has a name that will be taken."""
    if taken := next(filter(takes, foreign(folder)), None):
        raise NotOurs(f"{folder / taken} was not written by this command; remove it, or name another folder")


def put(new: Path, output: Path) -> None:
    """Moves the files of a folder to where they belong, and what an earlier command wrote there away.

    In one step, where all that is there is ours; else file by file, pages last, so that there is a site at any
    moment. What was there before may then be found at `new`. Raises NotOurs before anything is moved.
    """
    record(new, files_in(new))
    if not output.exists():
        new.rename(output)
    elif next(foreign(output), None) is None:
        exchange(new, output)
    else:
        check_free(output, lambda name: stands_in_the_way(name, new, output))
        merge_into(new, output)


def stands_in_the_way(name: str, new: Path, output: Path) -> bool:
    """Whether a file or a link has the name of one that is new and is not the same, or of a folder, or lies below a
    file."""
    above = any((new / parent).is_file() for parent in Path(name).parents[:-1])
    is_folder = (new / name).is_dir() and not name.endswith("/")
    return above or is_folder or ((new / name).is_file() and not is_same(new / name, output / name))


def is_same(new: Path, there: Path) -> bool:
    return there.is_file() and not there.is_symlink() and filecmp.cmp(new, there, shallow=False)


def exchange(new: Path, output: Path) -> None:
    """Lets two folders change places, where the system can in one step."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    paths = os.fsencode(new), os.fsencode(output)
    if renameat2 and renameat2(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0:
        return
    old = new.with_name("old")
    output.rename(old)
    new.rename(output)


def merge_into(new: Path, output: Path) -> None:
    """Each file in one step. Whatever is left when it is stopped is known to be ours the next time."""
    record(output, written(output), written(new))
    for pages in (False, True):
        for name in (name for name in written(new) if name.endswith(".html") == pages):
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).rename(output / name)
    for name in without(written(output), written(new)):
        remove(output, name)
    (new / RECORD).rename(output / RECORD)


def remove(folder: Path, name: str) -> None:
    """A file, and the folders that are empty without it."""
    (folder / name).unlink(missing_ok=True)
    for parent in list((folder / name).parents):
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()


def main(new: str, output: str) -> None:
    """python -m build.core.outputs NEW OUTPUT, for publish.sh: puts a folder in place, or says why not."""
    try:
        put(Path(new), Path(output).resolve())
    except (NotOurs, OSError) as error:
        sys.exit(f"publish.sh: {error}")


if __name__ == "__main__":
    main(*sys.argv[1:])
