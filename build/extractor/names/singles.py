"""Says which single words are names: what an article's full names tell goes in, the other names come out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.language import Reading
from .given_names import is_given_name, is_known_name, plain
from .introductions import follows_naming, is_label, is_presented, is_relative
from .names import Name, is_full, make_name
from .runs import LONGEST
from .usage import NAME_WORD, Usage, stands_single

CLOSED = ("ADP", "AUX", "CCONJ", "DET", "INTJ", "PART", "PRON", "SCONJ")


@dataclass(frozen=True, slots=True)
class Known:
    """Words by which an article calls people: surnames, whole names and parts of them, first names."""

    surnames: frozenset[str]
    whole: frozenset[tuple[str, ...]]
    given: frozenset[str]

    @classmethod
    def of(cls, names: Sequence[Name], usage: Usage) -> "Known":
        full = list(filter(is_full, names))
        return cls(
            surnames=frozenset(word for name in names for word in surnames(name, usage) if len(word) > 1),
            whole=frozenset(words for name in full for words in shorter_forms(name)),
            given=frozenset(name.words[0] for name in full if len(name.words[0]) > 2),
        )


def surnames(name: Name, usage: Usage) -> Sequence[str]:
    """All words but the first; a single word that is sure to be a name here, and so elsewhere."""
    return name.words if is_introduced(name, usage) else name.words[1:]


def is_introduced(name: Name, usage: Usage) -> bool:
    """President Doe · her father, John · John, 81"""
    told = name.title or is_relative(name.first) or is_presented(name.first)
    return bool(told) and not is_full(name) and name.first.text not in usage.bodies


def shorter_forms(name: Name) -> Iterator[tuple[str, ...]]:
    """Ingrid van der Velde, Ingrid van der, van der Velde"""
    yield from (name.words, name.words[:-1])
    for at in range(1, len(name.words) - 1):
        if name.words[at] in lexicon_set("name_particles"):
            yield name.words[at:]


def is_sure(name: Name, known: Known, usage: Usage) -> bool:
    """Doe, where Jane Doe is named · President Doe"""
    return name.words[0] in known.surnames or stands_alone(name, usage)


def stands_alone(name: Name, usage: Usage) -> bool:
    """A single word that is a name by what is before it, or a common name mostly taken for a person's."""
    word = name.first
    if word.text in usage.bodies or is_label(word):
        return False
    told = name.title or is_relative(word) or follows_naming(word) or is_presented(word)
    return bool(told) or is_mostly_person(word, usage)


def is_mostly_person(word: Token, usage: Usage) -> bool:
    """Roe, for the recognizer; not where Roe City is named as well"""
    named = is_known_name(word.text) and word.lower_ not in lexicon_set("not_surnames")
    return named and word.text not in usage.openers and usage.mostly_person(word.text)


def find_single(reading: Reading, taken: Collection[tuple[int, int]], known: Known, usage: Usage) -> Iterator[Name]:
    """The single words of a paragraph that are names, by what the full names tell."""
    for token in reading.doc:
        is_free = (id(reading), token.i) not in taken
        if is_free and (name := surname(reading, token, known) or first_name(reading, token, known, usage)):
            yield name


def surname(reading: Reading, token: Token, known: Known) -> Name | None:
    """A known person's family name, alone or in the full name, not as a part of another thing's name."""
    if plain(token.text) not in known.surnames or is_common_word(token) or precedes_thing(token):
        return None
    before = token.doc[max(0, token.i - LONGEST) : token.i]
    runs = ([*before[at:], token] for at in range(len(before)))
    longer = next((run for run in runs if tuple(plain(t.text) for t in run) in known.whole), [token])
    return make_name(reading, longer)


def is_common_word(token: Token) -> bool:
    """long and an, though Jane Long is known; Will, in: Will they leave?"""
    short = token.text.isupper() != token.text.istitle() and len(token) < 3
    return not NAME_WORD.fullmatch(token.text) or short or (token.pos_ in CLOSED and not token.ent_type_)


def precedes_thing(token: Token) -> bool:
    """Roe, of Roe City"""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return following is not None and following.lower_ in lexicon_set("not_surnames") and following.text[0].isupper()


def first_name(reading: Reading, token: Token, known: Known, usage: Usage) -> Name | None:
    """The first name of somebody whom the article names in full, with no other name beside it."""
    if plain(token.text) not in known.given or not stands_single(token) or token.text in usage.openers:
        return None
    return None if is_mostly_other(token, usage) else make_name(reading, [token])


def is_mostly_other(token: Token, usage: Usage) -> bool:
    """Santiago, for the recognizer, unless somebody so called says something; of Jane only a town's name is believed"""
    is_other = usage.mostly_place if is_given_name(token.text) else usage.mostly_other
    return token.text not in usage.speakers and is_other(token.text)
