"""Generated articles, as many as a benchmark wants: the same number gives the same bytes.

python benchmarks/generated.py NUMBER FILE
"""

import sys
from itertools import chain
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from build.core.records import (  # noqa: E402
    Article,
    Build,
    Claim,
    ClaimProposition,
    Event,
    EventPerson,
    EventReport,
    Mention,
    Paragraph,
    Person,
    Proposition,
    Site,
    Source,
)
from build.core.tables import collect  # noqa: E402
from build.output.database import write  # noqa: E402

PEOPLE, SOURCES, EVENTS, PROPOSITIONS = 400, 40, 500, 300
PARAGRAPHS = 12  # an article; each has one sentence with a speaker
WORDS = (
    "bridge harbour council minister budget trade border agreement visit talks energy vaccine training election "
    "court company workers strike school hospital railway river storm market price bank water power island treaty"
).split()
EXTRACTED = {"method": "extracted", "confidence": 0.9}
NO_SITE = ["description", "about_line", "about", "license", "license_url", "report_errors_to", "annotated_by", "home"]


def word(number):
    return WORDS[number % len(WORDS)]


def day_of(number):
    return f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"


def name_of(person):
    return f"Jane {word(person).title()} {person}"


def shared_records():
    """The people, sources, events and comparisons that all articles speak of."""
    yield Build("news", "generated", "0", None, None, None)
    yield Site("news", "Generated news", **dict.fromkeys(NO_SITE))
    for n in range(SOURCES):
        yield Source(f"source-{n}", f"The Daily {word(n).title()} {n}", "newspaper", None, None)
    for n in range(PEOPLE):
        yield Person(f"person-{n}", name_of(n), None)
    for n in range(EVENTS):
        day = day_of(n)
        date = {"date": day, "date_earliest": day, "date_latest": day, "date_basis": "stated"}
        kind = {"kind": "meeting", "status": "occurred", "place_id": None, "part_of": None}
        yield Event(f"event-{n}", f"Talks on the {word(n)}, {day}", **date, **kind, **EXTRACTED)
    for n in range(PROPOSITIONS):
        yield Proposition(f"proposition-{n}", f"The {word(n)} was agreed on.", f"event-{n % EVENTS}", **EXTRACTED)


def span_of(text, words):
    start = text.index(words)
    return {"start_char": start, "end_char": start + len(words), "text": words}


def paragraph_records(article, position, start, random):
    """A paragraph with a mention, a claim and a report of an event."""
    person, event = random.randrange(PEOPLE), random.randrange(EVENTS)
    quote = f"“{' '.join(random.choices(WORDS, k=20))},”"
    text = f"{quote} said {name_of(person)} on Monday at the {' '.join(random.choices(WORDS, k=25))}."
    row, paragraph = f"{article}-{position}", f"{article}-p{position}"
    yield Paragraph(paragraph, article, position, "body", text, start, start + len(text), 1)
    there = {"id": row, "paragraph_id": paragraph, "article_id": article, **EXTRACTED}
    yield Mention(
        person_id=f"person-{person}",
        kind="name",
        role_as_stated=None,
        **there,
        **span_of(text, name_of(person)),
    )
    speaker = {"speaker_id": f"person-{person}", "speaker_as_stated": name_of(person), "cue": "said"}
    said = {"kind": "direct", "polarity": "affirms", "speaker_confidence": 0.9}
    nothing = dict.fromkeys(["speaker_organization_id", "speaker_unknown", "via", "event_id", "utterance"])
    context = {"prefix": "", "suffix": text[len(quote) : len(quote) + 32]}
    yield Claim(**said, **there, **speaker, **nothing, **context, **span_of(text, quote))
    yield EventReport(
        event_id=f"event-{event}", date_as_stated="Monday", date_resolved=None, rule="weekday",
        **there, **span_of(text, "on Monday")
    )  # fmt: skip
    yield ClaimProposition(row, row, f"proposition-{random.randrange(PROPOSITIONS)}", "supports", **EXTRACTED)


def article_records(number):
    random = Random(number)
    article, start = f"article-{number}", 0
    for position in range(1, PARAGRAPHS + 1):
        paragraph, *rest = paragraph_records(article, position, start, random)
        yield from (paragraph, *rest)
        if position == 1 and number < EVENTS:  # one person an event, however many articles there are
            part = {"id": f"event-{number}-p", "event_id": f"event-{number}", "person_id": f"person-{number % PEOPLE}"}
            there = {"paragraph_id": paragraph.id, "article_id": article, "role": "participant"}
            yield EventPerson(**part, **there, **span_of(paragraph.text, "on Monday"), **EXTRACTED)
        start = paragraph.end_char + 1
    title = f"{random.choice(WORDS).title()} and {random.choice(WORDS)} in talks {number}"
    source, day = f"source-{number % SOURCES}", day_of(number)
    yield Article(
        article, f"{number}.txt", title, title, source, None, day, day, day, "stated", None, "en", None,
        source, "stated", None, str(number), PARAGRAPHS * 50
    )  # fmt: skip


def generate(number, path):
    """Writes a database of so many articles."""
    articles = chain.from_iterable(map(article_records, range(number)))
    write(Path(path), collect(chain(shared_records(), articles)))


if __name__ == "__main__":
    generate(int(sys.argv[1]), sys.argv[2])
