"""Finds the words a cue reports: a cue and its clause go in, spans of the paragraph come out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from spacy.tokens import Span, Token

from ...core.lexicons import lexicon_set
from ..text.language import Reading
from ..text.verbs import SUBJECTS, governs, has_tense, is_cue, is_finite, opens_with_that, reports
from .clause_edges import after_clause, before_clause
from .speakers import RELATIVES, Speaker

COMPLEMENTS = ("dobj", "oprd", "xcomp", "ccomp", "attr", "acomp", "prep", "advcl", "pobj", "pcomp")
OPENS_CLAUSE = ("DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM")
RELATIVE_WORDS = (*RELATIVES, "whose", "where", "when")
SHORTEST = 5  # words of a sentence that somebody says
ASIDE = re.compile(r"\s*\([^()]*\)?$")  # (a remark of the article's at the end


def find_clause(cue: Token) -> Token | None:
    """The head of the finite clause that a cue governs or stands in the midst of."""
    clauses = [child for child in cue.children if governs(cue, child) and not stands_apart(cue, child)]
    clauses = [clause for clause in clauses if not is_inserted(clause, cue) and not names_before(cue, clause)]
    after = [clause for clause in clauses if clause.i > cue.i and clause.dep_ == "ccomp"]
    if clauses and (after or not counts(cue)):
        return (after or clauses)[0]
    if strayed := strayed_clause(cue):
        return strayed
    beside = (is_introductory(cue) or is_closing(cue) or cue.dep_ == "parataxis") and any(
        c.dep_ in SUBJECTS for c in cue.children
    )
    as_said = cue.dep_ == "advcl" and any(c.lower_ == "as" and is_parted(c) for c in cue.children)
    return cue.head if (beside or as_said) and is_finite(cue.head) else None


def is_introductory(cue: Token) -> bool:
    """If it sinks, he has said, we drown: the parser hangs the cue on what is said."""
    commas = cue.left_edge.i < cue.i and any(token.text == "," for token in cue.lefts)
    return cue.dep_ == "ccomp" and cue.i < cue.head.i and commas and is_closed(cue)


def is_closing(cue: Token) -> bool:
    """He took bribes, prosecutors allege: the parser hangs the cue on what is said."""
    ends = all(token.is_punct or token.is_space for token in cue.doc[cue.i + 1 : cue.sent.end])
    return cue.dep_ == "ccomp" and ends and cue.left_edge.i > cue.head.i and cue.left_edge.nbor(-1).text == ","


def is_inserted(clause: Token, cue: Token) -> bool:
    """They will not, she warned, say it: a cue in the midst of a sentence is not what the sentence's verb reports."""
    return clause.dep_ == "parataxis" and clause.i < cue.i and is_cue(clause)


def names_before(cue: Token, clause: Token) -> bool:
    """He lied, a remark that they called unkind: what somebody is called stands behind the verb."""
    return clause.i < cue.i and cue.lemma_ in lexicon_set("naming_cues") and any(c.dep_ == "oprd" for c in cue.rights)


def is_parted(conjunction: Token) -> bool:
    """The ship sank, as police said; not: he wept as he apologized."""
    after_comma = conjunction.i > 0 and conjunction.nbor(-1).is_punct
    return conjunction.dep_ in ("mark", "advmod") and (after_comma or bool(conjunction.is_sent_start))


def strayed_clause(cue: Token) -> Token | None:
    """said in a statement that they had met, told the paper that …: the parser hangs the clause on the noun."""
    holders = ("prep", "dobj") if cue.lemma_ == "tell" else ("prep",)
    if cue.lemma_ not in lexicon_set("speech_cues"):
        return None
    below = [token for child in cue.rights if child.dep_ in holders for token in child.subtree]
    if counted := next((child for child in cue.rights if cue.lemma_ == "say" and is_clipped(child)), None):
        return counted
    if that := next((child for child in cue.rights if child.lower_ == "that" and child.i == cue.i + 1), None):
        return that if any(map(has_tense, that.subtree)) else None
    strayed = (verb for verb in below if verb.dep_ in ("relcl", "acl") and follows_conjunction(verb))
    return next(strayed, None) or next((verb for verb in below if is_told(verb, cue)), None)


def is_clipped(thing: Token) -> bool:
    """said more than ten people registered: the parser takes the past tense for a participle."""
    return thing.dep_ == "dobj" and any(child.dep_ == "acl" and child.tag_ == "VBN" for child in thing.rights)


