"""Template filters that mark words in a text: where claims stand, and where wordings differ."""

import itertools
import re
from collections import Counter
from unicodedata import normalize
from urllib.parse import quote

from datasette import hookimpl

WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
FRAGMENT_WORDS = 5  # a longer passage is cited by its first and last words


def pieces(text: str, spans: list[dict]) -> list[dict]:
    """A text cut wherever a span begins or ends: each piece with the spans that cover it.

    `first` and `last` name the span that begins or ends with the piece. Spans may overlap.
    """
    spans = [
        span for span in spans if span["text"] and text[span["start_char"] : span["end_char"]] == span["text"]
    ]
    ends = {span["start_char"] for span in spans} | {span["end_char"] for span in spans}
    cuts = sorted(ends | {0, len(text)})
    opened, cut = sorted(spans, key=lambda span: (span["start_char"], -span["end_char"])), []
    for start, end in itertools.pairwise(cuts):
        covering = [span for span in opened if span["start_char"] <= start and end <= span["end_char"]]
        cut.append({"text": text[start:end], "start": start, "end": end, "spans": covering})
    return cut


def folded(word: str) -> str:
    """A word without case and accents, so that Borísov and Borisov are one."""
    decomposed = normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in decomposed if not "\u0300" <= letter <= "\u036f")


def own_words(wordings: list[str]) -> list[list[tuple[str, bool]]]:
    """Each wording in pieces: (piece, whether no other wording has these words)."""
    shared = Counter(word for wording in wordings for word in {folded(w) for w in WORD.findall(wording)})
    return [own_words_of(wording, shared) for wording in wordings]


def own_words_of(wording: str, shared: Counter) -> list[tuple[str, bool]]:
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


def text_fragment(words: str) -> str:
    """#:~:text=…, which takes a browser to the words in the original."""
    listed = words.split()
    if len(listed) <= 2 * FRAGMENT_WORDS:
        ends = [" ".join(listed)]
    else:
        ends = [" ".join(listed[:FRAGMENT_WORDS]), " ".join(listed[-FRAGMENT_WORDS:])]
    # a hyphen or a comma means something there
    return "#:~:text=" + ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)


@hookimpl
def prepare_jinja2_environment(env):
    env.filters |= {"pieces": pieces, "own_words": own_words, "text_fragment": text_fragment}
