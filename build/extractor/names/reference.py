"""Says who is meant: a speaker's words go in, the person comes out, or nobody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..speech.speakers import RELATIVES, Speaker, antecedent
from ..text.language import Reading
from ..text.verbs import SUBJECTS
from .names import Name
from .offices import is_office, is_title
from .people import Person

PRONOUNS = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}
PARAGRAPHS_BACK = 3
INNER = ("appos", "compound", "flat", "nmod", "conj")


@dataclass(frozen=True)
class Bearer:
    """A name with its person and its place in the article."""

    person: Person
    name: Name
    position: int


class People:
    """The people of an article and where it names them."""

    def __init__(self, people: Sequence[Person], readings: Sequence[Reading]) -> None:
        self.people = people
        self.positions = {id(reading): position for position, reading in enumerate(readings)}
        self.readings = readings
        self.bearers = sorted(
            (Bearer(p, name, self.positions[id(name.reading)]) for p in people for name in p.names),
            key=lambda bearer: (bearer.position, bearer.name.first.i),
        )

    def resolve(self, speaker: Speaker, reading: Reading) -> Person | None:
        """Whom a speaker's phrase means; None if that is nobody named, several, or not certain."""
        head = speaker.head
        if head.lower_ in RELATIVES:
            meant = antecedent(head)
            return self.resolve(meant, reading) if meant else None
        if head.lower_ in PRONOUNS:
            return self.of_pronoun(head, reading)
        if named := self.named_in(speaker, reading):
            return named
        return self.of_description(speaker, reading) or self.of_variation(speaker, reading)

    def named_in(self, speaker: Speaker, reading: Reading) -> Person | None:
        """The person whose name is the head of the phrase or stands beside it, not inside it."""
        inside = [b for b in self.in_reading(reading) if speaker.first.i <= b.name.first.i <= speaker.last.i]
        for bearer in inside:
            if bearer.name.first.i <= speaker.head.i <= bearer.name.last.i:
                return bearer.person
        for bearer in inside:
            if reaches(bearer.name.last, speaker.head):
                return bearer.person
        return self.closing_name(speaker, inside)

    def closing_name(self, speaker: Speaker, inside: list[Bearer]) -> Person | None:
        """Ambassador to the United States Jane Doe: a name ends the phrase, no preposition before it."""
        if not inside or inside[-1].name.last.i != speaker.last.i:
            return None
        name = inside[-1].name
        before = name.first.nbor(-1) if name.first.i > speaker.first.i else None
        if before is not None and (before.tag_ == "POS" or is_title(before)):  # the bureau’s · Trade Minister Jane Doe
            return inside[-1].person
        free = before is not None and before.pos_ not in ("ADP", "DET", "CCONJ", "PUNCT", "PART")
        return inside[-1].person if free and is_office(speaker.head) else None

    def in_reading(self, reading: Reading) -> Iterator[Bearer]:
        position = self.positions[id(reading)]
        return (bearer for bearer in self.bearers if bearer.position == position)

    def of_pronoun(self, pronoun: Token, reading: Reading) -> Person | None:
        """The nearest person of that gender outside quotations; in a sentence its subject first."""
        gender = PRONOUNS[pronoun.lower_]
        for sentence in self.sentences_before(pronoun, reading):
            fitting = [b for b in sentence if b.person.gender in (gender, None) and not asks(b.name, pronoun)]
            if fitting:
                return next((b for b in fitting if is_subject(b.name)), fitting[0]).person
        return None

    def sentences_before(self, token: Token, reading: Reading) -> Iterator[list[Bearer]]:
        """The names of the sentence up to a token, then those of the sentences before it, backwards."""
        here = self.positions[id(reading)]
        for position in range(here, max(-1, here - PARAGRAPHS_BACK - 1), -1):
            limit = token.i if position == here else len(self.readings[position].doc)
            bearers = [b for b in self.unquoted(self.readings[position]) if b.name.first.i < limit]
            for sentence in reversed(list(self.readings[position].doc.sents)):
                if found := [b for b in bearers if sentence.start <= b.name.first.i < sentence.end]:
                    yield found

    def unquoted(self, reading: Reading) -> Iterator[Bearer]:
        """Whom a paragraph names in the article's own words."""
        return (b for b in self.in_reading(reading) if not reading.quotation_at(b.name.first))

    def named_before(self, token: Token, reading: Reading) -> Iterator[Bearer]:
        place = self.positions[id(reading)], token.i
        return (bearer for bearer in self.bearers if (bearer.position, bearer.name.first.i) < place)

    def of_description(self, speaker: Speaker, reading: Reading) -> Person | None:
        """the former president: the last person named before of whom the text says that noun."""
        if not is_certain_office(speaker.head):
            return None
        noun = speaker.head.lemma_.lower()
        fitting = [b for b in self.named_before(speaker.first, reading) if noun in b.person.roles]
        together = [b for b in fitting if b.name.first.sent == fitting[-1].name.first.sent]
        subjects = [b for b in together if is_subject(b.name)]
        return next((b.person for b in (*subjects, *fitting[-1:])), None)

    def of_variation(self, speaker: Speaker, reading: Reading) -> Person | None:
        """the Italian, the teenager, the 29-year-old: who alone is named in the last sentence that names anybody."""
        head = speaker.head
        general = (
            head.ent_type_ == "NORP" or head.lower_ == "old" or head.lemma_.lower() in lexicon_set("general_roles")
        )
        definite = any(child.lower_ == "the" for child in head.children)
        if not general or not definite or head.tag_ in ("NNS", "NNPS"):
            return None
        named = next(self.sentences_before(speaker.first, reading), [])
        people = {id(bearer.person): bearer.person for bearer in named}
        return named[0].person if len(people) == 1 else None


def is_certain_office(head: Token) -> bool:
    """the former captain, their captain; not captains, nor a captain"""
    definite = any(child.lower_ == "the" or child.dep_ == "poss" for child in head.children)
    return definite and head.tag_ in ("NN", "NNP") and is_office(head)


def reaches(token: Token, head: Token) -> bool:
    """Whether only appositions and compounds lie between a token and the head above it."""
    while token != head:
        if token.dep_ not in INNER or token.head == token:
            return False
        token = token.head
    return True


def asks(name: Name, pronoun: Token) -> bool:
    """Asked by Roe whether it was late, she …: she is not Roe."""
    agent = name.last
    while agent.dep_ in ("compound", "appos", "flat") and agent.head != agent:
        agent = agent.head
    return agent.head.dep_ == "agent" and agent.head.head.is_ancestor(agent) and agent.head.head.head == pronoun.head


def is_subject(name: Name) -> bool:
    token = name.last
    while token.dep_ in ("compound", "appos", "flat") and token.head != token:
        token = token.head
    return token.dep_ in SUBJECTS
