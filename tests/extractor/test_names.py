"""Who is named, and who is meant: made-up sentences in, people and organizations out."""

import pytest

from build.extractor.extraction import extract_text


def claims_of(text):
    return extract_text(text)["claims"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        # a person by the words beside a name that the recognizer takes for something else
        ("Kirsty Donoghue, 34, has lost forty cows.", ["Kirsty Donoghue"]),
        ("Nadhim Sallow, the chancellor, has left.", ["Nadhim Sallow"]),
        ("It was too late, said spokesman Femi Adeyemi.", ["Femi Adeyemi"]),
        # by the surname alone later on
        ("Nikola Vasic added 24 points. Vasic passed him late.", ["Nikola Vasic"]),
        ("Harrow Foods cut its outlook. Harrow fell by 9%.", []),
        ("Holm Andersen left. It was late, said Margrethe Holm Andersen.", ["Margrethe Holm Andersen"]),
        ("It was late, said farmer Houston Long.", ["Houston Long"]),
        ("The harbour nurse, Cliff Hall, said it was late.", ["Cliff Hall"]),
        ("Her sister, Savannah, left. They met on Savannah Peninsula.", ["Savannah"]),
        ("Femi London, who left early, was late.", ["Femi London"]),
        ("Heike Banks (D-Texas) left.", ["Heike Banks"]),
        ("Jane Roe left. Jane Fenn was late.", ["Jane Roe", "Jane Fenn"]),
        ("Roman Street of the council said it was late.", ["Roman Street"]),
        ("Nadia Winterbourne of the council said it was late.", ["Nadia Winterbourne"]),
        ("A woman who gave her name only as Moana left.", ["Moana"]),
        ("Denise left early.", ["Denise"]),
        # hyphens and particles belong to the name
        ("Linda Marsh-Keller left. Marsh-Keller was late.", ["Linda Marsh-Keller"]),
        ("Ingrid van der Velde left. Van der Velde was late.", ["Ingrid van der Velde"]),
        # a place, a day, a church and a film are nobody
        ("Stocks fell as on Black Monday. They rose on Monday.", []),
        ("They met in Santo Domingo.", []),
        ("A vigil will be held at Grace Lutheran Church.", []),
        ("They watched “Annie Hall” again.", []),
        ("It was late, said campaign group Harbour Watch.", []),
        # nor are a ship, a storm and a hall
        ("The vessel, Lady Anne, left at six.", []),
        ("Hurricane Harvey hit the coast. Harvey lasted long.", []),
        ("They met in the Dirksen courthouse.", []),
        ("They met at Dale King Library.", []),
        ("They met in King’s Bush.", []),
        ("Gala Parish Creek was shut.", []),
        ("Grace Reservoir Mills was shut.", []),
        ("They live in Vang Vieng Norte, whose mayor left.", []),
        ("They flew to Brock Winterbourne. Brock Winterbourne is far.", []),
        ("Houston Fields cut its outlook.", []),
        ("Jane Doe/AP", []),
        ("They saw Denise. Denise City was shut.", []),
        ("Hamlet was late.", []),
        # what stands before and after a name: titles, an office, letters, a nickname, an age, a headline's verb
        ("Judge Harold Simms QC told the court it was late.", ["Harold Simms"]),
        ("A bench of Justice R K Sundale heard it.", ["R K Sundale"]),
        ("Brankow was poor. The farm where Adolf Brankow was born was sold.", ["Adolf Brankow"]),
        ("DP Otieno left.", ["Otieno"]),
        ("He beat the Frenchman Aurelien Bastide.", ["Aurelien Bastide"]),
        ("Independents for Change TD Noel Furlong left.", ["Noel Furlong"]),
        ("The Minister for Crown Relations Rita Hohepa left.", ["Rita Hohepa"]),
        ("“It is late,” said H.L. “Buddy” Preston, club president.", ["H.L. “Buddy” Preston"]),
        ("When Howard, a grandad of four, sat down, Cooks gave Howard soup.", ["Howard"]),
        ("Jane Doe Wins Third Term\n\nJane Doe won on Monday.", ["Jane Doe"]),
        ("Billie Jean King won.", ["Billie Jean King"]),
        ("They met Linesman Vila Ford.", ["Vila Ford"]),
        ("Minister of Education Austin Pike left.", ["Austin Pike"]),
        ("Minister of Synod Iris McTavish left.", ["Iris McTavish"]),
        ("Fenn Governor Moana Rich left. They saw Fenn.", ["Moana Rich"]),
        ("Judge K. left.", []),  # a letter is no name
        ("Justice Vasic left.", []),  # nor is what nobody is known to be called, if it is taken for a body
        # a body's letters, an institution
        ("The Prince Albert RCMP was called.", []),
        ("They drew Pool B. of the cup.", []),
        ("It struck the city of Bila Tserkva.", []),
        ("The Junior Minister came late. The Minister left.", []),
        ("Ohio Governor Rita Hohepa left. The governor spoke for Ohio.", ["Rita Hohepa"]),
        ("He was sent to a Young Offenders' Institution.", []),
    ],
)
def test_who_is_named(text, people):
    assert [person["name"] for person in extract_text(text)["people"]] == people


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Wade Fenn came last. “Wade, I love you,” the crowd sang.", ["Wade Fenn", "Wade"]),
        (
            "Tengku Rizal Osman has said it is late. In a speech today, Tengku Rizal said it was fine.",
            ["Tengku Rizal Osman", "Tengku Rizal"],
        ),
        ("Sheikh Hasina fled by air. Hasina resigned.", ["Hasina", "Hasina"]),
        (
            "Tengku Hazlan Idris has said it is late. In a video yesterday, Tengku Hazlan said it was fine.",
            ["Tengku Hazlan Idris", "Tengku Hazlan"],
        ),
        ("Moana Fenn left. They met Moana.", ["Moana Fenn", "Moana"]),
        ("Jane Roe left. J. Roe was late.", ["Jane Roe", "J. Roe"]),
        # not where the word means something else
        ("Jane Long left. It took long.", ["Jane Long"]),
        ("Jane May left. In May it sank. May I go?", ["Jane May", "May"]),
        ("Anna Roe left. They met on Roe Island.", ["Anna Roe"]),
        ("Chelsea Fenn left. They live in Chelsea. It rained in Chelsea.", ["Chelsea Fenn"]),
        ("Tengku Page left. They drive a Tengku. A Tengku was late. They fled Tengku.", ["Tengku Page"]),
        (
            "Vila Page left. Vila said it was late. They met in Vila. They fled Vila.",
            ["Vila Page", "Vila", "Vila", "Vila"],
        ),
    ],
)
def test_a_name_in_another_form(text, names):
    (person,) = extract_text(text)["people"]
    assert [mention["text"] for mention in person["mentions"]] == names


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("It was late, said former harbour minister Jane Doe.", "former harbour minister"),
        ("Jane Doe, a nurse, left.", "a nurse"),
        ("Jane Doe was a nurse.", "a nurse"),
        ("A minister saw Jane Doe.", None),
    ],
)
def test_the_office_that_the_article_states(text, role):
    (person,) = extract_text(text)["people"]
    assert [mention["role_as_stated"] for mention in person["mentions"]] == [role]


