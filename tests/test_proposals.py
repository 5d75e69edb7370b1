"""An article that nobody has annotated is a full citizen: its rows are the extractor's."""

import json
import os
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
from hashlib import sha256
from uuid import uuid4

import pytest
from front_door import ROOT, TINY, build, run, write_files

ARTICLE = """Caracas and Moscow talk again

CARACAS, March 3, 2023 (Example) - Nicolás Maduro said on Thursday that Venezuela would buy 200 tractors.

Russian Deputy Prime Minister Alexander Novak told reporters the deal was worth more than $30 million.

"We will not stop," Maduro said.

The Harbour Workers Union (HWU) said the deal was unfair. PDVSA said it was fair, and the HWU denied that it was.
"""
ORGANIZATIONS = """
- {id: petroleos-de-venezuela, name: Petróleos de Venezuela, aliases: [{alias: PDVSA}]}
"""
PEOPLE = "- id: nicolas-maduro\n  name: Nicolás Maduro Moros\n  aliases: [{alias: Maduro}, {alias: Nicolás Maduro}]\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_files(
        tmp_path_factory.mktemp("seeds"), {"new.txt": ARTICLE, "people.yml": PEOPLE, "organizations.yml": ORGANIZATIONS}
    )


@pytest.fixture(scope="module")
def extracted(folder):
    return build(folder, folder / "news.db")


def test_claims_with_their_speakers(extracted):
    sql = """
    select text, kind, speaker_id, speaker_as_stated, cue, method
    from claims
    where kind <> 'assertion' and speaker_organization_id is null
    order by text
    """
    assert [tuple(row.values()) for row in extracted.query(sql)] == [
        ('"We will not stop,"', "direct", "nicolas-maduro", "Maduro", "said", "extracted"),
        ("Venezuela would buy 200 tractors", "indirect", "nicolas-maduro", "Nicolás Maduro", "said", "extracted"),
        (
            "the deal was worth more than $30 million",
            "indirect",
            "alexander-novak",
            "Russian Deputy Prime Minister Alexander Novak",
            "told",
            "extracted",
        ),
    ]


def test_registered_people_are_recognised_and_others_get_a_record(extracted):
    assert [(p["id"], p["name"]) for p in extracted["people"].rows] == [
        ("alexander-novak", "Alexander Novak"),
        ("nicolas-maduro", "Nicolás Maduro Moros"),
    ]


def test_a_name_that_two_have_is_taken_for_neither(tmp_path):
    people = "- {id: alexander-novak, name: Alexander Novak}\n- {id: alexander-novak-mayor, name: Alexander Novak}"
    write_files(tmp_path, {"new.txt": ARTICLE, "people.yml": people})
    database = build(tmp_path, tmp_path / "news.db")
    (row,) = database.query(
        "select speaker_id, name from claims join people on people.id = speaker_id where cue = 'told'"
    )
    assert re.fullmatch("alexander-novak-[0-9a-f]{10}", row["speaker_id"])
    assert row["name"] == "Alexander Novak"


def test_a_surname_that_is_registered_is_not_whoever_else_has_it(tmp_path):
    people = "- {id: john-roe, name: John Roe, aliases: [{alias: Roe}]}"
    text = "Bridge opens\n\nMary Roe said that it was late. Roe denied that it was dark.\n"
    write_files(tmp_path, {"new.txt": text, "people.yml": people})
    claims = build(tmp_path, tmp_path / "news.db")["claims"].rows
    assert {claim["speaker_id"] for claim in claims} == {"mary-roe"}


def test_how_sure_it_is_who_speaks(tmp_path):
    """By the extractor's cue, by the registry where only that knows the organization, and nothing of nobody."""
    text = (
        "Bridge opens\n\nMary Roe said that it was late. The rowers said that it was dark. Officials said it was wet.\n"
    )
    write_files(tmp_path, {"new.txt": text, "organizations.yml": "- {id: rowers, name: rowers}"})
    claims = build(tmp_path, tmp_path / "news.db")["claims"].rows
    sure = {c["speaker_id"] or c["speaker_organization_id"]: c["speaker_confidence"] for c in claims}
    assert sure == {"mary-roe": 0.95, "rowers": 0.8, None: None}


def test_who_was_merged_into_another_is_not_made_again(tmp_path):
    people = "- {id: sasha-novak, name: Sasha Novak, formerly: [alexander-novak]}"
    organizations = "- {id: dockers-union, name: Dockers’ Union, formerly: [harbour-workers-union]}"
    write_files(tmp_path, {"new.txt": ARTICLE, "people.yml": people, "organizations.yml": organizations})
    database = build(tmp_path, tmp_path / "news.db")
    assert "alexander-novak" not in [row["id"] for row in database["people"].rows]
    speakers = (
        "select distinct coalesce(speaker_id, speaker_organization_id) from claims where cue in ('told', 'denied')"
    )
    assert {row[0] for row in database.execute(speakers)} == {"sasha-novak", "dockers-union"}


