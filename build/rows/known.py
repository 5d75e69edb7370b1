"""Who is registered, to be recognised under every name: registries go in, ids come out for the forms of a name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..core.folding import fold
from ..core.identifiers import short_hash, slug
from ..editorial.editorial import Editorial, organizations_of, people_of, places_of
from ..editorial.entries import NamedEntry
from ..extractor.findings import Extraction

NAMES = ("name", "variant")  # the aliases that are names; a title can be anybody's


def plain(name: str) -> str:
    """A name without accents, capitals and other than single blanks."""
    return " ".join(fold(name).split())


class Known:
    """The registered people, organizations or places, by every name that only one of them has."""

    def __init__(self, entries: Iterable[NamedEntry]) -> None:
        ids: dict[str, set[str]] = {}
        self.heir_of: dict[str, str] = {}
        for entry in entries:
            names = [entry.name, *(alias.alias for alias in entry.aliases if alias.kind in NAMES)]
            for name in names:
                ids.setdefault(plain(name), set()).add(entry.id)
            self.heir_of |= dict.fromkeys(entry.formerly, entry.id)
        self.ids = set().union(*ids.values())
        self.id_of = {name: found.pop() for name, found in ids.items() if len(found) == 1}

    def find(self, forms: Iterable[str]) -> str | None:
        """The id of the one whom the forms name, full names before single ones."""
        full = sorted(map(plain, forms), key=lambda form: (-len(form.split()), form))
        longest = len(full[0].split()) if full else 0
        # a surname tells who is meant only of somebody of whom the article gives nothing more
        return next((self.id_of[f] for f in full if f in self.id_of and (longest == 1 or " " in f)), None)

    def find_any(self, forms: Iterable[str]) -> str | None:
        """The id of the one whom any of the forms names: an acronym tells as much as the name."""
        return next((self.id_of[form] for form in sorted(map(plain, forms)) if form in self.id_of), None)

    def make_id(self, forms: list[str], article_id: str) -> str:
        """The id of one who is not found: the name's slug, or what has taken its place.

        Where a registered one has it, whom the name did not tell, it is an id of the article's.
        """
        new = slug(forms[0]) or f"unnamed-{short_hash(*forms)}"
        return f"{new}-{short_hash(article_id)}" if new in self.ids else self.heir_of.get(new, new)


ACRONYM = re.compile(r"[A-Z][A-Z.&]*[A-Z]\.?")


def fuller_names(extractions: Iterable[Extraction]) -> dict[str, str]:
    """Of an acronym, the one name that any article gives it: in whatever order they are read, it is the same."""
    names: dict[str, set[str]] = {}
    for body in (body for extraction in extractions for body in extraction.organizations):
        for form in {mention.text for mention in body.mentions} - {body.name}:
            if ACRONYM.fullmatch(form):
                names.setdefault(plain(form), set()).add(body.name)
    return {acronym: found.pop() for acronym, found in names.items() if len(found) == 1}


@dataclass(frozen=True)
class Registries:
    """Who and what is registered."""

    people: Known
    organizations: Known
    places: Known
    fuller: Mapping[str, str] = field(default_factory=dict)  # names of organizations, by their acronyms


def registries(editorial: Editorial) -> Registries:
    people, organizations, places = people_of(editorial), organizations_of(editorial), places_of(editorial)
    return Registries(Known(people), Known(organizations), Known(places))