def test_two_people_of_one_surname_stay_two():
    text = "John Roe met Mary Roe. Mrs Roe left early.\n\n“I stayed on for hours,” he said."
    found = extract_text(text)
    assert [(p["name"], len(p["mentions"])) for p in found["people"]] == [("John Roe", 2), ("Mary Roe", 2)]
    assert claims_of(text)[0]["speaker"] == "john-roe"


def test_two_of_one_spelling_have_two_ids():
    """An id knows no hyphens of a name; whether they are one, a person must say."""
    people = extract_text("Anna-Maria Roe met Anna Maria Roe on Monday.")["people"]
    assert [(person["id"], person["name"]) for person in people] == [
        ("anna-maria-roe", "Anna-Maria Roe"),
        ("anna-maria-roe-2", "Anna Maria Roe"),
    ]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # she is the sentence's subject, or whoever is named first; nobody who asks her
        ("For Jane Roe, Mary Fenn is kind. She said it was late.", ["mary-fenn"]),
        ("Jane Roe met Mary Fenn. She said it was late.", ["jane-roe"]),
        ("Mary Fenn came. Asked by Jane Roe whether it had sunk, she said it was late.", ["jane-roe", "mary-fenn"]),
        # an office means whoever holds it, if one does
        ("With Mary Roe away, the captain Jane Fenn ran it. The captain said it was late.", ["jane-fenn"]),
        ("Jane Roe, the captain, came. A captain said it was late.", [None]),
        ("Jane Roe, the captain, came. The captains said it was late.", [None]),
        # a name speaks that stands beside the office, not inside its phrase
        ("The captain, Jane Roe, said it was late.", ["jane-roe"]),
        ("Ambassador to Norway Jane Roe said it was late.", ["jane-roe"]),
        ("A friend of Jane Roe said it was late.", [None]),
        ("Jane Roe’s captain said it was late.", [None]),
    ],
)
def test_who_speaks(text, speakers):
    assert [claim["speaker"] for claim in claims_of(text)] == speakers


