"""Finds people's names in parsed paragraphs: readings go in, name mentions come out, titles left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Token

from ..lexicons import lexicon_set
from .given_names import is_common_family_name, is_common_given_name, is_family_name, is_given_name, plain
from .introductions import (
    follows_naming,
    follows_role,
    introduces_person,
    is_label,
    names_body,
    precedes_age,
    precedes_role,
)
from .language import HEADINGS, Reading
from .usage import NAME_WORD, OTHER_THINGS, Usage, is_name_word, is_thing, is_title, stands_single

ACRONYM = re.compile(r"[A-Z]{3,5}")
INITIAL = re.compile(r"[A-Z]\.?(?:[A-Z]\.)*")
TIMES = ("DATE", "TIME")
CLOSED = ("ADP", "AUX", "CCONJ", "DET", "INTJ", "PART", "PRON", "SCONJ")
MISTAKEN = ("ORG", "FAC", "PRODUCT")  # what the recognizer takes people for
LONGEST = 5  # words


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name where it stands; `words` are its words without accents."""

    reading: Reading
    first: Token
    last: Token
    words: tuple[str, ...]
    title: str | None  # the word right before it, if that is a title

    @property
    def span(self) -> tuple[int, int]:
        start, end = self.reading.span(self.first, self.last)
        words = self.reading.paragraph.text[start:end]
        possessive = re.search(r"['’]s?$", words)
        return start, end - len(possessive.group()) if possessive else end

    @property
    def text(self) -> str:
        start, end = self.span
        return " ".join(self.reading.paragraph.text[start:end].split())


def find_names(readings: Sequence[Reading]) -> list[Name]:
    """All names of people, in order: the full ones first decide which single words are names."""
    usage = Usage.of(readings)
    full = [name for reading in readings for name in find_runs(reading, usage)]
    known = {word for name in full for word in (name.words[1:] or introduced(name, usage)) if len(word) > 1}
    whole = {words for name in full if len(name.words) > 1 for words in (name.words, *surnames(name))}
    given = {name.words[0] for name in full if len(name.words) > 1 and len(name.words[0]) > 2}
    sure = [name for name in full if len(name.words) > 1 or name.words[0] in known or stands_alone(name, usage)]
    taken = {(id(name.reading), token.i) for name in sure for token in tokens_of(name)}
    single = [
        name
        for reading in readings
        for token in reading.doc
        if (id(reading), token.i) not in taken
        if (name := single_name(reading, token, known, whole) or first_name(reading, token, given, usage))
    ]
    order = {id(reading): position for position, reading in enumerate(readings)}
    return sorted([*sure, *single], key=lambda name: (order[id(name.reading)], name.first.i))


def introduced(name: Name, usage: Usage) -> tuple[str, ...]:
    """A single word that is sure to be a name here, and so elsewhere: President Doe; her father, John; John, 81."""
    sure = name.title or is_relative(name.first) or is_presented(name.first)
    return name.words if sure and name.first.text not in usage.bodies else ()


def is_presented(word: Token) -> bool:
    """grandson John · John, 81, · John, a nurse"""
    return is_given_name(word.text) and (follows_role(word) or precedes_age(word) or precedes_role(word))


def is_relative(word: Token) -> bool:
    """her father, John"""
    before = word.doc[max(0, word.i - 2) : word.i]
    if len(before) < 2 or before[1].text != "," or not is_given_name(word.text):
        return False
    role = before[0]
    owned = role.text.islower() and any(child.dep_ == "poss" for child in role.children)
    return owned and role.lemma_ in lexicon_set("role_nouns")


def surnames(name: Name) -> Iterator[tuple[str, ...]]:
    """van der Velde, of Ingrid van der Velde"""
    for at in range(1, len(name.words) - 1):
        if name.words[at] in lexicon_set("name_particles"):
            yield name.words[at:]


def tokens_of(name: Name) -> Sequence[Token]:
    return list(name.reading.doc[name.first.i : name.last.i + 1])


def find_runs(reading: Reading, usage: Usage) -> Iterator[Name]:
    """Names by the entity recognizer, after a title, or with a common first name."""
    done = -1
    for token in reading.doc:
        if token.i <= done:
            continue
        run = trim_run(
            nicknamed_run(token)
            or preceded_run(token, usage)
            or entity_run(token, usage)
            or described_run(token, reading, usage)
            or titled_run(token)
            or given_run(token)
        )
        if run and (name := make_name(reading, run)):
            done = run[-1].i
            yield name


def nicknamed_run(token: Token) -> list[Token]:
    """J.R. “Rusty” Norman"""
    first = name_run(token, OTHER_THINGS) or ([token] if INITIAL.fullmatch(token.text) else [])
    after = list(token.doc[first[-1].i + 1 : first[-1].i + 5]) if first else []
    if len(after) < 4 or not (after[0].is_quote and is_name_word(after[1]) and after[2].is_quote):
        return []
    last = name_run(after[3], OTHER_THINGS)
    return [*first, *after[:3], *last] if last else []


def preceded_run(token: Token, usage: Usage) -> list[Token]:
    """Tama Potaka, of which the recognizer sees the surname only; not: Minister of Education Jane Doe"""
    following = token.nbor() if token.i + 1 < len(token.doc) else token
    if token.ent_type_ or not is_name_word(token) or token.whitespace_ != " " or following.ent_iob_ != "B":
        return []
    words = {token.lower_, token.lemma_.lower()}
    other = words & (usage.small | lexicon_set("role_nouns") | lexicon_set("not_surnames")) or is_title(token)
    office = token.is_sent_start or token.nbor(-1).lower_ in ("of", "for", "and")
    run = [] if other or office else entity_run(following, usage)
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


