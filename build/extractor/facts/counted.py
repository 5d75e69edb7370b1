"""Says what a number counts and measures: a parse and a number go in; noun, unit and a few words come out."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from spacy.tokens import Token

from ...core.lexicons import lexicon_set, lexicon_values
from ..text.language import Reading
from ..text.numbers import Number
from ..text.verbs import SUBJECTS, has_tense
from .phrases import (
    PRONOUNS,
    done_by,
    full_phrase,
    governs_more,
    is_noun,
    is_person,
    passive,
    phrase_of,
    phrase_without,
    plural,
    plural_of,
    rest_of,
    subject_of,
    verb_words,
)

REACH = 6  # words from a number to the noun that it counts, at most
LONGEST = 120  # characters of a number or a range
NOUN_TAGS = ("NN", "NNS")
BETWEEN_TAGS = ("VBN", "VBG", "HYPH")
MARK = re.compile(r"[.,;:!?()“”\"]\s")
TWO_WORDS = ("square", "cubic", "metric", "nautical", "light")


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun that a number counts; `end` is where it ends in the paragraph."""

    token: Token
    unit: str
    end: int


def counted_noun(reading: Reading, last: Number, behind: int, end: int) -> Counted | None:
    """homes, of: forty-two burnt homes; dockers, of: 200 of the dockers"""
    number = last_token(reading, last)
    token = number and (head_noun(number) or next_noun(reading, behind, end))
    if number is None or token is None or is_apart(reading, token, last, end) or is_tag(number, token, last):
        return None
    stop = reading.span(token, token)[1]
    if re.search(r"\d", reading.paragraph.text[last.end : stop]):  # from 20 to 30 ships
        stop = last.end
    return Counted(token, unit_words(token), stop)


def unit_words(noun: Token) -> str:
    """ships; square miles"""
    before = noun.nbor(-1) if noun.i else noun
    return f"{before.text} {plural_of(noun)}" if before.lower_ in TWO_WORDS else plural_of(noun)


def is_apart(reading: Reading, noun: Token, last: Number, end: int) -> bool:
    """Outside the span, or behind a mark: there were 20, and ships came"""
    start, stop = reading.span(noun, noun)
    return stop > end or stop <= last.end or bool(MARK.search(reading.paragraph.text[last.end : start]))


def is_tag(number: Token, noun: Token, last: Number) -> bool:
    """A number right behind a name, with a noun in the singular: a Boeing 737 plant"""
    if noun.tag_ != "NN" or last.value == 1:
        return False
    return number.i > number.sent.start and number.nbor(-1).pos_ == "PROPN" and number.nbor(-1).whitespace_ != ""


def last_token(reading: Reading, number: Number) -> Token | None:
    """The last token of a number; one token may stand for all of it, and for the range that it ends."""
    tokens = reading.tokens_in(max(0, number.end - LONGEST), number.end)
    return tokens[-1] if tokens and reading.span(tokens[-1], tokens[-1])[1] > number.start else None


def head_noun(number: Token) -> Token | None:
    """The noun of whose phrase a number is part."""
    token = number
    while token.head.i != token.i and token.dep_ in (
        "nummod",
        "quantmod",
        "compound",
        "amod",
        "nmod",
        "npadvmod",
        "advmod",
        "punct",
    ):
        token = token.head
        if is_noun(token):
            break
    near = 0 < token.i - number.i <= REACH
    return token if near and is_noun(token) and token.ent_type_ not in ("PERSON",) else None


def next_noun(reading: Reading, start: int, end: int) -> Token | None:
    """The noun right behind a number, adjectives between: 12 000 burnt homes; 200 of the dockers."""
    tokens = reading.tokens_in(start, end)[:REACH]
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.tag_ in ("NNS", "NNPS") or (token.tag_ == "NN" and not (following and following.tag_ in NOUN_TAGS)):
            return token if is_noun(token) else None
        if not may_stand_between(token):
            return None
    return None


def may_stand_between(token: Token) -> bool:
    """burnt, wooden, of the"""
    return token.pos_ in ("ADJ", "NOUN", "PROPN", "ADV", "DET") or token.tag_ in BETWEEN_TAGS or token.lower_ == "of"


def describe(reading: Reading, last: Number, noun: Counted | None, end: int) -> str | None:
    """people who fled; agreements signed between the two; profit, of: its profit was 3 percent; support rose."""
    number = last_token(reading, last)
    if number is None:
        return None
    words: str | None
    if noun and not (noun.unit.split()[-1] in lexicon_set("measuring_nouns") and not has_of(noun.token)):
        words = counted_words(reading, noun.token, last, end)
    else:
        words = measured_words(reading, noun.token if noun else number, end)
    return shorten(words) if words else None


