"""Finds reported speech by the parse: a Reading goes in; cues, their speakers and contents come out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from .language import Reading
from .lexicons import lexicon_set
from .speakers import SUBJECTS, Speaker, find_speaker, following_speaker, is_abstract, noun_phrase

CLAUSES = ("ccomp", "parataxis")
FINITE = ("VBD", "VBP", "VBZ", "MD")


@dataclass(frozen=True)
class Report:
    """Somebody says something: the cue, who speaks, and the spans of what is said in the paragraph.

    `strength` is how sure a sign the cue is: speech, quotation (with marks only), belief, phrase.
    """

    cue: Token
    strength: str
    speaker: Speaker | None
    contents: tuple[tuple[int, int], ...] = ()


def strength_of(token: Token) -> str | None:
    """What kind of cue a verb or a noun is, if any."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
        for strength in ("speech", "quotation", "belief"):
            if lemma in lexicon_set(f"{strength}_cues"):
                return strength
    if token.pos_ == "NOUN" and lemma in lexicon_set("speech_nouns"):
        return "noun"
    return None


def find_reports(reading: Reading) -> Iterator[Report]:
    """Every cue of a paragraph, those with no clause of their own included."""
    for token in reading.doc:
        if token.lower_ == "according" and (report := read_according(reading, token)):
            yield report
        elif strength := strength_of(token):
            yield read_noun(reading, token) if strength == "noun" else read_verb(reading, token, strength)


def read_verb(reading: Reading, cue: Token, strength: str) -> Report:
    clause = find_clause(cue)
    speaker = find_speaker(cue)
    if clause is None:
        return Report(cue, strength, speaker or following_speaker(cue))
    contents = tuple(clause_spans(reading, clause, cue, speaker))
    if speaker is None and clause.i < cue.i:
        speaker = following_speaker(cue)
    if speaker and is_abstract(speaker):
        strength = "abstract"
    return Report(cue, strength, speaker, contents)


def find_clause(cue: Token) -> Token | None:
    """The head of the finite clause that a cue governs or stands in the middle of."""
    clauses = [child for child in cue.children if child.dep_ in CLAUSES and is_finite(child)]
    if clauses:
        after = [clause for clause in clauses if clause.i > cue.i]
        return next((clause for clause in after if clause.dep_ == "ccomp"), clauses[0])
    if cue.dep_ == "parataxis" and is_finite(cue.head) and has_subject(cue):
        return cue.head
    return None


def is_finite(verb: Token) -> bool:
    """A verb with a tense, its own or its auxiliary's, and a subject."""
    finite = verb.tag_ in FINITE or any(child.tag_ in FINITE for child in verb.children if child.dep_.startswith("aux"))
    return finite and has_subject(verb)


def has_subject(verb: Token) -> bool:
    return any(child.dep_ in (*SUBJECTS, "expl") for child in verb.children) or verb.dep_ == "conj"


def clause_spans(reading: Reading, clause: Token, cue: Token, speaker: Speaker | None) -> Iterator[tuple[int, int]]:
    """The stretches of a clause, cut where the cue and its speaker stand in its midst."""
    frame = {cue.i, *(token.i for token in cue.subtree if not clause.is_ancestor(token) and token != clause)}
    if clause.is_ancestor(cue):
        frame = {token.i for token in cue.subtree}
    if speaker:
        frame.update(range(speaker.first.i, speaker.last.i + 1))
    yield from runs(reading, (token for token in clause.subtree if token.i not in frame))


def runs(reading: Reading, tokens: Iterable[Token]) -> Iterator[tuple[int, int]]:
    """Spans of tokens that follow one another, without punctuation at the ends; blanks bridge nothing."""
    run: list[Token] = []
    for token in sorted(tokens, key=lambda t: t.i):
        if run and any(not between.is_punct and not between.is_space for between in token.doc[run[-1].i + 1 : token.i]):
            yield from trimmed(reading, run)
            run = []
        run.append(token)
    yield from trimmed(reading, run)


def trimmed(reading: Reading, run: list[Token]) -> Iterator[tuple[int, int]]:
    """One span, unless nothing but punctuation and conjunctions is in it."""
    while run and (run[0].is_punct or run[0].is_space or run[0].dep_ == "cc"):
        run = run[1:]
    while run and (run[-1].is_punct or run[-1].is_space):
        run = run[:-1]
    if run:
        yield reading.span(run[0], run[-1])


def read_noun(reading: Reading, cue: Token) -> Report:
    """the claim that … : the speaker is the owner or the subject of making it."""
    clause = next((c for c in cue.children if c.dep_ in ("acl", "ccomp") and c.i > cue.i and says_that(c)), None)
    owner = next((child for child in cue.children if child.dep_ == "poss"), None)
    speaker = noun_phrase(owner) if owner is not None else find_speaker(cue.head) if cue.dep_ in ("dobj", "pobj") else None
    contents = tuple(runs(reading, clause.subtree)) if clause is not None else ()
    return Report(cue, "noun", speaker, contents)


def says_that(clause: Token) -> bool:
    return is_finite(clause) and any(child.lower_ == "that" and child.dep_ == "mark" for child in clause.children)


def read_according(reading: Reading, cue: Token) -> Report | None:
    """according to X: all of the clause but this phrase."""
    to = next((child for child in cue.children if child.lower_ == "to"), None)
    source = next((child for child in to.children if child.dep_ == "pobj"), None) if to else None
    if source is None:
        return None
    speaker = noun_phrase(source)
    clause = cue.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
        clause = clause.head
    phrase = {token.i for token in cue.subtree}
    dropped = phrase | second_predicate(clause) if cue.i < clause.i else phrase
    contents = list(runs(reading, (token for token in clause.subtree if token.i not in dropped)))
    after = [span for span in contents if span[0] > reading.starts[cue.i]]
    return Report(cue, "phrase", speaker, tuple(after if cue.i < clause.i and after else contents))


def second_predicate(clause: Token) -> set[int]:
    """According to X, prices rose, but fell later: what follows `but` is no longer from the source."""
    but = next((child for child in clause.rights if child.lower_ == "but"), None)
    return {token.i for token in clause.subtree if but is not None and token.i >= but.i}
