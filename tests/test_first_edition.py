"""The five articles: what is true of them, checked against the seeds themselves."""

from hashlib import sha256

from front_door import ROOT

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def test_seeds_are_the_ones_given():
    given = "916a0d1e"
    assert sha256(b"".join(path.read_bytes() for path in SEEDS)).hexdigest()[:8] == given


def test_articles(edition):
    sql = """
    select id, title, source_id, origin_id, published, published_basis, dateline, words
    from articles order by published_earliest, id
    """
    titles = [
        "Venezuela and Russia strengthen military ties after Borisov’s meeting with Maduro",
        "Venezuela will increase military cooperation with Russia",
    ]
    week = "2022-02-16/2022-02-22"
    assert [tuple(row.values()) for row in edition.query(sql)] == [
        ("military-ties-2019", titles[0], "fort-russ", None, "2019-10-06", "stated", "CARACAS", 335),
        ("key-ally", None, "cibercuba", "reuters", week, "inferred", "CARACAS (Reuters)", 385),
        ("military-cooperation", titles[1], "radio-nacional-de-venezuela", None, week, "inferred", None, 340),
        ("powerful-partnership", None, "orinoco-tribune", "alba-ciudad", "2022-02-17", "stated", None, 371),
        ("bilateral-ties", None, "venezuelanalysis", "venezuelanalysis", "2022-02-21", "stated", None, 586),
    ]


def test_paragraphs_by_role(edition):
    sql = """
    select substr(seed, 1, 3) as seed, role, count(*) as paragraphs, sum(repeats) as printed
    from paragraphs join articles on articles.id = article_id
    group by seed, role order by seed, role
    """
    assert [tuple(row.values()) for row in edition.query(sql)] == [
        ("000", "body", 12, 12),
        ("000", "dateline", 1, 1),
        ("000", "embed", 1, 1),
        ("000", "headline", 1, 1),
        ("000", "subheading", 1, 1),
        ("000", "timestamp", 1, 1),
        ("001", "body", 9, 9),
        ("001", "headline", 1, 1),
        ("001", "subheading", 1, 1),
        ("002", "body", 7, 7),
        ("002", "caption", 1, 1),
        ("002", "credit", 3, 3),
        ("002", "timestamp", 1, 1),
        ("003", "body", 18, 35),
        ("003", "link", 1, 2),
        ("003", "timestamp", 1, 1),
        ("004", "body", 11, 11),
        ("004", "boilerplate", 2, 2),
        ("004", "credit", 1, 1),
        ("004", "dateline", 1, 1),
    ]


def test_no_text_is_corrected(edition):
    """Laid out again, repeats included, the paragraphs are the seed."""
    for path in SEEDS:
        sql = """
        select paragraphs.* from paragraphs join articles on articles.id = article_id
        where seed = ? order by position
        """
        text = path.read_bytes().decode()
        for paragraph in edition.query(sql, [path.name]):
            assert text.count(paragraph["text"]) >= paragraph["repeats"]
            text = text.replace(paragraph["text"], "", paragraph["repeats"])
        assert not text.strip(), f"{path.name}: {text!r} is in no paragraph"


def test_misprints_stay(edition):
    for words in [
        "Prime MinisterYuri",
        "delegateI",
        "consultancy .",
        "22:22 pm",
        "this wednesday",
        "COMMENTFiled",
    ]:
        sql = "select count(*) from paragraphs where instr(text, ?)"
        assert edition.execute(sql, [words]).fetchone() == (1,)


def test_every_article_says_where_it_is_from(edition):
    for article in edition["articles"].rows:
        assert article["source_id"] and article["url"] and article["rights"], article["id"]
