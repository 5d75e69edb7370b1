"""Says whether a cue reports at all, and how its speaker stands to the words; a cue goes in, a polarity or None comes
out."""

from collections.abc import Iterator

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.verbs import SUBJECTS

NOBODY = ("nobody", "none", "neither", "no-one")
BARELY = ("only", "just", "merely", "simply", "solely")
LEADING = ("xcomp", "pcomp", "prep", "aux", "auxpass", "acl", "advcl")
UNREAL = ("if", "whether", "unless", "lest", "though")
POSSIBLE = ("may", "might", "should", "must")
INSTEAD = ("without", "instead", "rather", "than", "against")


def polarity_of(cue: Token) -> str | None:
    """affirms, denies or unsure; None where nothing is said: did not say, is expected to say, Did she say …?"""
    if is_asked(cue) or is_supposed(cue) or is_put_off(cue):
        return None
    if is_neither(cue) or is_withheld(cue) != is_negated(cue):
        return "unsure" if is_left_open(cue) else None
    if asks(cue) and cue.lemma_.lower() in lexicon_set("asking_cues"):
        return "unsure"
    return "denies" if denies(cue) else "affirms"


def denies(cue: Token) -> bool:
    """denied that it had sunk, ruled out that they would sail, rejected [claims]"""
    return cue.lemma_.lower() in lexicon_set("denying_cues") or rules_out(cue) or denier_of(cue) is not None


def is_left_open(cue: Token) -> bool:
    """did not say whether it had sunk, did not deny or confirm that it had; not: has yet to confirm it"""
    return asks(cue) or ((denies(cue) or leaves_open(cue)) and not is_yet(cue))


def denier_of(noun: Token) -> Token | None:
    """She [rejected] claims that it had sunk; not: she rejected his claim, which is still his"""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    owned = any(c.dep_ == "poss" or c.lower_ in ("by", "from") for c in noun.children)
    denied = noun.pos_ == "NOUN" and noun.dep_ in ("dobj", "pobj", "nsubjpass", "conj") and not owned
    return verb if denied and verb.lemma_.lower() in lexicon_set("denying_words") else None


def rules_out(cue: Token) -> bool:
    """ruled out that they would sail"""
    return cue.lemma_.lower() == "rule" and any(child.lower_ == "out" for child in cue.rights)


def leaves_open(cue: Token) -> bool:
    """could not confirm that it had sunk"""
    return cue.lemma_.lower() in lexicon_set("confirming_words")


def asks(cue: Token) -> bool:
    """did not say [whether] it had sunk, wondered [if] it had"""
    clauses = (child for child in cue.rights if child.dep_ in ("ccomp", "advcl", "xcomp"))
    return any(
        clause.left_edge.lower_ in lexicon_set("question_words") and clause.left_edge.i == cue.i + 1
        for clause in clauses
    )


def is_negated(cue: Token) -> bool:
    """did not say; nobody said; did not go so far as to say; no claim that; not: did not only say"""
    chain = [cue, *lead_verbs(cue)]
    return any(map(has_negation, chain)) or lacks_speaker(chain[-1]) or any(t.lower_ == "no" for t in cue.lefts)


def has_negation(verb: Token) -> bool:
    """has not said, never said, no longer says, hardly said; not: not only said"""
    words = (child for child in verb.children if child.dep_ in ("neg", "advmod") and child.i < verb.i)
    return any(word.lower_ in lexicon_set("negations") and not is_barely(word) for word in words)


def is_barely(negation: Token) -> bool:
    return negation.i + 1 < len(negation.doc) and negation.nbor().lower_ in BARELY


def is_neither(cue: Token) -> bool:
    """neither confirmed nor denied"""
    around = [cue, *([cue.head] if cue.dep_ == "conj" else [])]
    return any(child.lower_ in ("neither", "nor") for verb in around for child in verb.children)


def lacks_speaker(verb: Token) -> bool:
    """nobody said, no official has said, none of them says"""
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    return any(s.lower_ in NOBODY or any(t.lower_ in ("no", "neither") for t in s.lefts) for s in subjects)


def lead_verbs(cue: Token) -> Iterator[Token]:
    """The words that lead to a cue: [refused] to say, [stopped] short of saying, neither called [or] said"""
    word = cue
    while word.head != word and leads(word) and not is_trailing(word):
        word = word.head
        yield word


