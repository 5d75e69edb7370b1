"""Makes the copy of an article that is parsed: no markup, no line breaks inside a paragraph, headlines in usual case."""

import re
from collections.abc import Callable, Iterator, Sequence

from ..core.lexicons import lexicon_set
from .blocks import Block
from .copies import Copy, Edit, make_copy, usual_signs
from .credits import TITLE_CASE, title_case
from .datelines import UPPER
from .seeds import Seed
from .web import web_signs

HEADINGS = ("headline", "subheading")
Spelling = Callable[[str, dict[str, str], bool], str]
LINE_BREAK = re.compile(r"[\r\n\t\v\f\u2028\u2029]")
# # Heading · **bold** · _stressed_ · `code` · [words](address) · > quoted · - item
MARKDOWN = re.compile(
    r"^[ ]{0,3}#{1,6}[ \t]+|[ \t]+#+[ \t]*$|^[ ]{0,3}>[ ]?|^[ ]{0,3}[*+-][ \t]+(?=\S)|\*\*|__|`+|(?<![\w*])\*(?=\w)|(?<=[\w.,!?])\*(?![\w*])"
    r"|(?<!\w)_(?=\w)|(?<=[\w.,!?])_(?!\w)|!?\[(?=[^\]\n]{0,300}\]\()|\]\([^()\s]{0,500}(?: \"[^\"]{0,200}\")?\)",
    re.MULTILINE,
)
WORD = re.compile(r"[^\W\d_][\w'’]*")
# Governor Roe Jane Alice RoeLawmakers balk at long session MORE announced: links whose layout is lost
GLUED_LINKS = re.compile(
    rf"\b(?P<name>[{UPPER}][a-zß-öø-ÿ'’-]+)(?P<links> (?:[{UPPER}][\w.'’-]*[ ]){{1,3}}(?P=name)(?=[{UPPER}]).{{5,300}}?\bMORE\b)"
)
# … on Friday. | EASTPHOTO Jane Doe speaks: who took the picture
PICTURE_SIGN = re.compile(r"\|\s*[A-Z]{2,}\s?(?:PHOTO|Photo)S?\b")
# saidRobert Finn: a word of a sentence and a name
GLUED_NAME = re.compile(rf"\b(?:said|says|told|by|and|of|with|from|that|but)(?=[{UPPER}][a-z]+ [{UPPER}][a-z])")


def make_plain_copy(seed: Seed, blocks: Sequence[Block]) -> Copy:
    """The words of an article as its parser reads them."""
    edits = [*usual_signs(seed.text), *(markdown_signs(seed.text) if seed.is_markdown else web_signs(seed.text))]
    for block in blocks:
        edits += [Edit(at, at + 1, " ") for at in line_breaks(seed.text, block)]
        edits += glued_words(seed.text, block) if block.role in ("body", "caption") else ()
    return make_copy(seed.text, [*edits, *usual_case(seed.text, blocks)])


def markdown_signs(text: str) -> Iterator[Edit]:
    return (Edit(*match.span(), "") for match in MARKDOWN.finditer(text))


def line_breaks(text: str, block: Block) -> Iterator[int]:
    return (match.start() for match in LINE_BREAK.finditer(text, block.start, block.end))


def glued_words(text: str, block: Block) -> Iterator[Edit]:
    for match in GLUED_LINKS.finditer(text, block.start, block.end):
        yield Edit(*match.span("links"), "")
    for match in PICTURE_SIGN.finditer(text, block.start, block.end):
        yield Edit(*match.span(), "")
    for match in GLUED_NAME.finditer(text, block.start, block.end):
        yield Edit(match.end(), match.end(), " ")


def usual_case(text: str, blocks: Sequence[Block]) -> Iterator[Edit]:
    """MAYOR JANE DOE QUITS becomes Mayor Jane Doe quits, by the words of the body; Jane Doe Dies loses one capital."""
    headings = [block for block in blocks if block.role in HEADINGS]
    body = " ".join(text[block.start : block.end] for block in blocks if block.role in ("body", "caption"))
    usual = usual_spellings(body) if headings else {}
    for block in headings:
        words = list(WORD.finditer(text, block.start, block.end))
        spelling = capitals if text[block.start : block.end].isupper() and len(words) > 1 else titles(words)
        for number, word in enumerate(words):
            spelt = spelling(word.group(), usual, number == 0)
            if spelt != word.group() and len(spelt) == len(word.group()):
                yield Edit(*word.span(), spelt)


def usual_spellings(body: str) -> dict[str, str]:
    """How the body writes each word: inside a sentence, else where one begins, and small if it ever does."""
    spelt: dict[str, str] = {}
    for found in (WORD.findall(body), re.findall(r"(?<=[\w,;] )[^\W\d_][\w'’]*", body)):
        spelt |= {word.lower(): word for word in found}
    return spelt | {word: word for word in WORD.findall(body) if word.islower()}


def capitals(word: str, usual: dict[str, str], first: bool) -> str:
    """A word of a line in capitals as the body spells it."""
    spelt = usual.get(word.lower(), word if len(word) <= 1 else word.lower())
    return spelt[:1].upper() + spelt[1:] if first else spelt


def titles(words: Sequence[re.Match[str]]) -> Spelling:
    """The spelling for a line that writes its words with capitals, or for one that does not."""
    capital = title_case([word.group() for word in words]) >= TITLE_CASE and len(words) > 2
    return title_word if capital else as_it_stands


def title_word(word: str, usual: dict[str, str], first: bool) -> str:
    is_verb = word.lower() in lexicon_set("headline_verbs") and usual.get(word.lower(), "x").islower()
    return word.lower() if is_verb and not first and word.istitle() else word


def as_it_stands(word: str, usual: dict[str, str], first: bool) -> str:
    return word
