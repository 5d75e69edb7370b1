"""Finds the organizations that speak in an article, under all their names: speakers go in, organizations come out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from ...core.identifiers import slug
from ...core.lexicons import lexicon_set
from ..speech.carriers import is_medium
from ..speech.speakers import RELATIVES, Speaker, antecedent
from ..text.language import Reading
from .given_names import is_known_name
from .offices import is_office

BODIES = ("ORG", "GPE")  # a state speaks by its government
ACRONYM = re.compile(r"[A-Z][A-Z.]*[A-Z]\.?")
BRACKETS = re.compile(r"\s*\((?P<acronym>[A-Z][A-Za-z.]*[A-Z])\)")
INITIAL = re.compile(r"[A-Z]\.")


@dataclass
class Organization:
    """A body that speaks. `forms` are its names as they stand in the text, without an article."""

    name: str
    forms: set[str] = field(default_factory=set)
    is_state: bool = False
    spans: dict[tuple[int, int, int], Reading] = field(default_factory=dict)  # by reading, start and end

    @property
    def id(self) -> str:
        return slug(self.name) or "unnamed"

    def mention(self, reading: Reading, start: int, end: int) -> None:
        self.spans[id(reading), start, end] = reading


class Organizations:
    """The organizations of an article that speak, each once."""

    def __init__(self) -> None:
        self.found: list[Organization] = []

    def resolve(self, speaker: Speaker, reading: Reading) -> Organization | None:
        """The organization that a speaker's phrase names; None where it is no sure name of one."""
        if speaker.head.lower_ in RELATIVES:
            meant = antecedent(speaker.head)
            return self.resolve(meant, reading) if meant else None
        named = name_of(speaker.head)
        if named is None:
            return None
        start, end = reading.span_of(named)
        text = reading.paragraph.text[start:end]
        is_state = named.label_ == "GPE"
        organization = self.known(text, is_state) or self.add(text, is_state)
        if spelled := BRACKETS.match(reading.paragraph.text, end):
            organization.forms.add(spelled["acronym"])
        organization.mention(reading, start, end)
        return organization

    def known(self, text: str, is_state: bool) -> Organization | None:
        """The one organization that bears a name or a part of it: Amnesty (International), (UN) Security Council."""
        bearers = [o for o in self.found if text in o.forms]
        shortened = [o for o in self.found if not is_state and is_short_for(text, o.name)]
        fitting = bearers or shortened
        if len(fitting) != 1:
            return None
        fitting[0].forms.add(text)
        return fitting[0]

    def add(self, name: str, is_state: bool) -> Organization:
        self.found.append(Organization(" ".join(name.split()), {name}, is_state))
        return self.found[-1]


def is_short_for(short: str, name: str) -> bool:
    """The first word of a name, or several last ones."""
    return name.split()[0] == short != name or (" " in short and name.endswith(f" {short}"))


def name_of(head: Token) -> Span | None:
    """The name of a body that a phrase's head bears; None if it could be a person's."""
    entity = entity_at(head)
    if entity is None or entity.label_ not in BODIES or is_somebody(head):
        return None
    words = words_of(entity)
    if not heads(head, words) or not all(map(is_name_word, words)):
        return None
    return head.doc[words[0].i : words[-1].i + 1] if is_long_name(words) or is_single_name(entity, head) else None


def entity_at(token: Token) -> Span | None:
    return next((entity for entity in token.sent.ents if entity.start <= token.i < entity.end), None)


def words_of(entity: Span) -> list[Token]:
    """World and Bank, of: the World Bank’s"""
    return [token for token in entity if token.lower_ != "the" and token.tag_ != "POS"]


def heads(head: Token, words: Sequence[Token]) -> bool:
    """Bank, of the World Bank; Ministry, of the Ministry of Health"""
    return head in words and (head == words[-1] or head.nbor().pos_ == "ADP")


def is_long_name(words: Sequence[Token]) -> bool:
    """World Bank; not Treasury Secretary Roe or J. Roe"""
    return len(words) > 1 and not any(is_office(word) or INITIAL.fullmatch(word.text) for word in words)


def is_name_word(token: Token) -> bool:
    """A capital, or a small word within a name: the Ministry of Health."""
    return token.text[0].isupper() or token.lower_ in lexicon_set("small_words") or not token.is_alpha


def is_somebody(head: Token) -> bool:
    """Jane Roe, the minister, who …: a person, whatever the entity recognizer says; or several speakers."""
    described = any(child.dep_ == "appos" and is_office(child) for child in head.children)
    human = any(token.lower_ == "who" for child in head.children if child.dep_ == "relcl" for token in child.lefts)
    return described or human or any(child.dep_ == "conj" for child in head.children)


def is_single_name(entity: Span, word: Token) -> bool:
    """A state, an acronym, a medium; the Pentagon; or a word that no person bears, and that is an `it`."""
    if entity.label_ == "GPE" or ACRONYM.fullmatch(word.text) or is_medium(word):
        return True
    if is_known_name(word.text):
        return False
    after = word.doc[word.i + 1 : word.sent.end]
    article = any(token.lower_ == "the" for token in word.lefts)
    return article or any(token.lower_ in ("it", "its", "which") for token in after)


def mention_all(organizations: Iterable[Organization], readings: Sequence[Reading]) -> None:
    """Adds every place that names them; a state is also a place, so only where it speaks."""
    bodies = [organization for organization in organizations if not organization.is_state]
    owner = {form: body for body in bodies for form in body.forms}
    if not owner:
        return
    longest_first = sorted(owner, key=len, reverse=True)
    names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for reading in readings:
        for match in names.finditer(reading.paragraph.text):
            owner[match.group()].mention(reading, *match.span())
