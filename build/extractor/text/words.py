"""What a word is and where it stands; the parse of a token goes in, yes or no comes out."""

from spacy.tokens import Token

OPENS_CLAUSE = ("DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM")


def is_verb(token: Token) -> bool:
    """The ship has sunk: two of these words"""
    return token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")


def is_blank(token: Token) -> bool:
    """What is no word: a mark or white space"""
    return token.is_punct or token.is_space


def follows_comma(token: Token) -> bool:
    """The ship sank, although nobody saw it: so stands the word behind `sank`."""
    return token.i > 0 and token.nbor(-1).text == ","
