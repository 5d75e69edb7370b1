"""Entries for events and what articles say of these go in; who took part comes out, with the words that say so."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..core.identifiers import short_hash
from ..core.problems import Problem, Problems, quoted
from ..core.records import Claim, EventPerson, EventReport, Mention, Paragraph, Record
from ..editorial.entries import EventEntry, Participation
from .methods import Found
from .passages import Passage

Words = EventReport | Claim
Place = tuple[bool, int, str, int, int, int, str]


class UnplacedError(Problem):
    """Somebody whom no article's words put where an editor says they were."""


@dataclass(frozen=True)
class Evidence:
    """What articles say of events, and where they name people."""

    paragraphs: Mapping[str, Paragraph]
    told_of: Mapping[str, list[Words]]
    named: Mapping[tuple[str, str], list[Mention]]
    """Mentions by person and paragraph."""


def gather(records: Iterable[Record]) -> Evidence:
    paragraphs: dict[str, Paragraph] = {}
    told_of: defaultdict[str, list[Words]] = defaultdict(list)
    named: defaultdict[tuple[str, str], list[Mention]] = defaultdict(list)
    for record in records:
        if isinstance(record, Paragraph):
            paragraphs[record.id] = record
        elif isinstance(record, Mention):
            named[record.person_id, record.paragraph_id].append(record)
        elif isinstance(record, EventReport | Claim) and record.event_id:
            told_of[record.event_id].append(record)
    return Evidence(paragraphs, told_of, named)


def make_event_people(
    entries: Iterable[tuple[EventEntry, Found]], evidence: Evidence, problems: Problems
) -> Iterator[EventPerson]:
    for entry, found in entries:
        for part in entry.people:
            with problems.collect():
                passage = find_words(entry, part, evidence)
                part_id = f"{entry.id}-{short_hash('event_people', part.person)}"
                yield EventPerson(part_id, entry.id, part.person, part.role, **passage.columns, **found)


def find_words(event: EventEntry, part: Participation, evidence: Evidence) -> Passage:
    """The shortest words that report the event and name the person: "Doe welcomed Roe on Saturday"."""
    told = evidence.told_of.get(event.id, [])
    places = [place for words in told for place in spans_with(words, part.person, evidence)]
    if not places:
        sentence = f"no words that report the event name {quoted(part.person)}; cite such words or take them out"
        raise UnplacedError(part.where("person"), sentence)
    *_, start, end, paragraph_id = min(places)
    return Passage(evidence.paragraphs[paragraph_id], start, end)


def spans_with(words: Words, person: str, evidence: Evidence) -> Iterator[Place]:
    """Spans from the words to each mention of the person beside them; last, the words alone of who speaks them."""
    paragraph = evidence.paragraphs[words.paragraph_id]

    def place(start: int, end: int, nameless: bool = False) -> Place:
        return nameless, end - start, paragraph.article_id, paragraph.position, start, end, paragraph.id

    for mention in evidence.named.get((person, paragraph.id), []):
        yield place(min(words.start_char, mention.start_char), max(words.end_char, mention.end_char))
    if isinstance(words, Claim) and words.speaker_id == person:
        yield place(words.start_char, words.end_char, nameless=True)
