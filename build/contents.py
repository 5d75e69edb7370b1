"""Finds the words a cue reports: a cue and its clause go in, spans of the paragraph come out."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from spacy.tokens import Token

from .language import Reading
from .lexicons import lexicon_set
from .speakers import SUBJECTS, Speaker

CLAUSES = ("ccomp", "parataxis")
COMPLEMENTS = ("dobj", "oprd", "xcomp", "ccomp", "attr", "acomp", "prep", "advcl", "pobj", "pcomp")
FINITE = ("VBD", "VBP", "VBZ", "MD")
OPENS_CLAUSE = ("DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM")
ASIDE = re.compile(r"\s*\([^()]*\)?$")  # (a remark of the article's at the end


def is_finite(verb: Token) -> bool:
    """A verb with a tense, its own or its auxiliary's, and a subject."""
    return has_tense(verb) and has_subject(verb)


def has_tense(verb: Token) -> bool:
    return verb.tag_ in FINITE or any(c.tag_ in FINITE for c in verb.children if c.dep_.startswith("aux"))


def has_subject(verb: Token) -> bool:
    return any(child.dep_ in (*SUBJECTS, "expl") for child in verb.children) or verb.dep_ == "conj"


def opens_with_that(clause: Token) -> bool:
    return any(child.lower_ == "that" and child.dep_ == "mark" for child in clause.children)


def find_clause(cue: Token) -> Token | None:
    """The head of the finite clause that a cue governs or stands in the midst of."""
    clauses = [c for c in cue.children if c.dep_ in CLAUSES and (is_finite(c) or opens_with_that(c))]
    after = [clause for clause in clauses if clause.i > cue.i and clause.dep_ == "ccomp"]
    if clauses:
        return (after or clauses)[0]
    if cue.dep_ == "parataxis" and is_finite(cue.head) and any(c.dep_ in SUBJECTS for c in cue.children):
        return cue.head
    return None


def clause_spans(
    reading: Reading, clause: Token, cue: Token, speaker: Speaker | None
) -> list[tuple[int, int]]:
    """The stretches of a clause, without the cue and its speaker in its midst."""
    inside = {token.i for token in clause.subtree}
    frame = {token.i for token in cue.subtree} - (set() if clause.is_ancestor(cue) else inside)
    if speaker:
        frame.update(range(speaker.first.i, speaker.last.i + 1))
    if clause.i > cue.i:
        frame |= before_clause(clause) | after_clause(clause, cue)
    return list(runs(reading, [token for token in clause.subtree if token.i not in frame]))


def before_clause(clause: Token) -> set[int]:
    """What the parser gives to a clause though it says when the cue took place: said Monday that …"""
    tokens = sorted(clause.subtree, key=lambda token: token.i)
    that = next((t for t in clause.children if t.dep_ == "mark" and t.lower_ == "that"), None)
    if that is not None:
        return {token.i for token in tokens if token.i < that.i}
    first = tokens[0]
    if first.ent_type_ not in ("DATE", "TIME") and first.lower_ not in ("this", "last"):
        return set()
    dated = [t for t in tokens if t.i < clause.i and t.ent_type_ in ("DATE", "TIME") and t.dep_ != "nsubj"]
    if not dated or first.dep_ in SUBJECTS or any(t.text == "," for t in tokens if t.i <= dated[-1].i + 1):
        return set()
    run = [t.i for t in tokens if first.i <= t.i <= dated[-1].i]
    return set(run) if all(t.ent_type_ for t in tokens[: len(run)]) else set()


def after_clause(clause: Token, cue: Token) -> set[int]:
    """What hangs on a clause but is the article's own: , although … · , adding that … · and warned …"""
    for token in sorted(clause.subtree, key=lambda t: t.i):
        if token.i > clause.i and (start := own_words_from(token, clause, cue)) is not None:
            return {t.i for t in clause.subtree if t.i >= start}
    return set()


