"""Editorial files become rows: the tiny edition in tests/seeds, whole rows compared."""


def rows(database, sql):
    return list(database.query(sql))


def test_article(tiny):
    assert tiny["articles"].get("harbour-strike") == {
        "id": "harbour-strike",
        "seed": "harbour.txt",
        "title": "Harbour strike ends",
        "display_title": "Harbour strike ends",
        "source_id": "the-daily-example",
        "url": "https://example.org/harbour-strike",
        "published": "2024-03-02",
        "published_earliest": "2024-03-02",
        "published_latest": "2024-03-02",
        "published_basis": "inferred",
        "dateline": "ROTTERDAM (Daily Example)",
        "language": "en",
        "credit": "(Reporting by John Roe)",
        "origin_id": "the-daily-example",
        "rights": "© The Daily Example",
        "text_sha256": "20f0f119e7d77f57a627c31d076216970b00ca749bbc99fc47c8bb064885f7eb",
        "words": 56,
    }
