"""Every refusal is an answer: 400, 404 or 405 with one sentence, as a page, JSON or plain words, as it was asked for."""

import json
from html import unescape
from urllib.parse import urlencode

import pytest
from datasette.utils import parse_metadata
from front_door import ROOT, SETTINGS, client_of
from sqlite_utils import Database

CASES = json.loads((ROOT / "tests/cases/refusals.json").read_text())
SLOW = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
STOPPED = "This query was stopped: it ran for more than 0.1 seconds."


def with_format(address, form):
    path, mark, query = address.partition("?")
    return f"/news/{path}".rstrip("/") + form + mark + query


def refused(client, method, address, **more):
    """What the address of a page, of JSON and of CSV answers: its status, and the sentence in that form."""
    answers = [client.request(method, with_format(address, form), **more) for form in ("", ".json", ".csv")]
    page, data, rows = answers
    assert [answer.headers["content-type"].partition(";")[0] for answer in answers] == [
        "text/html",
        "application/json",
        "text/plain",
    ]
    (status,) = {answer.status_code for answer in answers}
    said = data.json()
    assert said["ok"] is False and said["error"] == rows.text
    assert "<main" in page.text and said["error"] in unescape(page.text)
    assert all("content-security-policy" in answer.headers for answer in answers)
    return status, said["error"]


@pytest.mark.parametrize(("address", "sentence"), CASES["refused"])
def test_what_means_nothing_is_refused(client, capfd, address, sentence):
    assert refused(client, "GET", address) == (400, sentence)
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(("address", "same"), CASES["same"])
def test_what_is_left_out_changes_nothing(client, address, same):
    rows = [client.get(with_format(one, ".csv")) for one in (address, same)]
    assert rows[0].status_code == 200 and rows[0].text == rows[1].text != ""
    asked = client.get(with_format(address, ".json") + "&_nosuggest=1").json()
    assert "utm_" not in json.dumps(asked) and "fbclid" not in json.dumps(asked)


def test_a_column_is_no_tracker(tmp_path):
    database = Database(tmp_path / "news.db")
    database["links"].insert_all([{"id": 1, "ref": "a", "utm_source": "b"}, {"id": 2, "ref": "c", "utm_source": "d"}])
    client = client_of(database)

    def ids(query):
        return [row["id"] for row in client.get(f"/news/links.json?_shape=array&{query}").json()]

    assert ids("ref=a") == [1]
    assert ids("Ref=c&fbclid=x") == [2]
    assert ids("utm_source=d&utm_medium=d") == [2]


def test_a_parameter_is_no_tracker(client):
    assert client.get("/news.json?sql=select+:ref+as+ref&ref=a&_shape=array").json() == [{"ref": "a"}]


@pytest.mark.parametrize(
    "address",
    [
        "?sql=select+sql+from+sqlite_stmt",
        "?sql=select+sql+from+(select+null+as+sql)+full+join+main.SQLite_Stmt+using+(sql)",
        "claims?_where=exists(select+1+from+sqlite_stmt)",
    ],
)
def test_nobody_reads_what_others_ask(client, address):
    sentence = "sqlite_stmt tells what other readers ask, and is nobody else's business."
    assert refused(client, "GET", address) == (400, sentence)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND", "TRACE", "DATA", "DISPATCH_REQUEST"])
@pytest.mark.parametrize("address", ["claims", "timeline", "all_figures", "claims/nothing", "?sql=select+1"])
def test_methods_that_read_nothing(client, capfd, method, address):
    status, sentence = refused(client, method, address)
    assert (status, sentence) == (405, f"This address is there to be read: {method} is not allowed.")
    assert client.request(method, f"/news/{address}".replace("/?", "?")).headers["allow"] == "GET, HEAD"
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("path", ["/-/search", "/-/charts", "/-/data", "/-/search.json", "/"])
def test_our_own_pages_take_no_posts(client, path):
    answer = client.request("POST", path)
    assert answer.status_code == 405 and "POST is not allowed" in answer.text


