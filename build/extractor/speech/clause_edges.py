"""Finds the words in a reported clause that are the article's own: the clause goes in, their places come out."""

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.verbs import SUBJECTS, has_tense, is_cue, is_finite, opens_with_that, reports


def before_clause(clause: Token) -> set[int]:
    """What the parser gives to a clause though it says when the cue took place: said Monday that …"""
    tokens = sorted(clause.subtree, key=lambda token: token.i)
    that = next((t for t in clause.children if t.dep_ == "mark" and t.lower_ == "that"), None)
    if that is not None:
        return {token.i for token in tokens if token.i < that.i}
    first = tokens[0]
    subject = next((c for c in clause.lefts if c.dep_ in SUBJECTS), None)
    if clause.dep_ == "advcl" and first.pos_ == "ADP" and subject is not None:  # said after the show he …
        return {token.i for token in tokens if token.i < subject.left_edge.i}
    if is_date_phrase(first) and first.head == clause and clause.head.i == first.i - 1:  # said on Tuesday he …
        return {token.i for token in first.subtree}
    if first.ent_type_ not in ("DATE", "TIME") and first.lower_ not in ("this", "last"):
        return set()
    dated = [t for t in tokens if t.i < clause.i and t.ent_type_ in ("DATE", "TIME") and t.dep_ != "nsubj"]
    if not dated or first.dep_ in SUBJECTS or any(t.text == "," for t in tokens if t.i <= dated[-1].i + 1):
        return set()
    run = [t.i for t in tokens if first.i <= t.i <= dated[-1].i]
    return set(run) if all(t.ent_type_ for t in tokens[: len(run)]) else set()


def is_date_phrase(preposition: Token) -> bool:
    """on Tuesday"""
    dated = (token.ent_type_ in ("DATE", "TIME") for token in preposition.subtree if token != preposition)
    return preposition.pos_ == "ADP" and all(dated)


def after_clause(clause: Token) -> set[int]:
    """What hangs on a clause but is the article's own: , although … · , adding that … · and warned …"""
    for token in sorted(clause.subtree, key=lambda t: t.i):
        if token.i > clause.i and (start := own_words_from(token, clause)) is not None:
            return {t.i for t in clause.subtree if t.i >= start}
    return set()


def own_words_from(token: Token, clause: Token) -> int | None:
    """Where the article's own words begin, if this token heads such a stretch."""
    edge = token.left_edge
    after_comma = edge.i > clause.i and edge.nbor(-1).text == ","
    if token.dep_ == "advcl" and after_comma and (concedes(token) or is_aside(token)):
        return edge.i
    if token.dep_ == "relcl" and after_comma and any(is_cue(t) and is_finite(t) for t in token.subtree):
        return edge.i
    if token.dep_ == "conj" and token.head == clause and (speaks_too(token) or reports_too(token)):
        return first_conjunction(clause, token)
    return None


def speaks_too(verb: Token) -> bool:
    """She said he left, but they deny it was late: another subject, and a cue of its own."""
    own = has_tense(verb) and any(child.dep_ in SUBJECTS for child in verb.children)
    return own and holds_cue(verb) and not opens_with_that(verb)


def reports_too(verb: Token) -> bool:
    """She said he left and added that it was late: a second cue of the same speaker."""
    ours = verb.tag_ in ("VBD", "VBZ") or (verb.tag_ == "VBN" and not is_cue(verb.head))
    return ours and reports(verb) and not any(c.dep_ in SUBJECTS for c in verb.children)


def holds_cue(verb: Token) -> bool:
    """they said that …; they could not resist pointing out that …"""
    below = (child for child in verb.children if child.dep_ in ("xcomp", "pcomp"))
    return reports(verb) or any(holds_cue(child) for child in below)


def concedes(verb: Token) -> bool:
    """, although … ; even though goes on."""
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark" and c.nbor(-1).lower_ != "even"}
    return bool(marks & lexicon_set("concessions"))


def is_aside(verb: Token) -> bool:
    """, adding that …; , citing the report; not: , beginning in January"""
    named = verb.lemma_ in lexicon_set("speech_cues") or any(child.dep_ == "dobj" for child in verb.children)
    return is_cue(verb) and (named or reports(verb))


def first_conjunction(clause: Token, conjunct: Token) -> int:
    between = (token for token in clause.children if clause.i < token.i < conjunct.i and token.dep_ == "cc")
    return next((token.i for token in between), conjunct.left_edge.i)
