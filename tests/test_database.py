"""news.db: its schema, its bytes, its ids, and what happens when it cannot be written."""

import resource
import shutil
import subprocess
import sys
from dataclasses import fields

import pytest
import yaml
from front_door import ROOT, TINY, build, run, write_files
from sqlite_utils import Database

from build.core.records import Build
from build.core.tables import TABLES, Dataset
from build.output.database import write

METADATA = yaml.safe_load((ROOT / "metadata.yml").read_text())["databases"]["news"]
OF_THE_BUILD = ("seeds_sha256", "extractor", "model", "texts")  # what the build says of itself and of all articles
INDEX = ("_fts", "_data", "_idx", "_docsize", "_config", "facet_counts")


def tables_of(database):
    return [name for name in database.table_names() if not name.endswith(INDEX)]


def test_records_are_the_schema(tiny):
    records = {table: [f.name for f in fields(record)] for record, table in TABLES.items()}
    assert records == {name: list(tiny[name].columns_dict) for name in tables_of(tiny)}
    assert list(records) == [field.name for field in fields(Dataset)]


def test_metadata_describes_every_table_view_and_column(tiny):
    described = {name: set(table["columns"]) for name, table in METADATA["tables"].items()}
    names = (*tables_of(tiny), "facet_counts", *tiny.view_names())
    columns = {name: set(tiny[name].columns_dict) for name in names}
    assert described == columns
    assert all(table["description"] for table in METADATA["tables"].values())


def test_metadata_names_columns_that_exist(tiny):
    for name, table in METADATA["tables"].items():
        columns = set(tiny[name].columns_dict)
        assert {
            *(facet for facet in table.get("facets", ()) if isinstance(facet, str)),
            table.get("sort", "id"),
            table.get("label_column", "id"),
        } <= columns | {"id"}
        if "fts_table" in table:
            assert table["fts_table"] in tiny.table_names()


def test_tables_are_strict_with_a_text_id(tiny):
    for name in tables_of(tiny):
        assert tiny[name].strict
        assert tiny[name].pks == (["table_name", "id"] if name == "redirects" else ["id"])
        assert tiny[name].columns_dict["id"] is str


def test_every_id_of_another_row_is_a_foreign_key(tiny):
    for name in tables_of(tiny):
        named = {column for column in tiny[name].columns_dict if column.endswith("_id") or column == "part_of"}
        assert named - {"new_id"} == {key.column for key in tiny[name].foreign_keys}, name


def test_every_foreign_key_has_an_index(tiny):
    for name in tables_of(tiny):
        indexed = {index.columns[0] for index in tiny[name].indexes}
        assert {key.column for key in tiny[name].foreign_keys} <= indexed, name


def test_rows_are_stored_by_id(edition):
    for name in (n for n in tables_of(edition) if "without rowid" not in edition[n].schema):
        ids = [row["id"] for row in edition.query(f"select id from [{name}] order by rowid")]
        assert ids == sorted(ids), name


def test_spans_lead_to_their_words(tiny):
    for name in (n for n in tables_of(tiny) if {"paragraph_id", "start_char"} <= set(tiny[n].columns_dict)):
        wrong = f"""
        select count(*) from [{name}] as t join paragraphs on paragraphs.id = t.paragraph_id
        where substr(paragraphs.text, t.start_char + 1, t.end_char - t.start_char) <> t.text
        """
        assert tiny.execute(wrong).fetchone() == (0,)


def test_search_index_holds_no_furniture(tiny):
    sql = "select count(*) from paragraphs_fts where paragraphs_fts match ?"
    assert tiny.execute(sql, ["strike"]).fetchone() == (3,)
    assert tiny.execute(sql, ["share"]).fetchone() == (0,)


def test_same_seeds_give_the_same_bytes(tmp_path):
    build(TINY, tmp_path / "a.db")
    shuffled = tmp_path / "shuffled"
    shuffled.mkdir()
    for path in sorted(TINY.iterdir(), reverse=True):
        shutil.copy(path, shuffled)
    build(shuffled, tmp_path / "b.db")
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()


def rows_of(database, leave_out=()):
    return {
        name: {row["id"]: {k: v for k, v in row.items() if k not in leave_out} for row in database[name].rows}
        for name in tables_of(database)
    }


def test_renamed_seeds_change_nothing_but_their_name(tmp_path, edition):
    for path in (ROOT / "seeds").iterdir():
        number, _, rest = path.name.partition("_")
        shutil.copy(path, tmp_path / (f"{9 - int(number)}-{rest}" if rest else path.name))
    renamed = build(tmp_path, tmp_path / "news.db")
    assert rows_of(renamed, ["seed"]) == rows_of(edition, ["seed"])
    assert [a["seed"] for a in renamed["articles"].rows] != [a["seed"] for a in edition["articles"].rows]


def test_an_article_without_a_sidecar_keeps_its_ids_under_another_name(tmp_path):
    built = []
    for name in ("a.txt", "b.txt"):
        (tmp_path / name[0]).mkdir()
        folder = write_files(
            tmp_path / name[0], {name: "Bridge opens\n\n“We waited,” Jane Doe said on 3 March 2024.\n"}
        )
        built.append(rows_of(build(folder, folder / "news.db"), ["seed"]))
    assert built[0] == built[1]
    assert all(built[0][name] for name in ("articles", "claims", "mentions", "events"))


