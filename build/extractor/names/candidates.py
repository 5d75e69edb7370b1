"""Finds what may name an organization or a place: a parsed paragraph goes in, spans of capitalized words come out."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.language import Reading
from .given_names import is_known_name
from .offices import is_role, is_title

LABELS = {"ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place"}
OTHERS = ("PERSON", "PRODUCT", "WORK_OF_ART", "NORP", "EVENT", "LAW")  # the recognizer's, where a word says otherwise
LINKS = ("of", "for", "and", "&", "the", "in", "de", "del", "on")
OPENING = ("of", "for", "on")
LONGEST = 9  # words
EDGES = re.compile(r"[\W_]*|the|a|an|its|his|their", re.IGNORECASE)
NO_NAMES = ("weekdays", "holidays", "function_words", "vague_times")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be a name, and what the recognizer takes them for."""

    reading: Reading
    words: tuple[Token, ...]
    label: str | None

    @property
    def span(self) -> tuple[int, int]:
        """Where the article has it."""
        start, end = self.reading.span(self.words[0], self.words[-1])
        shift = self.reading.paragraph.start
        return shift + start, shift + end

    @property
    def text(self) -> str:
        start, end = self.reading.span(self.words[0], self.words[-1])
        return " ".join(self.reading.paragraph.text[start:end].split())

    @property
    def key(self) -> str:
        return key_of(self.text)


def key_of(name: str) -> str:
    """U.N. and UN are one form; so are LAGOS and Lagos."""
    plain = re.sub(r"(?<=\w)\.|['’]s?$", "", name).casefold().replace("&amp;", "&")
    return re.sub(r"^the ", "", plain)


def find_candidates(reading: Reading, people: Collection[int]) -> Iterator[Candidate]:
    """The names in a paragraph; `people` are the places of the words that name people."""
    taken: set[int] = set()
    for words, label in [*runs_of(reading), *entities_of(reading)]:
        kept = trim([word for word in words if word.i not in taken], people)
        if kept and may_be_name(kept):
            taken.update(word.i for word in words)
            yield Candidate(reading, tuple(kept), label)


def entities_of(reading: Reading) -> Iterator[tuple[Sequence[Token], str | None]]:
    for entity in reading.doc.ents:
        if entity.label_ in LABELS:
            yield list(entity), LABELS[entity.label_]


def runs_of(reading: Reading) -> Iterator[tuple[Sequence[Token], str | None]]:
    """The capitalized words around one that a body or a place ends with: the Ministry of Health, Upton Bay."""
    done = -1
    for word in reading.doc:
        if word.i > done and is_head(word):
            run = run_around(word, done)
            if len(run) > 1:
                done = run[-1].i
                yield run, label_of(run)


def label_of(run: Sequence[Token]) -> str | None:
    """What the recognizer takes most of its words for."""
    labels = [LABELS[word.ent_type_] for word in run if word.ent_type_ in LABELS]
    return max(sorted(set(labels)), key=labels.count) if labels else None


def is_head(word: Token) -> bool:
    """Ministry, Ltd., Airport"""
    plain = word.lower_.rstrip(".")
    heads = (lexicon_set("body_words"), lexicon_set("site_words"), lexicon_set("body_suffixes"))
    return word.text[0].isupper() and any(plain in among for among in heads)


def run_around(head: Token, done: int) -> list[Token]:
    """The capitalized words before it and, behind `of`, after it."""
    doc = head.doc
    before = list(reversed(list(takewhile(lambda word: joins(word, done), reversed(list(doc[done + 1 : head.i]))))))
    while before and not before[0].text[0].isupper():
        before = before[1:]
    run = [*before, head]
    while run[-1].i + 1 < len(doc) and len(run) < LONGEST and is_head(doc[run[-1].i + 1]):
        run.append(doc[run[-1].i + 1])
    return [*run, *complement(run[-1], LONGEST - len(run))]


def joins(word: Token, done: int) -> bool:
    """A word that may stand inside a name; not one that opens a sentence only by its capital."""
    if word.is_space or word.i <= done:
        return False
    opens = word.is_sent_start and word.lower_ in lexicon_set("function_words")
    return word.text == "&" or (word.text[0].isupper() and not opens and not is_title(word))


def complement(head: Token, most: int) -> list[Token]:
    """of Health and Labour, behind Ministry"""
    following = list(head.doc[head.i + 1 : head.i + 1 + most])
    if not following or following[0].lower_ not in OPENING or is_suffix(head):
        return []
    run = list(takewhile(lambda word: word.text[0].isupper() or word.lower_ in LINKS, following))
    while run and not run[-1].text[0].isupper():
        run.pop()
    return run


def is_suffix(word: Token) -> bool:
    """Ltd."""
    return word.lower_.rstrip(".") in lexicon_set("body_suffixes")


def trim(words: Sequence[Token], people: Collection[int]) -> list[Token]:
    """Without articles, possessives and offices at its ends; up to a person's name, if it does not end a thing's."""
    kept = without_edges(without_people(words, people))
    return kept if kept and is_unbroken(kept) else []


def without_people(words: Sequence[Token], people: Collection[int]) -> list[Token]:
    """Jane Roe Airport keeps its person: a thing's word ends it."""
    if words and is_head(words[-1]):
        return list(words)
    return [word for word in words if word.i not in people]


def without_edges(words: Sequence[Token]) -> list[Token]:
    """Upton Bay, of: the Upton Bay’s"""
    kept = list(words)
    while kept and (EDGES.fullmatch(kept[0].text) or kept[0].tag_ == "POS"):
        kept = kept[1:]
    while kept and is_loose(kept[-1]):
        kept.pop()
    return kept


def is_unbroken(words: Sequence[Token]) -> bool:
    """No word between them was left out."""
    return words[-1].i - words[0].i + 1 == len(words)


def is_loose(last: Token) -> bool:
    """’s, a comma, or Secretary, of: the Treasury Secretary"""
    dotted = re.fullmatch(r"(?:\w+\.)+", last.text)
    if last.tag_ == "POS" or (re.fullmatch(r"[\W_]*", last.text) and not dotted):
        return True
    return (is_title(last) or is_role(last)) and not is_head(last) and not is_known_name(last.text)


def may_be_name(words: Sequence[Token]) -> bool:
    """Capitals at both ends, and no day, number or small word alone."""
    first, last = words[0], words[-1]
    if not first.text[0].isupper() or not last.text[0].isalnum() or last.is_lower:
        return False
    text = "".join(word.text_with_ws for word in words)
    alone = len(words) == 1 and any(first.lower_ in lexicon_set(name) for name in NO_NAMES)
    return not alone and "\n" not in text and not re.search(r"[@#/]|www|^[A-Za-z]+-\d+$", text)
