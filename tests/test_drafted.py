"""What a draft says of itself when it is built: who found a row, and that nothing is lost."""

import re

import pytest
from front_door import build, run, write_files

ARTICLE = """\
Harbour opens again

PORTHAVEN (Reuters) - “The strike is over,” Mayor Jane Doe said on 3 March 2024. She added that 400 dockers had stayed away.

The Transport Agency denied that 12 ships were waiting. Jane Doe met John Roe on 2 March 2024 in the harbour.

“We lost 12 days,” said Roe, “and 12 days are 12 days.”
"""
FOUND = "people mentions organizations organization_mentions events event_people event_reports claims figures".split()


def rows(database, *tables):
    return {table: list(database[table].rows) for table in tables or FOUND}


@pytest.fixture(scope="module")
def undrafted(tmp_path_factory):
    folder = write_files(tmp_path_factory.mktemp("undrafted"), {"harbour.txt": ARTICLE})
    return build(folder, folder / "news.db")


@pytest.fixture
def drafted(tmp_path):
    folder = write_files(tmp_path, {"harbour.txt": ARTICLE})
    assert run("draft", folder / "harbour.txt").exit_code == 0
    return folder


def rebuilt(folder, *change):
    sidecar = folder / "harbour.yml"
    text = sidecar.read_text()
    if change:
        changed = re.sub(*change, text, count=1)
        assert changed != text
        sidecar.write_text(changed)
    return build(folder, folder / "news.db")


def test_a_draft_builds_into_what_was_found_without_it(undrafted, drafted):
    assert all(rows(undrafted).values())
    assert rows(rebuilt(drafted)) == rows(undrafted)
    assert {row["method"] for row in undrafted["claims"].rows} == {"extracted"}
    assert {row["polarity"] for row in undrafted["claims"].rows} == {"affirms", "denies"}


def test_a_reviewed_article_keeps_the_confidence(undrafted, drafted):
    database = rebuilt(drafted, "\nid:", "\nreviewed: {by: Jane, on: 2024-03-04}\nid:")
    found = rows(undrafted)
    for row in (row for table in found.values() for row in table if "method" in row):
        row["method"] = "reviewed"
    assert rows(database) == found


def test_an_entry_is_reviewed_or_changed_by_itself(drafted):
    """What is accepted keeps the program's confidence; what is changed is its author's, though the hash still stands."""
    rebuilt(drafted, r"(exact: John Roe, .*hash: [0-9a-f]+})", r"\1, reviewed: {by: Jane, on: 2024-03-04}")
    database = rebuilt(drafted, "cue: said, ", "")
    said = {row["text"]: (row["method"], row["confidence"] is None) for row in database["mentions"].rows}
    assert said["John Roe"] == ("reviewed", False)
    assert said["Jane Doe"] == ("extracted", False)
    (cueless,) = [row for row in database["claims"].rows if row["method"] == "curated"]
    assert (cueless["cue"], cueless["confidence"], cueless["speaker_confidence"]) == (None, None, None)
