"""Makes the copy of an article that is parsed: no markup, no line breaks in a paragraph, headlines in usual case."""

import re
from collections.abc import Iterator, Sequence

from ..core.lexicons import lexicon_set
from .blocks import Block
from .copies import Copy, Edit, make_copy, usual_signs
from .credits import TITLE_CASE, title_case
from .datelines import UPPER
from .seeds import Seed
from .web import web_signs

HEADINGS = ("headline", "subheading")
LINE_BREAK = re.compile(r"[\r\n\t\v\f\u2028\u2029]")
# # Heading · **bold** · _stressed_ · `code` · [words](address) · > quoted · - item
MARKDOWN = re.compile(
    r"^[ ]{0,3}#{1,6}[ \t]+|[ \t]+#+[ \t]*$|^[ ]{0,3}>[ ]?|^[ ]{0,3}[*+-][ \t]+(?=\S)|\*\*|__|`+"
    r"|(?<![\w*])\*(?=\w)|(?<=[\w.,!?])\*(?![\w*])"
    r"|(?<!\w)_(?=\w)|(?<=[\w.,!?])_(?!\w)|!?\[(?=[^\]\n]{0,300}\]\()|\]\([^()\s]{0,500}(?: \"[^\"]{0,200}\")?\)",
    re.MULTILINE,
)
WORD = re.compile(r"[^\W\d_][\w'’]*")
# Governor Roe Jane Alice RoeLawmakers balk at long session MORE announced: links whose layout is lost
GLUED_LINKS = re.compile(
    rf"\b(?P<name>[{UPPER}][a-zß-öø-ÿ'’-]+)"
    rf"(?P<links> (?:[{UPPER}][\w.'’-]*[ ]){{1,3}}(?P=name)(?=[{UPPER}]).{{5,300}}?\bMORE\b)"
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
        yield from spell_heading(text, block, usual)


def spell_heading(text: str, block: Block, usual: dict[str, str]) -> Iterator[Edit]:
    words = list(WORD.finditer(text, block.start, block.end))
    spell = in_capitals if text[block.start : block.end].isupper() and len(words) > 1 else in_title
    for word, spelt in zip(words, spell([word.group() for word in words], usual), strict=True):
        if spelt != word.group() and len(spelt) == len(word.group()):
            yield Edit(*word.span(), spelt)


def usual_spellings(body: str) -> dict[str, str]:
    """How the body writes each word: inside a sentence, else where one begins, and small if it ever does."""
    spelt: dict[str, str] = {}
    for found in (WORD.findall(body), re.findall(r"(?<=[\w,;] )[^\W\d_][\w'’]*", body)):
        spelt |= {word.lower(): word for word in found}
    return spelt | {word: word for word in WORD.findall(body) if word.islower()}


def in_capitals(words: Sequence[str], usual: dict[str, str]) -> list[str]:
    """The words of a line in capitals as the body spells them."""
    first, *others = (usual.get(word.lower(), word if len(word) == 1 else word.lower()) for word in words)
    return [first[:1].upper() + first[1:], *others]


def in_title(words: Sequence[str], usual: dict[str, str]) -> list[str]:
    """The words of a title: from its verb on, what the body does not write with a capital has none."""
    verb = next((at for at, word in enumerate(words) if at and is_verb(word, usual)), None)
    if verb is None or len(words) < 3 or title_case(list(words)) < TITLE_CASE:
        return list(words)
    return [*words[:verb], *(word.lower() if is_small(word, usual) else word for word in words[verb:])]


def is_small(word: str, usual: dict[str, str]) -> bool:
    return word.istitle() and usual.get(word.lower(), "x").islower()


def is_verb(word: str, usual: dict[str, str]) -> bool:
    """Dies, where the body knows no one of that name"""
    return word.istitle() and word.lower() in lexicon_set("headline_verbs") and usual.get(word.lower(), "x").islower()
