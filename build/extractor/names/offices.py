"""Which words name an office: a token goes in, yes or no comes out."""

from spacy.tokens import Token

from ...core.lexicons import lexicon_set


def is_office(word: Token) -> bool:
    """Secretary and spokesman: the Treasury Secretary; its spokesman"""
    return is_title(word) or is_role(word)


def is_title(word: Token) -> bool:
    """Dr., Senators, Secretary-General"""
    plain = word.lower_.rstrip(".")
    forms = {plain, plain.removesuffix("s"), plain.partition("-")[0]}
    return not forms.isdisjoint(lexicon_set("titles"))


def is_role(word: Token) -> bool:
    """spokesmen, a nurse"""
    return word.lemma_.lower() in lexicon_set("role_nouns")
