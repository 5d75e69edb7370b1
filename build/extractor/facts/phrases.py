"""Puts the words of a parse together: a noun or a verb goes in; its phrase comes out, without articles and clauses."""

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from ...core.lexicons import lexicon_set, lexicon_values
from ..text.language import Reading
from ..text.verbs import SUBJECTS

WORDS = 12  # of a phrase, at most
PEOPLE = ("people", "men", "women", "children", "victims", "residents", "workers", "passengers")
PRONOUNS = ("PRP", "WP", "WDT", "DT", "EX")


def is_noun(token: Token) -> bool:
    return (
        token.pos_ in ("NOUN", "PROPN") and not token.like_num and token.lower_ not in lexicon_values("number_scales")
    )


def plural_of(noun: Token) -> str:
    word = noun.text if noun.pos_ == "PROPN" and noun.text.isupper() else noun.lower_
    return word if noun.tag_ in ("NNS", "NNPS") or noun.tag_ == "NNP" else plural(word)


def plural(word: str) -> str:
    """ships, boxes, parties, people"""
    irregular = lexicon_values("plurals")
    if word in irregular or word in irregular.values():
        return irregular.get(word, word)
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word if re.search(r"[^s]s$", word) else word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")


def governs_more(verb: Token) -> bool:
    return any(child.dep_ in ("dobj", "ccomp", "xcomp", "dative") for child in verb.children)


def done_by(reading: Reading, verb: Token, subject: str) -> str:
    """bought by the town; that the town will buy"""
    word = verb.lower_
    participle = verb.tag_ == "VBN" or (
        verb.tag_ == "VBD" and (word.endswith("ed") or word in lexicon_set("participles"))
    )
    return f"{word} by {subject}" if participle else f"that {subject} {verb_words(reading, verb)}"


def is_person(noun: Token) -> bool:
    word = noun.lower_
    return (
        plural(word) in PEOPLE
        or noun.lemma_.lower() in lexicon_set("role_nouns")
        or bool(re.search(r"(?:ers|ors|ists|ants|ees|ians|men)$", word))
    )


def passive(verb: Token) -> str:
    particle = next((c.text for c in verb.rights if c.dep_ == "prt"), "")
    return f"{verb.text} {particle}".strip()


def verb_words(reading: Reading, verb: Token) -> str:
    """had left, walked out, lost"""
    parts = [c for c in verb.children if (c.dep_ in ("aux", "neg") and c.i < verb.i) or c.dep_ == "prt"]
    return " ".join(token.text for token in sorted((*parts, verb), key=lambda token: token.i))


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, or of the one with which it shares it; no pronoun."""
    for _ in range(3):
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                return child if child.tag_ not in PRONOUNS else None
        if verb.dep_ not in ("conj", "xcomp", "advcl", "relcl", "acl"):
            return None
        if verb.dep_ in ("relcl", "acl"):
            return verb.head if is_noun(verb.head) else None
        verb = verb.head
    return None


def phrase_of(reading: Reading, noun: Token, end: int, start: int = 0) -> str:
    """A noun with what describes it, without article, number, and clauses."""
    tokens = [t for t in described(noun) if reading.span(t, t)[1] <= end and reading.starts[t.i] >= start]
    return " ".join(words(sorted(tokens, key=lambda token: token.i))) or noun.text


def full_phrase(reading: Reading, noun: Token, end: int) -> str:
    """With its article"""
    article = next((c.lower_ for c in noun.children if c.lower_ in ("the", "a", "an")), "")
    return f"{article} {phrase_of(reading, noun, end)}".strip()


def described(noun: Token) -> Iterator[Token]:
    yield noun
    for child in noun.children:
        left = child.i < noun.i and child.dep_ not in (
            "det",
            "nummod",
            "punct",
            "predet",
            "quantmod",
            "advmod",
            "cc",
            "preconj",
            "relcl",
        )
        right = child.i > noun.i and (child.dep_ in ("prep", "acl") and child.tag_ in ("IN", "VBN", "VBG", "TO"))
        if (left and child.tag_ not in ("PRP$", "CD", "DT")) or right:
            yield from (token for token in child.subtree if not token.is_space)


def rest_of(reading: Reading, verb: Token, end: int) -> str:
    """backed the plan"""
    tokens = [t for t in verb.subtree if t.i >= verb.i and reading.span(t, t)[1] <= end]
    return " ".join(words(sorted(tokens, key=lambda token: token.i)[:5]))


def phrase_without(reading: Reading, noun: Token, left_out: Token, end: int) -> str:
    """growth in a year, of: a growth of 50 percent in a year"""
    gone = {token.i for token in left_out.subtree}
    tokens = [t for t in described(noun) if t.i not in gone and reading.span(t, t)[1] <= end]
    return " ".join(words(sorted(tokens, key=lambda token: token.i)))


def words(tokens: Iterable[Token]) -> list[str]:
    return "".join(spelt(token) for token in tokens).split()[:WORDS]


def spelt(token: Token) -> str:
    """Small where only the beginning of a sentence gave it a capital"""
    opens = token.is_sent_start and token.pos_ != "PROPN" and not token.text.isupper()
    return token.text_with_ws.lower() if opens else token.text_with_ws
