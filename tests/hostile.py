"""An edition that attacks its readers: what every part of the project has to carry and never run."""

import json

from front_door import build, write_files

SCRIPT = "<script>document.title = 'hacked'</script>"
IMAGE = '"><img src=x onerror="document.title=\'hacked\'">'
ADDRESS = "https://evil.example/\"><script>document.title='hacked'</script>"
CODE = "javascript:document.title='hacked'"
BIDI = "\u202eright to left\u2066 isolated"
LONG_WORD = "a" * 1_000_000
TEXT = f"""Title {SCRIPT}

“We {IMAGE} win,” said Eve {SCRIPT}.

{BIDI} and {LONG_WORD} in May.
"""

SIDECAR = {
    "id": "attack",
    "source": "evil",
    "url": ADDRESS.replace(" ", ""),
    "published": "2024-03-02",
    "published_basis": "inferred",
    "rights": IMAGE,
    "mentions": [{"person": "eve", "kind": "name", "exact": "Eve", "role": "Eve"}],
    "organizations": [{"organization": "gang", "kind": "name", "exact": "We"}],
    "places": [{"place": "nowhere", "kind": "name", "exact": BIDI}],
    "claims": [
        {
            "exact": f"“We {IMAGE} win,”",
            "kind": "direct",
            "speaker": "eve",
            "speaker_as_stated": "Eve",
            "cue": "said",
            "event": "attack-event",
            "propositions": {"attack-proposition": "supports"},
        },
        {"exact": LONG_WORD, "kind": "assertion", "propositions": {"attack-proposition": "differs"}},
    ],
    "events": [
        {
            "event": "attack-event",
            "exact": "in May",
            "date_as_stated": "May",
            "date_resolved": "2024-05",
            "rule": "other",
        }
    ],
    "notes": [
        {"exact": SCRIPT, "prefix": "Title ", "kind": "editorial", "note": SCRIPT},
        {"kind": "editorial", "note": IMAGE},
    ],
}
REGISTRIES = {
    "people": {"id": "eve", "name": SCRIPT, "description": IMAGE, "aliases": [{"alias": "Eve"}]},
    "organizations": {"id": "gang", "name": IMAGE, "description": SCRIPT, "aliases": [{"alias": "We"}]},
    "places": {"id": "nowhere", "name": IMAGE, "aliases": [{"alias": BIDI}]},
    "sources": {"id": "evil", "name": IMAGE, "kind": "website", "url": ADDRESS.replace(" ", "")},
    "events": {
        "id": "attack-event",
        "name": SCRIPT,
        "kind": "other",
        "status": "occurred",
        "place": "nowhere",
        "people": [{"person": "eve", "role": SCRIPT}],
    },
    "propositions": {"id": "attack-proposition", "text": SCRIPT, "event": "attack-event"},
}

# JSON is YAML
HOSTILE = {
    "attack.txt": TEXT,
    "attack.yml": json.dumps(SIDECAR),
    "edition.yml": json.dumps({"version": "0.6", "date": "2024-03-03"}),
    **{f"{name}.yml": json.dumps([entry]) for name, entry in REGISTRIES.items()},
}


def build_hostile(folder):
    """Its database; the build refuses addresses that are code, so they are put in behind its back."""
    database = build(write_files(folder, HOSTILE), folder / "news.db")
    with database.conn:
        database.execute("update articles set url = ?", [CODE])
        database.execute("update sources set url = ?", [CODE])
    return database