def is_told(verb: Token, cue: Token) -> bool:
    """told the paper (that) she had left: a clause with a subject of its own, right behind who listens."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if verb.dep_ != "relcl" or subject is None or cue.lemma_ != "tell" or not has_tense(verb):
        return False
    opener = verb.left_edge
    behind = opener.i == verb.head.i + 1 and subject.left_edge.i == opener.i + (opener.lower_ == "that")
    return behind and subject.lower_ not in RELATIVE_WORDS and verb.head.lemma_ not in lexicon_set("told_nouns")


def follows_conjunction(verb: Token) -> bool:
    """A verb with a subject of its own behind the conjunction `that`, not the pronoun."""
    opener = verb.left_edge
    return opener.lower_ == "that" and opener.tag_ == "IN" and opener.dep_ not in SUBJECTS and is_finite(verb)


def counts(cue: Token) -> bool:
    """Doe had 31 points, Roe added 24: such a verb says nothing."""
    things = (child for child in cue.rights if child.dep_ == "dobj")
    return any(token.like_num for thing in things for token in (thing, *thing.lefts))


def sentence_before(reading: Reading, cue: Token, speaker: Speaker) -> list[tuple[int, int]]:
    """S, she said on Monday: all of a simple sentence, though the parser sees no clause in it."""
    before = list(cue.doc[cue.sent.start : min(speaker.first.i, cue.i)])
    after = cue.doc[max(speaker.last.i, cue.i) + 1 : cue.sent.end]
    named = any(child.dep_ in ("dobj", "xcomp", "ccomp", "oprd") for child in cue.children)
    if cue.lemma_ not in lexicon_set("plain_cues") or named or len(before) < SHORTEST or before[-1].text != ",":
        return []
    if before[0].lower_ in lexicon_set("subordinators") or any(map(is_cue, before)) or any(map(has_tense, after)):
        return []
    told = any(token.pos_ in ("VERB", "AUX") for token in before[1:])
    return list(runs(reading, before)) if told and not any(token.is_quote for token in before) else []


def stands_apart(cue: Token, clause: Token) -> bool:
    """We have been here before: he declared war. What is said ends with a comma before its cue, not a colon, and not
    with a pronoun: calls in which he joked."""
    parted = any(token.text in (":", ";") for token in cue.doc[clause.right_edge.i : cue.i])
    return clause.i < cue.i and (parted or clause.right_edge.lower_ in RELATIVE_WORDS)


def clause_spans(reading: Reading, clause: Token, cue: Token, speaker: Speaker | None) -> list[tuple[int, int]]:
    """The stretches of a clause, without the cue and its speaker in its midst."""
    said = {token.i for token in clause.subtree}
    if clause.i > cue.i:
        said |= {token.i for token in second_clause(clause, cue) or continuation(clause, cue)}
        said -= before_clause(clause) | after_clause(clause)
    if speaker and said and max(said) < speaker.first.i < cue.i:
        said |= verbless(cue.doc[max(said) + 1 : speaker.first.i])
    if clause.is_ancestor(cue):
        said -= {token.i for token in cue.subtree} | before_relative(cue, speaker)
    if speaker and clause.i > cue.i:
        said |= words_before(cue, speaker)
    if speaker:
        said -= set(range(speaker.first.i, speaker.last.i + 1))
    return list(runs(reading, [cue.doc[at] for at in said]))


def before_relative(cue: Token, speaker: Speaker | None) -> set[int]:
    """They heard calls in which, police said, he joked: the words up to the pronoun are the article's."""
    first = min(speaker.first.i, cue.i) if speaker else cue.i
    pronoun = next((t for t in cue.doc[max(cue.sent.start, first - 2) : first] if t.lower_ in RELATIVE_WORDS), None)
    return set(range(cue.sent.start, pronoun.i + 1)) if pronoun is not None else set()


def verbless(between: Span) -> set[int]:
    """It hit 156 targets, 126 of them launchers, she said: words between what is said and who says it."""
    return set() if any(t.pos_ in ("VERB", "AUX") or t.is_quote for t in between) else {t.i for t in between}


def words_before(cue: Token, speaker: Speaker) -> set[int]:
    """That is why, she said, he left: the words before a cue in the midst of a sentence, if a verb is among them."""
    before = list(cue.doc[cue.sent.start : min(speaker.first.i, cue.i)])
    inserted = bool(before) and before[-1].text == "," and is_closed(cue)
    relative = any(token.tag_ in ("WDT", "WP") for token in before[-2:])
    if not inserted or relative or any(map(is_cue, before)) or not any(map(has_tense, before)):
        return set()
    return {token.i for token in before}


