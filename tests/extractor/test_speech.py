"""Who says what, and through whom: made-up sentences in, claims with their speakers out."""

import pytest

from build.extractor.extraction import extract_text


def claims_of(text):
    return [claim for claim in extract_text(text)["claims"] if claim["kind"] != "assertion"]


@pytest.mark.parametrize(
    ("sentence", "content", "speaker", "kind"),
    [
        ("“We are leaving now,” Jane Doe said.", "“We are leaving now,”", "Jane Doe", "direct"),
        ("“We are leaving now,” said Jane Doe.", "“We are leaving now,”", "Jane Doe", "direct"),
        ("Jane Doe said: “We are leaving now.”", "“We are leaving now.”", "Jane Doe", "direct"),
        ("Jane Doe said that the ship had sunk.", "the ship had sunk", "Jane Doe", "indirect"),
        ("Jane Doe said the ship had sunk.", "the ship had sunk", "Jane Doe", "indirect"),
        ("The ship had sunk, Jane Doe said.", "The ship had sunk", "Jane Doe", "indirect"),
        ("According to Jane Doe, the ship had sunk.", "the ship had sunk", "Jane Doe", "indirect"),
        # what is said is only named
        ("Jane Doe praised the work of the crew.", "the work of the crew", "Jane Doe", "indirect"),
        ("Jane Doe described the talks as good.", "the talks as good", "Jane Doe", "indirect"),
        ("The ship had sunk, according to Jane Doe.", "The ship had sunk", "Jane Doe", "indirect"),
        (
            "Jane Doe said the ship was “an utter disgrace”.",
            "the ship was “an utter disgrace”",
            "Jane Doe",
            "mixed",
        ),
        ("“We are leaving now.” ― Jane Doe", "“We are leaving now.”", "Jane Doe", "direct"),
        ("DOE: We are leaving now.", "We are leaving now.", "DOE", "direct"),
        # when she spoke is no part of what she said
        ("Jane Doe said on Tuesday it had sunk.", "it had sunk", "Jane Doe", "indirect"),
        # nor is who listens, or what else is told of the speaker
        ("Jane Doe told the station she had swum for hours.", "she had swum for hours", "Jane Doe", "indirect"),
        ("According to Jane Doe, who sails, the ship sank.", "the ship sank", "Jane Doe", "indirect"),
        ("They heard calls in which, Jane Doe said, he joked.", "he joked", "Jane Doe", "indirect"),
        # who issues a statement speaks in it
        ("Jane Doe issued a statement denying it had sunk.", "it had sunk", "Jane Doe", "indirect"),
        # where the article speaks again, or she does, the claim ends
        ("Jane Doe said the ship had sunk, although nobody saw it.", "the ship had sunk", "Jane Doe", "indirect"),
        ("Jane Doe said it had sunk and urged people to stay away.", "it had sunk", "Jane Doe", "indirect"),
        # where it goes on, the claim does
        ("Jane Doe said it had sunk and that it was late.", "it had sunk and that it was late", "Jane Doe", "indirect"),
        ("Jane Doe said in a report that it had sunk.", "it had sunk", "Jane Doe", "indirect"),
        # a closing cue takes the sentence before it, though the parser sees no clause there
        (
            "A fire at a factory in the city of Manaus killed nine people, Jane Doe said on Thursday.",
            "A fire at a factory in the city of Manaus killed nine people",
            "Jane Doe",
            "indirect",
        ),
        (
            "It hit ten targets, two of them ships, Jane Doe said.",
            "It hit ten targets, two of them ships",
            "Jane Doe",
            "indirect",
        ),
        (
            "They came after callers reported shots, according to Jane Doe.",
            "They came after callers reported shots",
            "Jane Doe",
            "indirect",
        ),
        ("Jane Doe shot back that it was late.", "it was late", "Jane Doe", "indirect"),
        (
            "Jane Doe, the minister, on the radio: “Good riddance.”",
            "“Good riddance.”",
            "Jane Doe, the minister",
            "direct",
        ),
        ("Wear a mask on trains, officials warned.", "Wear a mask on trains", "officials", "indirect"),
        (
            "Police said pirates numbering about twenty stormed the harbour and fired at boats.",
            "pirates numbering about twenty stormed the harbour and fired at boats",
            "Police",
            "indirect",
        ),
        # what the parser hangs on a noun
        (
            "Jane Doe tells the station that she waited at the gate.",
            "she waited at the gate",
            "Jane Doe",
            "indirect",
        ),
        (
            "The clubs said some 300 children queued for the ferry.",
            "some 300 children queued for the ferry",
            "The clubs",
            "indirect",
        ),
        (
            "Harbour officials stated that Monday's hearing aimed to find a site.",
            "Monday's hearing aimed to find a site",
            "Harbour officials",
            "indirect",
        ),
        (
            "Kofi Mensah, rising on a point of order, said the vote was void.",
            "the vote was void",
            "Kofi Mensah",
            "indirect",
        ),
        # whom a paper quotes speaks, not the paper
        ("TASS quoted Jane Doe as saying the ship had sunk.", "the ship had sunk", "Jane Doe", "indirect"),
    ],
)
def test_one_claim(sentence, content, speaker, kind):
    (claim,) = claims_of(sentence)
    assert (claim["text"], claim["speaker_text"], claim["kind"]) == (content, speaker, kind)


