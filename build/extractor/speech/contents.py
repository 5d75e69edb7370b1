"""Finds the words a cue reports: a cue and its clause go in, spans of the paragraph come out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.language import Reading
from ..text.verbs import SUBJECTS, has_own_subject, has_tense, is_cue, reports
from ..text.words import OPENS_CLAUSE, is_blank, is_verb
from .clause_edges import after_clause, before_clause
from .clauses import is_closed
from .speakers import RELATIVE_WORDS, Speaker

COMPLEMENTS = ("dobj", "oprd", "xcomp", "ccomp", "attr", "acomp", "prep", "advcl", "pobj", "pcomp")
SHORTEST = 5  # words of a sentence that somebody says
ASIDE = re.compile(r"\s*\([^()]*\)?$")  # (a remark of the article's at the end
THAT = re.compile(r"that,?\s+(?=\S)", re.I)


def clause_spans(reading: Reading, clause: Token, cue: Token, speaker: Speaker | None) -> list[tuple[int, int]]:
    """The stretches of a clause, without the cue and its speaker in its midst."""
    said = following_clause(clause, cue) if clause.i > cue.i else preceding_clause(clause, cue, speaker)
    if clause.is_ancestor(cue):
        said -= {token.i for token in cue.subtree} | before_relative(cue, speaker)
    if speaker and clause.i > cue.i:
        said |= words_before(cue, speaker)
    if speaker:
        said -= set(range(speaker.first.i, speaker.last.i + 1))
    return list(runs(reading, [cue.doc[at] for at in said]))


def following_clause(clause: Token, cue: Token) -> set[int]:
    """She said [it had sunk], adding …: the clause and what goes on with it, without the article's own words."""
    said = {token.i for token in (*clause.subtree, *(second_clause(clause, cue) or continuation(clause, cue)))}
    return said - before_clause(clause) - after_clause(clause)


def preceding_clause(clause: Token, cue: Token, speaker: Speaker | None) -> set[int]:
    """[It hit ten targets, two of them ships], she said: the clause and the words between it and who says it."""
    said = {token.i for token in clause.subtree}
    between = list(cue.doc[max(said) + 1 : speaker.first.i]) if speaker else []
    return said if any(map(is_verb, between)) else said | {token.i for token in between}


def before_relative(cue: Token, speaker: Speaker | None) -> set[int]:
    """They heard calls in which, police said, he joked: the words up to the pronoun are the article's."""
    first = min(speaker.first.i, cue.i) if speaker else cue.i
    pronoun = next((t for t in cue.doc[max(cue.sent.start, first - 2) : first] if t.lower_ in RELATIVE_WORDS), None)
    return set(range(cue.sent.start, pronoun.i + 1)) if pronoun is not None else set()


def words_before(cue: Token, speaker: Speaker) -> set[int]:
    """That is why, she said, he left: the words before a cue in the midst of a sentence, if a verb is among them."""
    before = list(cue.doc[cue.sent.start : min(speaker.first.i, cue.i)])
    inserted = bool(before) and before[-1].text == "," and is_closed(cue)
    relative = any(token.tag_ in ("WDT", "WP") for token in before[-2:])
    if not inserted or relative or any(map(is_cue, before)) or not any(map(has_tense, before)):
        return set()
    return {token.i for token in before}


def second_clause(clause: Token, cue: Token) -> list[Token]:
    """She said A, and B: the parser hangs B on the cue, but B with a subject of its own is said too."""
    last = clause.right_edge.i
    conjuncts = (child for child in cue.rights if child.dep_ == "conj")
    said = next((child for child in conjuncts if is_said_too(child)), None)
    return list(cue.doc[last + 1 : said.right_edge.i + 1]) if said is not None else []


def is_said_too(conjunct: Token) -> bool:
    """She said he had left and it was late; not: she said he had left and warned them"""
    stated = has_tense(conjunct) and has_own_subject(conjunct) and not is_cue(conjunct)
    return stated or conjunct.pos_ in ("NOUN", "PROPN")


def continuation(clause: Token, cue: Token) -> list[Token]:
    """The rest of the sentence, where a conjunction leads into it and nobody else speaks there."""
    rest = list(cue.doc[clause.right_edge.i + 1 : cue.sent.end])
    words = [token for token in rest if token.text != ","]
    if not words or any(map(reports, words)):
        return []
    return rest if enumerates(rest) or (leads_on(rest) and not after_clause(clause)) else []


def enumerates(rest: Sequence[Token]) -> bool:
    """They sought two men: one tall, the other short"""
    return rest[0].text == ":" and not any(token.is_quote for token in rest)


def leads_on(rest: Sequence[Token]) -> bool:
    """She said they had left … and it was late; or the parser lost the thread: … had left early"""
    parted = "," in (rest[0].text, rest[0].nbor(-1).text)
    first = next(token for token in rest if token.text != ",")
    return first.lower_ in lexicon_set("continuations") or (not parted and is_verb(first))


def sentence_before(reading: Reading, cue: Token, speaker: Speaker) -> list[tuple[int, int]]:
    """S, she said on Monday: all of a simple sentence, though the parser sees no clause in it."""
    before = list(cue.doc[cue.sent.start : min(speaker.first.i, cue.i)])
    after = cue.doc[max(speaker.last.i, cue.i) + 1 : cue.sent.end]
    said = is_plain(cue) and is_simple_sentence(before) and not any(map(has_tense, after))
    return list(runs(reading, before)) if said else []


def is_plain(cue: Token) -> bool:
    """She said; not: she said a prayer"""
    named = any(child.dep_ in ("dobj", "xcomp", "ccomp", "oprd") for child in cue.children)
    return cue.lemma_ in lexicon_set("plain_cues") and not named


