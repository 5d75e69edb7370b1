"""How an article uses capitalized words: its parsed paragraphs go in, what tells people from other things comes out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.language import Reading
from ..text.verbs import is_cue
from .given_names import is_given_name
from .introductions import NOBODY, PLACES, names_body

OTHER_THINGS = ("ORG", "GPE", "LOC", "FAC", "NORP", "WORK_OF_ART", "EVENT", "PRODUCT", "LAW")
NAME_WORD = re.compile(r"(?:[A-ZÀ-ÖØ-ÞŁŠŽČ]|(?:al|el|ul|bin|ibn)-(?=[A-Z]))(?:[\w’'-]*\w)?\.?")


@dataclass(frozen=True, slots=True)
class Usage:
    """Words that stand alone, in lower case, first in another thing’s name, in that of a ship or a group or before an
    office (Ohio Governor), or say something alone, and how the recognizer labels them."""

    alone: frozenset[str]
    small: frozenset[str]
    openers: frozenset[str]
    bodies: frozenset[str]
    speakers: frozenset[str]
    labels: Counter[tuple[str, str]]  # of words and of whole entities

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> "Usage":
        tokens = [token for reading in readings for token in reading.doc]
        single = [token for token in tokens if stands_single(token)]
        entities = chain.from_iterable(reading.doc.ents for reading in readings)
        labels = Counter((token.text, token.ent_type_) for token in tokens if token.ent_type_)
        labels.update((" ".join(t.text for t in entity), entity.label_) for entity in entities if len(entity) > 1)
        return cls(
            frozenset({t.text for t in single} - {t.text for t in single if t.ent_type_ in NOBODY}),
            frozenset(token.text for token in tokens if token.is_lower),
            frozenset(one.text for one, other in pairwise(tokens) if is_thing(other)),
            frozenset(one.text for reading in readings for e in reading.doc.ents if names_body(list(e)) for one in e)
            | {one.text for one, other in pairwise(tokens) if is_title(other) and other.text.istitle()},
            frozenset(token.text for token in single if token.dep_ == "nsubj" and is_cue(token.head)),
            labels,
        )

    def shortens(self, run: Sequence[Token]) -> bool:
        """Papers call people by the last word of their name, other things by the first."""
        first, last = run[0], run[-1]
        common = first.lower_ in self.small or last.lower_ in self.small or first.text in self.alone
        article = first.i > 0 and first.nbor(-1).lower_ == "the"
        return last.text in self.alone and not common and not article and len({word.ent_type_ for word in run}) == 1

    def mostly_person(self, words: str) -> bool:
        return self.labels[words, "PERSON"] > sum(self.labels[words, label] for label in OTHER_THINGS)

    def mostly_other(self, word: str) -> bool:
        return self.labels[word, "PERSON"] < sum(self.labels[word, label] for label in OTHER_THINGS)

    def mostly_place(self, word: str) -> bool:
        return self.labels[word, "PERSON"] < sum(self.labels[word, label] for label in PLACES)


def stands_single(token: Token) -> bool:
    """A capitalized word with no others beside it, and no article."""
    around = [token.nbor(step) for step in (-1, 1) if 0 <= token.i + step < len(token.doc)]
    joined = (t.lower_ == "the" or (t.text[0].isupper() and not is_title(t)) for t in around)
    return is_name_word(token) and not any(joined)


def is_thing(token: Token) -> bool:
    """City, as in Welford City"""
    return token.text.istitle() and token.lower_ in lexicon_set("not_surnames")


def is_name_word(token: Token) -> bool:
    known = token.pos_ == "NOUN" and not token.is_sent_start and is_given_name(token.text)  # Thérèse, taken for a noun
    return bool(NAME_WORD.fullmatch(token.text)) and (token.pos_ == "PROPN" or known)


def is_title(token: Token) -> bool:
    """Dr., Senators, Secretary-General"""
    word = token.lower_.rstrip(".")
    forms = {word, word.removesuffix("s"), word.partition("-")[0]}
    return not forms.isdisjoint(lexicon_set("titles"))
