"""A line is read in a moment, whatever it repeats: one that nearly has a role must not be tried in endless ways."""

from pathlib import Path
from time import perf_counter

import pytest

from build.reading.paragraphs import find_blocks
from build.reading.seeds import Seed


@pytest.mark.parametrize(
    "line",
    [
        "By CHRISTOPHER TORCHIA and JOHN BROWN (AP)",
        "By " + "A" * 24 + "(",
        "https://a.example/https://b.example/ " * 20 + "( x",
        "1/1/2000 1:00 " * 9 + "x",
        "loading... " * 14 + "q",
        "2019-10-06" + " " * 8_000 + "x",
        "updated" + " " * 8_000 + "x",
        "<div " + "<" * 50_000,
        "<!--" * 10_000,
    ],
    ids=lambda line: line[:10],
)
def test_no_line_takes_long(line):
    begun = perf_counter()
    find_blocks(Seed(Path("a.md"), f"Bridge opens\n\n{line}\n\nThe mayor came.\n", ""))
    assert perf_counter() - begun < 0.4


BODY = "The council met in the town hall. It voted for the new bridge."
LATE = BODY + " It was late."


def roles(*lines):
    return [block.role for block in find_blocks(Seed(Path("a.txt"), "\n\n".join(lines), ""))]


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Roe in Port Haven",
        "By Ann Roe, Harbour Correspondent",
        "BY ANN ROE AND JON DOE",
        "By Ann Roe | The Haven Courier",
        "By Ann Roe (@annroe)",
        "By the Haven Courier Staff",
        "Ann Roe, Staff Writer",
        "Ann Roe, The Haven Courier",
        "Ann Roe in Port Haven",
        "Words by Ann Roe",
        "Staff and agencies",
        "The Haven Courier",
        "Reuters",
        "FOX 5 Haven",
        "Agence France-Presse",
        "havencourier.com",
    ],
)
def test_who_wrote_and_printed_it_is_credit(line):
    assert roles("Bridge opens", line, BODY, LATE) == ["headline", "credit", "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "6-MAR-2024",
        "01 Aug 2017,Tuesday",
        "Wed 6 Mar 2024 10.15 GMT",
        "Last updated on 6 March 2024, 10:15 AM IST",
        "2024-03-04T09:30:00Z",
        "Wednesday 6 March",
        "Mar 6, 2024 | 3 min read",
        "2 hours ago",
        "06/03/2024",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_stamps_of_all_kinds(line, first):
    lines = [line, "Bridge opens"] if first else ["Bridge opens", line]
    assert sorted(roles(*lines, BODY, LATE)) == ["body", "body", "headline", "timestamp"]


@pytest.mark.parametrize(
    ("role", "line"),
    [
        ("caption", "Ann Roe speaks to ferrymen on Friday. (Jon Doe/AP)"),
        ("caption", "The bridge in Port Haven on Monday. Photograph: Jon Doe/EPA"),
        ("caption", "Ferrymen march on Monday. [Jon Doe/Reuters]"),
        ("caption", "Ferrymen at the gate on Monday. REUTERS/Jon Doe"),
        ("caption", "Image caption The bridge has been shut since Monday"),
        ("caption", "In this March 3, 2024, file photo, Ann Roe speaks to ferrymen."),
        ("caption", "The mayor will come on Friday. | HAVENPHOTO Ann Roe speaks"),
        ("caption", "Ferrymen rally. (Jon Doe via AP)"),
        ("credit", "Ann Roe contributed to this report."),
        ("credit", "The Haven Press contributed to this report."),
        ("credit", "Ann Roe reported from Port Haven and Jon Doe from Seatown."),
        ("boilerplate", "(Corrects name in paragraph 2)"),
        ("boilerplate", "This article was amended on 5 March 2024 to say that 12 ferrymen were hurt."),
        ("boilerplate", "CORRECTION (March 5, 2024): The bridge is old."),
        ("boilerplate", "An earlier version of this story misspelt the mayor’s name."),
        ("boilerplate", "Editor's note: This story first ran in 2019."),
        ("boilerplate", "RELATED: Bridge opens in Seatown"),
        ("boilerplate", "Click for more from Haven News."),
        ("boilerplate", "Get the stories you care about delivered to your inbox."),
        ("boilerplate", "Follow Ann on Twitter"),
        ("boilerplate", "Ann Roe can be reached at ann@courier.example."),
        ("boilerplate", "3. Wide of square"),
        ("boilerplate", "2. SOUNDBITE (English) Ann Roe, mayor: “I will go.”"),
        # what only resembles the above
        ("body", "Follow the leader, said the mayor."),
        ("body", "Click here, she told the children."),
        ("body", "“Sign up for our course,” she said."),
        ("body", "She contributed to the fund and to the bridge in 2019."),
        ("body", "In this town the image of the mayor is everywhere, people say."),
        ("body", "This story was told to me by my mother and her mother."),
        ("body", "The union (AP/ML) was there."),
        ("body", "Reds\t1,200"),
    ],
)
def test_what_is_printed_around_an_article(role, line):
    assert roles("Bridge opens", BODY, line, LATE) == ["headline", "body", role, "body"]


@pytest.mark.parametrize(
    "dateline",
    [
        "PORT HAVEN (Reuters) -",  # and the name glued to it
        "Haven, 4 Mar (Prensa Latina)",
        "HAVEN, March 4. /TASS/.",
        "PORT HAVEN, Ruritania, March 4, 2024 /PRNewswire/ --",
        "Port Haven -",
        "HAVEN/SEATOWN, March 4 (Reuters) -",
        "(Reuters) -",
        "March 4 (Reuters) -",
        "HAVEN. March 4 (Interfax)",
        "Haven [Ruritania], March 4 (ANI):",
        "(CNN)",
        "Haven (dpa) -",
        "HAVEN, Ruritania, March 4",
    ],
)
def test_datelines_of_all_agencies(dateline):
    blank = "" if dateline.endswith(") -") else " "
    text = f"Port shut\n\n{dateline}{blank}Ann Roe said the port was shut by order of the mayor."
    found = [(block.role, text[block.start : block.end]) for block in find_blocks(Seed(Path("a.txt"), text, ""))]
    assert found[1] == ("dateline", dateline)
    assert found[2][1].startswith("Ann Roe said")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["(Corrects name in paragraph 2)", "Port shut", BODY, LATE], ["boilerplate", "headline", "body", "body"]),
        (["Will the strike end?", BODY, LATE], ["headline", "body", "body"]),
        (["Premier resigns", "SHOTLIST: 1. Wide of square"], ["headline", "boilerplate"]),
        (["The Haven Courier", "Port shut", BODY], ["credit", "headline", "body"]),
    ],
)
def test_the_headline_is_found_among_them(lines, expected):
    assert roles(*lines) == expected
