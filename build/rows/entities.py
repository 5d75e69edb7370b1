"""Makes the records of people, organizations and places, of their other names and of their mentions.

The three kinds have tables of the same shape, so each function takes the table's record class.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ..core.identifiers import short_hash
from ..core.problems import Problems
from ..editorial.entries import MentionEntry, NamedEntry, Review
from .methods import method_of
from .passages import ArticleText, check_verbatim

R = TypeVar("R")


def make_entities(record: Callable[[str, str, str | None], R], entries: Iterable[NamedEntry]) -> Iterator[R]:
    for entry in entries:
        yield record(entry.id, entry.name, entry.description)


def make_aliases(record: Callable[[str, str, str, str], R], entries: Iterable[NamedEntry]) -> Iterator[R]:
    for entry in entries:
        for alias in entry.aliases:
            alias_id = f"{entry.id}-{short_hash('aliases', alias.alias)}"
            yield record(alias_id, entry.id, alias.alias, alias.kind)


def make_mentions(
    record: Callable[..., R],
    key: str,
    text: ArticleText,
    entries: Iterable[MentionEntry],
    problems: Problems,
    review: Review | None,
) -> Iterator[R]:
    """Curated mentions of what their entries name under `key`."""
    for entry in entries:
        with problems.collect():
            entity_id = getattr(entry, key)
            mention_id, passage = text.cite(f"{key}_mentions", entry, entity_id)
            yield record(
                mention_id,
                passage.paragraph.id,
                text.article_id,
                entity_id,
                passage.start_char,
                passage.end_char,
                passage.text,
                entry.kind,
                check_verbatim(entry, "role", passage),
                *method_of(entry, review).values(),
            )
