"""Finds runs of capitalized words that may be a person's name: the token where one begins goes in, words come out."""

import re
from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.language import HEADINGS, Reading
from .given_names import is_common_family_name, is_common_given_name, is_family_name, is_given_name
from .introductions import follows_role, introduces_person, is_presented
from .usage import NAME_WORD, OTHER_THINGS, Usage, is_name_word, is_thing, is_title

INITIAL = re.compile(r"[A-Z]\.?(?:[A-Z]\.)*")
TIMES = ("DATE", "TIME")
MISTAKEN = ("ORG", "FAC", "PRODUCT")  # what the recognizer takes people for
LONGEST = 5  # words


def person_run(token: Token, reading: Reading, usage: Usage) -> list[Token]:
    """Words that begin here and look like a name: to the recognizer, after a title, or with a common first name."""
    return trim_run(
        nicknamed_run(token)
        or preceded_run(token, reading, usage)
        or entity_run(token, reading, usage)
        or described_run(token, reading, usage)
        or titled_run(token)
        or given_run(token)
    )


def nicknamed_run(token: Token) -> list[Token]:
    """H.L. “Buddy” Preston"""
    first = name_run(token, OTHER_THINGS) or ([token] if INITIAL.fullmatch(token.text) else [])
    after = list(token.doc[first[-1].i + 1 : first[-1].i + 5]) if first else []
    if len(after) < 4 or not (after[0].is_quote and is_name_word(after[1]) and after[2].is_quote):
        return []
    last = name_run(after[3], OTHER_THINGS)
    return [*first, *after[:3], *last] if last else []


def preceded_run(token: Token, reading: Reading, usage: Usage) -> list[Token]:
    """Tane Hohepa, of which the recognizer sees the surname only; not: Minister of Education Jane Doe"""
    following = token.nbor() if token.i + 1 < len(token.doc) else token
    if token.ent_type_ or not is_name_word(token) or token.whitespace_ != " " or following.ent_iob_ != "B":
        return []
    words = {token.lower_, token.lemma_.lower()}
    other = words & (usage.small | lexicon_set("role_nouns") | lexicon_set("not_surnames")) or is_title(token)
    seen = token.text in usage.alone or usage.labels[token.text, "PERSON"]  # elsewhere: any word may open a sentence
    office = (token.is_sent_start and not seen) or (token.i > 0 and token.nbor(-1).lower_ in ("of", "for", "and"))
    run = [] if other or office else entity_run(following, reading, usage)
    return [token, *run] if run else []


def described_run(token: Token, reading: Reading, usage: Usage) -> list[Token]:
    """Capitalized words that the article treats as a person's name, whatever the recognizer takes them for."""
    if token.i and is_name_word(token.nbor(-1)) and not is_title(token.nbor(-1)) and token.nbor(-1).whitespace_:
        return []
    run = trim_run(name_run(token, OTHER_THINGS))
    if len(run) == 1 and is_presented(token):
        return run
    if len(run) < 2 or is_place(run):
        return []
    told = reading.paragraph.role not in HEADINGS
    return run if introduces_person(run) or (told and usage.shortens(run)) else []


def entity_run(token: Token, reading: Reading, usage: Usage) -> list[Token]:
    """The tokens of a PERSON entity that begins here, if the recognizer does not mostly take it for something else."""
    if token.ent_type_ != "PERSON" or token.ent_iob_ != "B":
        return []
    run = [token, *takewhile(lambda t: t.ent_type_ == "PERSON" and t.ent_iob_ == "I", token.doc[token.i + 1 :])]
    headed = reading.paragraph.role in HEADINGS
    while len(run) > 2 and (headed or run[-1].tag_ == "POS") and usage.labels[words_of(run[:-1]), "PERSON"]:
        run.pop()  # Jane Doe Wins Third Term · Jane Doe's
    if len(run) > 1 and (is_called_place(run, usage) or not usage.mostly_person(words_of(run))):
        return []
    whole = name_run(token, OTHER_THINGS)  # Ingrid van der Velde, cut in two by the recognizer
    return whole if len(whole) > len(run) and any(map(is_particle, whole[1 : len(run) + 1])) else run


def is_called_place(run: Sequence[Token], usage: Usage) -> bool:
    """N. Korea · in Upton Vale; not in Jane Doe"""
    shortened = bool(INITIAL.fullmatch(run[0].text)) and usage.mostly_place(run[-1].text)
    return shortened or (is_place(run) and not is_given_name(run[0].text))


