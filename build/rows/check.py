"""Checks what the dataset promises: every row leads back to its words, and no word is lost."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import chain
from pathlib import Path

from ..core.problems import Problem, Problems, Where, quoted
from ..core.records import Paragraph, Record
from ..core.tables import TABLES, Dataset
from ..reading.seeds import Seed, is_blank


class IntegrityError(Problem):
    """A row that must not be written."""


def check(dataset: Dataset, seeds: Iterable[Seed], problems: Problems) -> None:
    """Adds a problem for every id given twice, every wrong span and every lost character."""
    found = chain(find_duplicates(dataset), find_wrong_spans(dataset), find_lost_text(dataset, seeds))
    for problem in found:
        problems.add(problem)


def rows_of(dataset: Dataset) -> Iterator[Record]:
    for field in fields(dataset):
        yield from getattr(dataset, field.name)


def error(row: Record, sentence: str) -> IntegrityError:
    return IntegrityError(Where(Path(TABLES[type(row)], row.id)), sentence)


def find_duplicates(dataset: Dataset) -> Iterator[IntegrityError]:
    seen: set[tuple[type, str, str]] = set()
    for row in rows_of(dataset):
        key = (type(row), getattr(row, "table_name", ""), row.id)
        if key in seen:
            words = getattr(row, "text", getattr(row, "alias", row.id))
            yield error(row, f"given twice; keep one of them: {quoted(words)}")
        seen.add(key)


def find_wrong_spans(dataset: Dataset) -> Iterator[IntegrityError]:
    """Rows whose span of their paragraph does not hold their text."""
    paragraphs = {paragraph.id: paragraph for paragraph in dataset.paragraphs}
    paragraph_of = {claim.id: claim.paragraph_id for claim in dataset.claims}
    for row in rows_of(dataset):
        paragraph_id = getattr(row, "paragraph_id", paragraph_of.get(getattr(row, "claim_id", "")))
        start = getattr(row, "start_char", None)
        if paragraph_id and start is not None:
            paragraph, end, text = paragraphs[paragraph_id], row.end_char, row.text  # type: ignore[attr-defined]
            if not holds(paragraph.text, start, end, text):
                yield error(row, f"{start}-{end} of {paragraph.id} is not {quoted(text)}")


def holds(text: str, start: int, end: int, words: str) -> bool:
    """Whether a span of a text is these words: no span is empty, counts from the end or reaches behind it."""
    return 0 <= start < end == start + len(words) and text.startswith(words, start)


def find_lost_text(dataset: Dataset, seeds: Iterable[Seed]) -> Iterator[IntegrityError]:
    """Articles whose paragraphs do not hold each character of the seed, blanks aside, once."""
    paragraphs: defaultdict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in dataset.paragraphs:
        paragraphs[paragraph.article_id].append(paragraph)
    text_of = {seed.sha256: seed.text for seed in seeds}
    for article in dataset.articles:
        text = text_of[article.text_sha256]
        if count_characters(text) != sum_characters(paragraphs[article.id]):
            yield error(article, "its paragraphs do not hold each character of the seed once")
        for paragraph in paragraphs[article.id]:
            if not holds(text, paragraph.start_char, paragraph.end_char, paragraph.text):
                yield error(paragraph, "its span of the seed is not its text")


def count_characters(text: str) -> Counter[str]:
    counted = Counter(text)  # each character is looked at once, not each time that it stands there
    return Counter({character: count for character, count in counted.items() if not is_blank(character)})


def sum_characters(paragraphs: Iterable[Paragraph]) -> Counter[str]:
    total: Counter[str] = Counter()
    for paragraph in paragraphs:
        for character, count in count_characters(paragraph.text).items():
            total[character] += count * paragraph.repeats
    return total
