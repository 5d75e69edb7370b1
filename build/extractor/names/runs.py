"""Finds runs of capitalized words that may be a person's name: the token where one begins goes in, words come out."""

import re
from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.language import HEADINGS, Reading
from .given_names import is_common_family_name, is_common_given_name, is_family_name, is_given_name, is_known_name
from .introductions import follows_role, introduces_person, is_presented
from .offices import is_title
from .usage import NAME_WORD, OTHER_THINGS, Usage, is_name_word, is_thing

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
    if not precedes_entity(token) or is_other_word(token, usage) or ends_office(token):
        return []
    run = entity_run(token.nbor(), reading, usage) if not opens_sentence(token, usage) else []
    return [token, *run] if run else []


def precedes_entity(token: Token) -> bool:
    """Tane, of Tane Hohepa, if the recognizer sees Hohepa only"""
    alone = not token.ent_type_ and is_name_word(token) and token.whitespace_ == " "
    return alone and token.i + 1 < len(token.doc) and token.nbor().ent_iob_ == "B"


def is_other_word(token: Token, usage: Usage) -> bool:
    """Minister, Captain, Bank; Angry, where the article writes angry as well"""
    words = {token.lower_, token.lemma_.lower()}
    others = usage.small | lexicon_set("role_nouns") | lexicon_set("not_surnames")
    return is_title(token) or not words.isdisjoint(others)


def opens_sentence(token: Token, usage: Usage) -> bool:
    """Elsewhere Jane Doe left: any word may open a sentence, so one counts that is a name in another place as well."""
    seen = token.text in usage.alone or usage.labels[token.text, "PERSON"] > 0
    return bool(token.is_sent_start) and not seen


def ends_office(token: Token) -> bool:
    """Education, of Minister of Education"""
    return token.i > 0 and token.nbor(-1).lower_ in ("of", "for", "and")


def described_run(token: Token, reading: Reading, usage: Usage) -> list[Token]:
    """Capitalized words that the article treats as a person's name, whatever the recognizer takes them for."""
    if continues_name(token):
        return []
    run = trim_run(name_run(token, OTHER_THINGS))
    if len(run) < 2:
        return run if run and is_presented(token) else []
    return run if not is_place(run) and (introduces_person(run) or is_shortened(run, reading, usage)) else []


def continues_name(token: Token) -> bool:
    """Donoghue, of Kirsty Donoghue; not of Captain Donoghue"""
    before = token.nbor(-1) if token.i else None
    return before is not None and is_name_word(before) and not is_title(before) and bool(before.whitespace_)


def is_shortened(run: Sequence[Token], reading: Reading, usage: Usage) -> bool:
    """Nikola Vasic, where the article goes on with Vasic; a headline has capitals for other reasons."""
    return reading.paragraph.role not in HEADINGS and usage.shortens(run)


def entity_run(token: Token, reading: Reading, usage: Usage) -> list[Token]:
    """The tokens of a PERSON entity that begins here, if the recognizer does not mostly take it for something else."""
    if token.ent_type_ != "PERSON" or token.ent_iob_ != "B":
        return []
    entity = [token, *takewhile(lambda t: t.ent_type_ == "PERSON" and t.ent_iob_ == "I", token.doc[token.i + 1 :])]
    run = cut_entity(entity, reading, usage)
    if len(run) > 1 and (is_called_place(run, usage) or not usage.mostly_person(words_of(run))):
        return []
    whole = name_run(token, OTHER_THINGS)
    return whole if is_cut_in_two(run, whole) else run


def cut_entity(run: list[Token], reading: Reading, usage: Usage) -> list[Token]:
    """Jane Doe, of the headline Jane Doe Wins Third Term · of Jane Doe's"""
    headed = reading.paragraph.role in HEADINGS
    while len(run) > 2 and (headed or run[-1].tag_ == "POS") and usage.labels[words_of(run[:-1]), "PERSON"]:
        run = run[:-1]
    return run