def test_who_asks_is_not_who_answers():
    text = "Denise Roe left early. Asked by Amit Boro whether it had sunk, she said: “Not that I know.”"
    assert claims_of(text)[-1]["speaker"] == "denise-roe"


@pytest.mark.parametrize(
    ("words", "person"), [("the Italian", "jane-doe"), ("the teenager", "jane-doe"), ("the doctor", None)]
)
def test_other_words_for_whoever_was_named(words, person):
    (claim,) = claims_of(f"Jane Doe came late.\n\n“We waited for ten years,” {words} said.")
    assert claim["speaker"] == person


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Sen. Mark Kelly came late. The senator said it was over.", "mark-kelly"),
        ("Anna Weiss won again. The 29-year-old said she was tired.", "anna-weiss"),
    ],
)
def test_titles_and_ages_mean_whoever_bears_them(text, person):
    (claim,) = claims_of(text)
    assert claim["speaker"] == person


@pytest.mark.parametrize(
    ("sentence", "organizations"),
    [
        ("The Ministry of Harbours said it had sunk.", ["Ministry of Harbours"]),
        ("Google said it would stay.", ["Google"]),
        ("Macron said France would stay.", []),  # whatever the entity recognizer takes him for
        ("Velde, the minister, said it was late.", []),
        ("The Winterbourne bank said it was late.", []),
        ("The University Hospital May said it was late.", []),
        ("Reuters said it was late. The World Harbour Union denied it was late.", ["Reuters", "World Harbour Union"]),
        ("The UN Security Council said it was late. The Security Council agreed that it was.", ["UN Security Council"]),
        ("A spokesman for the World Bank said it had sunk.", []),
    ],
)
def test_only_organizations_that_speak_for_sure(sentence, organizations):
    found = extract_text(sentence)
    speakers = {claim["speaker_organization"] for claim in found["claims"]}
    assert [body["name"] for body in found["organizations"] if body["id"] in speakers] == organizations


@pytest.mark.parametrize(
    ("text", "organizations", "places"),
    [
        # by the words in them
        ("They sued Upton Holdings Ltd. over it.", ["Upton Holdings Ltd."], []),
        ("She left the Ministry of Harbours and Fisheries.", ["Ministry of Harbours and Fisheries"], []),
        ("They walked along Gerrick Street to Gerrick Bay.", [], ["Gerrick Street", "Gerrick Bay"]),
        # an acronym is one with the name before it, and with the name of which it has the initials
        ("The National Port Authority (NPA) left. They like the NPA.", ["National Port Authority"], []),
        ("She sued the Upton Harbour Company. The UHC left.", ["Upton Harbour Company"], []),
        # a dateline has places and an agency
        ("GERRICK, Ohio (AP) – The ferry was late.\n\nIt left Gerrick.", ["Associated Press"], ["Gerrick", "Ohio"]),
        # a state is a place where it does not act
        ("Kenya said it was late. They live in Kenya.", ["Kenya"], ["Kenya"]),
        ("They live in the village of Gerrick.", [], ["Gerrick"]),
        # people, their nations, feasts and works are neither
        ("Jane Roe, a Kenyan rower, left on St. Patrick’s Day.", [], []),
        ("They saw “Upton Rising” again.", [], []),
        ("They fell ill with COVID-19.", [], []),
        ("The Treasury Secretary, Jane Roe, left.", ["Treasury"], []),
    ],
)
def test_organizations_and_places_are_named(text, organizations, places):
    found = extract_text(text)
    assert [body["name"] for body in found["organizations"]] == organizations
    assert [place["name"] for place in found["places"]] == places
    for bearer in (*found["organizations"], *found["places"]):
        for mention in bearer["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]
            assert mention["kind"] == "name"


def test_organizations_that_speak():
    text = "The World Harbour Union (WHU) said it was late. The port was shut, the WHU said on Monday.\n\n"
    text += "Doe left. Jane Doe, the minister, said it was late. The Union agreed that it was."
    found = extract_text(text)
    (union,) = found["organizations"]
    assert (union["id"], union["name"]) == ("world-harbour-union", "World Harbour Union")
    assert [mention["text"] for mention in union["mentions"]] == ["World Harbour Union", "WHU", "WHU"]
    speakers = [claim["speaker_organization"] for claim in found["claims"]]
    assert speakers == ["world-harbour-union", "world-harbour-union", None, None]
