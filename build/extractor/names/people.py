"""Joins names to people: name mentions go in, persons with all their names come out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein
from spacy.tokens import Token

from ...core.identifiers import slug
from ...core.lexicons import lexicon_set, lexicon_values
from ..speech.speakers import noun_phrase
from ..text.language import Reading
from .given_names import gender_of, is_common_given_name
from .names import Name, find_names, tokens_of
from .usage import is_title

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
        words = {name.title for name in self.names} | self.roles
        for gender in ("female", "male"):
            if words & lexicon_set(f"{gender}_words"):
                return gender
        return gender_of(self.fullest[0]) if len(self.fullest) > 1 else None


def find_people(readings: Sequence[Reading]) -> list[Person]:
    """The people of an article, in the order in which it names them."""
    names = find_names(readings)
    place = {id(name): position for position, name in enumerate(names)}
    people: list[Person] = []
    for name in sorted(names, key=lambda n: -len(n.words)):  # full names first; sort is stable
        if len(name.words) > 1:
            add_full(people, name)
    for name in names:
        if len(name.words) == 1:
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


def same_name(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: Nicolas Maduro, Nicolas Maduro Moros, N. Maduro."""
    if len(short) > len(long):
        short, long = long, short
    surname = short[0] in lexicon_set("name_particles") or not is_common_given_name(short[0])
    if short == long or (surname and long[-len(short) :] == short):  # Holm Andersen, van der Velde
        return True
    if not near(short[-1], long[-1]) and not (len(long) > 2 and short[-1] in long[1:]):
        return False
    return near(short[0], long[0]) or is_initial_of(short[0], long[0]) or is_initial_of(long[0], short[0])


def is_initial_of(initial: str, word: str) -> bool:
    return len(initial) == 1 and word.startswith(initial)


def near(one: str, other: str) -> bool:
    """The same word but for a letter, if it is long enough: Sergei, Sergey."""
    if one == other:
        return True
    return min(len(one), len(other)) >= SPELLED and one[0] == other[0] and Levenshtein.distance(one, other) <= NEAR


def add_single(people: list[Person], name: Name, place: dict[int, int]) -> None:
    """A family name goes to whoever the article has named most, of equals the last; a lady's title to a lady."""
    word, title = name.words[0], name.title
    bearers = [p for p in people if word in p.fullest[1:]] or [p for p in people if word in p.fullest]
    for gender in ("female", "male"):
        if title in lexicon_set(f"{gender}_words"):
            bearers = [p for p in bearers if p.gender in (gender, None)] or bearers
    if not bearers:
        people.append(Person([name]))
        return

    def prominence(person: Person) -> tuple[int, int]:
        before = [place[id(n)] for n in person.names if place[id(n)] < place[id(name)]]
        return len(before), max(before, default=-1)

    max(bearers, key=prominence).names.append(name)


def role_words(name: Name) -> Iterator[str]:
    """The role nouns by which the text calls somebody at this place: title or apposition."""
    yield from (word for token in described_by(name) if (word := token.lemma_.lower()) in lexicon_set("role_nouns"))
    if name.title:
        yield name.title
        yield lexicon_values("title_words").get(name.title, name.title)


def described_by(name: Name) -> Iterator[Token]:
    """The words before a name, and its apposition's heads."""
    for token in reversed(name.first.doc[max(0, name.first.i - LEFT_WORDS) : name.first.i]):
        if token.pos_ not in ("PROPN", "NOUN", "ADJ") and not is_title(token):
            break
        yield token
    tokens = set(tokens_of(name))
    for token in tokens:
        yield from (child for child in token.children if child.dep_ == "appos")
        if token.dep_ == "appos" and token.head not in tokens:
            yield token.head
        if token.dep_ == "nsubj" and token.head.lemma_ == "be":
            yield from (child for child in token.head.children if child.dep_ == "attr")


LEFT_WORDS = 6


def stated_role(name: Name) -> str | None:
    """The office as the article states it at this place: title before the name or apposition after it."""
    before: list[Token] = []
    for token in reversed(name.first.doc[max(0, name.first.i - LEFT_WORDS) : name.first.i]):
        if token.pos_ not in ("PROPN", "NOUN", "ADJ") and not is_title(token):
            break
        before.insert(0, token)
    if any(is_title(t) or t.lemma_.lower() in lexicon_set("role_nouns") for t in before):
        start, end = name.reading.span(before[0], before[-1])
        return name.reading.paragraph.text[start:end]
    for token in described_by(name):
        if token.lemma_.lower() in lexicon_set("role_nouns") and token.i > name.last.i:
            phrase = noun_phrase(token)
            start, end = name.reading.span(phrase.first, phrase.last)
            return name.reading.paragraph.text[start:end]
    return None
