"""Nobody learns where files lie on the machine that serves."""

import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest
from front_door import ROOT, client_of, path_of
from sqlite_utils import Database


def paths_in(text):
    """The folders of this machine that a text names."""
    home = Path(shutil.__file__).parents[2]  # of Python
    return [str(folder) for folder in (ROOT, home, Path("/tmp")) if str(folder) in text]


@pytest.mark.parametrize("format", ["", ".json"])
@pytest.mark.parametrize("name", ["databases", "threads", "plugins", "versions", "metadata", "settings"])
def test_what_datasette_tells_of_itself_names_no_folder(tiny_client, name, format):
    answer = tiny_client.get(f"/-/{name}{format}")
    assert answer.status_code == 200 and paths_in(answer.text) == []


def test_databases_and_threads_are_told_as_ever(tiny_client, tiny):
    (database,) = tiny_client.get("/-/databases.json").json()
    assert (database["name"], database["path"], database["is_mutable"]) == ("news", "news.db", False)
    assert database["size"] == Path(path_of(tiny)).stat().st_size
    threads = tiny_client.get("/-/threads.json").json()
    assert len(threads["threads"]) == threads["num_threads"] > 0
    assert "running at test_" not in threads["tasks"][0] and "running at front_door.py:" in threads["tasks"][0]
    assert len(threads["tasks"]) == threads["num_tasks"]


ASKED = [
    "select * from pragma_database_list",
    "select File from main.Pragma_Database_List()",
    "select max(file) from [pragma_database_list]",
    "with d as (select * from pragma_database_list) select * from d",
    "select file from (select null as file) full join pragma_database_list using (file)",
    "select '\n--', file from pragma_database_list",
]


def after_all_else(client):
    """Pages that set rules of their own for what is read, and take them away again."""
    for path in ("/news/claims?_facet_source=speaker_id", "/-/charts/speakers", "/news?sql=select+*+from+claims"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("path", ["/news", "/news.json", "/news.csv"])
def test_sql_does_not_tell_the_path_of_the_database(tiny_client, tiny, path, asked):
    after_all_else(tiny_client)
    answer = tiny_client.get(f"{path}?{urlencode({'sql': asked})}")
    assert answer.status_code in (200, 400) and str(Path(path_of(tiny)).parent) not in answer.text


@pytest.mark.parametrize("asked", ASKED[:4])
def test_sql_that_asks_for_it_is_refused(tiny_client, asked):
    answer = tiny_client.get(f"/news.json?{urlencode({'sql': asked})}")
    assert answer.status_code == 400 and "prohibited" in answer.json()["error"]


def test_a_condition_does_not_tell_the_path_of_the_database(tiny_client, tiny, capfd):
    rows = {"_where": f"exists (select 1 from pragma_database_list where file = '{path_of(tiny)}')"}
    answer = tiny_client.get(f"/news/claims.json?{urlencode(rows)}")
    assert answer.status_code == 400 and "prohibited" in answer.json()["error"]
    rows = {
        "_where": f"exists (select 1 from (select '{path_of(tiny)}' as file) join pragma_database_list using (file))"
    }
    answer = tiny_client.get(f"/news/claims.json?{urlencode(rows)}&_shape=array")
    assert answer.json() == []
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "path",
    ["/-/static/app.css/below", "/-/static/table.js/below/it", f"/-/static/{'a' * 300}"],
)
@pytest.mark.parametrize("suffix", ["", ".json"])
def test_a_static_file_that_is_none_is_missing(tiny_client, capfd, path, suffix):
    answer = tiny_client.get(path + suffix)
    assert answer.status_code == 404 and paths_in(answer.text) == []
    assert "Traceback" not in capfd.readouterr().err


@pytest.fixture
def broken_client(tiny, tmp_path):
    """A site whose file was taken away after it was opened."""
    shutil.copy(path_of(tiny), tmp_path / "news.db")
    client = client_of(Database(tmp_path / "news.db"), num_sql_threads=1)  # another would open a new, empty file
    assert client.get("/news.db").status_code == 200
    (tmp_path / "news.db").unlink()
    return client


def test_a_failure_says_where_it_is_told(broken_client, tmp_path, capfd):
    answer = broken_client.get("/news.db")
    assert answer.status_code == 500 and "stands in the server" in answer.text
    assert str(tmp_path) not in answer.text and str(tmp_path) in capfd.readouterr().err
