"""Makes names of runs of words: words that may be a person's name go in, a Name comes out unless they are none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from ..text.language import Reading
from .given_names import is_family_name, is_given_name, plain
from .introductions import names_body
from .offices import is_title
from .runs import INITIAL, LONGEST, last_title
from .usage import is_thing

ACRONYM = re.compile(r"[A-Z]{3,5}")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name where it stands; `words` are its words without accents."""

    reading: Reading
    first: Token
    last: Token
    words: tuple[str, ...]
    title: str | None  # the word right before it, if that is a title

    @property
    def span(self) -> tuple[int, int]:
        start, end = self.reading.span(self.first, self.last)
        words = self.reading.paragraph.text[start:end]
        possessive = re.search(r"['’]s?$", words)
        return start, end - len(possessive.group()) if possessive else end

    @property
    def text(self) -> str:
        start, end = self.span
        return " ".join(self.reading.paragraph.text[start:end].split())


def is_full(name: Name) -> bool:
    """Jane Doe; not Doe"""
    return len(name.words) > 1


def tokens_of(name: Name) -> Sequence[Token]:
    return list(name.reading.doc[name.first.i : name.last.i + 1])


def make_name(reading: Reading, run: Sequence[Token]) -> Name | None:
    """A Name, unless signs of something else are in it or around it."""
    if holds_sign(run) or last_title(run) > 0 or names_other_thing(run) or stands_for_other_thing(reading, run):
        return None
    words = tuple(plain(token.text).strip(".'’") for token in run if token.text[0].isalpha() or token.text[0] == "-")
    return None if is_initial(run) else Name(reading, run[0], run[-1], words, title_before(run[0]))


def title_before(first: Token) -> str | None:
    """dr, of: Dr. Doe"""
    before = first.nbor(-1) if first.i else None
    return before.lower_.rstrip(".") if before is not None and is_title(before) else None


def holds_sign(run: Sequence[Token]) -> bool:
    """@janedoe, Roe & Sons, Channel 4; a line of ten words in capitals"""
    text = "".join(token.text_with_ws for token in run)
    return len(run) > LONGEST + 1 or bool(re.search(r"[@#/&\d\n:]|www", text))


def is_initial(run: Sequence[Token]) -> bool:
    """J. alone"""
    return len(run) == 1 and bool(INITIAL.fullmatch(run[0].text)) and len(plain(run[0].text).strip(".'’")) < 3


def names_other_thing(run: Sequence[Token]) -> bool:
    """Pool B, though John D. is a name · Dean of Upton"""
    lettered = len(run) > 1 and len(run[-1]) < 3 and bool(INITIAL.fullmatch(run[-1].text))
    return (lettered and not is_given_name(run[0].text)) or any(t.text == "of" for t in run) or holds_acronym(run)


def holds_acronym(run: Sequence[Token]) -> bool:
    """Prince Albert RCMP: a body's letters; not H.L. Doe, Jane LEE, or a headline in capitals."""
    mixed = len(run) == 1 or not all(word.is_upper for word in run)
    return mixed and any(ACRONYM.fullmatch(word.text) and not is_family_name(word.text) for word in run)


def stands_for_other_thing(reading: Reading, run: Sequence[Token]) -> bool:
    """A ship, a film, a street or a town that has the name of a person."""
    return names_body(run) or is_quoted(reading, run) or opens_thing(run) or follows_lord(run[0])


def opens_thing(run: Sequence[Token]) -> bool:
    """Martin Luther King, of Martin Luther King Library; not before Photo:"""
    after = [token.text for token in run[-1].doc[run[-1].i + 1 : run[-1].i + 3]]
    labels = len(after) > 1 and after[1] == ":"
    return len(run) > 1 and bool(after) and bool(run[-1].whitespace_) and is_thing(run[-1].nbor()) and not labels


def follows_lord(word: Token) -> bool:
    """King’s Lynn, a town"""
    return word.i > 1 and word.nbor(-1).tag_ == "POS" and is_title(word.nbor(-2)) and word.nbor(-2).text.istitle()


def is_quoted(reading: Reading, run: Sequence[Token]) -> bool:
    """A full name and nothing else in quotation marks is that of a film or a book."""
    quotation = reading.quotation_at(run[0]) if len(run) > 1 else None
    inside = quotation.inside(reading.paragraph.text) if quotation else ""
    return inside.strip(" .,") == "".join(token.text_with_ws for token in run).strip()
