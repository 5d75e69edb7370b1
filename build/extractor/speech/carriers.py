"""Finds who merely carries words: wrote on Twitter, told Reuters; a cue goes in, the carrier’s phrase comes out."""

from collections.abc import Iterator
from itertools import chain

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from .speakers import Speaker, agent_of, noun_phrase, speaks_passively

CARRYING = ("on", "in", "via", "through", "with", "to", "by")
DOWNWARDS = ("prep", "pobj", "dobj", "dative", "acl", "agent")


def is_medium(head: Token) -> bool:
    """A newspaper, an agency, a station; by its last word, as names of media tell what they are."""
    if head.lower_ in ("press", "media") and all(t.pos_ == "DET" for t in head.lefts):
        return False  # told the press
    agency = head.lower_ == "agency" and any(t.lower_ in ("news", "press") for t in head.lefts)
    return agency or head.lower_ in lexicon_set("media")


def is_channel(head: Token) -> bool:
    return head.lower_ in lexicon_set("channels")


def find_carrier(cue: Token) -> Speaker | None:
    """What carries the words of a cue: who quotes the speaker, whom the speaker told, or where it was written."""
    around = (cue.head.head, cue) if is_quoted_saying(cue) else (cue, *cue.rights)
    quoters = (who_quotes(verb) for verb in around if speaks_passively(verb))
    carriers = (noun for noun in nouns_below(cue) if carries(noun, cue))
    first = next((noun for noun in chain(quoters, carriers) if noun is not None), None)
    return noun_phrase(first) if first is not None else None


def is_quoted_saying(cue: Token) -> bool:
    """TASS quoted her as [saying] it was late"""
    return cue.dep_ == "pcomp" and cue.head.lower_ == "as"


def who_quotes(verb: Token) -> Token | None:
    """TASS quoted her as saying; she was quoted by TASS."""
    deps = {child.dep_: child for child in verb.children}
    return agent_of(verb) or (deps.get("nsubj") if "dobj" in deps else None)


def nouns_below(token: Token) -> Iterator[Token]:
    """The nouns that a verb governs without a clause of their own between, nearest first."""
    for child in token.children:
        if child.dep_ in DOWNWARDS:
            if child.pos_ in ("NOUN", "PROPN"):
                yield child
            yield from nouns_below(child)


def carries(noun: Token, cue: Token) -> bool:
    if noun.head.lower_ == "to" and not any(t.pos_ == "PROPN" for t in (noun, *noun.lefts)):
        return False  # said to the television
    if noun.head.lower_ in CARRYING and noun.dep_ == "pobj":
        return is_channel(noun) or is_medium(noun)
    return cue.lemma_ == "tell" and noun.head == cue and is_medium(noun)
