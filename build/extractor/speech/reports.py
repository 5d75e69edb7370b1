"""Finds reported speech by the parse: a Reading goes in; cues, their speakers and contents come out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.language import LONGEST_SENTENCE, Reading
from ..text.verbs import SUBJECTS, has_tense, is_cue, is_finite, is_phrasal, opens_with_that
from ..text.words import is_verb
from .according import contents_beside, source_of
from .carriers import find_carrier, is_medium
from .clauses import find_clause
from .contents import clause_spans, rest_of_sentence, runs, sentence_before
from .speakers import Speaker, find_speaker, following_speaker, is_abstract, noun_phrase, preceding_speaker
from .stances import denier_of, polarity_of

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
    polarity: str = "affirms"


def find_reports(reading: Reading) -> Iterator[Report]:
    """Every cue of a paragraph, those with no clause of their own included."""
    yield from hand_on(reading, list(read_cues(reading)))


def read_cues(reading: Reading) -> Iterator[Report]:
    sentences = (sentence for sentence in reading.doc.sents if len(sentence) <= LONGEST_SENTENCE)
    for token in chain.from_iterable(sentences):
        if token.lower_ == "according":
            if source := source_of(token):
                yield Report(token, "phrase", source, tuple(contents_beside(reading, token, source)))
        elif (strength := strength_of(token)) and not is_unsaid(token) and (polarity := stance_of(token, strength)):
            report = read_noun(reading, token) if strength == "noun" else read_verb(reading, token, strength)
            yield replace(report, polarity=polarity)


def stance_of(cue: Token, strength: str) -> str | None:
    """How the speaker stands to the words; of what somebody thinks or does not, only quoted words are taken."""
    return "affirms" if strength == "belief" else polarity_of(cue)


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
    """Tell us that …! and: so-called"""
    ordered = cue.dep_ in ("ROOT", "conj") and all(map(is_order, conjuncts(cue)))
    so_called = cue.i > 1 and [token.lower_ for token in cue.doc[cue.i - 2 : cue.i]] == ["so", "-"]
    return ordered or so_called


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
    if is_verb(token):
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
    contents = contents_of(reading, cue, clause, speaker)
    if speaker and not contents and (named := object_of(cue)):
        strength, contents = "object", list(runs(reading, named))
    if speaker is None and (speaker := speaker_by_place(cue, clause)):
        contents = list(up_to(reading, contents, speaker))
    if speaker and is_abstract(speaker):
        strength = "abstract"
    return Report(cue, strength, speaker, tuple(contents), outside(reading, find_carrier(cue), contents))


def contents_of(reading: Reading, cue: Token, clause: Token | None, speaker: Speaker | None) -> list[tuple[int, int]]:
    """What a cue governs, or else stands behind it or before it."""
    if clause is not None:
        return clause_spans(reading, clause, cue, speaker)
    if speaker is None:
        return []
    return rest_of_sentence(reading, cue) or sentence_before(reading, cue, speaker)


def inserted_speaker(cue: Token) -> Speaker | None:
    """The works, said Jane Doe, will be finished: who speaks between the subject and its verb."""
    before = cue.doc[cue.sent.start : cue.i]
    if len(before) < 2 or before[-1].text != "," or not has_tense(cue) or any(map(is_main_verb, before)):
        return None
    speaker = following_speaker(cue)
    return speaker if speaker and leads_back(speaker) else None


def leads_back(speaker: Speaker) -> bool:
    """The works, said Jane Doe[, will] be finished; not: … said Jane Doe, the mayor"""
    after = speaker.last.doc[speaker.last.i + 1 : speaker.last.sent.end][:2]
    return len(after) == 2 and after[0].text == "," and has_tense(after[1]) and not is_cue(after[1])


def is_main_verb(token: Token) -> bool:
    """The ship [sank], …; not: the ship that sank, …"""
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
    named = next(filter(is_named, cue.rights), None) if cue.lemma_.lower() in lexicon_set("object_cues") else None
    if named is None:
        return []
    judged = (child for child in cue.children if child.lower_ == "as" and child.i > named.i)
    return [token for head in (named, *judged) for token in head.subtree]


def is_named(thing: Token) -> bool:
    """praised the [work]; not: praised [them]"""
    return thing.dep_ == "dobj" and thing.pos_ in ("NOUN", "PROPN")


def read_noun(reading: Reading, cue: Token) -> Report:
    """the claim that …: the words, and whoever makes it."""
    clause = next(filter(is_claimed, cue.rights), None)
    return Report(cue, "noun", maker_of(cue), tuple(runs(reading, clause.subtree)) if clause is not None else ())


def is_claimed(clause: Token) -> bool:
    """the claim [that it had sunk]; not: the claim that they made"""
    return clause.dep_ in ("acl", "ccomp") and is_finite(clause) and opens_with_that(clause)


def maker_of(noun: Token) -> Speaker | None:
    """[Doe’s] claim, a statement by [Doe], [Doe] issued a statement"""
    if maker := next(own_makers(noun), None):
        return noun_phrase(maker)
    if denier := denier_of(noun):
        return find_speaker(denier)
    return find_speaker(noun.head) if noun.dep_ in ("dobj", "pobj") else None


def own_makers(noun: Token) -> Iterator[Token]:
    """[Doe’s] claim, a statement by [Doe]; not: [Doe] issued a statement"""
    owners = (child for child in noun.children if child.dep_ == "poss")
    sources = (child for child in noun.children if child.lower_ in ("by", "from"))
    makers = (token for source in sources for token in source.children if token.dep_ == "pobj")
    return chain(owners, makers)
