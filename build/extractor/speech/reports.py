"""Finds reported speech by the parse: a Reading goes in; cues, their speakers and contents come out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.language import LONGEST_SENTENCE, Reading
from ..text.verbs import FINITE, SUBJECTS, has_tense, is_cue, is_finite, is_phrasal, opens_with_that
from .carriers import find_carrier, is_medium
from .clauses import find_clause
from .contents import clause_spans, rest_of_sentence, runs, sentence_before
from .speakers import Speaker, find_speaker, following_speaker, is_abstract, noun_phrase, preceding_speaker

THAT = re.compile(r"(?:that\b)?[\s,]*")


@dataclass(frozen=True)
class Report:
    """Somebody says something: the cue, who speaks, and the spans of what is said in the paragraph.

    `strength` is how sure a sign the cue is: speech, phrase, noun, quotation (with marks only),
    belief, object (what is said is only named), abstract (what cannot speak).
    """

    cue: Token
    strength: str
    speaker: Speaker | None
    contents: tuple[tuple[int, int], ...] = ()
    via: Speaker | None = None  # who or what carries the words


def find_reports(reading: Reading) -> Iterator[Report]:
    """Every cue of a paragraph, those with no clause of their own included."""
    yield from hand_on(reading, list(read_cues(reading)))


def read_cues(reading: Reading) -> Iterator[Report]:
    sentences = (sentence for sentence in reading.doc.sents if len(sentence) <= LONGEST_SENTENCE)
    for token in chain.from_iterable(sentences):
        if token.lower_ == "according":
            if report := read_according(reading, token):
                yield report
        elif (strength := strength_of(token)) and not is_unsaid(token):
            yield read_noun(reading, token) if strength == "noun" else read_verb(reading, token, strength)


def hand_on(reading: Reading, reports: list[Report]) -> list[Report]:
    """According to TASS, Doe said …: Doe speaks, TASS only carries it."""
    for at, outer in enumerate(reports):
        inner = carried(reading, outer, reports)
        if inner:
            reports[at] = replace(outer, contents=())
            reports[reports.index(inner)] = replace(inner, via=outer.speaker)
    return reports


def carried(reading: Reading, outer: Report, reports: list[Report]) -> Report | None:
    """The report of somebody’s words of which all that a medium reports consists."""
    if not outer.contents or outer.speaker is None or not is_medium(outer.speaker.head):
        return None
    start, end = outer.contents[0]
    for inner in reports:
        if inner is not outer and inner.speaker and inner.contents and start <= reading.starts[inner.cue.i] < end:
            first = min(reading.starts[inner.speaker.first.i], inner.contents[0][0])
            return inner if THAT.fullmatch(reading.paragraph.text, start, max(start, first)) else None
    return None


def is_unsaid(cue: Token) -> bool:
    """Tell us that …! and: without saying that …"""
    ordered = cue.dep_ in ("ROOT", "conj") and all(map(is_order, conjuncts(cue)))
    so_called = cue.i > 1 and [token.lower_ for token in cue.doc[cue.i - 2 : cue.i]] == ["so", "-"]
    return ordered or so_called or (cue.dep_ == "pcomp" and cue.head.lower_ == "without")


def conjuncts(verb: Token) -> Iterator[Token]:
    """A verb and those to which `and` joins it, backwards: go and ask."""
    yield verb
    if verb.dep_ == "conj":
        yield from conjuncts(verb.head)


def is_order(verb: Token) -> bool:
    """A bare verb without subject and auxiliary."""
    bound = (child.dep_ in SUBJECTS or child.dep_.startswith("aux") for child in verb.children)
    return verb.tag_ == "VB" and not any(bound)


def strength_of(token: Token) -> str | None:
    """What kind of cue a verb or a noun is, if any."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
        for strength in ("speech", "quotation", "belief", "object"):
            if lemma in lexicon_set(f"{strength}_cues"):
                return strength
        if is_phrasal(token):
            return "speech"
    if token.pos_ == "NOUN" and lemma in lexicon_set("speech_nouns"):
        return "noun"
    return None


def read_verb(reading: Reading, cue: Token, strength: str) -> Report:
    """A verb with its speaker, and with the clause it governs."""
    if speaker := inserted_speaker(cue):
        before, after = cue.doc[cue.sent.start : cue.i], cue.doc[speaker.last.i + 1 : cue.sent.end]
        return Report(cue, strength, speaker, tuple(runs(reading, [*before, *after])))
    clause = find_clause(cue)
    speaker = parsed_speaker(reading, cue)
    if clause is not None:
        contents = clause_spans(reading, clause, cue, speaker)
    else:
        contents = (rest_of_sentence(reading, cue) or sentence_before(reading, cue, speaker)) if speaker else []
        if speaker and not contents and cue.lemma_.lower() in lexicon_set("object_cues"):
            strength, contents = "object", list(runs(reading, object_of(cue)))
    if speaker is None and (speaker := speaker_by_place(cue, clause)):
        contents = list(up_to(reading, contents, speaker))
    if speaker and is_abstract(speaker):
        strength = "abstract"
    return Report(cue, strength, speaker, tuple(contents), outside(reading, find_carrier(cue), contents))


def inserted_speaker(cue: Token) -> Speaker | None:
    """The works, said Jane Doe, will be finished: who speaks between the subject and its verb."""
    before = cue.doc[cue.sent.start : cue.i]
    if len(before) < 2 or before[-1].text != "," or not has_tense(cue) or any(map(is_main_verb, before)):
        return None
    speaker = following_speaker(cue)
    after = list(cue.doc[speaker.last.i + 1 : cue.sent.end]) if speaker else []
    closed = len(after) > 1 and after[0].text == "," and after[1].pos_ in ("AUX", "VERB") and not is_cue(after[1])
    return speaker if closed and (has_tense(after[1]) or after[1].tag_ in FINITE) else None


