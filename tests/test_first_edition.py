"""The five articles: what is true of them, checked against the seeds themselves."""

import re
from hashlib import sha256

import pytest
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


def test_every_quotation_mark_is_in_a_claim_or_a_scare_quote(edition):
    sql = """
    select start_char, end_char from claims where paragraph_id = :id
    union all
    select start_char, end_char from notes where paragraph_id = :id and kind = 'scare_quotes'
    """
    for paragraph in edition["paragraphs"].rows:
        spans = [tuple(row.values()) for row in edition.query(sql, {"id": paragraph["id"]})]
        for position, character in enumerate(paragraph["text"]):
            if character in '“”"«»„‟':
                covered = any(start <= position < end for start, end in spans)
                assert covered, f"{paragraph['text'][max(0, position - 20) : position + 20]!r}"


def test_every_claim_of_a_speaker_names_it_or_says_why_not(edition):
    for claim in edition["claims"].rows:
        spoken = claim["speaker_id"] or claim["speaker_organization_id"] or claim["speaker_unknown"]
        assert bool(spoken) == (claim["kind"] != "assertion"), claim["text"]


def test_every_event_has_evidence_and_a_dated_one_a_trail(edition):
    sql = """
    select events.id, events.date_basis,
      count(event_reports.id) as reports, count(event_reports.date_as_stated) as trails
    from events left join event_reports on event_reports.event_id = events.id group by events.id
    """
    for event in edition.query(sql):
        assert event["reports"], event
        assert event["trails"] or event["date_basis"] != "stated", event


@pytest.mark.parametrize("kind", ["person", "organization", "place"])
def test_every_alias_is_met_in_a_text(edition, kind):
    table, mentions = ("aliases", "mentions") if kind == "person" else (f"{kind}_aliases", f"{kind}_mentions")
    met = {(row[f"{kind}_id"], row["text"].lower()) for row in edition[mentions].rows}
    unmet = [row for row in edition[table].rows if (row[f"{kind}_id"], row["alias"].lower()) not in met]
    assert unmet == []


def test_everybody_and_everything_registered_is_mentioned(edition):
    for table, key, mentions in [
        ("people", "person_id", "mentions"),
        ("organizations", "organization_id", "organization_mentions"),
        ("places", "place_id", "place_mentions"),
    ]:
        unmentioned = f"select id from {table} where id not in (select {key} from {mentions})"
        assert [row["id"] for row in edition.query(unmentioned)] == []


def test_every_name_in_a_text_is_a_mention(edition):
    """No occurrence of a person's name or variant is left out."""
    names = "select person_id, alias from aliases where kind in ('name', 'variant') union select id, name from people"
    spans = "select start_char, end_char from mentions where paragraph_id = ?"
    for person in edition.query(names):
        for paragraph in edition["paragraphs"].rows:
            known = [tuple(row.values()) for row in edition.query(spans, [paragraph["id"]])]
            for match in re.finditer(rf"\b{re.escape(person['alias'])}\b", paragraph["text"]):
                assert any(start <= match.start() < end for start, end in known), (person, paragraph["text"])


def test_a_plan_is_not_an_occurrence(edition):
    planned = {row["id"] for row in edition.query("select id from events where status = 'planned'")}
    assert {"borisov-travel-to-nicaragua-and-cuba-2022-02", "cooperation-plan-to-2030"} <= planned


def test_counts_stay_within_their_bounds(edition):
    bounds = {
        "claims": (85, 100),
        "mentions": (95, 105),
        "events": (60, 70),
        "figures": (12, 16),
        "people": (17, 17),
    }
    counts = {table: edition[table].count for table in bounds}
    assert all(low <= counts[table] <= high for table, (low, high) in bounds.items()), counts


def test_people_who_appear_only_in_credits_do_not_act(edition):
    for person in ("vivian-sequera", "deisy-buitrago", "zurimar-campos"):
        assert edition["mentions"].count_where("person_id = ?", [person]) == 1
        assert edition["claims"].count_where("speaker_id = ?", [person]) == 0
        assert edition["event_people"].count_where("person_id = ?", [person]) == 0


def test_two_offices_of_one_man_stand_side_by_side(edition):
    offices = {
        row["role_as_stated"] for row in edition.query("select * from roles_as_stated where person_id = 'yuri-borisov'")
    }
    assert {"Russian Deputy Prime Minister", "Russian Vice President"} <= offices


def test_who_speaks_where(edition):
    sql = """
    select substr(seed, 1, 3) as seed,
      coalesce(speaker_id, speaker_organization_id, 'nobody named') as speaker, count(*) as claims
    from claims join articles on articles.id = article_id
    where kind <> 'assertion' group by 1, 2 order by 1, 2
    """
    assert [tuple(row.values()) for row in edition.query(sql)] == [
        ("000", "nicolas-maduro", 8),
        ("000", "venezuela", 1),
        ("000", "yuri-borisov", 2),
        ("001", "nicolas-maduro", 7),
        ("001", "yuri-borisov", 1),
        ("002", "nicolas-maduro", 10),
        ("003", "juan-guaido", 1),
        ("003", "nicolas-maduro", 7),
        ("003", "russia", 1),
        ("003", "sergei-ryabkov", 1),
        ("003", "tareck-el-aissami", 4),
        ("003", "vladimir-padrino-lopez", 2),
        ("003", "yuri-borisov", 3),
        ("004", "marta-lucia-ramirez", 1),
        ("004", "nicolas-maduro", 4),
        ("004", "nobody named", 2),
        ("004", "yuri-borisov", 4),
    ]
