"""Bad input gets one clear sentence with file and line, and all problems of a run are listed."""

import pytest
from front_door import build, problems, write_files
from hypothesis import given
from hypothesis import strategies as st

from build.core.problems import Problem
from build.editorial.yaml_files import parse_yaml

ARTICLE = "Bridge opens\n\nThe mayor came. “I am glad,” she said. The mayor left.\n"
FIGURES = "claims:\n- exact: I am glad\n  kind: assertion\n  figures:\n"
FIGURE = "  - {exact: glad, value: 2, comparator: exactly}\n"


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "no articles here; put *.txt or *.md files into it"),
        ({"a.txt": ""}, "a.txt: the file has no text; fill it or remove it"),
        ({"a.txt": " \n\ufeff\n"}, "a.txt: the file has no text; fill it or remove it"),
        ({"a.txt": b"one\ntwo \xe9\n"}, "a.txt:2: byte 0xe9 is not UTF-8; save the file as UTF-8"),
        ({"a.txt": "one\n\0two"}, "a.txt:2: a NUL byte; remove it"),
        ({"a.txt": "x" * 50_000_000}, "a.txt: 50 MB are no article (the limit is 5 MB); split the file"),
        ({"a.txt": ARTICLE, "b.txt": ARTICLE}, "b.txt: the same text as a.txt; remove one of them"),
        ({"a.txt": ARTICLE, "a.md": "other"}, "a.txt: would share its sidecar with a.md; rename one of them"),
        ({"a.txt": ARTICLE, "b.yml": "id: b"}, "b.yml: there is no seed of this name; rename or remove it"),
        ({"README.md": "How we work"}, "no articles here; put *.txt or *.md files into it"),
        ({"a.txt": ARTICLE, "a.YML": "id: a"}, "a.YML: is not read; name it a.yml"),
        ({"a.TXT": ARTICLE, "a.yml": "id: A b"}, "a.yml:1: id is 'A b', which does not have the form ^[a-z0-9]+(-[a-z0-9]+)*$"),
        ({"edition.md": ARTICLE}, "edition.md: edition.yml is no sidecar; rename the article"),
        ({"a.txt": ARTICLE, "a.yaml": "id: a"}, "a.yaml: is not read; name it a.yml"),
    ],
)  # fmt: skip
def test_bad_folder(tmp_path, files, sentence):
    write_files(tmp_path, files)
    assert [line.replace(f"{tmp_path}: ", "") for line in problems(tmp_path)] == [sentence]


@pytest.mark.parametrize("name", ["b.txt", "a.yml", "people.yml"])
def test_what_cannot_be_read(tmp_path, name):
    write_files(tmp_path, {"a.txt": ARTICLE})
    (tmp_path / name).mkdir()
    assert problems(tmp_path) == [f"{name}: cannot be read (Is a directory); mend or remove it"]


def test_what_editors_and_systems_leave_behind_is_no_article(tmp_path):
    write_files(tmp_path, {"a.txt": ARTICLE, "._a.txt": b"\0\xff", "._a.yml": b"\0\xff"})
    (tmp_path / ".#a.txt").symlink_to("editor@host.1")
    assert [row["seed"] for row in build(tmp_path, tmp_path / "news.db")["articles"].rows] == ["a.txt"]