def is_closed(cue: Token) -> bool:
    """, she told reporters on Monday, : behind a cue and those whom it tells stands a comma."""
    after = cue.doc[cue.i + 1 : cue.sent.end]
    stop = next((token for token in after if token.pos_ not in (*OPENS_CLAUSE, "ADP", "ADV")), None)
    return stop is not None and stop.text in (",", ";")


def second_clause(clause: Token, cue: Token) -> list[Token]:
    """She said A, and B: the parser hangs B on the cue, but B with a subject of its own is said too."""
    last = clause.right_edge.i
    for child in cue.rights:
        if child.dep_ != "conj" or child.i <= last:
            continue
        own = has_tense(child) and any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in child.children)
        if child.pos_ in ("NOUN", "PROPN") or (own and (opens_with_that(child) or not is_cue(child))):
            return list(cue.doc[last + 1 : child.right_edge.i + 1])
    return []


def continuation(clause: Token, cue: Token) -> list[Token]:
    """The rest of the sentence, where a conjunction leads into it and nobody else speaks there."""
    rest = list(cue.doc[clause.right_edge.i + 1 : cue.sent.end])
    words = [token for token in rest if token.text != ","]
    if not words or any(map(reports, words)):
        return []
    if rest[0].text == ":":  # they were looking for two men: one tall, the other short
        return [] if any(token.is_quote for token in words) else rest
    parted = "," in (rest[0].text, rest[0].nbor(-1).text)
    broken = not parted and rest[0].pos_ in ("VERB", "AUX")  # the parser lost the thread
    if not broken and words[0].lower_ not in lexicon_set("continuations"):
        return []
    return rest if not after_clause(clause) and any(map(has_tense, words)) else []


def rest_of_sentence(reading: Reading, cue: Token) -> list[tuple[int, int]]:
    """Where the parser sees no clause after `she said`, though a verb with a tense follows."""
    skipped = cue.i
    for child in cue.rights:  # said after the convention that …
        if child.dep_ in ("prep", "npadvmod", "advmod") and child.left_edge.i == skipped + 1:
            skipped = child.right_edge.i
    following = [token for token in cue.doc[skipped + 1 : cue.sent.end] if not token.is_space]
    if not following or not (cue.lemma_ in lexicon_set("plain_cues") or loses_subject(cue)):
        return []
    if following[0].pos_ not in OPENS_CLAUSE:
        return []
    if not loses_subject(cue) and not any(carries_clause(t, cue) for t in following):
        return []
    return list(runs(reading, following))


def loses_subject(cue: Token) -> bool:
    """ruled the man who left had lied: the parser takes the subject for the object of the cue."""
    thing = next((child for child in cue.rights if child.dep_ == "dobj"), None)
    if thing is None or cue.lemma_ not in lexicon_set("speech_cues"):
        return False
    verbs = (v for v in cue.rights if v.dep_ == "advcl" and v.left_edge.i == thing.right_edge.i + 1)
    return any(has_tense(v) and not any(c.dep_ in (*SUBJECTS, "mark") for c in v.children) for v in verbs)


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
    tokens = reading.tokens_in(start, end)
    holder = next((c for c in cue.rights if tokens and c.left_edge.i <= tokens[0].i <= c.right_edge.i), None)
    if holder is None or holder.dep_ not in COMPLEMENTS:
        return start, end
    first = holder.left_edge
    if cue.lemma_ in lexicon_set("quotation_cues"):
        first = next((c.left_edge for c in cue.rights if c.dep_ in ("dobj", "nsubj", "ccomp", "oprd")), first)
    last = end_of_phrase(tokens)
    if first.pos_ == "ADP" and first.i == tokens[0].i - 1:  # call for “peace”
        first = tokens[0]
    begin, stop = reading.span(min(first, tokens[0], key=lambda t: t.i), last)
    return min(begin, start), max(stop, end)


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
        if any(not between.is_punct and not between.is_space for between in gap):
            yield from trimmed(reading, run)
            run = []
        run.append(token)
    yield from trimmed(reading, run)


def trimmed(reading: Reading, run: list[Token]) -> Iterator[tuple[int, int]]:
    """One span, without punctuation and conjunctions at its ends; none if nothing else is in it."""
    while run and (run[0].is_punct or run[0].is_space or run[0].dep_ == "cc"):
        run = run[1:]
    while run and (run[-1].is_punct or run[-1].is_space or run[-1].dep_ == "cc"):
        run = run[:-1]
    if run:
        yield cut_asides(reading, *reading.span(run[0], run[-1]))


def cut_asides(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """A bracket at the end of a clause is no part of what somebody says."""
    aside = ASIDE.search(reading.paragraph.text, start, end)
    return start, aside.start() if aside and aside.start() > start else end
