"""Says where quoted words stand: in which sentence, by which cue, and whether they are speech at all."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ...reading.credits import title_case
from ..text.language import Reading
from ..text.quotations import Quotation, is_fragment
from ..text.verbs import SUBJECTS, has_tense, is_cue
from .reports import Report
from .speakers import Speaker, find_speaker, noun_phrase

WORDS_WITHOUT_CUE = 4  # fewer quoted words are a name, a title or a scare quote
TITLE_WORDS = 6
NEAR = 60  # characters from a question mark to the cue of the question
SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]*\s+(?=[\"“‘'(\[]?[A-ZÀ-ÖØ-Þ])")
WHOLE = re.compile(r"[A-ZÀ-ÖØ-Þ].*[.!?…,—–-]", re.DOTALL)  # a sentence by itself
DASH_SOURCE = re.compile(r"\s*[—–―-]+\s*(?P<name>[A-ZÀ-ÖØ-Þ][^!?\n:;“”\"]{2,80})$")
GOES_ON = re.compile(r"\s+[a-zß-öø-ÿ]")
JOINS = re.compile(r"[\s,]*(?:and|or|but)?(?: then)?(?: (?:a|an|the|to|as))?[\s,]*")


def group_quotations(reading: Reading) -> list[list[Quotation]]:
    """The quotations of a paragraph, fragments joined by `and` together."""
    text = reading.paragraph.text
    groups: list[list[Quotation]] = []
    for quotation in reading.paragraph.quotations:
        if groups and is_fragment(text, quotation) and JOINS.fullmatch(text, groups[-1][-1].end, quotation.start):
            groups[-1].append(quotation)
        else:
            groups.append([quotation])
    return groups


def is_speech(reading: Reading, quotation: Quotation, report: Report | None) -> bool:
    """Quoted words that somebody said, not a name, a title or a scare quote."""
    text = reading.paragraph.text
    if is_title(text, quotation):
        return False
    if quotation.words(text) >= WORDS_WITHOUT_CUE:
        return report is not None or not is_fragment(text, quotation) or is_sentence(reading, quotation)
    if report is not None:
        return (report.strength == "speech" and is_said(reading, quotation, report)) or calls(
            reading, quotation, report
        )
    return bool(WHOLE.fullmatch(quotation.inside(text)))


def is_said(reading: Reading, quotation: Quotation, report: Report) -> bool:
    """She said it was “over”; not: she said on “Newsnight” …, and not: the “full” sum, he announced on Friday, …"""
    text = reading.paragraph.text
    if not is_fragment(text, quotation):
        return True
    *_, before = ["", *text[: quotation.start].lower().split()]
    if reading.starts[report.cue.i] < quotation.start:
        return before not in ("on", "in", "at", "from")
    return takes(reading, report, quotation)


def is_sentence(reading: Reading, quotation: Quotation) -> bool:
    """She confirmed the plan, “we will build it”: quoted words after a comma with a subject and a verb of their own."""
    words = reading.tokens_in(quotation.start, quotation.end)
    told = any(word.dep_ in SUBJECTS and word.head in words for word in words)
    return told and leads_in(reading.paragraph.text[: quotation.start])


def leads_in(text: str) -> bool:
    """She said: · In her words, · and then comes what she said"""
    return text.rstrip().endswith((",", ":"))


def lead_speaker(reading: Reading, quotation: Quotation) -> Speaker | None:
    """She rolls out a new message: “…”: the subject of the sentence that leads into quoted words without a cue."""
    start, _ = frame_of(reading, quotation, [])
    if not leads_in(reading.paragraph.text[start : quotation.start]):
        return None
    speaker = subject_of(reading.tokens_in(start, quotation.start))
    return speaker if speaker and reading.quotation_at(speaker.head) is None else None


def subject_of(words: Sequence[Token]) -> Speaker | None:
    """Whom words are about; without a verb, who is named first: Jane Doe, the minister, on the radio: “…”"""
    verb = next(filter(is_predicate, reversed(words)), None)
    if verb is not None:
        return find_speaker(verb)
    first = next((token for token in words if token.dep_ != "compound"), None)
    return noun_phrase(first) if first is not None and first.pos_ == "PROPN" else None


def is_predicate(verb: Token) -> bool:
    """The mayor, who came late, [has] a message: a verb with a tense of the sentence itself"""
    return has_tense(verb) and verb.dep_ != "relcl"


def calls(reading: Reading, quotation: Quotation, report: Report) -> bool:
    """He called it “a mess”: two words suffice after a verb that takes them as its complement."""
    before = reading.starts[report.cue.i] < quotation.start
    several = quotation.words(reading.paragraph.text) > 1
    return before and several and report.cue.lemma_ in lexicon_set("naming_cues")


def is_title(text: str, quotation: Quotation) -> bool:
    """The Grapes of Wrath: a capital on every word that titles write with one."""
    inside = quotation.inside(text)
    words = inside.strip(" .,").split()
    inserted = text[: quotation.start].rstrip()[-1:].isalpha()  # watched “Face the Nation.”
    closed = inside.endswith(("!", "?")) or (inside.endswith(".") and not inserted)
    return 2 <= len(words) <= TITLE_WORDS and title_case(words) == 1 and not closed


def neighbour(reading: Reading, quotation: Quotation, reports: list[Report]) -> Report | None:
    """The cue that stands nearest in the sentence around a quotation."""
    before, after = cues_around(reading, quotation, reports)
    if before and takes(reading, before[-1], quotation):
        return before[-1]
    if after and follows(reading, quotation, after[0]):
        return after[0]
    if before and (not after or leads_in(reading.paragraph.text[: quotation.start])):
        return leading(before)
    return next(iter(after), None)


def cues_around(reading: Reading, quotation: Quotation, reports: list[Report]) -> tuple[list[Report], list[Report]]:
    """The cues in the sentence around a quotation that can be its own: those before it and those behind."""
    start, end = frame_of(reading, quotation, reports)
    own = [(reading.starts[report.cue.i], report) for report in reports if introduces(reading, report, quotation)]
    before = [report for at, report in own if start <= at < quotation.start]
    return before, [report for at, report in own if quotation.end <= at < end]


def introduces(reading: Reading, report: Report, quotation: Quotation) -> bool:
    """Jane Doe said: “…”; not: “… he said …”, a warning by Jane Doe, or: the word “…” was called wrong"""
    noun = report.strength in ("noun", "phrase")
    return not noun and reading.quotation_at(report.cue) is None and not is_topic(reading, report.cue, quotation)


def leading(reports: list[Report]) -> Report:
    """She complained that it leaked before they saw it: “…”: the last cue, or that on which its clause hangs."""
    last = reports[-1]
    outer = [r for r in reports if r.cue.is_ancestor(last.cue) and r.strength == "speech"]
    return outer[-1] if outer and last.cue.dep_ in ("advcl", "relcl") else last


def is_topic(reading: Reading, cue: Token, quotation: Quotation) -> bool:
    """The phrase “special relationship” has been declared dead: of such words it is spoken."""
    subjects = [child for child in cue.children if child.dep_ == "nsubjpass"]
    spoken_of = [token for subject in subjects for token in subject.subtree]
    return any(quotation.start <= reading.starts[token.i] < quotation.end for token in spoken_of)


def takes(reading: Reading, report: Report, quotation: Quotation) -> bool:
    """called it “a shame” and vowed to appeal: a fragment belongs to the verb on which it hangs."""
    last = reading.tokens_in(quotation.start, quotation.end)[-1:]
    hangs = any(report.cue.is_ancestor(word) for word in last)
    return hangs and is_cue(report.cue) and is_fragment(reading.paragraph.text, quotation)


def follows(reading: Reading, quotation: Quotation, report: Report) -> bool:
    """“…,” Jane Doe said: a comma before the closing mark, and then nothing but the speaker before the cue."""
    first = reading.starts[report.speaker.first.i] if report.speaker else quotation.start
    return first >= quotation.end and not reading.paragraph.text[quotation.end : first].strip()


def sentence_ends(text: str) -> Iterator[re.Match[str]]:
    """The full stops between sentences; not those of Ms. Doe, J. Roe and the U.S. Senate."""
    for boundary in SENTENCE_END.finditer(text):
        *_, last = re.split(r"[^\w.]", text[: boundary.start()].lower())
        if not is_abbreviation(last):
            yield boundary


def is_abbreviation(word: str) -> bool:
    """ms, of Ms. Doe; j, of J. Roe; u.s, of the U.S. Senate"""
    initial = len(word.rsplit(".", 1)[-1]) == 1 and word[-1].isalpha()
    return initial or word in lexicon_set("titles") or word in lexicon_set("abbreviations")


def frame_of(reading: Reading, quotation: Quotation, reports: list[Report]) -> tuple[int, int]:
    """The sentence around a quotation, other quotations counting as words of it."""
    text = reading.paragraph.text
    start, end = 0, len(text)
    for boundary in sentence_ends(text):
        if any(q.start < boundary.start() and boundary.end() < q.end for q in reading.paragraph.quotations):
            continue
        if boundary.end() <= quotation.start:
            start = boundary.end()
        elif not goes_on(reading, boundary.end(), reports):
            return start, boundary.start()
    return start, end


def goes_on(reading: Reading, end: int, reports: list[Report]) -> bool:
    """“Really?” Jane Doe asked: the mark in the quotation does not end the sentence around it."""
    following = [r for r in reports if 0 <= reading.starts[r.cue.i] - end < NEAR]
    return any(not r.contents and r.strength == "speech" for r in following)


def unquoted_end(reading: Reading, quotation: Quotation, report: Report | None) -> int:
    """“You pushed them to the edge” to make money, she said: where the sentence ends that the marks begin."""
    text = reading.paragraph.text
    if not quotation.inside(text)[-1:].isalnum() or not GOES_ON.match(text, quotation.end):
        return quotation.end
    _, end = frame_of(reading, quotation, [])
    if report and reading.starts[report.cue.i] > quotation.end:
        end = min(start for start in starts_of(reading, report) if start > quotation.end)
        if not text[:end].rstrip().endswith(","):
            return quotation.end
    return max(quotation.end, len(text[:end].rstrip(" ,.;:")))


def starts_of(reading: Reading, report: Report) -> list[int]:
    """Where a cue stands, and where its speaker begins."""
    tokens = [report.cue, report.speaker.first] if report.speaker else [report.cue]
    return [reading.starts[token.i] for token in tokens]


def dash_source(reading: Reading, quotation: Quotation) -> Speaker | None:
    """“…” ― Jane Doe"""
    source = DASH_SOURCE.match(reading.paragraph.text, quotation.end)
    tokens = reading.tokens_in(*source.span("name")) if source else []
    words = [token for token in tokens if token.text not in ",."]
    name = [token.text for token in takewhile(lambda token: token.text != ",", tokens)]
    dated = any(token.is_digit for token in words)  # the source of a title: CBC, August 15, 2008
    return Speaker(words[0], words[0], words[-1]) if title_case(name) == 1 and not dated else None