@pytest.mark.parametrize(
    "sentence",
    [
        "He read “The Grapes of Wrath” again.",  # a title
        "The so-called “experts” were late.",  # scare quotes
        "The so-called “special naval operation” began late.",
        "The plan includes the “full” sum announced by Jane Doe.",
        "Jane Doe said it late on “Newsnight” again.",
        "The phrase “special relationship” has been declared dead.",  # of the words it is spoken
        "Jane Doe had 31 points, John Roe added 24.",
        "ANALYSIS: The harbour is dead",
        "John Roe, 39, sobbed as she apologized.",
        "The evidence suggests that the ship had sunk.",  # what cannot speak
        "She walked to the harbour and bought fish.",
        "Now tell us that it was worth it.",  # an order
        "It goes without saying that the ship had sunk.",
        "Jane Doe hailed both of them.",  # pronouns name nothing
        "Jane Doe told the paper who had left.",
        "The so-called “best storm in ten years” was late.",
        "What they saw, said Jane Doe, was shut.",  # an aside of which the parser makes nothing
        "Do not drive, she wrote.",
    ],
)
def test_no_claim(sentence):
    assert claims_of(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        # a cue in the midst of what it reports
        ("The works, according to Jane Doe, will end soon.", ["The works", "will end soon"]),
        ("The works, said Jane Doe, a nurse, will end soon.", ["The works", "will end soon"]),
        ("The ship that sank, said Jane Doe, was late.", ["The ship that sank", "was late"]),
        ("The workers, Jane Doe said, would be spared.", ["The workers", "would be spared"]),
        ("Once it is full, Jane Doe told reporters, nothing can stop it.", ["Once it is full", "nothing can stop it"]),
        ("Once it is full, Jane Doe said nothing can stop it.", ["nothing can stop it"]),
        ("The man, who police said had left, was found.", ["had left"]),
        # and at its end
        ("They took bribes, prosecutors allege.", ["They took bribes"]),
        ("The ship sank, as police said.", ["The ship sank"]),
        ("To leave at once, Jane Doe said on Tuesday.", ["To leave at once"]),
        ("However, they must go, Jane Doe argued.", ["they must go"]),
        ("Eighty pages matched his, Jane Doe said.", ["Eighty pages matched his"]),
        ("It was late, according to Jane Doe and blamed the council.", ["It was late"]),
        ("They left after Jane Doe warned them, according to John Roe.", ["They left after Jane Doe warned them"]),
        # though the parser sees no clause, or another
        ("Jane Doe ruled the clerk who denied bail had misled her.", ["the clerk who denied bail had misled her"]),
        ("Jane Doe ruled the man who sailed needs more money.", ["the man who sailed needs more money"]),
        ("Jane Doe said on Monday many boats had left.", ["many boats had left"]),
        ("Jane Doe argued this registered late.", ["this registered late"]),
        ("Police said pirates numbering twenty stormed the harbour.", ["pirates numbering twenty stormed the harbour"]),
        ("Jane Doe wrote on Twitter at noon as many as ten people had left.", ["as many as ten people had left"]),
        ("Jane Doe warned when the rain stopped they would leave.", ["when the rain stopped they would leave"]),
        # a promise, a claim
        ("Jane Doe vowed to stay.", ["to stay"]),
        ("Jane Doe made the claim that it had sunk.", ["it had sunk"]),
        # what goes on is said too
        ("Jane Doe said the ferry had sunk, killing ten people.", ["the ferry had sunk, killing ten people"]),
        ("Jane Doe said they raised the boat, which left at six.", ["they raised the boat, which left at six"]),
        ("Jane Doe said taxes would rise but nobody came.", ["taxes would rise but nobody came"]),
        ("Jane Doe warned that they must leave: they have ten days.", ["they must leave: they have ten days"]),
        ("Jane Doe said the crew left when police said no.", ["the crew left when police said no"]),
        (
            "Jane Doe said the ferry left, and the mayor said nothing.",
            ["the ferry left, and the mayor said nothing"],
        ),
        ("Jane Doe said he lied but they refuse to say it was late.", ["he lied but they refuse to say it was late"]),
        # but not what the article, or somebody, says of it
        ("Jane Doe said the ferry would sail, though the wind was strong.", ["the ferry would sail"]),
        ("Jane Doe said the boat had sunk, citing the log.", ["the boat had sunk"]),
        ("Jane Doe said the plan was dead, which the mayor denied.", ["the plan was dead"]),
        ("Jane Doe said the plan was dead, which officials say is false.", ["the plan was dead", "is false"]),
        ("Jane Doe said they had met John Roe, who denied it was late.", ["they had met John Roe", "it was late"]),
        (
            "The works, Jane Doe said, will end soon, but the mayor denied that it was late.",
            ["The works", "will end soon", "it was late"],
        ),
        ("Jane Doe said the boat sank, and John Roe agreed.", ["the boat sank"]),
        # quoted words with and without a cue of their own
        ("Jane Doe left the plan, “we built it for them.”", ["“we built it for them.”"]),
        ("“We had to go!” Jane Doe said it was late.", ["“We had to go!”", "it was late"]),
        ("“We left in May.” Jane Doe smiled.", ["“We left in May.”"]),
        ("The boat sank, and Jane Doe added: “It is late.”", ["“It is late.”"]),
    ],
)
def test_what_is_said(sentence, claims):
    assert [claim["text"] for claim in claims_of(sentence)] == claims


