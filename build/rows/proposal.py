"""What the extractor found in an article, with the dataset's ids of its people, organizations and places.

Registered ones are recognised under all their names; anybody else is the same in two articles only under the same full
name.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ..extractor.findings import Extraction, FoundClaim, FoundOrganization, FoundPerson, FoundPlace
from .known import Known, Registries, plain
from .passages import ArticleText, Passage

Entity = FoundPerson | FoundOrganization | FoundPlace
Find = Callable[[Iterable[str]], str | None]
ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Proposal:
    """What the extractor found in an article, with the dataset's ids of its people, organizations and places."""

    text: ArticleText
    found: Extraction
    id_of: dict[str, str]
    organization_of: dict[str, str]
    place_of: dict[str, str]
    known: Registries

    def speaker_for(self, claim: FoundClaim) -> str | None:
        return self.id_of[claim.speaker] if claim.speaker else None

    def organization_for(self, claim: FoundClaim) -> str | None:
        """The organization that speaks: one that the extractor found, or a registered one by its very name."""
        if claim.speaker or not claim.speaker_text:
            return None
        if claim.speaker_organization:
            return self.organization_of[claim.speaker_organization]
        return self.known.organizations.find_any([ARTICLE.sub("", claim.speaker_text)])

    def passage(self, start: int, end: int) -> Passage | None:
        """The span of a paragraph that offsets into the seed mean; None if it is in none."""
        starts = [paragraph.start_char for paragraph in self.text.paragraphs]
        at = bisect_right(starts, start) - 1
        if at < 0 or end > self.text.paragraphs[at].end_char:
            return None
        return Passage(self.text.paragraphs[at], start - starts[at], end - starts[at])


def make_proposal(text: ArticleText, found: Extraction, known: Registries) -> Proposal:
    """What was found, each of its people, organizations and places under the registered id, else the name's slug."""
    found = replace(found, organizations=tuple(fully_named(body, known) for body in found.organizations))
    people = ids_for(found.people, known.people, known.people.find, text.article_id)
    bodies = ids_for(found.organizations, known.organizations, known.organizations.find_any, text.article_id)
    places = ids_for(found.places, known.places, known.places.find_any, text.article_id)
    return Proposal(text, found, people, bodies, places, known)


def fully_named(body: FoundOrganization, known: Registries) -> FoundOrganization:
    """NPA, where another article says what that is"""
    return replace(body, name=known.fuller.get(plain(body.name), body.name))


def ids_for(entities: Iterable[Entity], known: Known, find: Find, article_id: str) -> dict[str, str]:
    return {e.id: find(forms_of(e)) or known.make_id(forms_of(e), article_id) for e in entities}


def forms_of(entity: Entity) -> list[str]:
    """The name, then every other name that the article uses."""
    others = {mention.text for mention in entity.mentions if mention.kind == "name"}
    return [entity.name, *sorted(others - {entity.name})]