def is_called_place(run: Sequence[Token], usage: Usage) -> bool:
    """N. Korea · in Upton Vale; not in Jane Doe"""
    shortened = bool(INITIAL.fullmatch(run[0].text)) and usage.mostly_place(run[-1].text)
    return shortened or (is_place(run) and not is_given_name(run[0].text))


def is_cut_in_two(run: Sequence[Token], whole: Sequence[Token]) -> bool:
    """Ingrid van, of Ingrid van der Velde"""
    return len(whole) > len(run) and any(map(is_particle, whole[1 : len(run) + 1]))


def words_of(run: Sequence[Token]) -> str:
    return " ".join(token.text for token in run)


def is_particle(token: Token) -> bool:
    """van, of Ingrid van Velde"""
    return token.lower_ in lexicon_set("name_particles")


def titled_run(token: Token) -> list[Token]:
    """Capitalized words after a title, or after a role in lower case."""
    if is_title(token):
        return []
    if follows_title(token):
        run = name_run(token, MISTAKEN)
        return run if holds_known_name(run) else name_run(token)
    known = is_known_name(token.text) and token.ent_type_ not in TIMES
    return name_run(token, MISTAKEN) if known and follows_role(token) else []


def follows_title(token: Token) -> bool:
    """Harold, of Judge Harold Simms"""
    return token.i > 0 and is_title(token.nbor(-1)) and token.nbor(-1).text[0].isupper()


def holds_known_name(run: Sequence[Token]) -> bool:
    """Bill Carver; V M Roe"""
    initial = bool(run) and bool(INITIAL.fullmatch(run[0].text))
    return initial or any(is_known_name(word.text) for word in run)


def given_run(token: Token) -> list[Token]:
    """A common first name and the capitalized words after it."""
    if not is_given_name(token.text) or not is_name_word(token):
        return []
    run = name_run(token, MISTAKEN if is_taken_for_thing(token) else ())
    return run if is_full_name(run) and not is_place(run) else []


def is_taken_for_thing(token: Token) -> bool:
    """Linda, of Linda Marsh, that the recognizer takes for a company"""
    return token.ent_type_ in MISTAKEN and token.ent_iob_ == "B" and is_common_given_name(token.text)


def is_full_name(run: Sequence[Token]) -> bool:
    """Jane Mbeki; Blessing Carver; not Blessing Mbeki, Al Carver or Jane Street"""
    if len(run) < 2 or len(run[0]) < 3 or run[-1].lower_ in lexicon_set("not_surnames"):
        return False
    return is_family_name(run[-1].text) or is_common_given_name(run[0].text)


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
        named = is_name_word(following) or (run and is_particle(following))
        if not named or following.ent_type_ in set(OTHER_THINGS).difference(mistaken):
            break
        run.append(following)
        if names_thing(run):
            return run if ends_name(run) else []
        if following.whitespace_ != " ":
            break
    return run


def names_thing(run: Sequence[Token]) -> bool:
    """Grace Lutheran Church; not Church, a first name as well, alone"""
    return run[-1].lower_ in lexicon_set("not_surnames") and not (len(run) == 1 and is_given_name(run[0].text))


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
    surname = place_of_surname(run)
    return max((place for place, word in enumerate(run) if is_title(word) and place != surname), default=-1)


def place_of_surname(run: Sequence[Token]) -> int:
    """2, of Billie Jean King; -1 without a first name before it"""
    if not run or not is_given_name(run[0].text):
        return -1
    return max((place for place, word in enumerate(run) if place and is_common_family_name(word.text)), default=-1)


def opens_office(run: Sequence[Token]) -> bool:
    """Crown Relations Jane Doe, of the Minister for Crown Relations Jane Doe"""
    return len(run) > 2 and is_thing(run[0]) and not is_known_name(run[0].text)


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