@pytest.mark.parametrize(
    ("sidecar", "sentence"),
    [
        ("id: [\n", "a.yml:2: not YAML: did not find expected node content"),
        ("id: a\nid: b", "a.yml:2: the key 'id' stands here for the second time"),
        ("- 1", "a.yml: the file: Input should be a valid dictionary or instance of Sidecar"),
        ("id: a\n\nspeakr: x", "a.yml:3: the key 'speakr' means nothing here; see seeds/README.md"),
        ("id: A b", "a.yml:1: id is 'A b', which does not have the form ^[a-z0-9]+(-[a-z0-9]+)*$"),
        ("url: javascript:alert(1)", "a.yml:1: url is 'javascript:alert(1)', which does not have the form ^https?://\\S+$"),
        ("source: nobody", "a.yml:1: no id 'nobody' among the sources; add it to sources.yml or correct it"),
        ("published: Wednesday\npublished_basis: stated", "a.yml:1: 'Wednesday' is not an EDTF date of day precision at most"),
        ("published: 2022-02-17", "a.yml:1: a publication date needs published_basis: stated or inferred"),
        ("claims:", "a.yml:1: claims is empty: write [] for none, or leave it out"),
        ("notes:\n- {exact: The dog, kind: editorial, note: x}", "a.yml:2: these words are in no paragraph of the article: 'The dog'"),
        ("notes:\n- {exact: opens\\n, kind: editorial, note: x}", "a.yml:2: these words are in no paragraph of the article: 'opens\\\\n'"),
        ("notes:\n- {exact: The mayor, kind: editorial, note: x}", "a.yml:2: these words stand there 2 times: 'The mayor'; add prefix or suffix"),
        ("notes:\n- {exact: glad, kind: joke, note: x}", "a.yml:2: kind is 'joke'; it can be 'source_error' or 'editorial'"),
        ("notes:\n- {exact: glad, kind: editorial}", "a.yml:2: 'note' is missing"),
        ("claims:\n- {exact: “I am glad”, kind: direct}", "a.yml:2: a claim needs a speaker, or speaker_unknown to say why there is none"),
        ("claims:\n- exact: I am glad\n  kind: assertion\n  cue: said", "a.yml:2: an assertion has neither speaker nor cue"),
        ("claims:\n- exact: I am glad\n  kind: direct\n  speaker_unknown: x\n  cue: told", "a.yml:5: these words are not in the paragraph of the passage: 'told'"),
        (FIGURES + "  - {exact: two, value: 2, comparator: exactly}", "a.yml:5: these words are not in the claim: 'two'"),
        (FIGURES + "  - {exact: glad, comparator: exactly}", "a.yml:5: a figure needs value, or min and max for a range"),
        (FIGURES + "  - {exact: glad, value: nan, comparator: exactly}", "a.yml:5: a figure is a finite number"),
        (FIGURES + f"  - {{exact: glad, value: 1{'0' * 400}, comparator: exactly}}", "a.yml:5: a figure is a finite number"),
        (FIGURES + "  - {exact: glad, min: 100, max: 10, comparator: exactly}", "a.yml:5: min is greater than max"),
        ("mentions:\n- {person: jane, exact: she}", "a.yml:2: no id 'jane' among the people; add it to people.yml or correct it"),
    ],
)  # fmt: skip
def test_bad_sidecar(tmp_path, sidecar, sentence):
    write_files(tmp_path, {"a.txt": ARTICLE, "a.yml": sidecar})
    assert problems(tmp_path) == [sentence]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"people.yml": "- {id: jane, name: Jane}\n- {id: jane, name: Joan}"},
            "people.yml:2: the id 'jane' is taken by people.yml:1; give another",
        ),
        (
            {"people.yml": "- {id: jane, name: Jane}", "a.yml": "people:\n- {id: jane, name: Joan}"},
            "a.yml:2: the id 'jane' is taken by people.yml:1; give another",
        ),
        (
            {"a.yml": "id: bridge", "b.txt": "Another text.", "b.yml": "id: bridge"},
            "b.yml:1: the id 'bridge' is taken by a.yml:1; give another",
        ),
        (
            {"people.yml": "- {id: jane, name: Jane}\n- {id: joan, name: Joan, formerly: [jane]}"},
            "people.yml:2: the id 'jane' is taken by people.yml:1; take it out of one of them",
        ),
        (
            {"people.yml": "- {id: jane, name: Jane, formerly: [jane]}"},
            "people.yml:1: the id 'jane' is taken by people.yml:1; take it out of one of them",
        ),
        (
            {
                "people.yml": "- {id: jane, name: Jane, formerly: [rome]}",  # a person may have had the same
                "places.yml": "- {id: roma, name: Rome, formerly: [rome]}\n- {id: rim, name: Rim, formerly: [rome]}",
            },
            "places.yml:2: the id 'rome' is taken by places.yml:1; take it out of one of them",
        ),
        ({"people.yml": "id: jane"}, "people.yml:1: the file must be a list"),
        (
            {"events.yml": "- {id: x, name: X, kind: visit, status: occurred, part_of: x}"},
            "events.yml:1: 'x' is part of itself, by way of 'x'",
        ),
        (
            {"events.yml": "- {id: x, name: X, kind: visit, status: occurred, date: 2022-02-16}"},
            "events.yml:1: date_basis is stated or inferred with a date, unknown without one",
        ),
        (
            {"events.yml": "- {id: x, name: X, kind: visit, status: occurred, date_basis: stated}"},
            "events.yml:1: date_basis is stated or inferred with a date, unknown without one",
        ),
        (
            {"events.yml": "- {id: x, name: X, kind: visit, status: done}"},
            "events.yml:1: status is 'done'; it can be 'occurred', 'planned', 'reported' or 'hypothetical'",
        ),
        (
            {"people.yml": "- {id: j, name: J}", "a.yml": "mentions:\n" + "- {person: j, exact: she}\n" * 2},
            "a.yml:3: 'she' is given by a.yml:2 already; keep one",
        ),
        (
            {"a.yml": "people:\n- id: j\n  name: J\n  aliases:\n" + "  - {alias: Jane}\n" * 2},
            "a.yml:6: 'Jane' is given by a.yml:5 already; keep one",
        ),
        (
            {
                "people.yml": "- {id: j, name: J}",
                "events.yml": "- id: x\n  name: X\n  kind: visit\n  status: occurred\n  people:\n"
                "  - {person: j, role: host}\n  - {person: j, role: speaker}",
            },
            "events.yml:7: 'j' is given by events.yml:6 already; keep one",
        ),
        (
            {"a.yml": FIGURES + FIGURE + FIGURE},
            "a.yml:6: 'glad' is given by a.yml:5 already; keep one",
        ),
        (
            {"a.yml": "notes: [{kind: editorial, note: x}, {kind: editorial, note: x}]"},
            "a.yml:1: 'x' is given by a.yml:1 already; keep one",
        ),
    ],
)  # fmt: skip
def test_entries_that_do_not_fit_together(tmp_path, files, sentence):
    write_files(tmp_path, {"a.txt": ARTICLE, **files})
    assert [line.replace(f"{tmp_path}/", "") for line in problems(tmp_path)] == [sentence]


