"""Says whether a name is an organization's or a place's: an article's candidates go in, each with a kind comes out."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from spacy.tokens import Token

from ...core.lexicons import lexicon_set
from ..text.verbs import SUBJECTS, is_cue
from .candidates import Candidate, is_suffix, key_of
from .given_names import is_known_name
from .introductions import is_body
from .offices import is_office

ORGANIZATION, PLACE = "organization", "place"
ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")
WHERE = ("in", "near", "across", "throughout", "outside", "toward", "towards")
OWNED = ("shares", "stock", "chairman", "chief", "spokesman", "spokeswoman", "executives", "employees", "headquarters")
SURE, STRONG, OWN = 8.0, 2.0, 2.0


def name_kinds(candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, str]]:
    """Each candidate with its kind, by what all the article's signs together say of the name."""
    every = [(candidate, weigh(candidate)) for candidate in candidates]
    total = total_weights(every)
    works = {candidate.key for candidate, _ in every if is_quoted_whole(candidate)}
    for candidate, weights in every:
        score = {kind: sum_of + OWN * weights[kind] for kind, sum_of in total[candidate.key].items()}
        if max(score.values()) > 0 and not is_something_else(candidate, score, works):
            yield candidate, max(score, key=lambda kind: score[kind])


def total_weights(weighed: Sequence[tuple[Candidate, dict[str, float]]]) -> dict[str, dict[str, float]]:
    """By a name's key, what all its candidates together weigh for each kind."""
    total = {candidate.key: {ORGANIZATION: 0.0, PLACE: 0.0} for candidate, _ in weighed}
    for candidate, weights in weighed:
        for kind, weight in weights.items():
            total[candidate.key][kind] += weight
    return total


def is_something_else(candidate: Candidate, score: dict[str, float], works: Collection[str]) -> bool:
    """A work in quotation marks, a feast, a line in capitals, an adjective: what little speaks for is none of both."""
    if max(score.values()) >= SURE:
        return False
    if candidate.key in works or is_feast(candidate) or is_doubtful(candidate, score):
        return True
    return is_shouted(candidate) or is_adjective(candidate)


def is_doubtful(candidate: Candidate, score: dict[str, float]) -> bool:
    """Macron said: one word, for the recognizer a body, for no sign; it can be a person's as well."""
    (first, *others) = candidate.words
    if others or score[PLACE] or any(organization_signs(candidate)):
        return False
    speaks = first.dep_ in SUBJECTS and is_cue(first.head)
    return is_known_name(first.text) or is_apposed_person(first) or (speaks and not is_thing_later(first))


def is_apposed_person(word: Token) -> bool:
    """Velde, the minister, …"""
    return any(child.dep_ == "appos" and is_office(child) for child in word.children)


def is_thing_later(word: Token) -> bool:
    """the Upton said it would: an article before it, or what only a thing is called after it"""
    after = word.doc[word.i + 1 : word.sent.end]
    article = any(token.lower_ == "the" for token in word.lefts)
    return article or any(token.lower_ in ("it", "its", "which") for token in after)


def is_quoted_whole(candidate: Candidate) -> bool:
    """“Upton Rising”"""
    quotation = candidate.reading.quotation_at(candidate.words[0])
    inside = quotation.inside(candidate.reading.paragraph.text) if quotation else ""
    return inside.strip(" .,;:!?").startswith(candidate.text) and len(inside.split()) <= len(candidate.text.split()) + 2


def is_feast(candidate: Candidate) -> bool:
    """St. Patrick’s Day"""
    last = candidate.words[-1]
    following = [word.lower_ for word in last.doc[last.i : last.i + 3]]
    return "day" in following


def is_shouted(candidate: Candidate) -> bool:
    """A word of a heading in capitals"""
    first, last = candidate.words[0], candidate.words[-1]
    around = [first.nbor(-1)] if first.i else []
    around += [last.nbor()] if last.i + 1 < len(last.doc) else []
    return last.is_upper and any(word.is_upper and word.is_alpha and len(word) > 1 for word in around)


def is_adjective(candidate: Candidate) -> bool:
    """Upton, in: an Uptonian singer"""
    (*_, last) = candidate.words
    return len(candidate.words) == 1 and (last.pos_ == "ADJ" or last.ent_type_ == "NORP") and not last.is_upper


def weigh(candidate: Candidate) -> dict[str, float]:
    """What speaks for an organization, and what for a place."""
    votes = {ORGANIZATION: sum(organization_signs(candidate)), PLACE: sum(place_signs(candidate))}
    if candidate.label:
        votes[candidate.label] += 1
    return votes


def organization_signs(candidate: Candidate) -> Iterator[float]:
    yield from signs_in_name(candidate)
    yield from signs_around_name(candidate)


def signs_in_name(candidate: Candidate) -> Iterator[float]:
    """Upton Ltd., Harbour Ministry, NPA, Upton & Roe"""
    if is_sure_body(candidate):
        yield SURE
    if is_headed(candidate, "body_words"):
        yield SURE / 2
    if ACRONYM.fullmatch(candidate.text) and candidate.key not in known("states"):
        yield STRONG
    if len(candidate.words) > 1 and any(word.text == "&" for word in candidate.words):
        yield STRONG


def signs_around_name(candidate: Candidate) -> Iterator[float]:
    """the company Upton, Upton shares"""
    first, last = candidate.words[0], candidate.words[-1]
    before = first.nbor(-1) if first.i else None
    if before is not None and is_body(before):
        yield STRONG
    if any(word.lower_ in OWNED for word in last.doc[last.i + 1 : last.i + 3]):
        yield STRONG


def is_sure_body(candidate: Candidate) -> bool:
    """A well-known body, or one whose name ends as only bodies' do: Upton Ltd."""
    return candidate.key in known("known_bodies") or (is_suffix(candidate.words[-1]) and len(candidate.words) > 1)


def place_signs(candidate: Candidate) -> Iterator[float]:
    first = candidate.words[0]
    before = first.nbor(-1) if first.i else None
    if candidate.key in known("states"):
        yield SURE
    if is_headed(candidate, "site_words"):
        yield SURE / 2
    if before is not None and before.lower_ in WHERE:
        yield 1
    if follows_place_noun(candidate):
        yield SURE / 2
    if precedes_state(candidate):
        yield STRONG


def is_headed(candidate: Candidate, lexicon: str) -> bool:
    """Harbour Ministry, Ministry of Harbours"""
    words = [word.lower_.rstrip(".") for word in candidate.words]
    heads = [words[-1], *(one for one, other in pairwise(words) if other in ("of", "for"))]
    return any(head in lexicon_set(lexicon) for head in heads) and len(words) > 1


def follows_place_noun(candidate: Candidate) -> bool:
    """the city of Upton, the village Upton"""
    first = candidate.words[0]
    *_, noun, before = ["", "", *(word.lower_ for word in first.doc[max(0, first.i - 2) : first.i])]
    nouns = lexicon_set("place_nouns")
    return before in nouns or (before == "of" and noun in nouns)


def precedes_state(candidate: Candidate) -> bool:
    """Upton, Ohio"""
    last = candidate.words[-1]
    following = last.doc[last.i + 1 : last.i + 4]
    state = key_of("".join(word.text_with_ws for word in following[1:3]).strip()), key_of(following[1:2].text)
    return len(following) > 1 and following[0].text == "," and not known("states").isdisjoint(state)


@cache
def known(name: str) -> frozenset[str]:
    return frozenset(map(key_of, lexicon_set(name)))
