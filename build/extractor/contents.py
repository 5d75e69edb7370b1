"""Finds the words a cue reports: a cue and its clause go in, spans of the paragraph come out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from spacy.tokens import Token

from ..lexicons import lexicon_set
from .language import Reading
from .speakers import SUBJECTS, Speaker

CLAUSES = ("ccomp", "parataxis")
COMPLEMENTS = ("dobj", "oprd", "xcomp", "ccomp", "attr", "acomp", "prep", "advcl", "pobj", "pcomp")
FINITE = ("VBD", "VBP", "VBZ", "MD")
OPENS_CLAUSE = ("DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM")
ASIDE = re.compile(r"\s*\([^()]*\)?$")  # (a remark of the article's at the end


def is_finite(verb: Token) -> bool:
    """A verb with a tense, its own or its auxiliary's, and a subject."""
    return has_tense(verb) and has_subject(verb)


def has_tense(verb: Token) -> bool:
    return verb.tag_ in FINITE or any(has_tense(c) for c in verb.children if c.dep_.startswith("aux"))


def has_subject(verb: Token) -> bool:
    if any(child.dep_ in (*SUBJECTS, "expl") for child in verb.children) or verb.dep_ == "conj":
        return True
    return any(has_subject(child) for child in verb.children if child.dep_.startswith("aux"))


def opens_with_that(clause: Token) -> bool:
    return any(child.lower_ == "that" and child.dep_ == "mark" for child in clause.children)


def find_clause(cue: Token) -> Token | None:
    """The head of the finite clause that a cue governs or stands in the midst of."""
    clauses = [child for child in cue.children if governs(cue, child) and not stands_apart(cue, child)]
    after = [clause for clause in clauses if clause.i > cue.i and clause.dep_ == "ccomp"]
    if clauses:
        return (after or clauses)[0]
    beside = cue.dep_ == "parataxis" and any(c.dep_ in SUBJECTS for c in cue.children)
    as_said = cue.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in cue.children)
    return cue.head if (beside or as_said) and is_finite(cue.head) else None


def stands_apart(cue: Token, clause: Token) -> bool:
    """We have been here before: he declared war. What somebody says ends with a comma before the cue, not with a colon."""
    return clause.i < cue.i and any(token.text in (":", ";") for token in cue.doc[clause.right_edge.i : cue.i])


def governs(cue: Token, clause: Token) -> bool:
    """Whether a clause is what a cue reports: a statement, a question, or a promise."""
    if clause.dep_ in CLAUSES and not is_subordinate(clause):
        return is_finite(clause) or opens_with_that(clause)
    if clause.dep_ == "xcomp" and cue.lemma_ in lexicon_set("promise_cues"):
        return clause.i > cue.i and clause.tag_ == "VB"
    first = clause.left_edge
    asks = first.i == cue.i + 1 and first.lower_ in lexicon_set("question_words")
    bare = clause.i > cue.i and not any(c.dep_ in ("mark", "advmod") for c in clause.lefts)
    return clause.dep_ == "advcl" and (asks or bare) and is_finite(clause)


def is_subordinate(clause: Token) -> bool:
    """told them so, after he left: such a clause says when or why, not what."""
    return any(c.dep_ == "mark" and c.lower_ in lexicon_set("subordinators") for c in clause.lefts)


def clause_spans(reading: Reading, clause: Token, cue: Token, speaker: Speaker | None) -> list[tuple[int, int]]:
    """The stretches of a clause, without the cue and its speaker in its midst."""
    said = {token.i for token in clause.subtree}
    if clause.i > cue.i:
        said |= {token.i for token in second_clause(clause, cue) or continuation(clause, cue)}
        said -= before_clause(clause) | after_clause(clause)
    if clause.is_ancestor(cue):
        said -= {token.i for token in cue.subtree}
    if speaker:
        said -= set(range(speaker.first.i, speaker.last.i + 1))
    return list(runs(reading, [cue.doc[at] for at in said]))


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
    if rest[0].text == ":":  # it works like this: A, and B
        return rest if any(map(has_tense, words)) else []
    broken = rest[0].text != "," and rest[0].pos_ in ("VERB", "AUX")  # the parser lost the thread
    if not broken and words[0].lower_ not in lexicon_set("continuations"):
        return []
    return rest if not after_clause(clause) and any(map(has_tense, words)) else []


