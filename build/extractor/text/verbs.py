"""What a verb is: finite or not, a cue or not; the parse of a token goes in, yes or no comes out."""

from spacy.tokens import Token

from ...core.lexicons import lexicon_set

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
CLAUSES = ("ccomp", "parataxis")
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
    if any(child.dep_ in (*SUBJECTS, "expl") for child in verb.children) or verb.dep_ == "conj":
        return True
    return any(has_subject(child) for child in verb.children if child.dep_.startswith("aux"))


def conjunction_that(clause: Token) -> Token | None:
    """said [that] it had sunk"""
    return next((child for child in clause.children if child.lower_ == "that" and child.dep_ == "mark"), None)


def opens_with_that(clause: Token) -> bool:
    return conjunction_that(clause) is not None


def is_cue(token: Token) -> bool:
    if token.pos_ not in ("VERB", "AUX") and not token.tag_.startswith("VB"):
        return False
    lemma = token.lemma_.lower()
    return lemma in lexicon_set("speech_cues") or lemma in lexicon_set("quotation_cues") or is_phrasal(token)


def is_phrasal(verb: Token) -> bool:
    """Shot, of: she shot back that it was late."""
    return any(f"{verb.lemma_.lower()} {child.lower_}" in lexicon_set("phrasal_cues") for child in verb.rights)


def governs(cue: Token, clause: Token) -> bool:
    """Whether a clause is what a cue reports: a statement, a question, or a promise."""
    if is_order(cue, clause):
        return True
    if clause.dep_ in CLAUSES and not is_subordinate(clause):
        return is_finite(clause) or opens_with_that(clause) or lacks_relative(cue, clause)
    if clause.dep_ == "xcomp" and cue.lemma_ in lexicon_set("promise_cues"):
        return clause.i > cue.i and clause.tag_ == "VB"
    first = clause.left_edge
    asks = first.i == cue.i + 1 and first.lower_ in lexicon_set("question_words")
    bare = clause.i > cue.i and not any(c.dep_ in ("mark", "advmod") for c in clause.lefts)
    return clause.dep_ == "advcl" and (asks or bare) and is_finite(clause)


def is_order(cue: Token, clause: Token) -> bool:
    """Wear a mask, warns the clinic"""
    opens = clause.left_edge == clause and bool(clause.is_sent_start) and clause.i < cue.i
    return opens and clause.tag_ == "VB" and clause.dep_ in ("ccomp", "advcl")


def lacks_relative(cue: Token, clause: Token) -> bool:
    """the man who police said had left: the subject stands before the cue"""
    return cue.dep_ == "relcl" and clause.i > cue.i and has_tense(clause)


def is_subordinate(clause: Token) -> bool:
    """told them so, after he left: such a clause says when or why, not what."""
    return any(c.dep_ == "mark" and c.lower_ in lexicon_set("subordinators") for c in clause.lefts)


def reports(verb: Token) -> bool:
    """A cue at work: it governs a clause, quoted words follow it, or it stands beside: , as police said."""
    if not is_cue(verb):
        return False
    following = [token for token in verb.doc[verb.i + 1 : verb.i + 3] if token.text not in ",:"]
    quotes = bool(following) and following[0].is_quote
    deps = {child.dep_ for child in verb.children}
    named = "dobj" in deps or any(child.lower_ == "about" for child in verb.children)
    beside = not deps.isdisjoint(SUBJECTS) and not named
    return quotes or beside or any(governs(verb, c) or urges(verb, c) for c in verb.children if c.i > verb.i)


def urges(cue: Token, action: Token) -> bool:
    """urged them to leave"""
    return action.dep_ in ("ccomp", "xcomp") and action.tag_ == "VB" and cue.lemma_ in lexicon_set("speech_cues")
