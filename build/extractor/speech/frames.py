"""Says where quoted words stand: in which sentence, by which cue, and whether they are speech at all."""

import re
from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ...reading.roles import title_case
from ..text.language import Reading
from ..text.quotations import Quotation, is_fragment
from ..text.verbs import SUBJECTS, has_tense, is_cue
from .reports import Report
from .speakers import Speaker, find_speaker, noun_phrase

WORDS_WITHOUT_CUE = 4  # fewer quoted words are a name, a title or a scare quote
TITLE_WORDS = 6
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
    return follows(reading, quotation, report) or takes(reading, report, quotation)


def is_sentence(reading: Reading, quotation: Quotation) -> bool:
    """She confirmed the plan, “we will build it”: quoted words after a comma with a subject and a verb of their own."""
    if not reading.paragraph.text[: quotation.start].rstrip().endswith((",", ":")):
        return False
    words = reading.tokens_in(quotation.start, quotation.end)
    return any(child in words for verb in words if has_tense(verb) for child in verb.children if child.dep_ in SUBJECTS)


def lead_speaker(reading: Reading, quotation: Quotation) -> Speaker | None:
    """She rolls out a new message: “…”: the subject of the sentence that leads into quoted words without a cue."""
    start, _ = frame_of(reading, quotation, [])
    if not reading.paragraph.text[start : quotation.start].rstrip().endswith((",", ":")):
        return None
    before = reading.tokens_in(start, quotation.start)
    verbs = [verb for verb in reversed(before) if has_tense(verb) and verb.dep_ != "relcl"]
    speaker = next((found for verb in verbs if (found := find_speaker(verb))), None)
    if not verbs and before and before[0].pos_ == "PROPN":  # Jane Doe, the minister, on the radio: “…”
        speaker = noun_phrase(next(t for t in before if t.dep_ != "compound"))
    return speaker if speaker and reading.quotation_at(speaker.head) is None else None


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
    start, end = frame_of(reading, quotation, reports)
    near = [r for r in reports if reading.quotation_at(r.cue) is None and start <= reading.starts[r.cue.i] < end]
    near = [r for r in near if r.strength not in ("noun", "phrase") and not is_topic(reading, r.cue, quotation)]
    after = [r for r in near if reading.starts[r.cue.i] >= quotation.end]
    before = [r for r in near if reading.starts[r.cue.i] < quotation.start]
    lead = reading.paragraph.text[start : quotation.start].strip()
    if before and takes(reading, before[-1], quotation):
        return before[-1]
    if after and follows(reading, quotation, after[0]):
        return after[0]
    if before and (not after or lead.endswith((":", ","))):
        return leading(before)
    return next(iter(after), None)


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
    words = reading.tokens_in(quotation.start, quotation.end)
    fragment = is_fragment(reading.paragraph.text, quotation)
    return fragment and bool(words) and any(report.cue == verb for verb in words[-1].ancestors if is_cue(verb))


def follows(reading: Reading, quotation: Quotation, report: Report) -> bool:
    """“…,” Jane Doe said: a comma before the closing mark, and then nothing but the speaker before the cue."""
    first = reading.starts[report.speaker.first.i] if report.speaker else quotation.start
    between = reading.paragraph.text[quotation.end : first].strip()
    return quotation.inside(reading.paragraph.text).endswith(",") and first >= quotation.end and not between


def sentence_ends(text: str) -> Iterator[re.Match[str]]:
    """The full stops between sentences; not those of Ms. Doe, J. Roe and the U.S. Senate."""
    abbreviations = lexicon_set("titles") | lexicon_set("abbreviations")
    for boundary in SENTENCE_END.finditer(text):
        word = re.search(r"[\w.]*$", text[: boundary.start()])
        last = word.group().lower() if word else ""
        initial = bool(last) and len(last.rsplit(".", 1)[-1]) == 1 and last[-1].isalpha()
        if boundary.group()[0] != "." or not (initial or last in abbreviations):
            yield boundary


def frame_of(reading: Reading, quotation: Quotation, reports: list[Report]) -> tuple[int, int]:
    """The sentence around a quotation, other quotations counting as words of it."""
    text = reading.paragraph.text
    start, end = 0, len(text)
    for boundary in sentence_ends(text):
        if any(q.start < boundary.start() and boundary.end() < q.end for q in reading.paragraph.quotations):
            continue
        if boundary.end() <= quotation.start:
            start = boundary.end()
        elif boundary.end() >= quotation.end and not goes_on(reading, quotation, boundary, reports):
            return start, boundary.start()
    return start, end


def goes_on(reading: Reading, quotation: Quotation, boundary: re.Match[str], reports: list[Report]) -> bool:
    """“Really?” Jane Doe asked: the mark in the quotation does not end the sentence around it."""
    if boundary.start() > quotation.end or boundary.group()[0] == ".":
        return False
    following = [r for r in reports if 0 <= reading.starts[r.cue.i] - boundary.end() < 60]
    return any(not r.contents and r.strength == "speech" for r in following)


def unquoted_end(reading: Reading, quotation: Quotation, report: Report | None) -> int:
    """“You pushed them to the edge” to make money, she said: where the sentence ends that the marks begin."""
    text = reading.paragraph.text
    if not quotation.inside(text)[-1:].isalnum() or not GOES_ON.match(text, quotation.end):
        return quotation.end
    _, end = frame_of(reading, quotation, [])
    at = reading.starts[report.cue.i] if report else 0
    if report and at > quotation.end:
        first = reading.starts[report.speaker.first.i] if report.speaker else at
        end = min(at, first if first > quotation.end else at)
        if not text[:end].rstrip().endswith(","):
            return quotation.end
    return max(quotation.end, len(text[:end].rstrip(" ,.;:")))


def dash_source(reading: Reading, quotation: Quotation) -> Speaker | None:
    """“…” ― Jane Doe"""
    source = DASH_SOURCE.match(reading.paragraph.text, quotation.end)
    tokens = reading.tokens_in(*source.span("name")) if source else []
    words = [token for token in tokens if token.text not in ",."]
    name = [token.text for token in takewhile(lambda token: token.text != ",", tokens)]
    dated = any(token.is_digit for token in words)  # the source of a title: CBC, August 15, 2008
    if not words or title_case(name) < 1 or dated:
        return None
    return Speaker(words[0], words[0], words[-1])
