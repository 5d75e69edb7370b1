"""Reads `according to X`: the word goes in, X and the spans of what X says come out."""

from collections.abc import Iterator

from spacy.tokens import Token

from ..text.language import Reading
from ..text.verbs import has_tense, is_cue, is_finite
from ..text.words import is_verb
from .contents import runs
from .speakers import Speaker, noun_phrase


def source_of(cue: Token) -> Speaker | None:
    """according to X: the noun phrase X"""
    sources = (child for to in cue.children if to.lower_ == "to" for child in to.children if child.dep_ == "pobj")
    source = next(sources, None)
    return noun_phrase(source) if source is not None else None


def contents_beside(reading: Reading, cue: Token, speaker: Speaker) -> Iterator[tuple[int, int]]:
    """All of the clause but this phrase."""
    before = before_phrase(reading, cue)
    yield from before
    if not before or goes_on_after(speaker):
        yield from after_phrase(reading, speaker)


def goes_on_after(speaker: Speaker) -> bool:
    """The works, according to X, will be finished: the sentence has its verb behind the phrase."""
    rest = list(speaker.head.doc[end_of_source(speaker) + 1 : speaker.head.sent.end])
    if len(rest) < 2 or rest[0].text != "," or rest[1].dep_ == "cc" or rest[1].tag_ in ("WDT", "WP", "WP$"):
        return False
    return any(has_tense(token) and token.dep_ not in ("relcl", "acl", "appos", "conj") for token in rest)


def before_phrase(reading: Reading, cue: Token) -> list[tuple[int, int]]:
    """S, according to X: all of a simple sentence, else the clause it hangs on, up to the phrase."""
    sentence = list(cue.doc[cue.sent.start : cue.i])
    if sentence and sentence[-1].text == "," and not any(map(parts, sentence)):
        return list(runs(reading, sentence))
    clause = next(filter(is_finite, cue.ancestors), cue.sent.root)
    tokens = [token for token in clause.subtree if token.i < cue.i]
    return list(runs(reading, tokens)) if any(map(is_verb, tokens)) else []


def parts(token: Token) -> bool:
    """It was late[;] it had sunk, according to Doe; police [said] it was late, but it had sunk, according to Doe"""
    return token.lower_ in (";", "but") or (is_cue(token) and not hangs_on(token))


def hangs_on(verb: Token) -> bool:
    """They came after callers reported shots: a verb of a clause that says when, why or which."""
    return verb.dep_ in ("advcl", "relcl", "acl", "pcomp")


def end_of_source(speaker: Speaker) -> int:
    """According to Doe, who runs a clinic, S: where the words about X end."""
    tokens = speaker.head.doc[speaker.first.i : speaker.last.i + 1]
    clauses = [t for token in tokens for t in token.rights if t.dep_ in ("relcl", "acl") and t.i > speaker.last.i]
    ends = [t.right_edge.i for t in clauses if t.left_edge.i <= speaker.last.i + 2]
    closed = (at for at in ends if at + 1 < len(speaker.head.doc) and speaker.head.doc[at + 1].text == ",")
    return next(closed, speaker.last.i)


def after_phrase(reading: Reading, speaker: Speaker) -> list[tuple[int, int]]:
    """According to X, S: the rest of the sentence up to a second predicate, but …"""
    rest = list(reading.doc[end_of_source(speaker) + 1 : speaker.last.sent.end])
    but = next((t.i for t in rest[2:] if t.lower_ == "but" and t.nbor(-1).text == ","), None)
    return list(runs(reading, [token for token in rest if but is None or token.i < but]))
