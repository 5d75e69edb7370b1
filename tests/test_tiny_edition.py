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
        "origin_basis": "stated",
        "rights": "© The Daily Example",
        "text_sha256": "20f0f119e7d77f57a627c31d076216970b00ca749bbc99fc47c8bb064885f7eb",
        "words": 56,
    }


def test_curated_mentions(tiny):
    sql = "select person_id, text, kind, role_as_stated, method from mentions order by person_id, kind"
    assert [tuple(row.values()) for row in tiny.query(sql)] == [
        ("jane-doe", "Jane Doe", "name", "mayor", "curated"),
        ("jane-doe", "she", "pronoun", None, "curated"),
        ("john-roe", "John Roe", "name", None, "curated"),
    ]


def test_claim(tiny):
    assert tiny["claims"].get("harbour-strike-3cef75f618") == {
        "id": "harbour-strike-3cef75f618",
        "article_id": "harbour-strike",
        "paragraph_id": "harbour-strike-10e71f6699",
        "start_char": 55,
        "end_char": 80,
        "text": "“We all go back to work,”",
        "prefix": "ayor Jane Doe said on Saturday. ",
        "suffix": " she added on local radio.",
        "kind": "direct",
        "speaker_id": "jane-doe",
        "speaker_organization_id": None,
        "speaker_as_stated": "she",
        "speaker_unknown": None,
        "cue": "added",
        "via": "local radio",
        "polarity": "affirms",
        "event_id": None,
        "utterance": "over",
        "method": "curated",
        "confidence": None,
        "speaker_confidence": None,
    }


def test_figure(tiny):
    assert list(tiny["figures"].rows) == [
        {
            "id": "harbour-strike-cdafb99cb5-2144e65457",
            "claim_id": "harbour-strike-cdafb99cb5",
            "start_char": 29,
            "end_char": 45,
            "text": "some 400 dockers",
            "value_min": 400,
            "value_max": 400,
            "comparator": "about",
            "unit": "people",
            "measures": "dockers who walked out",
            "method": "curated",
            "confidence": None,
        }
    ]


def test_who_took_part_by_whose_words(tiny):
    """The report stands in a paragraph that does not name her; the claim that she made there does."""
    (row,) = tiny["event_people"].rows
    assert row == {
        "id": "strike-fc0c067169",
        "event_id": "strike",
        "person_id": "jane-doe",
        "role": "speaker",
        "paragraph_id": "harbour-strike-10e71f6699",
        "article_id": "harbour-strike",
        "start_char": 0,
        "end_char": 36,
        "text": "“The strike is over,” mayor Jane Doe",
        "method": "curated",
        "confidence": None,
    }


def test_event_with_its_trail(tiny):
    assert list(tiny.query("select * from timeline")) == [
        {
            "id": "strike",
            "date": "2024-02-26/2024-03-02",
            "name": "Harbour strike",
            "kind": "other",
            "status": "occurred",
            "place": "Rotterdam",
            "people": "Jane Doe",
            "articles": 1,
            "independent_origins": 1,
            "unknown_origins": 0,
            "date_basis": "inferred",
            "date_earliest": "2024-02-26",
            "date_latest": "2024-03-02",
            "method": "curated",
            "confidence": None,
        }
    ]
    trail = "select text, date_as_stated, date_resolved, rule from event_reports"
    assert list(tiny.query(trail)) == [
        {
            "text": "had walked out on Monday",
            "date_as_stated": "Monday",
            "date_resolved": "2024-02-26",
            "rule": "weekday",
        }
    ]


def test_a_reprint_corroborates_nothing(tiny):
    sql = "select id, articles, independent_origins, supports, differs, status from proposition_status"
    assert [tuple(row.values()) for row in tiny.query(sql)] == [
        ("strike-over", 2, 1, 2, 0, "single-origin"),
        ("walk-out", 2, 1, 1, 1, "single-origin"),
    ]


def test_disagreements_need_two_origins(tiny, edition):
    sql = "select proposition_id, stance, source from disagreements"
    assert list(tiny.query(sql)) == []
    ratified = "powerful-military-cooperation-ratified"
    assert sorted(tuple(row.values()) for row in edition.query(sql)) == [
        (ratified, "differs", "CiberCuba"),
        (ratified, "supports", "CiberCuba"),
        (ratified, "supports", "Orinoco Tribune"),
        (ratified, "supports", "Radio Nacional de Venezuela"),
        (ratified, "supports", "Venezuelanalysis"),
    ]


def test_notes(tiny):
    sql = "select text, kind, note from notes order by kind"
    assert [tuple(row.values()) for row in tiny.query(sql)] == [
        ("nobody signed", "editorial", "The letter has not been published."),
        ("“millions”", "scare_quotes", "The quotation marks quote nobody."),
    ]


def test_front_matter_states_what_a_sidecar_would(tiny):
    article = next(row for row in tiny["articles"].rows if row["seed"] == "reprint.md")
    assert article["id"].startswith("docks-reopen-")
    assert article["title"] == "Docks reopen"
    assert (article["published"], article["published_earliest"], article["published_latest"]) == (
        "2024-03",
        "2024-03-01",
        "2024-03-31",
    )
    assert article["credit"] == "By the Copyist"


def test_edition_is_recorded(tiny):
    (row,) = tiny["build"].rows
    assert (row["version"], row["date"], row["extractor"], row["model"]) == ("0.1", "2024-03-03", None, None)