def test_an_id_made_of_a_title_is_cut_between_words(tmp_path):
    write_files(tmp_path, {"a.txt": "Extraordinarily Long-Winded Deliberations End\n\nThe mayor came late.\n"})
    (article,) = build(tmp_path, tmp_path / "news.db")["articles"].rows
    assert article["id"] == f"extraordinarily-long-winded-{article['text_sha256'][:8]}"


def test_the_same_words_can_name_two(tmp_path):
    people = "- {id: jane, name: Jane}\n- {id: joan, name: Joan}"
    mentions = "mentions:\n- {person: jane, exact: They}\n- {person: joan, exact: They}"
    write_files(tmp_path, {"a.txt": "They came.", "a.yml": mentions, "people.yml": people})
    rows = {row["id"]: row["person_id"] for row in build(tmp_path, tmp_path / "news.db")["mentions"].rows}
    assert sorted(rows.values()) == ["jane", "joan"]


def test_a_sixth_article_changes_no_row(tmp_path, edition):
    shutil.copytree(ROOT / "seeds", tmp_path, dirs_exist_ok=True)
    write_files(tmp_path, {"0.txt": "Caracas speaks\n\nNicolás Maduro met Yuri Borisov on Monday."})
    grown = rows_of(build(tmp_path, tmp_path / "news.db"), OF_THE_BUILD)
    for name, rows in rows_of(edition, OF_THE_BUILD).items():
        assert rows.items() <= grown[name].items()
    assert len(grown["articles"]) == 6


@pytest.fixture
def old(tmp_path):
    """An earlier news.db that a failing build must not touch."""
    path = tmp_path / "news.db"
    path.write_bytes(b"an earlier edition")
    yield path
    assert path.read_bytes() == b"an earlier edition"
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".news")] == []


def test_bad_input_leaves_the_old_file(old, tmp_path):
    (tmp_path / "seeds").mkdir()
    assert run("database", "--seeds", tmp_path / "seeds", "--output", old).exit_code == 1


def test_two_builds_at_once_do_not_meet(tmp_path, monkeypatch):
    path, other = tmp_path / "news.db", tmp_path / "other"
    other.touch()
    (tmp_path / ".news.db.killed.partial").mkdir()

    def write_edition(version):
        write(path, Dataset(build=(Build("news", "", version, None, None, None),)))

    def build_meanwhile(database):
        monkeypatch.undo()
        write_edition("2")

    monkeypatch.setattr("build.output.database.count_facets", build_meanwhile)
    write_edition("1")
    assert [row["version"] for row in Database(path)["build"].rows] == ["1"]
    assert path.stat().st_mode == other.stat().st_mode
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["news.db", "other"]


def test_full_disk(old):
    """A limit on file sizes stands for a full disk: SQLite meets both in the same place."""
    result = subprocess.run(
        [sys.executable, "-m", "build", "database", "--seeds", TINY, "--output", old],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )
    assert result.returncode == 1
    assert result.stderr.startswith(f"Error: {old}: cannot be written (")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("output", ["missing/news.db", "file/news.db", "/proc/news.db", ".", "/dev/zero"])
def test_folder_that_cannot_be_written(tmp_path, output):
    (tmp_path / "file").touch()
    result = run("database", "--seeds", TINY, "--output", tmp_path / output)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.output.startswith(f"Error: {tmp_path / output}: cannot be written (")


def test_help_names_the_commands():
    assert "database" in run("--help").output
    assert "--seeds" in run("database", "--help").output


def test_closing_table(tmp_path):
    lines = run("database", "--seeds", TINY, "--output", tmp_path / "news.db").output.splitlines()
    assert [line.split() for line in lines[:3]] == [["sources", "2"], ["articles", "2"], ["paragraphs", "10"]]
    assert lines[-1].startswith(f"{tmp_path}/news.db: ")


def test_traces_of_a_web_page_and_missing_dates_are_named(tmp_path):
    seeds = {
        "a.txt": "Port shut\n\n<p>It was shut.</p>\n<p>It rained.</p>",
        "b.txt": "Lock shut\n\nMarch 6, 2024\n\nIt was shut &amp; locked.\\n\\nIt rained.",
    }
    (tmp_path / "seeds").mkdir()
    write_files(tmp_path / "seeds", seeds)
    result = run("database", "--seeds", tmp_path / "seeds", "--output", tmp_path / "news.db")
    assert result.exit_code == 0
    folder = tmp_path / "seeds"
    assert result.stderr.splitlines() == [
        f"{folder}/a.txt:3: <p> looks like HTML; save the page as plain text. Tags are read as no words",
        f"{folder}/b.txt:5: &amp; looks like an HTML entity; write the sign itself. It is read as the sign for which it stands",
        f"{folder}/b.txt:5: \\n\\n looks like an escaped line break; break the line there. It is read as a line break",
        "1 of 2 articles without a date: their weekdays and other relative days stay unknown; "
        "give `published` in the sidecar",
    ]
    texts = {row["text"] for row in Database(tmp_path / "news.db")["paragraphs"].rows if row["role"] == "body"}
    assert texts == {"It was shut.", "It rained.", "It was shut &amp; locked."}
