"""Makes an article, its paragraphs and its notes from a seed and what an editor states about it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import shorten
from typing import TypedDict

from ..core.dates import bounds
from ..core.identifiers import short_hash, slug
from ..core.problems import Problems
from ..core.records import Article, Note, Paragraph
from ..editorial.entries import NoteEntry, ScareQuote, Sidecar
from ..reading.blocks import Block
from ..reading.paragraphs import find_blocks
from ..reading.seeds import Seed
from ..reading.stamps import stamped_day
from .passages import ArticleText, Passage

DISPLAY_TITLE = 80  # characters
TITLE_PARTS = ("headline", "body", "subheading", "embed", "caption")
NO_SIDECAR = Sidecar()


class Dates(TypedDict):
    """The columns that say when an article was published."""

    published: str | None
    published_earliest: str | None
    published_latest: str | None
    published_basis: str


def make_article(seed: Seed, sidecar: Sidecar | None) -> tuple[Article, ArticleText]:
    """The article's record and its text in paragraphs."""
    stated = sidecar or NO_SIDECAR
    blocks = find_blocks(seed)
    title = find_title(seed, blocks) if "title" not in stated.model_fields_set else stated.title
    display_title = title or first_words(seed, blocks)
    article_id = stated.id or f"{slug(display_title, 40)}-{seed.sha256[:8]}".strip("-")
    dates = find_dates(seed, blocks, stated)
    text = ArticleText(article_id, seed.text, make_paragraphs(seed, article_id, blocks))
    article = Article(
        id=article_id,
        seed=seed.name,
        title=title,
        display_title=display_title,
        source_id=stated.source,
        url=stated.url,
        **dates,
        dateline=stated.dateline or find_dateline(text),
        language=stated.language,
        credit=stated.credit or find_credit(text),
        origin_id=stated.origin,
        origin_basis=origin_basis(stated),
        rights=stated.rights,
        text_sha256=seed.sha256,
        words=count_words(text),
    )
    return article, text


def find_dates(seed: Seed, blocks: Sequence[Block], stated: Sidecar) -> Dates:
    """The publication date, its first and last day, and its basis."""
    published, basis = find_date(seed, blocks, stated)
    earliest, latest = bounds(published) if published else (None, None)
    return {
        "published": published,
        "published_earliest": earliest,
        "published_latest": latest,
        "published_basis": basis,
    }


def origin_basis(stated: Sidecar) -> str:
    """How an editor knows the origin; unknown where none is stated."""
    return (stated.origin_basis or "stated") if stated.origin else "unknown"


def count_words(text: ArticleText) -> int:
    """The words of all paragraphs but boilerplate."""
    return sum(len(p.text.split()) for p in text.paragraphs if p.role != "boilerplate")


def make_paragraphs(seed: Seed, article_id: str, blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    nameless = tuple(
        Paragraph(
            id="",
            article_id=article_id,
            position=position,
            role=block.role or "body",
            text=seed.text[block.start : block.end],
            start_char=block.start,
            end_char=block.end,
            repeats=block.repeats,
        )
        for position, block in enumerate(blocks, start=1)
    )
    text = ArticleText(article_id, seed.text, nameless)
    return tuple(replace(p, id=text.id_of("paragraphs", Passage(p, 0, len(p.text)))) for p in nameless)


def find_title(seed: Seed, blocks: Sequence[Block]) -> str | None:
    """The words of the headline."""
    headline = next((block for block in blocks if block.role == "headline"), None)
    if not headline:
        return None
    return " ".join((headline.heading or seed.text[headline.start : headline.end]).split())


def first_words(seed: Seed, blocks: Sequence[Block]) -> str:
    """The beginning of the first paragraph that a reader reads, cut between words."""
    reading = [block for block in blocks if block.role in TITLE_PARTS] or blocks
    words = " ".join(seed.text[reading[0].start : reading[0].end].split())
    return shorten(words, DISPLAY_TITLE, placeholder="…") if " " in words else words[:DISPLAY_TITLE]


def find_date(seed: Seed, blocks: Sequence[Block], stated: Sidecar) -> tuple[str | None, str]:
    """The publication date in EDTF and its basis: the editor's, else what the text itself says."""
    if "published" in stated.model_fields_set:
        return stated.published, (stated.published and stated.published_basis) or "unknown"
    published = stamped_day(seed.text, blocks)
    return published, "stated" if published else "unknown"


def find_dateline(text: ArticleText) -> str | None:
    """The dateline without its dash: CARACAS (Reuters)."""
    datelines = (p.text.rstrip(" -–—_") for p in text.paragraphs if p.role == "dateline")
    return next(datelines, None)


def find_credit(text: ArticleText) -> str | None:
    """All credit lines, one after the other."""
    return "\n".join(p.text for p in text.paragraphs if p.role == "credit") or None


def make_notes(text: ArticleText, sidecar: Sidecar, problems: Problems) -> Iterator[Note]:
    """What editors remark on the article or on words of it, scare quotes included."""
    entries: tuple[NoteEntry | ScareQuote, ...] = (*sidecar.notes, *sidecar.scare_quotes)
    for entry in entries:
        with problems.collect():
            if not entry.exact:
                whole = f"{text.article_id}-{short_hash('notes', entry.kind, entry.note)}"
                text.check_first(whole, entry.note, entry.where("note"))
                yield Note(whole, text.article_id, None, None, None, None, entry.kind, entry.note)
                continue
            note_id, passage = text.cite("notes", entry, entry.kind)
            yield Note(
                id=note_id,
                **passage.columns,
                kind=entry.kind,
                note=entry.note,
            )
