"""What a first or a family name tells: the US census's lists, from the package `names`."""

from functools import cache
from pathlib import Path

from names import FILES
from text_unidecode import unidecode

COMMON = 0.01  # percent: one in ten thousand
COMMON_FAMILY = 0.004  # percent: one in twenty-five thousand


@cache
def frequencies(name: str) -> dict[str, float]:
    """The names of one list, in lower case, with their percentages."""
    lines = Path(FILES[name]).read_text(encoding="ascii").splitlines()
    return {words[0].lower(): float(words[1]) for line in lines if len(words := line.split()) > 1}


@cache
def plain(word: str) -> str:
    """Lower case, without accents."""
    ascii_word: str = unidecode(word)
    return ascii_word.lower()


def is_known_name(word: str) -> bool:
    """Jane, Roe"""
    return is_given_name(word) or is_family_name(word)


def is_given_name(word: str) -> bool:
    """Jane, Zoë"""
    return plain(word) in frequencies("first:male") or plain(word) in frequencies("first:female")


def is_common_given_name(word: str) -> bool:
    """Jane; not Season, though some are called so"""
    lists = (frequencies("first:male"), frequencies("first:female"))
    return any(names.get(plain(word), 0.0) >= COMMON for names in lists)


def is_family_name(word: str) -> bool:
    """Roe, Núñez"""
    return plain(word) in frequencies("last")


def is_common_family_name(word: str) -> bool:
    """King and Judge; not Minister"""
    return frequencies("last").get(plain(word), 0.0) >= COMMON_FAMILY


def gender_of(word: str) -> str | None:
    """female or male, if a first name is clearly one of them."""
    female = frequencies("first:female").get(plain(word), 0.0)
    male = frequencies("first:male").get(plain(word), 0.0)
    if female > 3 * male:
        return "female"
    return "male" if male > 3 * female else None