def has_of(noun: Token) -> bool:
    """5 tons of rice"""
    return any(child.lower_ == "of" for child in noun.rights)


def shorten(words: str) -> str | None:
    kept = words.split()
    while kept and kept[-1].lower() in ("of", "the", "a", "in", "and", "to", "for", "with", "by", "that", "who", ","):
        kept.pop()
    found = " ".join(kept).strip(" .,;:“”\"'’‘(")
    return found if re.search(r"[^\W\d_]{2}", found) else None


def counted_words(reading: Reading, noun: Token, number: Number, end: int) -> str:
    """The noun with its description, and what it did or what was done to it."""
    phrase, verb = phrase_of(reading, noun, end, number.end), noun.head
    if noun.dep_ == "nsubjpass" and has_tense(verb):
        return f"{phrase} {passive(verb)}"
    if noun.dep_ == "nsubj" and has_tense(verb):
        return f"{phrase} {acts(reading, noun, verb)}"
    if noun.dep_ == "dobj" and verb.pos_ == "VERB" and (subject := subject_of(verb)):
        return f"{phrase} {done_by(reading, verb, full_phrase(reading, subject, end))}"
    return phrase


def acts(reading: Reading, noun: Token, verb: Token) -> str:
    """who fled; that sank; nothing for a verb that needs more words"""
    if verb.lemma_ == "be" or governs_more(verb):
        return ""
    return f"{'who' if is_person(noun) else 'that'} {verb_words(reading, verb)}"


def measured_words(reading: Reading, number: Token, end: int) -> str | None:
    """What a share, an amount of money or a bare number is of: voters, the bank lost, growth."""
    top = climb(number)
    if top.dep_ == "nsubjpass":
        return passive(top.head)
    if of := next((c for c in top.rights if is_of(c)), None):
        return did_of(reading, of, top, end)
    if number.i < top.i and is_noun(top) and not is_unit(top):  # a $5 ticket
        return phrase_of(reading, top, end)
    return words_above(reading, top, end)


def did_of(reading: Reading, of: Token, top: Token, end: int) -> str | None:
    whole = next((c for c in of.children if c.dep_ == "pobj" and c.tag_ not in PRONOUNS), None)
    return None if whole is None else did(reading, whole, top, end)


def is_of(token: Token) -> bool:
    return token.dep_ == "prep" and token.lower_ == "of"


def words_above(reading: Reading, top: Token, end: int) -> str | None:
    """growth, of: a growth of 50 percent; support rose, of: support rose by 50 percent"""
    while top.head.i != top.i and top.pos_ not in ("VERB", "AUX"):
        noun = top.head.head
        if top.dep_ == "pobj" and is_noun(noun) and noun.i < top.i:
            return phrase_without(reading, noun, top.head, end)
        top = top.head
    return clause_words(reading, top, end) if top.pos_ in ("VERB", "AUX") else None


def is_unit(noun: Token) -> bool:
    """percent, euros, metres"""
    word = noun.lower_
    known = (lexicon_values("measure_units"), lexicon_values("currencies"), lexicon_set("measuring_nouns"))
    return any(word in words or plural(word) in words for words in known) or word in ("points", "point")


def climb(number: Token) -> Token:
    """From a number to the head of its phrase: percent, points, $"""
    token = number
    while token.dep_ in ("nummod", "quantmod", "compound", "nmod", "amod", "npadvmod") and token.head.pos_ in (
        "NOUN",
        "PROPN",
        "NUM",
        "SYM",
    ):
        token = token.head
    return token


def did(reading: Reading, noun: Token, top: Token, end: int) -> str:
    """voters who backed it, of: 50 percent of voters backed it"""
    phrase = phrase_of(reading, noun, end)
    if top.dep_ in SUBJECTS and has_tense(top.head) and top.head.lemma_ != "be":
        if top.dep_ == "nsubjpass":
            return f"{phrase} {passive(top.head)}"
        if governs_more(top.head):
            return f"{phrase} who {rest_of(reading, top.head, end)}" if is_person(noun) else phrase
        return f"{phrase} {'who' if is_person(noun) else 'that'} {verb_words(reading, top.head)}"
    return phrase


def clause_words(reading: Reading, verb: Token, end: int) -> str | None:
    """profit, of: the profit was 3 million; support rose; the bank lost"""
    subject = subject_of(verb)
    if subject is None or subject.tag_ in PRONOUNS:
        return None
    if verb.lemma_ == "be":
        phrase = phrase_of(reading, subject, end)
        state = next(
            (
                c.text
                for c in verb.children
                if c.dep_ in ("acomp", "advmod", "prt") and c.lower_ in ("up", "down", "worth")
            ),
            "",
        )
        return f"{phrase} {state}".strip()
    return f"{full_phrase(reading, subject, end)} {verb_words(reading, verb)}"
