"""Finds the grammatical speaker of a cue: a verb goes in, the noun phrase that speaks comes out."""

from dataclasses import dataclass

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.verbs import SUBJECTS, is_cue
from ..text.words import follows_comma, is_verb

RELATIVES = ("who", "whom", "which", "that")
RELATIVE_WORDS = (*RELATIVES, "whose", "where", "when")
POINTING = ("this", "that", "there", "what")
TIMES = ("DATE", "TIME")
NOMINAL = ("NOUN", "PROPN", "PRON")
# Verbs that share the subject of the verb they hang on: said and added; said, adding; began by saying.
SHARING = ("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "parataxis", "ccomp", "aux")
MODIFIERS = ("relcl", "acl", "advcl", "punct", "cc", "ccomp", "parataxis")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A noun phrase that speaks: its head and its first and last token."""

    head: Token
    first: Token
    last: Token


def noun_phrase(head: Token) -> Speaker:
    """The phrase around its head, without relative clauses; appositions and coordinations stay."""
    first, last = head, head
    for child in head.children:
        if child.dep_ in MODIFIERS:
            continue
        if child.i < head.i:
            first = min(first, child.left_edge, key=lambda token: token.i)
        elif child.dep_ in ("appos", "conj") or not is_parted(last, child):
            last = max(last, noun_phrase(child).last, key=lambda token: token.i)
        elif child.dep_ == "prep":  # the coach, Jane Doe, in the first match, the team …
            break
    while first.i < head.i and (first.is_punct or first.is_space):
        first = first.nbor()
    return Speaker(head, first, with_bracket(first, last))


def antecedent(pronoun: Token) -> Speaker | None:
    """What a relative pronoun stands for: Jane Doe in `Jane Doe, who said …`."""
    clause = next((token for token in pronoun.ancestors if token.dep_ in ("relcl", "acl")), None)
    return noun_phrase(clause.head) if clause is not None else None


def with_bracket(first: Token, last: Token) -> Token:
    """The closing bracket of one that a phrase opens: the World Health Organization (WHO)."""
    words = [token.text for token in last.doc[first.i : last.i + 1]]
    follows = last.i + 1 < len(last.doc) and last.nbor().text == ")"
    return last.nbor() if follows and words.count("(") > words.count(")") else last


def is_parted(last: Token, child: Token) -> bool:
    """Whether a comma or a relative clause stands between a phrase and what follows."""
    return any(token.dep_ in ("punct", "relcl") for token in last.doc[last.i + 1 : child.left_edge.i])


def find_speaker(cue: Token) -> Speaker | None:
    """Who says it, by the parse: the verb's subject, or that of the verb it hangs on."""
    verb = cue
    for _ in range(len(cue.doc)):
        if subject := own_subject(verb, cue):
            return noun_phrase(subject)
        if issuing := issuing_verb(verb):
            verb = issuing
            continue
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in (*NOMINAL, "NUM", "DET"):
            return noun_phrase(verb.head)
        if verb.dep_ not in SHARING or verb.head == verb or was_told(verb):
            return None
        verb = reporting_verb(verb) or verb.head
    return None


def issuing_verb(verb: Token) -> Token | None:
    """Doe issued a statement denying it: the verb whose subject issues the words that another verb hangs on."""
    words = verb.head
    if verb.dep_ != "acl" or verb.tag_ != "VBG" or words.lemma_.lower() not in lexicon_set("issued_nouns"):
        return None
    above = words.head.head if words.dep_ == "pobj" else words.head
    active = any(child.dep_ == "nsubj" for child in above.children) or above.dep_ in SHARING
    return above if words.dep_ in ("dobj", "pobj") and above.pos_ == "VERB" and active else None


def was_told(verb: Token) -> bool:
    """Asked whether he would resign, Roe …: the subject of the sentence does not speak here."""
    bare = not any(child.dep_.startswith("aux") for child in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ == "advcl" and bare


def reporting_verb(aside: Token) -> Token | None:
    """Doe said Roe was wrong, adding that …: Doe adds, though the parser hangs the verb on what she said."""
    if is_joined(aside):
        return None if is_cue(aside.head) else aside.head.head
    if not is_trailing(aside):
        return None
    below = (verb for verb in aside.ancestors if verb.dep_ in ("ccomp", "conj"))
    return next((verb.head for verb in below if is_cue(verb.head) and verb.head.i < verb.i < aside.i), None)


def is_joined(cue: Token) -> bool:
    """Doe said it had passed but [warned] that it was late"""
    return cue.dep_ == "conj" and cue.head.dep_ == "ccomp" and cue.tag_ != "VBG" and is_cue(cue.head.head)


def is_trailing(verb: Token) -> bool:
    """Doe said Roe was wrong, [adding] that it was late"""
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and follows_comma(verb.left_edge)


def own_subject(verb: Token, cue: Token) -> Token | None:
    """The subject of this very verb, the 29-year-old, not the day; in `was said by X`, X."""
    if not is_verb(verb) and verb != cue:
        return None
    if speaks_passively(verb):
        return quoted(verb)
    if by := agent_of(verb):
        return by
    subjects = filter(can_act, (actor(child) for child in verb.children if child.dep_ in SUBJECTS))
    nearest = min(subjects, key=lambda token: abs(token.i - verb.i), default=subject_of_aside(verb))
    return None if nearest is not None and nearest.dep_ == "nsubjpass" and verb == cue else nearest


def agent_of(verb: Token) -> Token | None:
    """said by [Doe]"""
    agents = (child for child in verb.children if child.dep_ == "agent")
    return next((token for agent in agents for token in agent.children if token.dep_ == "pobj"), None)


def can_act(subject: Token) -> bool:
    """The crew; the 29-year-old; not: Monday"""
    return is_nominal(subject) and (subject.ent_type_ not in TIMES or subject.lower_ == "old")


def subject_of_aside(verb: Token) -> Token | None:
    """Jane Doe, rising on a point of order, said: the parser hangs her on the participle."""
    asides = [child for child in verb.lefts if child.dep_ == "advcl" and child.tag_ == "VBG"]
    below = ((child, aside) for aside in asides for child in aside.lefts if child.dep_ == "nsubj")
    return next((child for child, aside in below if "," in child.doc[child.i : aside.i].text), None)


def actor(subject: Token) -> Token:
    """A man posing as a guard denied it: the man, though the parser takes the participle for the subject."""
    inner = (child for child in subject.lefts if child.dep_ == "nsubj" and subject.tag_ == "VBG")
    return next(inner, subject)


def quoted(verb: Token) -> Token | None:
    """Whom somebody quotes: was quoted as saying; TASS quoted her as saying; else who quotes."""
    deps = {child.dep_: child for child in verb.children}
    saying = any(child.lower_ == "as" for child in verb.rights)
    return deps.get("nsubjpass") or (deps.get("dobj") if saying else None) or deps.get("nsubj")


def is_nominal(token: Token) -> bool:
    """A noun and its like, or a name that the tagger does not know."""
    return token.pos_ in (*NOMINAL, "NUM", "DET", "ADJ") or token.text[0].isupper()


def speaks_passively(verb: Token) -> bool:
    """was quoted as saying: the passive subject speaks; was told: it listens."""
    return verb.lemma_ in lexicon_set("passive_cues")


def following_speaker(cue: Token) -> Speaker | None:
    """The noun phrase right after an inverted cue: “…,” said the old man; behind `telling` stands who listens."""
    if cue.lemma_ == "tell":
        return None
    following = cue.doc[cue.i + 1 : cue.sent.end]
    for token in following:
        if token.ent_type_ in TIMES:
            return None
        if token.pos_ in NOMINAL and token.dep_ not in ("compound", "poss", "nmod"):
            return noun_phrase(token)
        if token.pos_ not in ("DET", "ADJ", "NUM", "PROPN", "NOUN", "PART", "ADP", "PRON"):
            return None
    return None


def preceding_speaker(cue: Token) -> Speaker | None:
    """The noun phrase right before a cue whose subject the parser does not see."""
    for token in reversed(cue.doc[cue.sent.start : cue.i]):
        timed = token.ent_type_ in TIMES
        if token.pos_ in (*NOMINAL, "NUM") and not timed:
            return noun_phrase(governing(token))
        if not timed and token.pos_ not in ("ADV", "AUX", "PART") and token.text != ",":
            return None
    return None


def governing(noun: Token) -> Token:
    """the governor, of the governor of the region"""
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.pos_ in NOMINAL:
        noun = noun.head.head
    return noun


def is_abstract(speaker: Speaker) -> bool:
    """The evidence shows; this means: such a subject cannot speak."""
    head = speaker.head
    relative = next((t for t in head.ancestors if t.dep_ == "relcl"), None) if head.lower_ == "that" else None
    if relative is not None:  # a letter that says
        head = relative.head
    return head.lemma_.lower() in lexicon_set("abstract_speakers") or head.lower_ in POINTING
