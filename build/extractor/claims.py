"""Makes claims of what an article says: of those whom it quotes, and of what it states by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ..core.limits import limits
from .facts.assertions import find_assertions
from .facts.figures import find_figures
from .facts.timex import TimeExpression
from .findings import FoundClaim, FoundFigure
from .names.organizations import Organizations
from .names.reference import People
from .speech.pieces import Attribution
from .speech.stances import turned_round
from .text.language import Reading

CONFIDENCE = {
    "speech": 0.9,
    "phrase": 0.9,
    "quotation": 0.8,
    "noun": 0.7,
    "belief": 0.6,
    "object": 0.6,
    "abstract": 0.6,
}
WITHOUT_CUE = 0.8
SPEAKER_CONFIDENCE = {"speech": 0.95, "phrase": 0.95, "quotation": 0.9, "noun": 0.8}
ASSERTED = 0.7

Dates = Mapping[int, Sequence[TimeExpression]]  # of each reading, by what id() says of it


class Voice(NamedTuple):
    """Who speaks, a person or an organization by its id, and the words by which the article says so."""

    person: str | None
    organization: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Speakers:
    """Whom and what a speaker's words can mean; `ids` are people's, by what id() says of them."""

    people: People
    organizations: Organizations
    ids: Mapping[int, str]

    def voice_of(self, attribution: Attribution) -> Voice | None:
        speaker, reading = attribution.speaker, attribution.speaker_reading
        if speaker is None or reading is None:
            return None
        start, end, text = place(reading, *reading.span(speaker.first, speaker.last))
        if person := self.people.resolve(speaker, reading):
            return Voice(self.ids[id(person)], None, text, start, end)
        organization = self.organizations.resolve(speaker, reading)
        return Voice(None, organization.id if organization else None, text, start, end)


def place(reading: Reading, start: int, end: int) -> tuple[int, int, str]:
    """A span of a paragraph as a span of the article, with its words."""
    shift = reading.paragraph.start
    return shift + start, shift + end, reading.paragraph.text[start:end]


def spoken(attributions: Sequence[Attribution], voices: Sequence[Voice | None], dates: Dates) -> Iterator[FoundClaim]:
    """What others say, each with the voice that says it."""
    utterances = number_utterances(attributions)
    for attribution, voice, utterance in zip(attributions, voices, utterances, strict=True):
        yield FoundClaim(
            *place(attribution.reading, attribution.start, attribution.end),
            kind=attribution.kind,
            speaker=voice.person if voice else None,
            speaker_organization=voice.organization if voice else None,
            speaker_text=voice.text if voice else None,
            speaker_start=voice.start if voice else None,
            speaker_end=voice.end if voice else None,
            cue=cue_words(attribution),
            via=via_of(attribution),
            polarity=attribution.polarity,
            utterance=utterance,
            confidence=CONFIDENCE.get(attribution.strength or "", WITHOUT_CUE),
            speaker_confidence=sure_of(attribution, voice),
            figures=tuple(figures_in(attribution.reading, attribution.start, attribution.end, dates)),
        )


def sure_of(attribution: Attribution, voice: Voice | None) -> float | None:
    """How sure it is that this voice speaks; None where nobody is found."""
    if voice is None or not (voice.person or voice.organization):
        return None
    return SPEAKER_CONFIDENCE.get(attribution.strength or "", WITHOUT_CUE)


def number_utterances(attributions: Sequence[Attribution]) -> list[int]:
    """Pieces that share a cue are one utterance."""
    numbers = [1] if attributions else []
    for before, piece in pairwise(attributions):
        numbers.append(numbers[-1] + (piece.cue is None or piece.cue != before.cue))
    return numbers


def cue_words(attribution: Attribution) -> str | None:
    """said; and with what turns it round: did not rule out, rejected claims"""
    cue = attribution.cue
    if cue is None:
        return None
    if attribution.polarity == "affirms":
        return cue.text
    first, last = turned_round(cue)
    return place(attribution.reading, *attribution.reading.span(first, last))[2]


def via_of(attribution: Attribution) -> str | None:
    """The words for who merely carries the claim."""
    carrier, reading = attribution.via, attribution.speaker_reading
    if carrier is None or reading is None:
        return None
    start, end = reading.span(carrier.first, carrier.last)
    return reading.paragraph.text[start:end]


def asserted(readings: Sequence[Reading], attributions: Sequence[Attribution], dates: Dates) -> Iterator[FoundClaim]:
    """What the article states by itself."""
    for reading in readings:
        said = [attribution for attribution in attributions if attribution.reading is reading]
        for start, end in find_assertions(reading, dates[id(reading)], said):
            yield FoundClaim(
                *place(reading, start, end),
                kind="assertion",
                speaker=None,
                speaker_organization=None,
                speaker_text=None,
                speaker_start=None,
                speaker_end=None,
                cue=None,
                via=None,
                polarity="affirms",
                utterance=None,
                confidence=ASSERTED,
                speaker_confidence=None,
                figures=tuple(figures_in(reading, start, end, dates)),
            )


def figures_in(reading: Reading, start: int, end: int, dates: Dates) -> Iterator[FoundFigure]:
    """The figures of a span of a paragraph."""
    spans = [(d.start, d.end) for d in dates[id(reading)] if start <= d.start < end]
    for figure in find_figures(reading, start, end, spans):
        words = place(reading, figure.start, figure.end)
        least, greatest = limits(figure.low, figure.high, figure.comparator)
        yield FoundFigure(*words, least, greatest, figure.comparator, figure.unit, figure.measures)