def words_of(run: Sequence[Token]) -> str:
    return " ".join(token.text for token in run)


def is_particle(token: Token) -> bool:
    return token.lower_ in lexicon_set("name_particles")


def titled_run(token: Token) -> list[Token]:
    """Capitalized words after a title, or after a role in lower case."""
    before = token.nbor(-1) if token.i else None
    if before is None or is_title(token):
        return []
    if is_title(before) and before.text[0].isupper():
        run = name_run(token, MISTAKEN)
        return run if holds_known_name(run) else name_run(token)
    known = is_given_name(token.text) or is_family_name(token.text)
    return name_run(token, MISTAKEN) if known and token.ent_type_ not in TIMES and follows_role(token) else []


def holds_known_name(run: Sequence[Token]) -> bool:
    """Bill Carver; V M Roe"""
    initial = bool(run) and bool(INITIAL.fullmatch(run[0].text))
    return initial or any(is_given_name(word.text) or is_family_name(word.text) for word in run)


def given_run(token: Token) -> list[Token]:
    """A common first name and the capitalized words after it."""
    if not is_given_name(token.text) or not is_name_word(token):
        return []
    mistaken = token.ent_type_ in MISTAKEN and token.ent_iob_ == "B" and is_common_given_name(token.text)
    run = name_run(token, MISTAKEN) if mistaken else name_run(token)
    if run and (run[-1].lower_ in lexicon_set("not_surnames") or is_place(run)):
        return []
    sure = run and (is_family_name(run[-1].text) or is_common_given_name(token.text))
    return run if len(run) > 1 and len(token) > 2 and sure else []


def is_place(run: Sequence[Token]) -> bool:
    """in Santo Domingo: people seldom stand behind `in` · the city of Bila Tserkva · the town Vang Vieng"""
    *_, noun, before = ["", "", *(token.lower_ for token in run[0].doc[max(0, run[0].i - 2) : run[0].i])]
    places = lexicon_set("place_nouns")
    return before in ("in", "near") or before in places or (before == "of" and noun in places)


def name_run(token: Token, mistaken: tuple[str, ...] = ()) -> list[Token]:
    """The capitalized words that follow one another from here, particles between them included; none if they only
    begin the name of another thing, as in Grace Lutheran Church."""
    run: list[Token] = []
    for following in token.doc[token.i : token.i + LONGEST]:
        if not (is_name_word(following) or (run and is_particle(following))):
            break
        if following.ent_type_ in OTHER_THINGS and following.ent_type_ not in mistaken:
            break
        run.append(following)
        if following.lower_ in lexicon_set("not_surnames") and not (following == token and is_given_name(token.text)):
            return run if ends_name(run) else []
        if following.whitespace_ != " ":
            break
    return run


def trim_run(run: list[Token]) -> list[Token]:
    """Without titles before it, and without possessives, letters and words of other things after it."""
    run = run[last_title(run) + 1 :]
    while run and (not run[0].text[0].isalpha() or run[0].lower_ in ("the", "a") or opens_office(run)):
        run = run[1:]
    while run and not ends_name(run):
        run = run[:-1]
    return run


def last_title(run: Sequence[Token]) -> int:
    """The place of the last title before a name, -1 if none; the surname King after a first name is none."""
    named = [place for place, word in enumerate(run) if place and is_common_family_name(word.text)]
    surname = max(named, default=0) if run and is_given_name(run[0].text) else 0
    titles = [place for place, word in enumerate(run) if is_title(word)]
    return max((place for place in titles if place == 0 or place != surname), default=-1)


def opens_office(run: Sequence[Token]) -> bool:
    """Crown Relations Jane Doe, of the Minister for Crown Relations Jane Doe"""
    return len(run) > 2 and is_thing(run[0]) and not (is_given_name(run[0].text) or is_family_name(run[0].text))


def ends_name(run: list[Token]) -> bool:
    """Whether the last word can be a surname: Hill after a first name is one, Image and QC never."""
    last = run[-1]
    if last.is_upper and last.lower_.replace(".", "") in lexicon_set("post_nominals"):
        return all(word.is_upper for word in run)
    if len(run) > 2 and run[-2].text == "-":  # Jong-un, in three tokens
        return last.text.isalpha()
    if last.lower_ in lexicon_set("not_surnames"):
        return len(run) > 1 and is_given_name(run[0].text) and is_family_name(last.text)
    return bool(NAME_WORD.fullmatch(last.text))