def is_main_verb(token: Token) -> bool:
    return (has_tense(token) and token.dep_ != "relcl") or token.is_quote or is_cue(token)


def up_to(reading: Reading, contents: Iterable[tuple[int, int]], speaker: Speaker) -> Iterator[tuple[int, int]]:
    """What is said, without the words for who says it at its end."""
    text, first = reading.paragraph.text, reading.starts[speaker.first.i]
    for start, end in contents:
        yield (start, len(text[:first].rstrip(" ,"))) if start < first < end else (start, end)


def parsed_speaker(reading: Reading, cue: Token) -> Speaker | None:
    """The subject of a cue, unless it stands in quoted words and the cue outside."""
    speaker = find_speaker(cue)
    around = reading.quotation_at(speaker.head) if speaker else None
    return None if around and around != reading.quotation_at(cue) else speaker


def speaker_by_place(cue: Token, clause: Token | None) -> Speaker | None:
    """Who stands behind or before a cue for which the parser sees no subject."""
    speaker = None
    if clause is None or clause.i < cue.i:
        speaker = following_speaker(cue) or speaker_beside(cue)
    if speaker is None and has_tense(cue) and not any(c.dep_ == "nsubjpass" for c in cue.children):
        speaker = preceding_speaker(cue)
    return speaker


def outside(reading: Reading, carrier: Speaker | None, contents: Iterable[tuple[int, int]]) -> Speaker | None:
    """A carrier that is not named within what is said."""
    if carrier is None or reading.quotation_at(carrier.head):
        return None
    at = reading.starts[carrier.head.i]
    return None if any(start <= at < end for start, end in contents) else carrier


def speaker_beside(cue: Token) -> Speaker | None:
    """, Jane Doe said, adding: the speaker of the cue before."""
    before = reversed(cue.doc[cue.sent.start : cue.i]) if cue.tag_ == "VBG" else ()
    return next((find_speaker(verb) for verb in before if is_cue(verb) and has_tense(verb)), None)


def object_of(cue: Token) -> list[Token]:
    """What a verb names as said: praised [the joint work of both], described [the talks as good]; a pronoun names
    nothing."""
    named = next((child for child in cue.children if child.dep_ == "dobj" and child.pos_ in ("NOUN", "PROPN")), None)
    if named is None:
        return []
    judged = (child for child in cue.children if child.lower_ == "as" and child.i > named.i)
    return [token for head in (named, *judged) for token in head.subtree if token.i > cue.i]


def read_noun(reading: Reading, cue: Token) -> Report:
    """the claim that … : the speaker is the owner or whoever makes it."""
    clauses = (c for c in cue.children if c.dep_ in ("acl", "ccomp") and c.i > cue.i)
    clause = next((c for c in clauses if is_finite(c) and opens_with_that(c)), None)
    owner = next((child for child in cue.children if child.dep_ == "poss"), None)
    speaker = noun_phrase(owner) if owner is not None else None
    if speaker is None:
        speaker = next((noun_phrase(maker) for maker in makers(cue)), None)
    if speaker is None and cue.dep_ in ("dobj", "pobj"):
        speaker = find_speaker(cue.head)
    return Report(cue, "noun", speaker, tuple(runs(reading, clause.subtree)) if clause is not None else ())


def makers(noun: Token) -> Iterator[Token]:
    """a statement by X, warnings from X"""
    for child in noun.children:
        if child.lower_ in ("by", "from"):
            yield from (token for token in child.children if token.dep_ == "pobj")


def read_according(reading: Reading, cue: Token) -> Report | None:
    """according to X: all of the clause but this phrase."""
    to = next((child for child in cue.children if child.lower_ == "to"), None)
    source = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
    if source is None:
        return None
    speaker = noun_phrase(source)
    before = before_phrase(reading, cue)
    after = after_phrase(reading, speaker) if not before or goes_on_after(speaker) else []
    return Report(cue, "phrase", speaker, (*before, *after))


def goes_on_after(speaker: Speaker) -> bool:
    """The works, according to X, will be finished: the sentence has its verb behind the phrase."""
    rest = list(speaker.head.doc[end_of_source(speaker) + 1 : speaker.head.sent.end])
    if len(rest) < 2 or rest[0].text != "," or rest[1].dep_ == "cc" or rest[1].tag_ in ("WDT", "WP", "WP$"):
        return False
    return any(has_tense(token) and token.dep_ not in ("relcl", "acl", "appos", "conj") for token in rest)


def before_phrase(reading: Reading, cue: Token) -> list[tuple[int, int]]:
    """S, according to X: all of a simple sentence, else the clause it hangs on, up to the phrase."""
    sentence = list(cue.doc[cue.sent.start : cue.i])
    simple = not any(token.lower_ in (";", "but") or (is_cue(token) and not hangs_on(token)) for token in sentence)
    if sentence and sentence[-1].text == "," and simple:
        return list(runs(reading, sentence))
    clause = cue.head
    while not (clause.pos_ in ("VERB", "AUX") and is_finite(clause)) and clause.head != clause:
        clause = clause.head
    tokens = [token for token in clause.subtree if token.i < cue.i]
    return list(runs(reading, tokens)) if any(t.pos_ in ("VERB", "AUX") for t in tokens) else []


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