def leads(word: Token) -> bool:
    if word.dep_ == "conj":
        between = word.doc[word.head.i : word.i]
        return word.pos_ in ("VERB", "AUX") and any(t.lower_ in ("or", "nor") for t in between) and bare(word)
    if word.dep_ in ("acl", "advcl"):
        return any(child.lower_ == "to" and child.dep_ == "aux" for child in word.lefts)
    return word.dep_ in LEADING


def bare(verb: Token) -> bool:
    return not any(child.dep_ in SUBJECTS for child in verb.children)


def is_trailing(word: Token) -> bool:
    """He did not stay, [saying] that it was late; left after saying it was late"""
    return word.dep_ == "prep" and word.lower_ in ("after", "before", "by", "in", "while", "when")


def is_withheld(cue: Token) -> bool:
    """refused to say, has yet to say, stopped short of saying, denied saying, said nothing instead of saying"""
    return is_held_back(cue) or is_denied(cue) or is_set_aside(cue)


def is_held_back(cue: Token) -> bool:
    """refused to say, has yet to say, stopped short of saying"""
    words = [word for lead in lead_verbs(cue) for word in (lead, *lead.children) if word.i < cue.i]
    return any(word.lemma_.lower() in lexicon_set("withholding_words") for word in words)


def is_denied(cue: Token) -> bool:
    """denied saying; not: denied what they say"""
    below = cue.dep_ in ("xcomp", "ccomp") and cue.head.lemma_.lower() in lexicon_set("denying_words")
    return below and has_participle(cue)


def is_set_aside(cue: Token) -> bool:
    """said nothing instead of saying, left without saying"""
    before = cue.doc[max(0, cue.i - 2) : cue.i]
    return cue.dep_ in ("pcomp", "advcl") and any(token.lower_ in INSTEAD for token in before)


def has_participle(verb: Token) -> bool:
    """denied [saying], denied [having] said"""
    return verb.tag_ == "VBG" or any(child.lower_ == "having" for child in verb.lefts)


def is_yet(cue: Token) -> bool:
    """has yet to confirm that it sank: nothing of the kind is said"""
    return any(child.lower_ == "yet" for word in (cue, *lead_verbs(cue)) for child in (word, *word.children))


def is_put_off(cue: Token) -> bool:
    """is expected to say, will be asked to say, plans to say, may say"""
    auxiliaries = any(child.dep_ == "aux" and child.lower_ in POSSIBLE for child in cue.lefts)
    to = any(child.lower_ == "to" and child.dep_ == "aux" for child in cue.lefts)
    leads = lead_verbs(cue) if to else ()
    return auxiliaries or any(lead.lemma_.lower() in lexicon_set("intending_words") for lead in leads)


def is_supposed(cue: Token) -> bool:
    """if she says, whether she said, as though she said; not: she asked if they would say so"""
    marks = (child for child in cue.lefts if child.dep_ in ("mark", "advmod"))
    return any(mark.lower_ in UNREAL and preceded_as(mark) for mark in marks)


def preceded_as(mark: Token) -> bool:
    """as [though] she said; not: she left, [though] she said it was late"""
    return mark.lower_ != "though" or (mark.i > 0 and mark.nbor(-1).lower_ == "as")


def is_asked(cue: Token) -> bool:
    """Did she say …? Who said …? Not: It is late, she said. Why?"""
    subject = next((child for child in cue.lefts if child.dep_ in SUBJECTS), None)
    if subject is None or not ends_in_question(cue):
        return False
    return subject.tag_ in ("WP", "WDT") or any(c.dep_ == "aux" and c.i < subject.i for c in cue.lefts)


def ends_in_question(cue: Token) -> bool:
    """Did she say “no”[?]”"""
    words = [token for token in cue.sent if not token.is_space and not token.is_quote]
    return bool(words) and words[-1].text == "?"


def turned_round(cue: Token) -> tuple[Token, Token]:
    """The first and the last word of a cue with what negates or denies it: [did not rule out], [rejected claims]"""
    around = [child for child in cue.children if child.i < cue.i and child.dep_ in ("aux", "neg", "preconj")]
    first = min([*around, denier_of(cue) or cue, *lead_verbs(cue)], key=lambda token: token.i)
    last = next((child for child in cue.rights if child.lower_ == "out" and child.i == cue.i + 1), cue)
    return min(first, cue, key=lambda token: token.i), last