def test_queries_that_write_take_posts(tmp_path):
    database = Database(tmp_path / "notes.db")
    database["notes"].insert({"text": "first"})
    metadata = {
        "databases": {"notes": {"queries": {"add": {"sql": "insert into notes values (:text)", "write": True}}}}
    }
    answer = client_of(database, metadata).request("POST", "/notes/add?_json=1", data={"text": "second"})
    assert answer.status_code == 403 and "immutable" in answer.text  # it is served so, and this is Datasette's word


@pytest.mark.parametrize("host", ["[::1", "[", "x]", "a b", "a/b", "a@b", "localhost:x", "<b>"])
def test_a_host_that_is_none(client, capfd, host):
    assert refused(client, "GET", "claims", headers={"host": host}) == (400, f"{host} is not the name of a host.")
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("host", ["[::1]:8001", "example.org", "127.0.0.1:8001", "my_host", "example.org."])
def test_a_host_that_is_one(client, host):
    assert client.request("GET", "/news/claims?_size=1", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("select nothing_such", "no such column: nothing_such"),
        ("select json('{')", "malformed JSON"),
        ("select 1; select 2", "You can only execute one statement at a time."),
        ("drop table claims", "Statement must be a SELECT"),
        ("select '\0'", "An address cannot hold the character %00."),
    ],
)
def test_sql_that_fails(client, sql, sentence):
    assert refused(client, "GET", f"?{urlencode({'sql': sql})}") == (400, sentence)


def test_a_file_without_a_query(client):
    for query in ("", "?sql="):
        answer = client.get(f"/news.csv{query}")
        assert (answer.status_code, answer.text) == (400, "There is nothing to list here: a query is missing, ?sql=")


def test_a_query_with_a_name_that_fails(edition):
    metadata = parse_metadata((ROOT / "metadata.yml").read_text())
    metadata["databases"]["news"]["queries"]["failing"] = {"sql": "select json(:x)"}
    assert refused(client_of(edition, metadata), "GET", "failing?x={") == (400, "malformed JSON")


@pytest.mark.parametrize("address", [f"?{urlencode({'sql': SLOW})}", f"claims?{urlencode({'_where': f'({SLOW})'})}"])
def test_what_is_stopped(edition, address):
    client = client_of(edition, **SETTINGS | {"sql_time_limit_ms": 100})
    assert refused(client, "GET", address) == (400, STOPPED)


def test_a_shape_that_is_none(client):
    sentence = "_shape=x is none of arrays, objects, array, object, arrayfirst."
    for address in ("claims.json?", "all_figures.json?", "claims/nothing.json?"):
        answer = client.get(f"/news/{address}_shape=x")
        assert (answer.status_code, answer.json()["error"]) == (400, sentence)
    answer = client.get("/news.json?sql=select+1&_shape=object")
    assert (answer.status_code, answer.json()["ok"]) == (400, False)


@pytest.mark.parametrize("address", ["nothing", "claims/nothing", "nothing/nothing", "nosuch/nothing", "nosuch/a,b"])
def test_what_is_not_there(client, address):
    assert refused(client, "GET", address)[0] == 404


def test_what_is_not_for_everybody(edition):
    metadata = parse_metadata((ROOT / "metadata.yml").read_text())
    metadata["databases"]["news"]["tables"]["claims"]["allow"] = {"id": "root"}
    assert refused(client_of(edition, metadata), "GET", "claims")[0] == 403


def test_a_failure_is_one(tmp_path, capfd):
    """A file that is damaged is nobody's mistake who asks: 500, and the log says where."""
    database = Database(tmp_path / "news.db")
    database["rows"].insert_all(({"id": n, "text": "x" * 500} for n in range(500)), pk="id")
    database.close()
    content = (tmp_path / "news.db").read_bytes()
    (tmp_path / "news.db").write_bytes(content[:8192] + b"\x07" * (len(content) - 8192))
    client = client_of(Database(tmp_path / "news.db"))
    for form in ("", ".json", ".csv"):
        assert client.get(f"/news/rows{form}?_nofacet=1").status_code == 500
        assert "Traceback" in capfd.readouterr().err
