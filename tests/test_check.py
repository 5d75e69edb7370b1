"""What would break the dataset's promises is never written, whichever step went wrong."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from front_door import problems, write_files

from build.core.problems import Problems
from build.core.records import Claim, Figure, Note
from build.core.tables import Dataset
from build.reading.paragraphs import find_blocks
from build.reading.seeds import Seed
from build.rows.articles import make_article
from build.rows.check import check

SEED = Seed(Path("bridge.txt"), "Bridge opens\n\nThe mayor came.\n", "5eed0000")
ARTICLE, TEXT = make_article(SEED, None)
TITLE, BODY = TEXT.paragraphs
LOST = f"articles/{ARTICLE.id}: its paragraphs do not hold each character of the seed once"
MOVED = f"paragraphs/{BODY.id}: its span of the seed is not its text"


def note(start, end, text):
    return Note(
        id="n",
        article_id=ARTICLE.id,
        paragraph_id=BODY.id,
        start_char=start,
        end_char=end,
        text=text,
        kind="editorial",
        note="x",
    )


def found(*notes, paragraphs=(TITLE, BODY), **more):
    """What the check says of an article with these paragraphs, notes and rows of more tables."""
    collected = Problems()
    check(Dataset(articles=(ARTICLE,), paragraphs=tuple(paragraphs), notes=notes, **more), [SEED], collected)
    return [str(problem) for problem in collected.found]


def test_what_is_right_is_written():
    assert found(note(4, 9, "mayor")) == []


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (4, 9, "mayo"),
        (3, 8, "mayor"),
        (-5, -1, "came"),  # counted from the end
        (9, 4, ""),
        (4, 4, ""),
        (20, 25, ""),  # behind the end
        (10, 25, "came."),
    ],
)
def test_a_row_that_does_not_lead_to_its_words(start, end, text):
    assert found(note(start, end, text)) == [f"notes/n: {start}-{end} of {BODY.id} is not {text!r}"]


def test_a_figure_leads_to_its_words_in_the_paragraph_of_its_claim():
    words = {"article_id": ARTICLE.id, "paragraph_id": BODY.id, "start_char": 0, "end_char": 15, "text": BODY.text}
    unknown = dict.fromkeys(field.name for field in fields(Claim)) | {"id": "c"}
    figure = Figure("f", "c", 4, 9, "mayor", None, None, "exactly", None, None, "curated", None)
    claims = (Claim(**unknown | words),)
    assert found(claims=claims, figures=[figure]) == []
    moved = replace(figure, start_char=5, end_char=10)
    assert found(claims=claims, figures=[moved]) == [f"figures/f: 5-10 of {BODY.id} is not 'mayor'"]


@pytest.mark.parametrize(
    ("paragraphs", "sentences"),
    [
        ([TITLE], [LOST]),
        ([TITLE, replace(BODY, repeats=2)], [LOST]),
        ([TITLE, replace(BODY, text="The mayor c4me.")], [LOST, MOVED]),
        ([TITLE, replace(BODY, start_char=13)], [MOVED]),
        ([TITLE, replace(BODY, start_char=-16, end_char=-1)], [MOVED]),  # counted from the end
        ([TITLE, replace(BODY, end_char=99)], [MOVED]),  # behind the end
        ([TITLE, BODY, replace(BODY, id="b")], [LOST]),
        ([TITLE, BODY, BODY], [f"paragraphs/{BODY.id}: given twice; keep one of them: 'The mayor came.'", LOST]),
    ],
)  # fmt: skip
def test_text_that_is_lost_moved_or_there_twice(paragraphs, sentences):
    assert found(paragraphs=paragraphs) == sentences


def test_one_id_for_two_rows():
    assert found(note(4, 9, "mayor"), note(10, 14, "came")) == ["notes/n: given twice; keep one of them: 'came'"]


def test_nothing_is_written_then(tmp_path, monkeypatch):
    """A step of the build loses the last paragraph."""
    write_files(tmp_path, {"a.txt": SEED.text, "a.yml": "id: a\nmentions: []\nclaims: []\nevents: []"})
    monkeypatch.setattr("build.rows.articles.find_blocks", lambda seed: find_blocks(seed)[:-1])
    assert problems(tmp_path) == ["articles/a: its paragraphs do not hold each character of the seed once"]