@pytest.mark.parametrize(
    ("sentence", "speakers"),
    [
        ("Jane Doe said the Roes would leave, adding that it was late.", ["Jane Doe", "Jane Doe"]),
        ("Asked whether it had sunk, Jane Doe said it was late.", [None, "Jane Doe"]),
        ("A man posing as a guard denied this, saying it was late.", ["A man"]),
        ("“It is late,” Jane Doe is heard telling her son.", ["Jane Doe"]),
        ("Jane Doe complained that it leaked before they saw it: “It is over.”", ["Jane Doe", "Jane Doe"]),
        ("Jane Doe said the worst had passed but warned it was still late.", ["Jane Doe", "Jane Doe"]),
        ("The mayor met Jane Doe. She shrugged.\n\n“Ask me in a year.”", ["She"]),
        ("Jane Doe called it “a disgrace” and John Roe said it was late.", ["Jane Doe", "John Roe"]),
        ("Jane Doe said John Roe was wrong, telling them that it was late.", ["Jane Doe", "Jane Doe"]),
        ("Jane Doe said it was dark, but they began to warn that it was late.", ["Jane Doe", "they"]),
        ("Jane Doe thinks John Roe wants to say it was late.", ["John Roe"]),
        ("Jane Doe praised John Roe, who said it was late.", ["who"]),
        ("However, ten boats sank, Mary Roe, 39 explained.", ["Mary Roe"]),
        ("How he left tells you that it was late.", [None]),
        ("Police said the boat sank, it was late, according to Jane Doe.", ["Police", "Jane Doe"]),
        # the subject of the sentence that leads into quoted words, or whose cue stands right behind them
        ("The head of the union came in: “Go home!”", ["The head of the union"]),
        ("To John Roe, who had warned them, “Good riddance!” Jane Doe replied.", ["Jane Doe"]),
        ("John Roe added a line: “Good riddance!” and Jane Doe told them.", ["John Roe"]),
        ("“Why did nobody come?” Jane Doe asked. “I was there.”", ["Jane Doe", "Jane Doe"]),
        ("Jane Doe said it before Mr. Roe came: “It is late.”", ["Jane Doe"]),
        ("“It is late,” Jane Doe said. “Go now.” John Roe said it was.", ["Jane Doe", "Jane Doe", "John Roe"]),
        # a quotation that goes on in the next paragraph, or does not
        ("“That is why I left.\n\n“Go home!” the mayor said.", ["the mayor", "the mayor"]),
        ("“That is why I left.\n\nThe mayor said it was over.", [None, "The mayor"]),
        ("Jane Doe shrugged.\n\n“Ask me in a year,” and so on.", [None]),
        ("The mayor said it was late.\n\nIt rained.", ["The mayor"]),
    ],
)
def test_speakers(sentence, speakers):
    assert [claim["speaker_text"] for claim in claims_of(sentence)] == speakers


