"""Template filters that mark words in a text: where claims stand, and where wordings differ."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from datasette import hookimpl
from jinja2 import Environment
from markupsafe import Markup, escape

from ..folding import fold
from .queries import Record

WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
FRAGMENT_WORDS = 5  # a longer passage is cited by its first and last words


@dataclass(frozen=True)
class Piece:
    """A piece of a text with its claim, and all that begin and end here."""

    text: str
    claim: Record | None
    begin: list[Record]
    end: list[Record]
    noted: bool


def covers(span: Record, start: int, end: int) -> bool:
    return bool(span["start_char"] <= start and end <= span["end_char"])


def holds(span: Record, text: str) -> bool:
    """Whether a span's words are where it says."""
    start, end, words = span["start_char"], span["end_char"], span["text"]
    return bool(words and 0 <= start < end and text[start:end] == words)


def pieces(text: str, claims: Sequence[Record], notes: Sequence[Record]) -> list[Piece]:
    """A text cut wherever a claim or a note begins or ends; where claims overlap, the shortest counts."""
    claims = sorted((c for c in claims if holds(c, text)), key=lambda c: c["end_char"] - c["start_char"])
    notes = [note for note in notes if holds(note, text)]
    cuts = {cut for span in [*claims, *notes] for cut in (span["start_char"], span["end_char"])} | {0, len(text)}
    return [piece(text, start, end, claims, notes) for start, end in pairwise(sorted(cuts))]


def piece(text: str, start: int, end: int, claims: Sequence[Record], notes: Sequence[Record]) -> Piece:
    return Piece(
        text=text[start:end],
        claim=next((claim for claim in claims if covers(claim, start, end)), None),
        begin=[claim for claim in claims if claim["start_char"] == start],
        end=[claim for claim in claims if claim["end_char"] == end],
        noted=any(covers(note, start, end) for note in notes),
    )


def marked(paragraph: Record, url: Callable[[str, str], str]) -> Markup:
    """A paragraph's text to the letter, claims as links marked by kind; the stylesheet numbers them."""
    cut = pieces(paragraph["text"], paragraph["claims"], paragraph["notes"])
    return Markup("").join(show(piece, url) for piece in cut)


def show(piece: Piece, url: Callable[[str, str], str]) -> Markup:
    claim = piece.claim
    if not claim:
        noted = Markup('<span class="noted">%s</span>')
        return noted % piece.text if piece.noted else escape(piece.text)
    attributes = Markup('class="claim %s"') % (claim["kind"] + " noted" * piece.noted)
    if claim in piece.begin:
        attributes += Markup(' id="claim-%s"') % claim["id"]
    if piece.end:
        numbers = sorted(ended["number"] for ended in piece.end)
        attributes += Markup(' data-n="%s"') % ", ".join(map(str, numbers))
    hidden = [Markup('<span id="claim-%s"></span>') % other["id"] for other in piece.begin if other is not claim]
    marks = Markup('<a %s href="%s">%s</a>') % (attributes, url("claims", claim["id"]), piece.text)
    return Markup("").join([*hidden, marks])


def folded(word: str) -> str:
    """A word without case, accents and kinds of apostrophes, so that Borísov’s and Borisov's are one."""
    return fold(word).replace("’", "'")


def own_words(wordings: list[str]) -> list[list[tuple[str, bool]]]:
    """Each wording in pieces: (piece, whether no other wording has these words)."""
    shared = Counter(word for wording in wordings for word in {folded(w) for w in WORD.findall(wording)})
    return [own_words_of(wording, shared) for wording in wordings]


def own_words_of(wording: str, shared: Counter[str]) -> list[tuple[str, bool]]:
    cut: list[tuple[str, bool]] = []
    end = 0
    for match in WORD.finditer(wording):
        own = shared[folded(match[0])] == 1
        joined = own and cut and cut[-1][1] and not wording[end : match.start()].strip()
        if joined:  # neighbours are one piece
            cut[-1] = (cut[-1][0] + wording[end : match.end()], True)
        else:
            cut += [(wording[end : match.start()], False), (match[0], own)]
        end = match.end()
    return [piece for piece in [*cut, (wording[end:], False)] if piece[0]]


def text_fragment(address: str, words: str) -> str:
    """The address with #:~:text=…, which takes a browser to the words there."""
    listed = words.split()
    if len(listed) <= 2 * FRAGMENT_WORDS:
        ends = [" ".join(listed)]
    else:
        ends = [" ".join(listed[:FRAGMENT_WORDS]), " ".join(listed[-FRAGMENT_WORDS:])]
    # a hyphen or a comma means something there
    cited = ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)
    return f"{address}{'' if '#' in address else '#'}:~:text={cited}"


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    env.filters |= {"marked": marked, "own_words": own_words, "text_fragment": text_fragment}