def test_organizations_speak_under_all_their_names(extracted):
    sql = "select text, speaker_organization_id from claims where speaker_organization_id is not null order by text"
    assert [tuple(row.values()) for row in extracted.query(sql)] == [
        ("it was", "harbour-workers-union"),
        ("it was fair", "petroleos-de-venezuela"),
        ("the deal was unfair", "harbour-workers-union"),
    ]
    assert [(row["id"], row["name"]) for row in extracted["organizations"].rows] == [
        ("harbour-workers-union", "Harbour Workers Union"),
        ("petroleos-de-venezuela", "Petróleos de Venezuela"),
    ]
    assert [row["alias"] for row in extracted["organization_aliases"].rows] == ["HWU", "PDVSA"]
    mentions = extracted.query("select text, method from organization_mentions order by start_char")
    assert [tuple(row.values()) for row in mentions] == [
        ("Harbour Workers Union", "extracted"),
        ("HWU", "extracted"),
        ("PDVSA", "extracted"),
        ("HWU", "extracted"),
    ]


def test_figures_are_numbers(extracted):
    sql = "select value_min, value_max, comparator from figures order by value_min"
    assert [tuple(row.values()) for row in extracted.query(sql)] == [
        (200, 200, "exactly"),
        (30000000, None, "more_than"),
    ]


@pytest.mark.parametrize("drafted", [False, True])
def test_figures_greater_than_any_count(tmp_path, drafted):
    lines = [f"The minister said {number} people came to the port on Monday." for number in ("9" * 400, "8" * 300)]
    write_files(tmp_path, {"new.txt": "\n\n".join(["Ministers meet in the capital", *lines, ""])})
    assert not drafted or run("draft", tmp_path / "new.txt").exit_code == 0
    figures = build(tmp_path, tmp_path / "news.db")["figures"].rows
    assert {row["value_min"] for row in figures} == {float("8" * 300)} | (set() if drafted else {None})


def test_confidence_is_a_probability(extracted):
    assert all(0 < row["confidence"] <= 1 for row in extracted["claims"].rows)


def test_the_edition_says_what_extracted_it(extracted):
    (row,) = extracted["build"].rows
    assert row["extractor"] and row["model"].startswith("en-core-web-sm")


def test_the_date_of_the_dateline_is_the_articles(extracted):
    (article,) = extracted["articles"].rows
    assert (article["published"], article["published_basis"]) == ("2023-03-03", "stated")


def test_workers_and_cache_change_nothing(folder, extracted, tmp_path):
    for number, options in enumerate([["--no-cache"], ["--workers", 1], ["--workers", 2, "--no-cache"]]):
        output = tmp_path / f"{number}.db"
        assert run("database", "--seeds", folder, "--output", output, *options).exit_code == 0
        assert output.read_bytes() == (folder / "news.db").read_bytes()


@pytest.mark.parametrize(
    ("change", "used"),
    [
        ({}, True),
        ({"events": None}, False),
        ({"dates": [{"start": 0, "end": 1, "text": "a", "date": None}]}, False),  # no rule
        ({"paragraphs": [{"start": "0", "end": 1, "role": "body"}]}, False),
        ({"people": [{"id": "a", "name": "A", "mentions": [], "aliases": []}]}, False),
        ({"ships": []}, False),
    ],
)
def test_a_kept_extraction_of_another_shape_is_not_used(folder, extracted, tmp_path, monkeypatch, change, used):
    monkeypatch.chdir(tmp_path)
    build(folder, tmp_path / "news.db")
    (kept,) = tmp_path.glob(".cache/extractions/*/*.json")
    content = json.dumps(json.loads(kept.read_text().partition("\n")[2]) | {"claims": []} | change)
    kept.write_text(f"{sha256(content.encode()).hexdigest()}\n{content}")
    claims = build(folder, tmp_path / "news.db")["claims"].count
    assert claims == (0 if used else extracted["claims"].count)