def own_words_from(token: Token, clause: Token, cue: Token) -> int | None:
    """Where the article's own words begin, if this token heads such a stretch."""
    edge = token.left_edge
    after_comma = edge.i > clause.i and edge.nbor(-1).text == ","
    if token.dep_ == "advcl" and after_comma:
        marks = {child.lower_ for child in token.children if child.dep_ == "mark"}
        if marks & lexicon_set("concessions") or (token.tag_ == "VBG" and edge == token or is_cue(token)):
            return edge.i
    if token.dep_ == "conj" and token.head == clause and is_cue(token):
        subject = any(child.dep_ in SUBJECTS for child in token.children)
        if subject and has_tense(token) or not subject and token.tag_ == cue.tag_ != clause.tag_:
            return first_conjunction(clause, token)
        if (
            not subject
            and token.tag_ == cue.tag_ == "VBD"
            and any(c.dep_ in CLAUSES or c.dep_ == "dobj" for c in token.children)
        ):
            return first_conjunction(clause, token)
    return None


def first_conjunction(clause: Token, conjunct: Token) -> int:
    between = (token for token in clause.children if clause.i < token.i < conjunct.i and token.dep_ == "cc")
    return next((token.i for token in between), conjunct.left_edge.i)


def is_cue(token: Token) -> bool:
    return any(token.lemma_.lower() in lexicon_set(f"{kind}_cues") for kind in ("speech", "quotation"))


def rest_of_sentence(reading: Reading, cue: Token) -> list[tuple[int, int]]:
    """Where the parser sees no clause after `she said`, though a verb with a tense follows."""
    following = [token for token in cue.doc[cue.i + 1 : cue.sent.end] if not token.is_space]
    if cue.lemma_ not in lexicon_set("plain_cues") or not following:
        return []
    if following[0].pos_ not in OPENS_CLAUSE or not any(carries_clause(t, cue) for t in following):
        return []
    return list(runs(reading, following))


def carries_clause(verb: Token, cue: Token) -> bool:
    """A verb with a tense after a cue that is neither in a relative clause nor beside the cue."""
    if not has_tense(verb) or verb.dep_ == "conj" or not cue.is_ancestor(verb):
        return False
    chain = takewhile(lambda token: token != cue, [verb, *verb.ancestors])
    return not any(token.dep_ in ("relcl", "acl", "advcl") for token in chain)


def complement_start(reading: Reading, cue: Token, at: int) -> int | None:
    """Where the cue's complement begins that holds a quoted fragment: tells them [to “go home”]."""
    for child in cue.rights:
        first, last = reading.span(child.left_edge, child.right_edge)
        if child.dep_ in COMPLEMENTS and first <= at < last:
            return first
    return None


def runs(reading: Reading, tokens: Iterable[Token]) -> Iterator[tuple[int, int]]:
    """Spans of tokens between which nothing but punctuation and blanks is left out."""
    run: list[Token] = []
    for token in sorted(tokens, key=lambda t: t.i):
        gap = token.doc[run[-1].i + 1 : token.i] if run else ()
        if any(not between.is_punct and not between.is_space for between in gap):
            yield from trimmed(reading, run)
            run = []
        run.append(token)
    yield from trimmed(reading, run)


def trimmed(reading: Reading, run: list[Token]) -> Iterator[tuple[int, int]]:
    """One span, without punctuation and conjunctions at its ends; none if nothing else is in it."""
    while run and (run[0].is_punct or run[0].is_space or run[0].dep_ == "cc"):
        run = run[1:]
    while run and (run[-1].is_punct or run[-1].is_space or run[-1].dep_ == "cc"):
        run = run[:-1]
    if run:
        yield cut_asides(reading, *reading.span(run[0], run[-1]))


def cut_asides(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """A bracket at the end of a clause is no part of what somebody says."""
    aside = ASIDE.search(reading.paragraph.text, start, end)
    return start, aside.start() if aside and aside.start() > start else end