def is_simple_sentence(words: Sequence[Token]) -> bool:
    """A fire in the town killed nine people, (she said): a statement, in which nobody else speaks"""
    if len(words) < SHORTEST or words[-1].text != "," or words[0].lower_ in lexicon_set("subordinators"):
        return False
    return any(map(is_verb, words[1:])) and not any(map(is_cue, words))


def rest_of_sentence(reading: Reading, cue: Token) -> list[tuple[int, int]]:
    """Where the parser sees no clause after `she said`, though a verb with a tense follows."""
    following = words_after(cue)
    if not following or following[0].pos_ not in OPENS_CLAUSE:
        return []
    plain = cue.lemma_ in lexicon_set("plain_cues") and any(carries_clause(token, cue) for token in following)
    return list(runs(reading, following)) if plain or loses_subject(cue) else []


def words_after(cue: Token) -> list[Token]:
    """The words behind a cue and what tells when and where: said after the convention [that …]"""
    skipped = cue.i
    for child in cue.rights:
        if child.dep_ in ("prep", "npadvmod", "advmod") and child.left_edge.i == skipped + 1:
            skipped = child.right_edge.i
    return list(cue.doc[skipped + 1 : cue.sent.end])


def loses_subject(cue: Token) -> bool:
    """ruled the man who left had lied: the parser takes the subject for the object of the cue."""
    return cue.lemma_ in lexicon_set("speech_cues") and any(map(lacks_subject, cue.rights))


def lacks_subject(verb: Token) -> bool:
    """(ruled the man who left) had lied"""
    bound = any(child.dep_ in (*SUBJECTS, "mark") for child in verb.children)
    return verb.dep_ == "advcl" and has_tense(verb) and not bound


def carries_clause(verb: Token, cue: Token) -> bool:
    """A verb with a tense after a cue that is neither in a relative clause nor beside the cue."""
    if not has_tense(verb) or verb.dep_ == "conj" or not cue.is_ancestor(verb):
        return False
    chain = takewhile(lambda token: token != cue, [verb, *verb.ancestors])
    return not any(
        token.dep_ in ("relcl", "acl", "advcl") or (token.dep_ == "conj" and is_cue(token)) for token in chain
    )


def complement(reading: Reading, cue: Token, start: int, end: int) -> tuple[int, int]:
    """The complement of a cue that holds quoted words: told them [to “go home”], called [him a “liar”]."""
    quoted = reading.tokens_in(start, end)
    holder = next((c for c in cue.rights if quoted and c.left_edge.i <= quoted[0].i <= c.right_edge.i), None)
    if holder is None or holder.dep_ not in COMPLEMENTS:
        return start, end
    begin, stop = reading.span(start_of_phrase(cue, holder, quoted[0]), end_of_phrase(quoted))
    return min(begin, start), max(stop, end)


def start_of_phrase(cue: Token, holder: Token, quoted: Token) -> Token:
    """The first word of the complement, with what it is said of: called [him] a “liar”; not: call for [“peace”]"""
    first = holder.left_edge
    if cue.lemma_ in lexicon_set("quotation_cues"):
        first = next((c.left_edge for c in cue.rights if c.dep_ in ("dobj", "nsubj", "ccomp", "oprd")), first)
    bare = first.pos_ == "ADP" and first.i == quoted.i - 1
    return quoted if bare or quoted.i < first.i else first


def end_of_phrase(quoted: Sequence[Token]) -> Token:
    """The last word that hangs on quoted words: “a wake-up call” to his supporters."""
    edges = [child.right_edge for token in quoted for child in token.rights]
    last = max((*edges, quoted[-1]), key=lambda token: token.i)
    after = quoted[-1].doc[quoted[-1].i + 1 : last.i + 1]
    stop = next((token for token in after if token.is_punct or token.dep_ == "cc"), None)
    return stop.nbor(-1) if stop is not None else last


def runs(reading: Reading, tokens: Iterable[Token]) -> Iterator[tuple[int, int]]:
    """Spans of tokens between which nothing but punctuation and blanks is left out."""
    run: list[Token] = []
    for token in sorted(tokens, key=lambda t: t.i):
        gap = token.doc[run[-1].i + 1 : token.i] if run else ()
        if not all(map(is_blank, gap)):
            yield from trimmed(reading, run)
            run = []
        run.append(token)
    yield from trimmed(reading, run)


def trimmed(reading: Reading, run: list[Token]) -> Iterator[tuple[int, int]]:
    """One span, without punctuation and conjunctions at its ends; none if nothing else is in it."""
    while run and is_edge(run[0]):
        run = run[1:]
    while run and is_edge(run[-1]) and not ends_words(run):
        run = run[:-1]
    if run:
        start, end = reading.span(run[0], run[-1])
        yield without_that(reading.paragraph.text, start, end)


def ends_words(run: Sequence[Token]) -> bool:
    """up 5[%], lost (with all hands[)]: the last mark is a part of the words before it"""
    opened = [token.text for token in run].count("(") == [token.text for token in run].count(")")
    return run[-1].text in ("%", "‰") or (run[-1].text == ")" and opened)


def is_edge(token: Token) -> bool:
    """and it was late, : the first word and the last mark"""
    return is_blank(token) or token.dep_ == "cc"


def without_that(text: str, start: int, end: int) -> tuple[int, int]:
    """The conjunction is no part of what is said, nor is a bracket at its end, if no cue follows: , she said."""
    aside = None if text[end : end + 1] == "," and text[end - 1] == ")" else ASIDE.search(text, start, end)
    that = THAT.match(text, start, end)
    return that.end() if that else start, aside.start() if aside else end
