"""How an article uses capitalized words: its parsed paragraphs go in, what tells people from other things comes out."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from spacy.tokens import Span, Token

from ...core.lexicons import lexicon_set
from ..text.language import Reading
from ..text.verbs import is_cue
from .given_names import is_given_name
from .introductions import NOBODY, PLACES, names_body
from .offices import is_title

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
        tokens = list(chain.from_iterable(reading.doc for reading in readings))
        entities = list(chain.from_iterable(reading.doc.ents for reading in readings))
        single = list(filter(stands_single, tokens))
        return cls(
            alone=texts_of(single) - texts_of(token for token in single if token.ent_type_ in NOBODY),
            small=texts_of(token for token in tokens if token.is_lower),
            openers=words_before(tokens, is_thing),
            bodies=words_of_bodies(entities) | words_before(tokens, is_governor),
            speakers=texts_of(token for token in single if is_subject_of_cue(token)),
            labels=count_labels(tokens, entities),
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


def texts_of(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(token.text for token in tokens)


def words_of_bodies(entities: Iterable[Span]) -> frozenset[str]:
    """Lady and Anne: the vessel, Lady Anne, sank."""
    return frozenset(token.text for entity in entities if names_body(list(entity)) for token in entity)


def words_before(tokens: Iterable[Token], rule: Callable[[Token], bool]) -> frozenset[str]:
    """Those right before a word for which a rule holds."""
    return frozenset(one.text for one, other in pairwise(tokens) if rule(other))


def is_governor(word: Token) -> bool:
    """Governor, of: Ohio Governor Jane Doe"""
    return is_title(word) and word.text.istitle()


def is_subject_of_cue(token: Token) -> bool:
    """Doe, in: Doe said it was late."""
    return token.dep_ == "nsubj" and is_cue(token.head)


def count_labels(tokens: Iterable[Token], entities: Iterable[Span]) -> Counter[tuple[str, str]]:
    labels = Counter((token.text, token.ent_type_) for token in tokens if token.ent_type_)
    longer = (entity for entity in entities if len(entity) > 1)
    labels.update((" ".join(token.text for token in entity), entity.label_) for entity in longer)
    return labels


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