def test_a_circle_of_events_is_named_by_each_of_them(tmp_path):
    """What leads into it is no part of it."""
    event = "- {{id: {0}, name: X, kind: visit, status: occurred, part_of: {1}}}\n"
    events = "".join(event.format(*pair) for pair in ("wx", "xy", "yx"))
    write_files(tmp_path, {"a.txt": ARTICLE, "events.yml": events})
    assert problems(tmp_path) == [
        "events.yml:2: 'x' is part of itself, by way of 'y'",
        "events.yml:3: 'y' is part of itself, by way of 'x'",
    ]


def test_an_id_that_was_given_up_leads_to_the_entry_that_took_its_place(tmp_path):
    people = "- {id: jane, name: Jane, formerly: [j-doe, mrs-doe]}"
    places = "- {id: roma, name: Rome, formerly: [rome]}"
    write_files(tmp_path, {"a.txt": ARTICLE, "a.yml": f"people:\n{people}", "places.yml": places})
    assert list(build(tmp_path, tmp_path / "news.db")["redirects"].rows) == [
        {"id": "j-doe", "table_name": "people", "new_id": "jane"},
        {"id": "mrs-doe", "table_name": "people", "new_id": "jane"},
        {"id": "rome", "table_name": "places", "new_id": "roma"},
    ]


def test_all_problems_of_a_run_are_listed(tmp_path):
    write_files(
        tmp_path,
        {
            "a.txt": ARTICLE,
            "a.yml": "notes:\n- {exact: cat, kind: editorial, note: x}\n- {exact: dog, kind: editorial, note: x}",
            "b.txt": "Another text.",
            "b.yml": "mentions: [{exact: hen, person: jane}]",
            "people.yml": "- {id: jane, name: Jane}",
        },
    )
    assert problems(tmp_path) == [
        "a.yml:2: these words are in no paragraph of the article: 'cat'",
        "a.yml:3: these words are in no paragraph of the article: 'dog'",
        "b.yml:1: these words are in no paragraph of the article: 'hen'",
    ]


def test_front_matter_and_sidecar_may_not_say_the_same(tmp_path):
    write_files(tmp_path, {"a.md": "---\nlanguage: en\n---\nText here.", "a.yml": "id: a\nlanguage: en"})
    assert problems(tmp_path) == ["a.yml:2: 'language' stands in the front matter too; keep one"]


def test_front_matter_of_other_tools_is_read(tmp_path):
    front = "title: Levy passes\ndate: 2024-03-06T09:30:00Z\nauthor: Ada Finn\nsource: The Aldport Courier\ntags: [levy, port]\n"
    text = f"---\n{front}canonical: https://example.org/levy\n---\n\nMayor Pal Varga signed the levy on Tuesday."
    database = build(write_files(tmp_path, {"a.md": text}), tmp_path / "news.db")
    sql = "select title, published, published_basis, credit, source_id, origin_id, url from articles"
    assert tuple(next(database.execute(sql))) == (
        "Levy passes", "2024-03-06", "stated", "Ada Finn", "the-aldport-courier", "the-aldport-courier", "https://example.org/levy",
    )  # fmt: skip
    assert database["sources"].get("the-aldport-courier")["name"] == "The Aldport Courier"


def test_front_matter_errors_name_its_line(tmp_path):
    write_files(tmp_path, {"a.md": "---\nlanguage: en\nlayout: post\n---\nText here."})
    assert problems(tmp_path) == ["a.md:3: the key 'layout' means nothing here; see seeds/README.md"]


@given(st.one_of(st.text(), st.binary()))
def test_yaml_of_anything(tmp_path_factory, content):
    try:
        parse_yaml(content, tmp_path_factory.getbasetemp() / "a.yml")
    except Problem as problem:
        assert "a.yml" in str(problem)
