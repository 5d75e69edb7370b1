"""Reads seeds/: the articles to the letter, and nothing that is not an article."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..core.problems import Problem, Problems, Where, reading

SUFFIXES = (".txt", ".md")
NOT_SEEDS = ("readme.md",)
REGISTRIES = ("people", "organizations", "places", "sources", "events", "propositions")
EDITION, SITE = "edition", "site"
MAX_BYTES = 5_000_000  # the longest article ever printed has a tenth of that

# A byte order mark, a zero-width space or joiner and a soft hyphen print nothing, as blanks do.
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad"


class SeedError(Problem):
    """A seed that is not a readable article."""


@dataclass(frozen=True, slots=True)
class Seed:
    """An article as it lies in the folder; `text` is the file's bytes decoded, nothing changed."""

    path: Path
    text: str
    sha256: str

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_markdown(self) -> bool:
        return self.path.suffix.lower() == ".md"


def is_blank(character: str) -> bool:
    return character.isspace() or character in INVISIBLE


def line_of(text: str, position: int) -> int:
    """The line, from 1, in which a position lies."""
    return text.count("\n", 0, position) + 1


def read_seed(path: Path) -> Seed:
    """Raises a Problem if the file cannot be read, is too large, not UTF-8, has a NUL, no text or a registry's name."""
    if not is_utf8(path.name):
        raise SeedError(Where(path), "its name is not UTF-8; rename the file")
    if path.stem in (*REGISTRIES, EDITION, SITE):
        raise SeedError(Where(path), f"{path.stem}.yml is no sidecar; rename the article")
    with reading(path):
        if (size := path.stat().st_size) > MAX_BYTES:
            sentence = f"{size / 1e6:.0f} MB are no article (the limit is {MAX_BYTES / 1e6:.0f} MB); split the file"
            raise SeedError(Where(path), sentence)
        content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise SeedError(Where(path, line), f"byte 0x{byte:02x} is not UTF-8; save the file as UTF-8") from None
    if "\0" in text:
        raise SeedError(Where(path, line_of(text, text.index("\0"))), "a NUL byte; remove it")
    if all(map(is_blank, text)):
        raise SeedError(Where(path), "the file has no text; fill it or remove it")
    return Seed(path, text, sha256(content).hexdigest())


def find_seeds(folder: Path) -> list[Path]:
    paths = sorted(folder.glob("[!.]*"))
    return [path for path in paths if path.suffix.lower() in SUFFIXES and path.name.lower() not in NOT_SEEDS]


def is_utf8(name: str) -> bool:
    """Whether a file's name is text; of others, Python keeps the bytes as surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def passed_over(folder: Path) -> Iterator[str]:
    """A sentence for each thing in the folder that somebody may take for an article and that is not read."""
    for path in sorted(set(folder.glob("*")) - {*find_seeds(folder), *folder.glob("[!.]*.[yY]*[mM][lL]")}):
        if path.is_dir():
            yield f"{Where(path)}: passed over; articles lie in the folder itself"
        elif not path.name.startswith(".") and path.name.lower() not in NOT_SEEDS:
            yield f"{Where(path)}: passed over; articles end in .txt or .md"
        elif path.name.startswith(".") and path.suffix.lower() in SUFFIXES:
            yield f"{Where(path)}: passed over; its name begins with a dot"


def read_seeds(folder: Path, problems: Problems, without: Collection[str] = ()) -> list[Seed]:
    """All seeds of a folder but those of some stems; what is wrong with them goes to `problems`."""
    paths = [path for path in find_seeds(folder) if path.stem not in without]
    seeds = []
    for path in paths:
        with problems.collect():
            seeds.append(read_seed(path))
    if not paths:
        problems.add(SeedError(Where(folder), "no articles here; put *.txt or *.md files into it"))
    check_distinct(seeds, problems)
    return seeds


def check_distinct(seeds: list[Seed], problems: Problems) -> None:
    """No text twice, and no sidecar that two seeds would share."""
    texts: dict[str, Path] = {}
    stems: dict[str, Path] = {}
    for seed in seeds:
        words = " ".join(seed.text.split())
        with problems.collect():
            if (twin := texts.setdefault(words, seed.path)) != seed.path:
                raise SeedError(Where(seed.path), f"the same text as {twin}; remove one of them")
            if (twin := stems.setdefault(seed.path.stem, seed.path)) != seed.path:
                raise SeedError(Where(seed.path), f"would share its sidecar with {twin}; rename one of them")
