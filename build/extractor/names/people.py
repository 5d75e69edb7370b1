"""Joins names to people: name mentions go in, persons with all their names come out."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from rapidfuzz.distance import Levenshtein
from spacy.tokens import Token

from ...core.identifiers import slug
from ...core.lexicons import lexicon_set, lexicon_values
from ..speech.speakers import noun_phrase
from ..text.language import Reading
from .given_names import gender_of, is_common_given_name
from .mentions import find_names
from .names import Name, is_full, tokens_of
from .offices import is_office, is_role, is_title

GENDERS = ("female", "male")
DESCRIPTIVE = ("PROPN", "NOUN", "ADJ")
LEFT_WORDS = 6
NEAR = 1  # letters by which two spellings of one name may differ
SPELLED = 5  # letters that a name must have for that


@dataclass
class Person:
    """Somebody whom an article names."""

    names: list[Name] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The longest form, the most frequent of those, without a possessive."""
        forms = Counter(name.text for name in self.names)
        return max(forms, key=lambda form: (len(form.split()), forms[form], form))

    @property
    def id(self) -> str:
        return slug(self.name) or "unnamed"

    @property
    def fullest(self) -> tuple[str, ...]:
        return max((name.words for name in self.names), key=len)

    @property
    def gender(self) -> str | None:
        """female or male by titles and roles, else by the first name."""
        told = gender_by({name.title for name in self.names} | self.roles)
        return told or (gender_of(self.fullest[0]) if len(self.fullest) > 1 else None)


def gender_by(words: Collection[str | None]) -> str | None:
    """female or male, if a title or a role says so: Mrs, policewoman."""
    return next((gender for gender in GENDERS if not lexicon_set(f"{gender}_words").isdisjoint(words)), None)


def find_people(readings: Sequence[Reading]) -> list[Person]:
    """The people of an article, in the order in which it names them."""
    names = find_names(readings)
    place = {id(name): position for position, name in enumerate(names)}
    people: list[Person] = []
    for name in sorted(names, key=lambda n: -len(n.words)):  # full names first; sort is stable
        if is_full(name):
            add_full(people, name)
    for name in names:
        if not is_full(name):
            add_single(people, name, place)
    for person in people:
        person.names.sort(key=lambda name: place[id(name)])
        person.roles.update(role for name in person.names for role in role_words(name))
    return sorted(people, key=lambda person: place[id(person.names[0])])


def add_full(people: list[Person], name: Name) -> None:
    for person in people:
        if any(same_name(name.words, other.words) for other in person.names):
            person.names.append(name)
            return
    people.append(Person([name]))


def same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: Jane Doe, J. Doe, Jayne Doe, Jane Doe Mensah."""
    short, long = sorted((one, other), key=len)
    return is_surname_of(short, long) or (shares_surname(short, long) and shares_first_name(short, long))


def is_surname_of(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Holm Andersen, of Margrethe Holm Andersen; van der Velde; not Jean Roe, of Billie Jean Roe"""
    surname = words[0] in lexicon_set("name_particles") or not is_common_given_name(words[0])
    return surname and name[-len(words) :] == words


def shares_surname(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Nadia Holm, Nadia Holm Andersen"""
    return near(short[-1], long[-1]) or short[-1] in long[1:]


def shares_first_name(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Jane Doe, J. Doe"""
    return near(short[0], long[0]) or is_initial_of(short[0], long[0]) or is_initial_of(long[0], short[0])


def is_initial_of(initial: str, word: str) -> bool:
    """J, of Jane"""
    return len(initial) == 1 and word.startswith(initial)


def near(one: str, other: str) -> bool:
    """The same word but for a letter, if it is long enough: Sergei, Sergey."""
    if one == other:
        return True
    return min(len(one), len(other)) >= SPELLED and one[0] == other[0] and Levenshtein.distance(one, other) <= NEAR


def add_single(people: list[Person], name: Name, place: dict[int, int]) -> None:
    """A single name goes to whoever bears it and the article has named most, of equals the last."""

    def prominence(person: Person) -> tuple[int, int]:
        before = [place[id(n)] for n in person.names if place[id(n)] < place[id(name)]]
        return len(before), max(before, default=-1)

    if bearers := bearers_of(name, people):
        max(bearers, key=prominence).names.append(name)
    else:
        people.append(Person([name]))


def bearers_of(name: Name, people: Sequence[Person]) -> Sequence[Person]:
    """Who can be meant by a family name, or else by a first name; a lady's title means a lady."""
    word, gender = name.words[0], gender_by([name.title])
    bearers = [p for p in people if word in p.fullest[1:]] or [p for p in people if word in p.fullest]
    fitting = [p for p in bearers if gender is None or p.gender in (gender, None)]
    return fitting or bearers


def role_words(name: Name) -> Iterator[str]:
    """The role nouns by which the text calls somebody at this place: title or apposition."""
    yield from (noun.lemma_.lower() for noun in described_by(name) if is_role(noun))
    if name.title:
        yield name.title
        yield lexicon_values("title_words").get(name.title, name.title)


def described_by(name: Name) -> Iterator[Token]:
    """The words before a name, and its apposition's heads."""
    yield from words_before(name)
    for token in tokens_of(name):
        yield from set_beside(token)


def words_before(name: Name) -> Iterator[Token]:
    """minister and harbour, of: the harbour minister Jane Doe"""
    return takewhile(is_descriptive, reversed(name.first.doc[max(0, name.first.i - LEFT_WORDS) : name.first.i]))


def is_descriptive(word: Token) -> bool:
    """harbour and minister, of: the harbour minister Jane Doe"""
    return word.pos_ in DESCRIPTIVE or is_title(word)


def set_beside(word: Token) -> Iterator[Token]:
    """nurse: Jane Doe, a nurse, left; the nurse, Jane Doe, left; Jane Doe was a nurse"""
    yield from (child for child in word.children if child.dep_ == "appos")
    if word.dep_ == "appos":
        yield word.head
    if word.dep_ == "nsubj" and word.head.lemma_ == "be":
        yield from (child for child in word.head.children if child.dep_ == "attr")


def stated_role(name: Name) -> str | None:
    """The office as the article states it at this place: title before the name or apposition after it."""
    before = list(words_before(name))
    if any(map(is_office, before)):
        return text_between(name.reading, before[-1], before[0])
    for noun in described_by(name):
        if noun.i > name.last.i and is_role(noun):
            phrase = noun_phrase(noun)
            return text_between(name.reading, phrase.first, phrase.last)
    return None


def text_between(reading: Reading, first: Token, last: Token) -> str:
    start, end = reading.span(first, last)
    return reading.paragraph.text[start:end]
