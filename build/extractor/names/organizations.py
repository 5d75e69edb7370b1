"""Says which organizations speak: speakers and the organizations that are named go in, those that speak are added."""

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Span, Token

from ...core.lexicons import lexicon_set
from ..speech.carriers import is_medium
from ..speech.speakers import RELATIVES, Speaker, antecedent
from ..text.language import Reading
from .bearers import Bearer, is_short_for
from .candidates import key_of
from .given_names import is_known_name
from .kinds import is_thing_later
from .offices import is_office

BODIES = ("ORG", "GPE")  # a state speaks by its government
ACRONYM = re.compile(r"[A-Z][A-Z.]*[A-Z]\.?")
INITIAL = re.compile(r"[A-Z]\.")


class Organizations:
    """The organizations of an article, each once: those that it names, and who else speaks."""

    def __init__(self, found: Sequence[Bearer], places: Sequence[Bearer]) -> None:
        self.found = list(found)
        self.places = places

    def resolve(self, speaker: Speaker, reading: Reading) -> Bearer | None:
        """The organization that a speaker's phrase names; None where it is no sure name of one."""
        if speaker.head.lower_ in RELATIVES:
            meant = antecedent(speaker.head)
            return self.resolve(meant, reading) if meant else None
        start, end = place_of(reading, reading.span(speaker.head, speaker.head))
        sure = not is_somebody(speaker.head) and not goes_on(speaker.head)
        if sure and (organization := self.at(start, end)):
            return organization
        named = name_of(speaker.head)
        return self.named(named, reading) if named is not None else None

    def at(self, start: int, end: int) -> Bearer | None:
        """The one of whose name the words at a place are the last."""
        return next((o for o in self.found for a, b in o.spans if a <= start and end == b), None)

    def named(self, named: Span, reading: Reading) -> Bearer:
        """The organization of a name by which one speaks; a state speaks, and so is one where it does."""
        start, end = place_of(reading, reading.span_of(named))
        first = start - reading.paragraph.start
        text = " ".join(reading.paragraph.text[first : first + end - start].split())
        organization = self.known(text) or self.add(text, named.label_ == "GPE")
        organization.mention(start, end, text)
        return organization

    def known(self, text: str) -> Bearer | None:
        """The one organization that bears a name or a part of it: Amnesty (International), (UN) Security Council."""
        bearers = [o for o in self.found if key_of(text) in map(key_of, o.forms)]
        shortened = [o for o in self.found if not o.is_state and is_short_for(text, o.name)]
        fitting = bearers or shortened
        return fitting[0] if len(fitting) == 1 else None

    def add(self, name: str, is_state: bool) -> Bearer:
        """A new one; a place that speaks has its fullest name."""
        full = next((p.name for p in self.places if key_of(name) in map(key_of, p.forms)), None)
        self.found.append(Bearer(full or name, {name}, is_state=bool(full) or is_state))
        return self.found[-1]


def place_of(reading: Reading, span: tuple[int, int]) -> tuple[int, int]:
    """A span of a paragraph as one of the article."""
    return reading.paragraph.start + span[0], reading.paragraph.start + span[1]


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


def goes_on(word: Token) -> bool:
    """Hospital, of the Hospital May: it only begins a longer name."""
    following = word.nbor() if word.i + 1 < len(word.doc) else None
    return following is not None and following.text[0].isupper()


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
    return is_thing_later(word)


def mention_all(organizations: Organizations, readings: Sequence[Reading]) -> None:
    """Adds every place that names them; a state is also a place, so only where it speaks."""
    owner = owners_of(organizations.found)
    if not owner:
        return
    taken = taken_by((*organizations.found, *organizations.places))
    names = any_of(owner)
    for reading in readings:
        for match in names.finditer(reading.paragraph.text):
            start, end = place_of(reading, match.span())
            if taken.isdisjoint(range(start, end)):
                owner[match.group()].mention(start, end, match.group())


def owners_of(found: Iterable[Bearer]) -> dict[str, Bearer]:
    """Of every form that stands in the text, the body that bears it; without those of states."""
    return {form: body for body in found if not body.is_state for form in body.forms}


def taken_by(bearers: Iterable[Bearer]) -> set[int]:
    """The characters of the article that already name one of them."""
    return {at for bearer in bearers for span in bearer.spans for at in range(*span)}


def any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Finds whole names, the longest first: Port Authority before Port."""
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def leave_to_states(places: Sequence[Bearer], organizations: Iterable[Bearer]) -> list[Bearer]:
    """The places without the spots where one acts: there it is an organization."""
    acting = {span for organization in organizations for span in organization.spans}
    for bearer in places:
        bearer.spans = {span: text for span, text in bearer.spans.items() if span not in acting}
    return [bearer for bearer in places if bearer.spans]
