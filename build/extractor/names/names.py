"""Finds people's names in parsed paragraphs: readings go in, name mentions come out, titles left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.language import Reading
from .given_names import is_family_name, is_given_name, plain
from .introductions import follows_naming, is_label, is_presented, is_relative, names_body
from .runs import INITIAL, LONGEST, last_title, person_run
from .usage import NAME_WORD, Usage, is_thing, is_title, stands_single

ACRONYM = re.compile(r"[A-Z]{3,5}")
CLOSED = ("ADP", "AUX", "CCONJ", "DET", "INTJ", "PART", "PRON", "SCONJ")


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


def find_names(readings: Sequence[Reading]) -> list[Name]:
    """All names of people, in order: the full ones first decide which single words are names."""
    usage = Usage.of(readings)
    full = [name for reading in readings for name in find_runs(reading, usage)]
    known = {word for name in full for word in (name.words[1:] or introduced(name, usage)) if len(word) > 1}
    whole = {words for name in full if len(name.words) > 1 for words in (name.words, name.words[:-1], *surnames(name))}
    given = {name.words[0] for name in full if len(name.words) > 1 and len(name.words[0]) > 2}
    sure = [name for name in full if len(name.words) > 1 or name.words[0] in known or stands_alone(name, usage)]
    taken = {(id(name.reading), token.i) for name in sure for token in tokens_of(name)}
    single = [
        name
        for reading in readings
        for token in reading.doc
        if (id(reading), token.i) not in taken
        if (name := single_name(reading, token, known, whole) or first_name(reading, token, given, usage))
    ]
    order = {id(reading): position for position, reading in enumerate(readings)}
    return sorted([*sure, *single], key=lambda name: (order[id(name.reading)], name.first.i))


def introduced(name: Name, usage: Usage) -> tuple[str, ...]:
    """A single word that is sure to be a name here, and so elsewhere: President Doe; her father, John; John, 81."""
    sure = name.title or is_relative(name.first) or is_presented(name.first)
    return name.words if sure and name.first.text not in usage.bodies else ()


def surnames(name: Name) -> Iterator[tuple[str, ...]]:
    """van der Velde, of Ingrid van der Velde"""
    for at in range(1, len(name.words) - 1):
        if name.words[at] in lexicon_set("name_particles"):
            yield name.words[at:]


def tokens_of(name: Name) -> Sequence[Token]:
    return list(name.reading.doc[name.first.i : name.last.i + 1])


def find_runs(reading: Reading, usage: Usage) -> Iterator[Name]:
    done = -1
    for token in reading.doc:
        run = person_run(token, reading, usage) if token.i > done else []
        if run and (name := make_name(reading, run)):
            done = run[-1].i
            yield name


def opens_thing(run: Sequence[Token]) -> bool:
    """Martin Luther King, of Martin Luther King Library; not before Photo:"""
    after = [token.text for token in run[-1].doc[run[-1].i + 1 : run[-1].i + 3]]
    labels = len(after) > 1 and after[1] == ":"
    return len(run) > 1 and bool(after) and bool(run[-1].whitespace_) and is_thing(run[-1].nbor()) and not labels


def make_name(reading: Reading, run: list[Token]) -> Name | None:
    """A Name, unless signs of something else are in it."""
    text = "".join(token.text_with_ws for token in run)
    if len(run) > LONGEST + 1 or re.search(r"[@#/&\d\n:]|www", text) or last_title(run) > 0 or names_other_thing(run):
        return None
    before = run[0].nbor(-1) if run[0].i else None
    title = before.lower_.rstrip(".") if before is not None and is_title(before) else None
    if is_quoted(reading, run) or names_body(run) or opens_thing(run):
        return None
    words = tuple(plain(token.text).strip(".'’") for token in run if token.text[0].isalpha() or token.text[0] == "-")
    if follows_lord(run[0]) or not words or (len(words) == 1 and INITIAL.fullmatch(run[0].text) and len(words[0]) < 3):
        return None
    return Name(reading, run[0], run[-1], words, title)


def names_other_thing(run: Sequence[Token]) -> bool:
    """Pool B, though John D. is a name · Dean of Upton"""
    lettered = len(run) > 1 and len(run[-1]) < 3 and bool(INITIAL.fullmatch(run[-1].text))
    return (lettered and not is_given_name(run[0].text)) or any(t.text == "of" for t in run) or holds_acronym(run)


def holds_acronym(run: Sequence[Token]) -> bool:
    """Prince Albert RCMP: a body's letters; not H.L. Doe, Jane LEE, or a headline in capitals."""
    mixed = len(run) == 1 or not all(word.is_upper for word in run)
    return mixed and any(ACRONYM.fullmatch(word.text) and not is_family_name(word.text) for word in run)


def follows_lord(word: Token) -> bool:
    """King’s Lynn, a town"""
    return word.i > 1 and word.nbor(-1).tag_ == "POS" and is_title(word.nbor(-2)) and word.nbor(-2).text.istitle()


def is_quoted(reading: Reading, run: list[Token]) -> bool:
    """A full name and nothing else in quotation marks is that of a film or a book."""
    quotation = reading.quotation_at(run[0]) if len(run) > 1 else None
    inside = quotation.inside(reading.paragraph.text) if quotation else ""
    return inside.strip(" .,") == "".join(token.text_with_ws for token in run).strip()


def single_name(reading: Reading, token: Token, known: set[str], whole: set[tuple[str, ...]]) -> Name | None:
    """A known person's family name, alone or in the full name, not as a part of another thing's name."""
    if (
        plain(token.text) not in known
        or not NAME_WORD.fullmatch(token.text)
        or (token.text.isupper() != token.text.istitle() and len(token) < 3)
    ):
        return None
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if following is not None and following.lower_ in lexicon_set("not_surnames") and following.text[0].isupper():
        return None
    if token.pos_ in CLOSED and not token.ent_type_:
        return None
    before = token.doc[max(0, token.i - LONGEST) : token.i]
    runs = ([*before[at:], token] for at in range(len(before)))
    longer = next((run for run in runs if tuple(plain(t.text) for t in run) in whole), [token])
    return make_name(reading, longer)


def first_name(reading: Reading, token: Token, given: set[str], usage: Usage) -> Name | None:
    """The first name of somebody whom the article names in full, with no other name beside it."""
    if plain(token.text) not in given or not stands_single(token) or token.text in usage.openers:
        return None
    is_other = usage.mostly_place if is_given_name(token.text) else usage.mostly_other
    other = is_other(token.text) and token.text not in usage.speakers
    return None if other else make_name(reading, [token])


def stands_alone(name: Name, usage: Usage) -> bool:
    """A single word that is a name by what is before it, or a common name mostly taken for a person's."""
    word = name.first
    if word.text in usage.bodies or is_label(word):
        return False
    if name.title or is_relative(word) or follows_naming(word) or is_presented(word):
        return True
    if not (is_family_name(word.text) or is_given_name(word.text)) or word.lower_ in lexicon_set("not_surnames"):
        return False
    return word.text not in usage.openers and usage.mostly_person(word.text)
