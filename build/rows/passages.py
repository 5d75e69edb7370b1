"""Finds cited words in an article: quotes go in, spans of paragraphs come out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TypedDict

from ..core.identifiers import short_hash
from ..core.problems import Problem, Where, quoted
from ..core.records import Paragraph
from ..editorial.entries import Entry, Quote

CONTEXT = 32  # characters of prefix and suffix that identify a passage to other tools


class CitationError(Problem):
    """Words that are not in the article, or are there twice."""


class Place(TypedDict):
    """The columns that every row of a passage has."""

    article_id: str
    paragraph_id: str
    start_char: int
    end_char: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a paragraph; offsets in code points into the paragraph's text, end exclusive."""

    paragraph: Paragraph
    start_char: int
    end_char: int

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start_char : self.end_char]

    @property
    def columns(self) -> Place:
        return {
            "article_id": self.paragraph.article_id,
            "paragraph_id": self.paragraph.id,
            "start_char": self.start_char,
            "end_char": self.end_char,
            "text": self.text,
        }

    @property
    def order(self) -> tuple[int, int]:
        return self.paragraph.position, self.start_char

    @property
    def prefix(self) -> str:
        return self.paragraph.text[max(0, self.start_char - CONTEXT) : self.start_char]

    @property
    def suffix(self) -> str:
        return self.paragraph.text[self.end_char : self.end_char + CONTEXT]


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article's seed and its paragraphs in order; what the seed prints twice is there once."""

    article_id: str
    seed_text: str
    paragraphs: Sequence[Paragraph]
    cited: dict[str, Where] = field(default_factory=dict)
    """Where an editor gave the row of an id."""

    def occurrences(self, words: str, prefix: str = "", suffix: str = "") -> Iterator[Passage]:
        """Where the words stand inside one paragraph, with prefix and suffix right beside them."""
        context = prefix + words + suffix
        for paragraph in self.paragraphs:
            start, end = paragraph.start_char - len(prefix), paragraph.end_char + len(suffix)
            at = self.seed_text.find(context, max(0, start), end)
            while at >= 0:
                start_char = at - start
                yield Passage(paragraph, start_char, start_char + len(words))
                at = self.seed_text.find(context, at + 1, end)

    def cite(self, kind: str, quote: Quote, *refers_to: str) -> tuple[str, Passage]:
        """The id and the passage of what an editorial entry cites.

        Raises CitationError if the words are not there once, or are cited for the second time.
        """
        passage = self.find(quote)
        passage_id = self.id_of(kind, passage, *refers_to)
        self.check_first(passage_id, quote.exact, quote.where("exact"))
        return passage_id, passage

    def check_first(self, row_id: str, words: str, where: Where) -> None:
        """Raises CitationError if an editor has given the row before."""
        if before := self.cited.get(row_id):
            raise CitationError(where, f"{quoted(words)} is given by {before} already; keep one")
        self.cited[row_id] = where

    def find(self, quote: Quote) -> Passage:
        """The one passage that an editorial entry cites; raises CitationError."""
        found = list(self.occurrences(quote.exact, quote.prefix, quote.suffix))
        if len(found) == 1:
            return found[0]
        words = repr(quote.prefix + quote.exact + quote.suffix)
        if found:
            sentence = f"these words stand there {len(found)} times: {words}; add prefix or suffix"
        else:
            sentence = f"these words are in no paragraph of the article: {words}"
        raise CitationError(quote.where("exact"), sentence)

    def id_of(self, kind: str, passage: Passage, *refers_to: str) -> str:
        """An id that lasts as long as the words do: it counts how often they stand before."""
        earlier = takewhile(lambda p: p.order < passage.order, self.occurrences(passage.text))
        digest = short_hash(kind, passage.text, sum(1 for _ in earlier), *refers_to)
        return f"{self.article_id}-{digest}"


def check_verbatim(entry: Entry, key: str, passage: Passage) -> str | None:
    """What an entry gives under a key, if it stands so in the passage's paragraph.

    Raises CitationError if it does not.
    """
    words: str | None = getattr(entry, key)
    if words and words not in passage.paragraph.text:
        raise CitationError(entry.where(key), f"these words are not in the paragraph of the passage: {quoted(words)}")
    return words
