"""`--keep-going` builds without what cannot be built, and says so."""

from front_door import run, write_files
from sqlite_utils import Database

GOOD = b"Levy passes\n\nThe council of Aldport passed a levy, Mayor Anna Keller said."


def build_going(folder, files, *options):
    write_files(folder, files)
    return run("database", "--seeds", folder, "--output", folder / "news.db", *options)


def test_one_bad_article_does_not_stop_the_others(tmp_path):
    files = {"good.txt": GOOD, "bad.txt": b"Caf\xe9", "wrong.txt": GOOD + b" Twice.", "wrong.yml": b"nothing: here\n"}
    result = build_going(tmp_path, files, "--keep-going")
    assert result.exit_code == 1 and [row["seed"] for row in Database(tmp_path / "news.db")["articles"].rows] == [
        "good.txt"
    ]
    lines = result.output.replace(f"{tmp_path}/", "").splitlines()[-3:]
    assert lines[0] == "Error: 2 problem(s); news.db was built without these articles"
    assert [line.split(":")[:2] for line in lines[1:]] == [["bad.txt", "1"], ["wrong.yml", "1"]]


def test_without_the_option_it_does(tmp_path):
    result = build_going(tmp_path, {"good.txt": GOOD, "bad.txt": b"Caf\xe9"})
    assert result.exit_code == 1 and not (tmp_path / "news.db").exists()


def test_what_all_articles_share_stops_all(tmp_path):
    result = build_going(tmp_path, {"good.txt": GOOD, "people.yml": b"nothing: here\n"}, "--keep-going")
    assert result.exit_code == 1 and not (tmp_path / "news.db").exists()
    assert "nothing was written" in result.output and "people.yml" in result.output


def test_where_nothing_is_wrong_nothing_is_said(tmp_path):
    result = build_going(tmp_path, {"good.txt": GOOD}, "--keep-going")
    assert result.exit_code == 0 and "problem" not in result.output