def test_a_worker_that_is_killed_ends_the_build_in_a_sentence(tmp_path):
    write_files(tmp_path, {f"{number}.txt": f"{ARTICLE}{number}" for number in range(40)})
    command = [sys.executable, "-m", "build", "database", "--workers", "2", "--no-cache"]
    command += ["--seeds", tmp_path, "--output", tmp_path / "news.db"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    workers = ["ps", "-o", "pid=", "--ppid", str(process.pid)]
    while not (pids := subprocess.run(workers, capture_output=True, check=False).stdout.split()):
        assert process.poll() is None
    os.kill(int(pids[0]), signal.SIGKILL)
    sentence = "Error: a worker was killed, perhaps for want of memory; nothing was written\n"
    assert (process.communicate()[1], process.returncode) == (sentence, 1)
    assert not (tmp_path / "news.db").exists()


def test_a_list_of_the_sidecar_replaces_the_extractors(folder, tmp_path):
    write_files(tmp_path, {"new.txt": ARTICLE, "people.yml": PEOPLE, "new.yml": "claims: []"})
    database = build(tmp_path, tmp_path / "news.db")
    assert database["claims"].count == 0
    assert database["mentions"].count_where("method = 'extracted'") == 3


def test_a_draft_builds_unchanged_and_stays_extracted(folder, extracted, tmp_path):
    write_files(tmp_path, {"new.txt": ARTICLE, "people.yml": PEOPLE})
    assert run("draft", tmp_path / "new.txt").exit_code == 0
    drafted = build(tmp_path, tmp_path / "news.db")
    columns = "id, text, kind, speaker_id, cue, start_char, end_char"
    claims = [list(db.query(f"select {columns} from claims order by id")) for db in (drafted, extracted)]
    assert claims[0] == claims[1]
    assert {row["method"] for row in drafted["claims"].rows} == {"extracted"}
    assert [p["id"] for p in drafted["people"].rows] == [p["id"] for p in extracted["people"].rows]


def test_a_draft_never_overwrites(tmp_path):
    write_files(tmp_path, {"new.txt": ARTICLE, "new.yml": "id: mine"})
    result = run("draft", tmp_path / "new.txt")
    assert result.exit_code == 1
    assert result.output == f"Error: {tmp_path}/new.yml: is there already; a draft never overwrites one\n"
    assert (tmp_path / "new.yml").read_text() == "id: mine"


def test_a_draft_leaves_out_what_the_front_matter_states(tmp_path):
    front = "---\nid: talks\ntitle: Talks\npublished: 2024-03-02\npublished_basis: stated\n---\n\n"
    write_files(tmp_path, {"new.MD": front + ARTICLE})
    assert run("draft", tmp_path / "new.MD").exit_code == 0
    (article,) = build(tmp_path, tmp_path / "news.db")["articles"].rows
    assert (article["id"], article["title"], article["published"]) == ("talks", "Talks", "2024-03-02")


def test_a_draft_follows_no_link_that_leads_nowhere(tmp_path):
    write_files(tmp_path, {"new.txt": ARTICLE})
    (tmp_path / "new.yml").symlink_to("elsewhere")
    result = run("draft", tmp_path / "new.txt")
    assert (result.exit_code, (tmp_path / "elsewhere").exists()) == (1, False)
    assert result.output == f"Error: {tmp_path}/new.yml: is there by now; a draft never overwrites one\n"


def test_drafts_of_the_five_build(tmp_path):
    for path in (ROOT / "seeds").glob("*.txt"):
        shutil.copy(path, tmp_path)
        assert run("draft", tmp_path / path.name).exit_code == 0
    assert build(tmp_path, tmp_path / "news.db")["claims"].count > 50


@pytest.mark.parametrize("command", ["extract", "draft"])
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.txt", None, "there is no such file"),
        ("a.txt", b"\xff", "byte 0xff is not UTF-8; save the file as UTF-8"),
        ("a.txt", b"The mayor came. " * 62_501, "the extractor reads no paragraph of over 1,000,000 characters"),
        ("events.txt", b"x", "events.txt: events.yml is no sidecar; rename the article"),
    ],
)
def test_bad_files(tmp_path, command, name, content, sentence):
    if content:
        (tmp_path / name).write_bytes(content)
    result = run(command, tmp_path / name)
    assert result.exit_code == 1
    assert sentence in result.output
    assert isinstance(result.exception, SystemExit)


def built_in_a_terminal(seeds, output):
    """What the terminal shows."""
    terminal, end = pty.openpty()
    command = ["-m", "build", "database", "--seeds", seeds, "--output", output]
    subprocess.run([sys.executable, *command], cwd=ROOT, stderr=end, stdout=end, check=True)
    return os.read(terminal, 4096).decode()


def test_a_sidecar_that_cannot_be_written(tmp_path):
    write_files(tmp_path, {"new.txt": ARTICLE})
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    result = run("draft", tmp_path / "new.txt")
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (result.exit_code, result.output) == (1, f"Error: {tmp_path}/new.yml: cannot be written (File too large)\n")
    assert not (tmp_path / "new.yml").exists()


def test_a_paragraph_too_long_to_read(tmp_path):
    files = {f"{number}.txt": f"It rained {number} times." for number in range(17)}  # so that it is another process's
    write_files(tmp_path, files | {"long.txt": f"Bridge opens\n\n{'The mayor came. ' * 62_501}\n"})
    result = run("database", "--seeds", tmp_path, "--output", tmp_path / "news.db", "--workers", 2)
    sentence = "the extractor reads no paragraph of over 1,000,000 characters; divide it"
    assert (result.exit_code, result.output) == (1, f"Error: {tmp_path}/long.txt:3: {sentence}\n")
    assert not (tmp_path / "news.db").exists()


def test_a_terminal_sees_rate_and_time_left(tmp_path):
    unseen = uuid4()  # by the cache of earlier runs: the rate is first known after a second
    for number in range(6):
        text = "\n".join(f"{ARTICLE}\nNumber {number}.{part} of {unseen}.\n" for part in range(20))
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    shown = built_in_a_terminal(tmp_path, tmp_path / "news.db")
    assert "a second" in shown
    assert "6/6" in shown


def test_a_terminal_sees_nothing_of_an_extractor_that_has_nothing_to_do(tmp_path):
    assert built_in_a_terminal(TINY, tmp_path / "news.db").startswith("sources")
