"""What the words around capitalized ones tell: a run of them goes in, whether they introduce a person comes out."""

import re
from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.verbs import SUBJECTS
from .given_names import is_family_name, is_given_name
from .offices import is_role

OLDEST = 120
NAMING = 5  # words
APPOSITION = 8
IN_PHRASE = ("ADJ", "DET", "NOUN", "PROPN", "NUM", "PART", "PRON")
PARTY = re.compile(r"\((?:[A-Z]{1,5}|Ind|Lab|Con)-")
PLACES = ("GPE", "LOC", "NORP")
NOBODY = (*PLACES, "DATE", "TIME")  # by the label of a word alone: Monday, after Black Monday
PERSONAL = ("who", "whose", "whom")


def introduces_person(run: Sequence[Token]) -> bool:
    """Jane Doe, 34, · Jane Doe, who left · Jane Doe, a nurse · spokeswoman Jane Doe"""
    signs = (precedes_age, precedes_who, precedes_role, precedes_party, speaks)
    return follows_role(run[0]) or is_apposed(run) or any(sign(run[-1]) for sign in signs)


def follows_role(first: Token) -> bool:
    """A person's role, in lower case, right before the name."""
    before = first.nbor(-1) if first.i else None
    return before is not None and before.text.islower() and is_role(before)


def is_presented(word: Token) -> bool:
    """grandson John · John, 81, · John, a nurse"""
    return is_given_name(word.text) and (follows_role(word) or precedes_age(word) or precedes_role(word))


def role_set_off(first: Token) -> Token | None:
    """The father, of: her father, John: a person's role, in lower case, and a comma right before the name."""
    before = first.doc[max(0, first.i - 2) : first.i]
    role = before[0] if len(before) == 2 and before[1].text == "," else None
    return role if role is not None and role.text.islower() and is_role(role) else None


def is_relative(word: Token) -> bool:
    """her father, John"""
    role = role_set_off(word)
    return role is not None and is_given_name(word.text) and any(child.dep_ == "poss" for child in role.children)


def is_apposed(run: Sequence[Token]) -> bool:
    """the pensions secretary, Jane Doe, said; not: said the secretary, New York, Boston and Rome …"""
    if role_set_off(run[0]) is None or any(word.ent_type_ in NOBODY for word in run):
        return False
    return run[-1].i + 1 < len(run[-1].doc) and run[-1].nbor().text == ","


def names_body(run: Sequence[Token]) -> bool:
    """campaign group Harbour Watch; the vessel, Lady Anne, sank: a group or a ship bears the name, not a person."""
    first, last = run[0], run[-1]
    before = first.nbor(-1) if first.i else None
    if before is not None and (is_body(before) or before.lower_ in lexicon_set("storms")):
        return True
    return first.lower_ in lexicon_set("storms") or (last.dep_ == "appos" and is_body(last.head))


def is_body(noun: Token) -> bool:
    return noun.text.islower() and noun.lemma_ in lexicon_set("body_nouns")


def is_label(word: Token) -> bool:
    """the Harbour party, the Doe courthouse: a name that only says which one is meant."""
    head = word.head
    article = word.i > 0 and any(t.lower_ == "the" and t.i < word.i for t in head.lefts)
    return article and word.dep_ == "compound" and head.i == word.i + 1 and head.text.islower()


def follows_naming(first: Token) -> bool:
    """who gave her name only as Jane · asked to be identified by his first name, John"""
    before = [token.lower_ for token in first.doc[max(0, first.i - NAMING) : first.i]]
    return bool(before) and before[-1] in ("as", ",") and "name" in before


def after_comma(last: Token) -> Sequence[Token]:
    """The words after the comma that follows a name."""
    following = last.doc[last.i + 1 : last.i + 2 + APPOSITION]
    return list(following[1:]) if len(following) > 1 and following[0].text == "," else []


def precedes_age(last: Token) -> bool:
    following = after_comma(last)[:2]
    aged = len(following) > 1 and following[0].text.isdigit() and int(following[0].text) < OLDEST
    return aged and (following[1].is_punct or following[1].lower_ in ("and", "of", "from", "who"))


def precedes_who(last: Token) -> bool:
    return any(token.lower_ in PERSONAL for token in after_comma(last)[:1])


def precedes_role(last: Token) -> bool:
    """a former deputy mayor of Paris: a phrase by itself that ends with a role; not: , the man left."""
    phrase = list(takewhile(lambda token: token.pos_ in IN_PHRASE, after_comma(last)))
    if not phrase or phrase[-1].pos_ not in ("NOUN", "PROPN") or phrase[-1].dep_ in SUBJECTS:
        return False
    return is_role(phrase[-1])


def speaks(last: Token) -> bool:
    """Tane Hohepa of the council said: what the recognizer takes for nothing, and ends in a surname, is a person."""
    named = [last, *takewhile(lambda token: token.dep_ == "compound", reversed(list(last.lefts)))]
    unknown = is_family_name(last.text) and not any(token.ent_type_ or token.lower_ == "the" for token in named)
    return unknown and last.dep_ == "nsubj" and last.head.lemma_ == "say"


def precedes_party(last: Token) -> bool:
    """Jane Doe (D-Texas)"""
    following = last.doc[last.i + 1 : last.i + 4].text
    return bool(PARTY.match(following))
