"""Who first reported an article, as far as its text tells it."""

import pytest
from front_door import build, write_files

BODY = "The council of Aldport passed a harbour levy on Monday, Mayor Anna Keller said."


def origin_of(folder, article, **files):
    """source_id, origin_id and origin_basis of an article."""
    content = {"levy.txt": article.encode(), **{name.replace("_", "."): text.encode() for name, text in files.items()}}
    database = build(write_files(folder, content), folder / "news.db")
    return tuple(next(database.execute("select source_id, origin_id, origin_basis from articles")))


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (f"Levy passes\n\nALDPORT (Reuters) - {BODY}", (None, "reuters", "inferred")),
        (f"Levy passes\n\nALDPORT, March 4. /TASS/. {BODY}", (None, "tass", "inferred")),
        (f"Levy passes\n\nBy Jane Roe, AP\n\n{BODY}", (None, "associated-press", "inferred")),
        (f"Levy passes\n\n{BODY}\n\n(Reporting by Jane Roe; AFP)", (None, "agence-france-presse", "inferred")),
        (f"Levy passes\n\nALDPORT (AP) - {BODY}\n\nReporting by AFP", (None, None, "unknown")),
        (f"Levy passes\n\nThe Aldport Courier\n\n{BODY}", ("the-aldport-courier", "the-aldport-courier", "inferred")),
        (f"Levy passes\n\nThe Aldport Courier\n\nALDPORT (AP) - {BODY}", ("the-aldport-courier", "associated-press", "inferred")),
        (f"Levy passes\n\nBy Jane Roe\n\n{BODY}", (None, None, "unknown")),
        (f"Levy passes\n\n{BODY} Reuters asked for a comment.", (None, None, "unknown")),
    ],
)  # fmt: skip
def test_an_origin_is_read_from_what_the_text_credits(tmp_path, article, expected):
    assert origin_of(tmp_path, article) == expected


def test_a_registered_source_keeps_its_id(tmp_path):
    sources = "- {id: wire, name: Reuters, kind: agency}\n"
    assert origin_of(tmp_path, f"Levy passes\n\nALDPORT (Reuters) - {BODY}", sources_yml=sources)[1] == "wire"


def test_what_an_editor_states_stands(tmp_path):
    sources = "- {id: paper, name: The Paper, kind: newspaper}\n"
    stated = "source: paper\norigin: paper\n"
    article = f"Levy passes\n\nALDPORT (Reuters) - {BODY}"
    assert origin_of(tmp_path, article, sources_yml=sources, levy_yml=stated) == ("paper", "paper", "stated")


def test_copies_of_one_agency_count_once(tmp_path):
    texts = {f"{n}.txt": f"Levy {n} passes\n\nALDPORT (Reuters) - {BODY} It is levy {n}.".encode() for n in (1, 2)}
    database = build(write_files(tmp_path, texts), tmp_path / "news.db")
    assert [row["name"] for row in database["sources"].rows] == ["Reuters"]
    assert {row["origin_id"] for row in database["articles"].rows} == {"reuters"}
