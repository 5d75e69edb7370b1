"""Finds the words in a reported clause that are the article's own: the clause goes in, their places come out."""

from itertools import takewhile

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.verbs import SUBJECTS, conjunction_that, has_own_subject, is_cue, is_finite, reports
from ..text.words import follows_comma

TIMES = ("DATE", "TIME")


def before_clause(clause: Token) -> set[int]:
    """What the parser gives to a clause though it says when the cue took place: said Monday that …"""
    tokens = sorted(clause.subtree, key=lambda token: token.i)
    opener = conjunction_that(clause) or subject_after_adverbial(clause)
    if opener is not None:
        return {token.i for token in tokens if token.i < opener.i}
    if is_date_phrase(tokens[0]):  # said on Tuesday he …
        return {token.i for token in tokens[0].subtree}
    dated = list(takewhile(lambda token: token.ent_type_ in TIMES, tokens))  # said this week he …
    return set() if any(map(counts_subject, dated)) else {token.i for token in dated}


def counts_subject(token: Token) -> bool:
    """said [two thousand dockers] had left: the number is no date"""
    return token.dep_ in SUBJECTS or (token.dep_ in ("nummod", "compound", "quantmod") and counts_subject(token.head))


def subject_after_adverbial(clause: Token) -> Token | None:
    """said after the show [he] was tired: the parser takes what is said for an adverbial clause."""
    subject = next((child for child in clause.lefts if child.dep_ in SUBJECTS), None)
    if clause.dep_ != "advcl" or clause.left_edge.pos_ != "ADP" or subject is None:
        return None
    return subject.left_edge


def is_date_phrase(preposition: Token) -> bool:
    """said [on Tuesday] he was tired; not: said as many as ten people were tired"""
    dated = [token.ent_type_ in TIMES for token in preposition.subtree if token != preposition]
    return preposition.pos_ == "ADP" and bool(dated) and all(dated)


def after_clause(clause: Token) -> set[int]:
    """What hangs on a clause but is the article's own: , although … · , adding that … · and warned …"""
    for token in sorted(clause.subtree, key=lambda t: t.i):
        if token.i > clause.i and (start := own_words_from(token, clause)) is not None:
            return {t.i for t in clause.subtree if t.i >= start}
    return set()


def own_words_from(token: Token, clause: Token) -> int | None:
    """Where the article's own words begin, if this token heads such a stretch."""
    if follows_comma(token.left_edge) and (concedes(token) or is_aside(token) or is_comment(token)):
        return token.left_edge.i
    if token.dep_ == "conj" and token.head == clause and (speaks_too(token) or reports_too(token)):
        return first_conjunction(clause, token)
    return None


def concedes(verb: Token) -> bool:
    """She said it sank, although nobody saw it; not: even though nobody saw it, which she says too."""
    marks = (child for child in verb.lefts if child.lower_ in lexicon_set("concessions"))
    return any(mark.nbor(-1).lower_ != "even" for mark in marks)


def is_aside(verb: Token) -> bool:
    """She said it sank, adding that it was late; she said it sank, citing the log"""
    named = verb.lemma_ in lexicon_set("speech_cues") or any(child.dep_ == "dobj" for child in verb.children)
    return verb.dep_ == "advcl" and is_cue(verb) and named


def is_comment(verb: Token) -> bool:
    """She said it sank, which the crew denied: somebody else on what she said"""
    return verb.dep_ == "relcl" and any(is_cue(t) and is_finite(t) for t in verb.subtree)


def speaks_too(verb: Token) -> bool:
    """She said he left, but they deny it was late: another subject, and a cue of its own"""
    return has_own_subject(verb) and holds_cue(verb) and conjunction_that(verb) is None


def reports_too(verb: Token) -> bool:
    """She said he left and added that it was late: a second cue of the same speaker"""
    return verb.tag_ in ("VBD", "VBZ") and reports(verb) and not has_own_subject(verb)


def holds_cue(verb: Token) -> bool:
    """they said that …; they could not resist pointing out that …"""
    below = (child for child in verb.children if child.dep_ in ("xcomp", "pcomp"))
    return reports(verb) or any(holds_cue(child) for child in below)


def first_conjunction(clause: Token, conjunct: Token) -> int:
    between = (token for token in clause.rights if token.dep_ == "cc")
    return next((token.i for token in between), conjunct.left_edge.i)
