"""Finds the clause that a cue reports: a cue goes in, the head of the clause comes out."""

from collections.abc import Iterator

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.verbs import governs, has_own_subject, has_tense, is_cue, is_finite
from ..text.words import OPENS_CLAUSE, follows_comma, is_blank
from .speakers import RELATIVE_WORDS


def find_clause(cue: Token) -> Token | None:
    """The head of the finite clause that a cue governs or stands in the midst of."""
    clauses = [child for child in cue.children if takes_clause(cue, child)]
    if after := [clause for clause in clauses if clause.i > cue.i and clause.dep_ == "ccomp"]:
        return after[0]
    if clauses and not counts(cue):
        return clauses[0]
    return strayed_clause(cue) or surrounding_clause(cue)


def takes_clause(cue: Token, clause: Token) -> bool:
    """They left, she said: she says that they left."""
    return governs(cue, clause) and not stands_apart(cue, clause) and not is_inserted(clause)


def stands_apart(cue: Token, clause: Token) -> bool:
    """We have been here before: he declared war. What is said ends with a comma before its cue, not a colon, and not
    with a pronoun: calls in which he joked."""
    parted = any(token.text in (":", ";") for token in cue.doc[clause.right_edge.i : cue.i])
    return parted or clause.right_edge.lower_ in RELATIVE_WORDS


def is_inserted(clause: Token) -> bool:
    """They will not, she warned, say it: a cue in the midst of a sentence is not what the sentence's verb reports."""
    return clause.dep_ == "parataxis" and is_cue(clause)


def counts(cue: Token) -> bool:
    """Doe had 31 points, Roe added 24: such a verb says nothing."""
    things = (child for child in cue.rights if child.dep_ == "dobj")
    return any(token.like_num for thing in things for token in (thing, *thing.lefts))


def strayed_clause(cue: Token) -> Token | None:
    """said in a statement that they had met, told the paper that …: the parser hangs the clause on the noun."""
    if cue.lemma_ not in lexicon_set("speech_cues"):
        return None
    if taken := next((child for child in cue.rights if is_clipped(child, cue) or is_that(child, cue)), None):
        return taken
    return next((verb for verb in words_below(cue) if follows_conjunction(verb) or is_told(verb, cue)), None)


def is_clipped(thing: Token, cue: Token) -> bool:
    """said more than ten people registered: the parser takes the past tense for a participle."""
    return cue.lemma_ == "say" and thing.dep_ == "dobj" and any(child.tag_ == "VBN" for child in thing.rights)


def is_that(thing: Token, cue: Token) -> bool:
    """stated that Monday's talks aimed at peace: the parser takes the conjunction for what is stated."""
    return thing.lower_ == "that" and thing.i == cue.i + 1 and any(map(has_tense, thing.subtree))


def words_below(cue: Token) -> Iterator[Token]:
    """The words of the phrases behind a cue: in a statement …; behind `told`, of who listens."""
    holders = ("prep", "dobj") if cue.lemma_ == "tell" else ("prep",)
    for child in cue.rights:
        if child.dep_ in holders:
            yield from child.subtree


def follows_conjunction(verb: Token) -> bool:
    """said in a letter that she had left; not: found a letter that had been left"""
    opener = verb.left_edge
    return verb.dep_ in ("relcl", "acl") and opener.lower_ == "that" and opener.tag_ == "IN" and is_finite(verb)


def is_told(verb: Token, cue: Token) -> bool:
    """told the paper (that) she had left: a clause with a subject of its own, right behind who listens."""
    if verb.dep_ != "relcl" or cue.lemma_ != "tell" or not has_tense(verb):
        return False
    return verb.head.lemma_ not in lexicon_set("told_nouns") and any(opens(child, verb) for child in verb.lefts)


def opens(subject: Token, verb: Token) -> bool:
    """told the paper [she] had left; not: told the paper [which] had asked, told the paper on Monday [she] had left"""
    opener = verb.left_edge
    behind = opener.i == verb.head.i + 1 and subject.left_edge.i == opener.i + (opener.lower_ == "that")
    return subject.dep_ == "nsubj" and behind and subject.lower_ not in RELATIVE_WORDS


def surrounding_clause(cue: Token) -> Token | None:
    """[They took bribes], prosecutors allege: the clause beside which a cue stands."""
    return cue.head if (is_parenthetical(cue) or is_as_clause(cue)) and is_finite(cue.head) else None


def is_parenthetical(cue: Token) -> bool:
    """The ship, he said, sank; not: the ship sank, admitted or not"""
    aside = cue.dep_ == "parataxis" or is_introductory(cue) or is_closing(cue)
    return aside and has_own_subject(cue)


def is_introductory(cue: Token) -> bool:
    """If it sinks, he has said, we drown: the parser hangs the cue on what is said."""
    commas = any(token.text == "," for token in cue.lefts)
    return cue.dep_ == "ccomp" and cue.i < cue.head.i and commas and is_closed(cue)


def is_closing(cue: Token) -> bool:
    """He took bribes, prosecutors allege: the parser hangs the cue on what is said."""
    ends = all(map(is_blank, cue.doc[cue.i + 1 : cue.sent.end]))
    return cue.dep_ == "ccomp" and ends and follows_comma(cue.left_edge)


def is_closed(cue: Token) -> bool:
    """, she told reporters on Monday, : behind a cue and those whom it tells stands a comma."""
    after = cue.doc[cue.i + 1 : cue.sent.end]
    return next((token.text for token in after if token.pos_ not in (*OPENS_CLAUSE, "ADP", "ADV")), "") in (",", ";")


def is_as_clause(cue: Token) -> bool:
    """The ship sank, as police said"""
    return cue.dep_ == "advcl" and any(child.lower_ == "as" and is_parted(child) for child in cue.children)


def is_parted(conjunction: Token) -> bool:
    """The ship sank, as police said; not: he wept as he apologized."""
    after_mark = conjunction.i > 0 and conjunction.nbor(-1).is_punct
    return conjunction.dep_ in ("mark", "advmod") and (after_mark or bool(conjunction.is_sent_start))