@pytest.mark.parametrize(
    ("sentence", "via"),
    [
        ("Jane Doe wrote on Twitter that the ship had sunk.", "Twitter"),
        ("Jane Doe told Reuters the ship had sunk.", "Reuters"),
        ("“It has sunk,” Jane Doe said in an address broadcast on state television.", "state television"),
        ("According to the Harbour Times, Jane Doe said the ship had sunk.", "the Harbour Times"),
        ("Jane Doe was quoted by Interfax as saying the ship had sunk.", "Interfax"),
        ("TASS quoted Jane Doe as saying the ship had sunk.", "TASS"),
        # to speak to somebody, or of a medium, is not to speak through it; nor to be quoted by it before
        ("Jane Doe was quoted by TASS at noon and said it was late.", None),
        ("Jane Doe told the press the ship had sunk.", None),
        ("Jane Doe said that it was on Twitter.", None),
    ],
)
def test_who_carries_the_words(sentence, via):
    (claim,) = claims_of(sentence)
    assert (claim["speaker_text"], claim["via"]) == ("Jane Doe", via)


@pytest.mark.parametrize(
    "text",
    [
        "Mara Lindt has not said that the mill was sold.",
        "Mara Lindt has yet to confirm that the mill was sold.",
        "Mara Lindt stopped short of saying the mill was sold.",
        "Mara Lindt denied having said the mill was sold.",
        "No official has said that the mill was sold.",
        "Has Mara Lindt said that the mill was sold?",
        "Mara Lindt is expected to say the mill is sold.",
        "If Mara Lindt says the mill is sold, the price will fall.",
    ],
)
def test_what_was_not_said_is_no_claim(text):
    assert claims_of(text) == []


@pytest.mark.parametrize(
    ("text", "cue", "polarity"),
    [
        ("Mara Lindt said that the mill was sold.", "said", "affirms"),
        ("Mara Lindt did not only say the mill was sold.", "say", "affirms"),
        ("Mara Lindt denied that the mill was sold.", "denied", "denies"),
        ("Mara Lindt rejected claims that the mill was sold.", "rejected claims", "denies"),
        ("Mara Lindt did not rule out that the mill would be sold.", "did not rule out", "unsure"),
        ("Mara Lindt refused to say whether the mill was sold.", "refused to say", "unsure"),
    ],
)
def test_polarity(text, cue, polarity):
    (claim,) = claims_of(text)
    assert (claim["cue"], claim["polarity"]) == (cue, polarity)
    assert not claim["text"].startswith("that ")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("‘The miners’ wages were late,’ Mara Lindt said.", "‘The miners’ wages were late,’"),
        ("The mill, built in ’62, burned down, Mara Lindt said.", "The mill, built in ’62, burned down"),
        ("Rents rose 7%, Mara Lindt said.", "Rents rose 7%"),
        ("The bridge held (barely), Mara Lindt said.", "The bridge held (barely)"),
        ("Mara Lindt said three hundred and fifty millers left.", "three hundred and fifty millers left"),
        ("”We sail at dawn”, Mara Lindt said.", "”We sail at dawn”"),
    ],
)
def test_bounds(text, content):
    assert [claim["text"] for claim in claims_of(text)] == [content]