def before_clause(clause: Token) -> set[int]:
    """What the parser gives to a clause though it says when the cue took place: said Monday that …"""
    tokens = sorted(clause.subtree, key=lambda token: token.i)
    that = next((t for t in clause.children if t.dep_ == "mark" and t.lower_ == "that"), None)
    if that is not None:
        return {token.i for token in tokens if token.i < that.i}
    first = tokens[0]
    subject = next((c for c in clause.lefts if c.dep_ in SUBJECTS), None)
    if clause.dep_ == "advcl" and first.pos_ == "ADP" and subject is not None:  # said after the show he …
        return {token.i for token in tokens if token.i < subject.left_edge.i}
    if first.ent_type_ not in ("DATE", "TIME") and first.lower_ not in ("this", "last"):
        return set()
    dated = [t for t in tokens if t.i < clause.i and t.ent_type_ in ("DATE", "TIME") and t.dep_ != "nsubj"]
    if not dated or first.dep_ in SUBJECTS or any(t.text == "," for t in tokens if t.i <= dated[-1].i + 1):
        return set()
    run = [t.i for t in tokens if first.i <= t.i <= dated[-1].i]
    return set(run) if all(t.ent_type_ for t in tokens[: len(run)]) else set()


def after_clause(clause: Token) -> set[int]:
    """What hangs on a clause but is the article's own: , although … · , adding that … · and warned …"""
    for token in sorted(clause.subtree, key=lambda t: t.i):
        if token.i > clause.i and (start := own_words_from(token, clause)) is not None:
            return {t.i for t in clause.subtree if t.i >= start}
    return set()


def own_words_from(token: Token, clause: Token) -> int | None:
    """Where the article's own words begin, if this token heads such a stretch."""
    edge = token.left_edge
    after_comma = edge.i > clause.i and edge.nbor(-1).text == ","
    if token.dep_ == "advcl" and after_comma and (concedes(token) or is_aside(token)):
        return edge.i
    if token.dep_ == "relcl" and after_comma and any(is_cue(t) and is_finite(t) for t in token.subtree):
        return edge.i
    if token.dep_ == "conj" and token.head == clause and (speaks_too(token) or reports_too(token)):
        return first_conjunction(clause, token)
    return None


def speaks_too(verb: Token) -> bool:
    """She said he left, but they deny it was late: another subject, and a cue of its own."""
    own = has_tense(verb) and any(child.dep_ in SUBJECTS for child in verb.children)
    return own and holds_cue(verb) and not opens_with_that(verb)


def reports_too(verb: Token) -> bool:
    """She said he left and added that it was late: a second cue of the same speaker."""
    return verb.tag_ in ("VBD", "VBZ") and reports(verb) and not any(c.dep_ in SUBJECTS for c in verb.children)


def holds_cue(verb: Token) -> bool:
    """they said that …; they could not resist pointing out that …"""
    below = (child for child in verb.children if child.dep_ in ("xcomp", "pcomp"))
    return reports(verb) or any(holds_cue(child) for child in below)


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


def concedes(verb: Token) -> bool:
    """, although … ; even though goes on."""
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark" and c.nbor(-1).lower_ != "even"}
    return bool(marks & lexicon_set("concessions"))


def is_aside(verb: Token) -> bool:
    """, adding that …; , citing the report; not: , beginning in January"""
    named = verb.lemma_ in lexicon_set("speech_cues") or any(child.dep_ == "dobj" for child in verb.children)
    return is_cue(verb) and (named or reports(verb))


def first_conjunction(clause: Token, conjunct: Token) -> int:
    between = (token for token in clause.children if clause.i < token.i < conjunct.i and token.dep_ == "cc")
    return next((token.i for token in between), conjunct.left_edge.i)


def is_cue(token: Token) -> bool:
    if token.pos_ not in ("VERB", "AUX") and not token.tag_.startswith("VB"):
        return False
    return any(token.lemma_.lower() in lexicon_set(f"{kind}_cues") for kind in ("speech", "quotation"))


def rest_of_sentence(reading: Reading, cue: Token) -> list[tuple[int, int]]:
    """Where the parser sees no clause after `she said`, though a verb with a tense follows."""
    skipped = cue.i
    for child in cue.rights:  # said after the convention that …
        if child.dep_ in ("prep", "npadvmod", "advmod") and child.left_edge.i == skipped + 1:
            skipped = child.right_edge.i
    following = [token for token in cue.doc[skipped + 1 : cue.sent.end] if not token.is_space]
    if cue.lemma_ not in lexicon_set("plain_cues") or not following:
        return []
    if following[0].pos_ not in OPENS_CLAUSE or not any(carries_clause(t, cue) for t in following):
        return []
    return list(runs(reading, following))


def carries_clause(verb: Token, cue: Token) -> bool:
    """A verb with a tense after a cue that is neither in a relative clause nor beside the cue."""
    if not has_tense(verb) or verb.dep_ == "conj" or not cue.is_ancestor(verb):
        return False
    chain = takewhile(lambda token: token != cue, [verb, *verb.ancestors])
    return not any(token.dep_ in ("relcl", "acl", "advcl") or (token.dep_ == "conj" and is_cue(token)) for token in chain)


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
