"""How results are shown: matches marked, with the ways to more of them and to fewer."""

import re
from dataclasses import asdict
from operator import itemgetter
from urllib.parse import urlencode

from markupsafe import Markup, escape

from .expressions import clean
from .finding import MOST_PAGES, fold
from .kinds import KINDS

MATCH = re.compile("\x02([^\x02\x03]*)\x03")
STRAY = re.compile("[\x02\x03]")  # an article's own, or one whose other was cut off
MARK = Markup("<mark>{}</mark>")


def show_matches(text: str | None) -> Markup:
    """Text with its matches marked."""
    pieces = [STRAY.sub("", piece) for piece in MATCH.split(text or "")]
    return Markup().join(MARK.format(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces))


def address(datasette, asked, **changed):
    """The address of the search with some of it changed."""
    values = {name: value for name, value in {**asdict(asked), "page": None, **changed}.items() if value}
    return f"{datasette.urls.path('/-/search')}?{urlencode(values)}"


def as_json(row, base):
    """A result as people get it who ask for JSON."""
    return {
        "id": row["id"],
        "url": f"{base}/{row['page']}",
        "title": STRAY.sub("", row["title"] or ""),
        "snippet": str(show_matches(row["snippet"] or row["title"])),
        "note": STRAY.sub("", row["note"] or "") or None,
        "source": row["source"],
        "date": row["date"],
    }


def narrowings(asked, kinds, choices):
    """The three ways to narrow a search down, each with its options; one that is chosen is always among them."""
    options = {
        "kind": ("Only", "everything", [(kind, KINDS[kind].many) for kind in kinds]),
        "source": ("From", "any source", [(row["id"], row["name"]) for row in choices["sources"]]),
        "person": (
            "With",
            "anybody",
            sorted(((row["id"], row["name"]) for row in choices["people"]), key=itemgetter(1)),
        ),
    }
    for name, (label, unset, pairs) in options.items():
        chosen = getattr(asked, name)
        added = [(chosen, chosen)] if chosen and chosen not in dict(pairs) else []
        yield {"name": name, "label": label, "unset": unset, "options": pairs + added, "chosen": chosen}


def examples(people):
    """What can be typed, with the two people that are named most."""
    names = [name for person in people[:2] if (name := clean(person["name"]).split())]
    if len(names) < 2:
        return []
    family, other = names[0][-1], names[1][-1]
    return [
        (fold(family), "a word: capitals and accents do not matter, and endings hardly"),
        (f"{family} {other}", "several words: all of them"),
        (f'"{" ".join(names[0])}"', "words in this order"),
        (f"{family[:4]}*", "words that begin like this"),
        (f"{family} -{other}", "without a word"),
    ]


def groups(datasette, answer, asked):
    """The results by kind, each with the way to more of it."""
    for kind, rows in answer["found"].items():
        total, end = rows[0]["total"], asked.values["offset"] + len(rows)
        yield {
            "kind": KINDS[kind],
            "rows": rows,
            "total": total,
            "all": None if asked.kind or end >= total else address(datasette, asked, kind=kind),
            "next": address(datasette, asked, page=asked.page + 1)
            if asked.kind and end < total and asked.page < MOST_PAGES
            else None,
            "previous": address(datasette, asked, page=asked.page - 1) if asked.kind and asked.page > 1 else None,
        }
