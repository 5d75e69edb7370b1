"""The words of a dataset, for the nearest spelling of one that is not there: a Dataset goes in, Words come out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from ..core.folding import fold
from ..core.records import Word
from ..core.tables import Dataset

LETTERS = re.compile(r"[^\W\d_]+")
SHORTEST, LONGEST = 3, 30  # below, every word is near to every other; above, it is an address or worse


def searched_texts(dataset: Dataset) -> Iterator[str]:
    """What the search indexes hold; titles and claims are parts of paragraphs."""
    yield from (paragraph.text for paragraph in dataset.paragraphs if paragraph.role != "boilerplate")
    yield from (person.name for person in dataset.people)
    yield from (person.description or "" for person in dataset.people)
    yield from (alias.alias for alias in dataset.aliases)
    yield from (event.name for event in dataset.events)
    yield from (proposition.text for proposition in dataset.propositions)


def find_words(dataset: Dataset) -> tuple[Word, ...]:
    """Every word in its most frequent spelling, with the number of texts that have it."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in searched_texts(dataset):
        words = {fold(word): word for word in LETTERS.findall(text) if SHORTEST <= len(word) <= LONGEST}
        for id, word in words.items():
            spellings[id][word] += 1
    return tuple(
        Word(id, min(spelt, key=lambda word: (-spelt[word], word)), spelt.total())
        for id, spelt in sorted(spellings.items())
    )