def entity_run(token: Token, usage: Usage) -> list[Token]:
    """The tokens of a PERSON entity that begins here, if the recognizer does not mostly take it for something else."""
    if token.ent_type_ != "PERSON" or token.ent_iob_ != "B":
        return []
    run = [token, *takewhile(lambda t: t.ent_type_ == "PERSON" and t.ent_iob_ == "I", token.doc[token.i + 1 :])]
    while len(run) > 2 and usage.labels[words_of(run[:-1]), "PERSON"]:  # Jane Doe Wins Third Term
        run.pop()
    if len(run) > 1 and (is_called_place(run, usage) or not usage.mostly_person(words_of(run))):
        return []
    whole = name_run(token, OTHER_THINGS)  # Ingrid van der Velde, cut in two by the recognizer
    return whole if len(whole) > len(run) and any(map(is_particle, whole[1 : len(run) + 1])) else run


def is_called_place(run: Sequence[Token], usage: Usage) -> bool:
    """N. Korea · in Upton Vale; not in Jane Doe"""
    shortened = bool(INITIAL.fullmatch(run[0].text)) and usage.mostly_place(run[-1].text)
    return shortened or (is_place(run) and not is_given_name(run[0].text))


def opens_thing(run: Sequence[Token]) -> bool:
    """Martin Luther King, of Martin Luther King Library; not before Photo:"""
    after = [token.text for token in run[-1].doc[run[-1].i + 1 : run[-1].i + 3]]
    labels = len(after) > 1 and after[1] == ":"
    return len(run) > 1 and bool(after) and bool(run[-1].whitespace_) and is_thing(run[-1].nbor()) and not labels


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
    """Bill Chambers; V M Roe"""
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
    """in Santo Domingo: people seldom stand behind `in`."""
    return run[0].i > 0 and run[0].nbor(-1).lower_ in ("in", "near")


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


def make_name(reading: Reading, run: list[Token]) -> Name | None:
    """A Name, unless signs of something else are in it."""
    text = "".join(token.text_with_ws for token in run)
    if len(run) > LONGEST + 1 or re.search(r"[@#/&\d\n:]|www", text) or last_title(run) > 0 or names_other_thing(run):
        return None
    before = run[0].nbor(-1) if run[0].i else None
    title = before.lower_.rstrip(".") if before is not None and is_title(before) else None
    if is_quoted(reading, run) or names_body(run) or opens_thing(run):
        return None
    words = tuple(plain(token.text).strip(".'’") for token in run if token.text[0].isalpha() or token.text[0] == "-")
    if follows_lord(run[0]) or not words or (len(words) == 1 and INITIAL.fullmatch(run[0].text) and len(words[0]) < 3):
        return None
    return Name(reading, run[0], run[-1], words, title)


def names_other_thing(run: Sequence[Token]) -> bool:
    """Pool B, though John D. is a name · Dean of Upton"""
    lettered = len(run) > 1 and len(run[-1]) < 3 and bool(INITIAL.fullmatch(run[-1].text))
    return (lettered and not is_given_name(run[0].text)) or any(t.text == "of" for t in run) or holds_acronym(run)


def holds_acronym(run: Sequence[Token]) -> bool:
    """Prince Albert RCMP: a body's letters; not J.R. Doe, Jane LEE, or a headline in capitals."""
    mixed = len(run) == 1 or not all(word.is_upper for word in run)
    return mixed and any(ACRONYM.fullmatch(word.text) and not is_family_name(word.text) for word in run)


def follows_lord(word: Token) -> bool:
    """King’s Lynn, a town"""
    return word.i > 1 and word.nbor(-1).tag_ == "POS" and is_title(word.nbor(-2)) and word.nbor(-2).text.istitle()


def is_quoted(reading: Reading, run: list[Token]) -> bool:
    """A full name and nothing else in quotation marks is that of a film or a book."""
    quotation = reading.quotation_at(run[0]) if len(run) > 1 else None
    inside = quotation.inside(reading.paragraph.text) if quotation else ""
    return inside.strip(" .,") == "".join(token.text_with_ws for token in run).strip()


def single_name(reading: Reading, token: Token, known: set[str], whole: set[tuple[str, ...]]) -> Name | None:
    """A known person's family name, alone or in the full name, not as a part of another thing's name."""
    if (
        plain(token.text) not in known
        or not NAME_WORD.fullmatch(token.text)
        or (token.text.isupper() != token.text.istitle() and len(token) < 3)
    ):
        return None
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if following is not None and following.lower_ in lexicon_set("not_surnames") and following.text[0].isupper():
        return None
    if token.pos_ in CLOSED and not token.ent_type_:
        return None
    before = token.doc[max(0, token.i - LONGEST) : token.i]
    runs = ([*before[at:], token] for at in range(len(before)))
    longer = next((run for run in runs if tuple(plain(t.text) for t in run) in whole), [token])
    return make_name(reading, longer)


def first_name(reading: Reading, token: Token, given: set[str], usage: Usage) -> Name | None:
    """The first name of somebody whom the article names in full, with no other name beside it."""
    if plain(token.text) not in given or not stands_single(token) or token.text in usage.openers:
        return None
    is_other = usage.mostly_place if is_given_name(token.text) else usage.mostly_other
    return None if is_other(token.text) else make_name(reading, [token])


def stands_alone(name: Name, usage: Usage) -> bool:
    """A single word that is a name by what is before it, or a common name mostly taken for a person's."""
    word = name.first
    if word.text in usage.bodies or is_label(word):
        return False
    if name.title or is_relative(word) or follows_naming(word) or is_presented(word):
        return True
    if not (is_family_name(word.text) or is_given_name(word.text)) or word.lower_ in lexicon_set("not_surnames"):
        return False
    return word.text not in usage.openers and usage.mostly_person(word.text)
