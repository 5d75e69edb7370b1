"""What a verb is: finite or not, a cue or not; the parse of a token goes in, yes or no comes out."""

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from .words import is_verb

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
FINITE = ("VBD", "VBP", "VBZ", "MD")


def is_finite(verb: Token) -> bool:
    """A verb with a tense, its own or its auxiliary's, and a subject."""
    return (has_tense(verb) and has_subject(verb)) or is_taken_for_participle(verb) or misses_main_verb(verb)


def is_taken_for_participle(verb: Token) -> bool:
    """Eighty pages matched his: a past tense, though the tagger says otherwise."""
    deps = {child.dep_ for child in verb.children}
    return verb.tag_ == "VBN" and "nsubj" in deps and not deps & {"aux", "auxpass"}


def misses_main_verb(verb: Token) -> bool:
    """Pirates numbering twenty stormed the harbour: the parser takes the participle for the verb."""
    deps = {child.dep_ for child in verb.children}
    return (
        verb.tag_ == "VBG"
        and "nsubj" in deps
        and "aux" not in deps
        and any(child.dep_ == "conj" and child.tag_ == "VBD" for child in verb.rights)
    )


def has_tense(verb: Token) -> bool:
    return verb.tag_ in FINITE or any(has_tense(c) for c in verb.children if c.dep_.startswith("aux"))


def has_subject(verb: Token) -> bool:
    """She left and came back: two verbs with a subject"""
    if has_own_subject(verb) or verb.dep_ == "conj":
        return True
    return any(has_subject(child) for child in verb.children if child.dep_.startswith("aux"))


def has_own_subject(verb: Token) -> bool:
    """She left but [they stayed], but [there was hope]: not the subject of the verb before"""
    return any(child.dep_ in (*SUBJECTS, "expl") for child in verb.children)


def conjunction_that(clause: Token) -> Token | None:
    """said [that] it had sunk"""
    return next((child for child in clause.children if child.lower_ == "that" and child.dep_ == "mark"), None)


def opens_with_that(clause: Token) -> bool:
    return conjunction_that(clause) is not None


def is_cue(token: Token) -> bool:
    """She warned them; she shot back"""
    if not is_verb(token):
        return False
    lemma = token.lemma_.lower()
    return lemma in lexicon_set("speech_cues") or lemma in lexicon_set("quotation_cues") or is_phrasal(token)


def is_phrasal(verb: Token) -> bool:
    """Shot, of: she shot back that it was late."""
    return any(f"{verb.lemma_.lower()} {child.lower_}" in lexicon_set("phrasal_cues") for child in verb.rights)


def governs(cue: Token, clause: Token) -> bool:
    """Whether a clause is what a cue reports: an order, a statement, a promise or a question."""
    return is_order(cue, clause) or is_statement(cue, clause) or is_promise(cue, clause) or is_adverbial(cue, clause)


def is_order(cue: Token, clause: Token) -> bool:
    """Wear a mask, warns the clinic"""
    opens = clause.left_edge == clause and bool(clause.is_sent_start) and clause.i < cue.i
    return opens and clause.tag_ == "VB" and clause.dep_ in ("ccomp", "advcl")


def is_statement(cue: Token, clause: Token) -> bool:
    """She told them that he had left; not: she told them so, after he had left."""
    told = is_finite(clause) or opens_with_that(clause) or lacks_relative(cue, clause)
    return clause.dep_ in ("ccomp", "parataxis") and told


def lacks_relative(cue: Token, clause: Token) -> bool:
    """the man who police said had left: the subject stands before the cue"""
    return cue.dep_ == "relcl" and clause.i > cue.i and has_tense(clause)


def is_promise(cue: Token, clause: Token) -> bool:
    """She vowed to stay"""
    follows = clause.i > cue.i and clause.dep_ == "xcomp"
    return follows and clause.tag_ == "VB" and cue.lemma_ in lexicon_set("promise_cues")


def is_adverbial(cue: Token, clause: Token) -> bool:
    """She wondered when it had sunk; she said on Monday it had sunk: the parser takes what is said for an adverbial."""
    return clause.dep_ == "advcl" and is_finite(clause) and (asks(cue, clause) or is_bare(cue, clause))


def asks(cue: Token, clause: Token) -> bool:
    """She wondered when it had sunk"""
    first = clause.left_edge
    return first.i == cue.i + 1 and first.lower_ in lexicon_set("question_words")


def is_bare(cue: Token, clause: Token) -> bool:
    """She said on Monday it had sunk; not: she said so when it had sunk"""
    return clause.i > cue.i and not any(c.dep_ in ("mark", "advmod") for c in clause.lefts)


def reports(verb: Token) -> bool:
    """A cue at work: it governs a clause, or it stands beside: , as police said."""
    if not is_cue(verb):
        return False
    governed = any(governs(verb, child) or urges(verb, child) for child in verb.rights)
    return governed or stands_beside(verb)


def stands_beside(cue: Token) -> bool:
    """The ship sank, police said; not: police reported the theft; police said nothing about it"""
    deps = {child.dep_ for child in cue.children}
    named = "dobj" in deps or any(child.lower_ == "about" for child in cue.children)
    return not deps.isdisjoint(SUBJECTS) and not named


def urges(cue: Token, action: Token) -> bool:
    """urged them to leave"""
    return action.dep_ in ("ccomp", "xcomp") and action.tag_ == "VB" and cue.lemma_ in lexicon_set("speech_cues")
