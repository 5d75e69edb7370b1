"""What a person types, as FTS5 expressions."""

import re

MOST_TERMS = 32
NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ufeff]")
QUOTES = re.compile("[“”„«»]")
TERM = re.compile(r'(-?)("[^"]*"?\*?|[^\s"]+)')
LETTER = re.compile(r"[^\W_]")


def clean(q: str) -> str:
    """Control characters are spaces, and all double quotation marks are straight."""
    return QUOTES.sub('"', NOT_TEXT.sub(" ", q)).strip()


def expressions(q: str) -> tuple[str, str] | None:
    """The FTS5 expressions that find all and any of the words of a cleaned q; None where nothing is to be found.

    A term is either what stands between two `"`, or after the last, with a `*` that follows at once, or what
    stands between white space or `"`. A `-` before it excludes it, a `*` at its end makes it a beginning.
    Terms without a letter or digit do not count, nor does what follows the 32nd. FTS5 gets each in quotation
    marks, as a phrase, so that nothing in it is an operator.
    *All* puts the terms side by side. *Any* puts `OR` between their words, 32 at most, and each with three letters
    is a beginning.

    tests/cases/search_expressions.json has examples; the browser does the same by the same examples.
    """
    wanted: list[str] = []
    begun: list[str] = []
    excluded: list[str] = []
    for minus, term in TERM.findall(q)[:MOST_TERMS]:
        text = term.replace('"', "").rstrip("*")
        if LETTER.search(text):
            phrase = f'"{text}"' + "*" * term.endswith("*")
            (excluded if minus else wanted).append(phrase)
            begun += [] if minus else beginnings(text, phrase.endswith("*"))
    if not wanted:
        return None
    return without(" ".join(wanted), excluded), without(either(begun[:MOST_TERMS], excluded), excluded)


def beginnings(text: str, prefix: bool) -> list[str]:
    """The words of a term, those with three letters as beginnings."""
    counted = [(word, len(LETTER.findall(word))) for word in text.split()]
    return [f'"{word}"' + "*" * (prefix or letters >= 3) for word, letters in counted if letters]


def either(phrases: list[str], beside: list[str]) -> str:
    alternatives = " OR ".join(phrases)
    return f"({alternatives})" if beside and len(phrases) > 1 else alternatives


def without(expression: str, excluded: list[str]) -> str:
    return f"{expression} NOT {either(excluded, excluded)}" if excluded else expression
