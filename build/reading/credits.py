"""Says whether a line tells who wrote or printed an article: bylines, credits, captions and outlets' own lines."""

import re
from functools import cache

from ..core.lexicons import lexicon_set, read_lexicon

UPPER = "A-ZÀ-ÖØ-Þ"
CREDIT_WORDS = 40
BYLINE_WORDS = 20
LABEL_WORDS = 6  # of a line in parentheses that is a credit, of an outlet's name
CAPTION_WORDS = 90
LINE_CHARACTERS = 160
TITLE_CASE = 0.75  # of the words that a title writes with a capital
FULL_STOP = re.compile(r"[.!?…]['\"”’»)\]]*$")

NAME = rf"[{UPPER}][\w.'’-]*+(?: (?:(?:de|da|van|von|der|bin|al|el|di|du|la|le) ){{0,2}}[{UPPER}][\w.'’-]*+){{1,3}}"
NAMES = rf"{NAME}(?:(?:, and |, | and | & ){NAME}){{0,4}}"
CRAFT = (
    r"(?i:(?:staff |news |senior |chief |special |political |foreign )*(?:writer|reporter"
    r"|correspondent|editor|columnist|contributor|journalist|photographer|bureau chief)s?)"
)

PICTURE = r"(?:photo|image|picture|photograph)s?"
PRESS = rf"(?:(?:[{UPPER}][\w.'’&-]*+ ?){{1,5}})"
CAPTION = re.compile(
    rf"^(?:(?:(?:featured|file|main|cover|handout) )?{PICTURE}|caption|pictured(?: above)?|(?-i:FILE))\s*[:–—-]|^©"
    r"|^(?:image|media|video|photo) (?:caption|copyright|source)[\s,]"
    rf"|^in this (?:[a-z]+\.? \d{{1,2}}(?:, \d{{4}})?,? )?(?:(?:undated|file|handout|still|video|aerial"
    rf"|satellite|combination|provided|social media) ){{0,2}}(?:{PICTURE}|frame)\b|^(?-i:FILE"
    rf"|File)\b.{{0,4}}\bin this\b"
    # … Image: The Daily Example. · … (Photo by Jane Doe)
    rf"|(?:^|[.!?…)”\"]\s+|[\[(]){PICTURE}(?: credit| courtesy)?(?::| by\b| of\b)[^.!?]{{1,80}}[.)\]]*$"
    rf"|[.!?…)”\"]\s+(?:picture )?credit:\s.{{1,80}}$|\(?\b(?:file|handout) {PICTURE}\b\)?\.?$",
    re.IGNORECASE,
)
# … on Friday. (Jane Doe/Daily Example) · … AP Photo/Jane Doe · … on Friday. | EASTPHOTO · … [EPA] · … Getty Images
PICTURE_CREDIT = re.compile(
    rf"^{NAME}\s?[|/]\s?(?:Getty|AP|AFP|EPA|REUTERS|Shutterstock|Alamy)\b[\w ]{{0,20}}$"
    rf"|(?<=\s)[(\[](?:{PRESS}[/|–—]\s?{PRESS}(?:[/|]\s?{PRESS})?|{PRESS}via {PRESS}"
    rf"|[A-Z]{{2,5}}(?: Photo| Images| Pictures)|Getty(?: Images)?|Reuters"
    rf"|[Cc]ourtesy.{{1,60}})[)\]]\.?$"
    rf"|[.!?”\"]\s+\[(?:[A-Z]{{2,5}}|Reuters|Getty)\]$"
    rf"|[.!?”\"]\s+(?:[|–—-]\s*)?(?:(?:AP|AFP|EPA) (?i:photo)\b.{{0,60}}|REUTERS\s?/.{{1,60}}"
    rf"|{PRESS}/\s?(?:AP|AFP|EPA|EFE|Reuters|REUTERS|Getty|Shutterstock|TASS|dpa|PA)\b.{{0,40}}"
    rf"|Getty Images|{NAME}\s?/\s?{PRESS}|Courtesy of .{{1,60}})\.?$"
    rf"|[.!?”\"]\s+\|\s*[A-Z]{{2,}}\s?(?i:photo)"
)
CREDIT = re.compile(
    r"\W{0,3}(?:additional )?(?:report(?:ed|ing|s)?|writ(?:ten|ing)|edit(?:ed|ing|or)|translat(?:ed|ion|or)"
    r"|compiled|produced|photograph(?:s|ed|y)|with files|with (?:additional )?(?:reporting|inputs?)"
    r"|sources?|authors?|text|story|words)"
    r"(?: and (?:edit|report|writ|translat)(?:ed|ing|ten))?(?:\s*:|\s+(?:by|from)\b)",
    re.IGNORECASE,
)
CONTRIBUTED = re.compile(
    rf"^[{UPPER}].*\bcontributed\b(?: \w+){{0,2}} (?:to (?:this|the) (?:report|story|article|piece"
    rf"|coverage|dispatch)|reporting|from)\b|^[{UPPER}].*\bcontributed\.$"
    rf"|\breporting was contributed by\b|^{NAMES} reported from [{UPPER}]"
    r"|^\(?[Ww]ith (?:\w+ )?(?:agencies|wires?|AP|AFP|Reuters|PTI)\b[^.]*\)?\.?$"
    r"|^(?i:the )?(?:[A-Z][\w.]+ )*\S+ (?i:staff|wire|news service|contributed)(?: reports?)?$"
)
BYLINE = re.compile(rf"\W{{0,3}}(?:By|BY|by|Words by|Posted by|From):? (?:the )?(?=[{UPPER}@])")
CRAFTED = re.compile(
    rf"{NAMES}(?:,| \||\s[-–—])\s.{{0,30}}{CRAFT}\b.{{0,40}}|{NAME} (?:is"
    rf"|was) an? [^.]{{0,40}}{CRAFT}\b.{{0,120}}|{CRAFT}|[Ss]taff and agencies|[Aa]gencies"
)
ADDRESS = re.compile(
    r"(?:(?:[Ee]-?mail|[Cc]ontact|[Tt]witter)\b:?\s*)?(?:[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{2,20}|@\w{2,30})"
)
JUNIOR = re.compile(r"\b(?:Jr|Sr|Inc|Ltd|Co)\.$")
PLACED_NAME = re.compile(rf"{NAMES},? in [{UPPER}][\w.'’-]+(?:(?: and|,)? [{UPPER}][\w.'’-]+){{0,4}}")
NAMES_ALONE = re.compile(NAMES)
INITIALS = re.compile(r"\(?[A-Za-z]{2,5}(?:/[A-Za-z]{2,5}){1,4}\)?")
PARENTHESIS = re.compile(r"[(\[][^()\[\]]{1,400}[)\]]\.?")
DOMAIN = re.compile(r"(?:www\.)?[a-z\d-]{2,40}\.(?:com|org|net|info|news|co\.uk|com\.au|ca|ie|in|tv|eu)", re.IGNORECASE)


def title_case(words: list[str]) -> float:
    """The share of words with a capital among those that a title writes with one."""
    small = read_lexicon("small_words")
    main = [word for word in words if word[0].isalpha() and word.lower() not in small]
    return sum(word[0].isupper() for word in main) / len(main) if main else 0.0


def is_caption(line: str) -> bool:
    return len(line.split()) <= CAPTION_WORDS and bool(CAPTION.search(line) or PICTURE_CREDIT.search(line))


def is_credit(line: str) -> bool:
    """By Jane Doe · (Reporting by Jane Doe; editing by John Roe) · (The Daily Example) · JD/jr"""
    words = line.split()
    if len(words) > CREDIT_WORDS:
        return False
    if INITIALS.fullmatch(line) or is_byline(line, words) or ADDRESS.fullmatch(line) or CONTRIBUTED.search(line):
        return True
    if PARENTHESIS.fullmatch(line):
        return bool(CREDIT.match(line)) or is_title(line.strip("()[].").split())
    return bool(CREDIT.match(line)) and title_case(words[1:] or words) >= TITLE_CASE / 2


def is_title(words: list[str]) -> bool:
    """The Daily Example"""
    return len(words) <= LABEL_WORDS and title_case(words) == 1


def is_byline(line: str, words: list[str]) -> bool:
    """By Jane Doe in Caracas · By Jane Doe, Harbour Correspondent · Jane Doe, Staff Writer"""
    if len(words) > BYLINE_WORDS or (FULL_STOP.search(line) and not (CRAFTED.fullmatch(line) or JUNIOR.search(line))):
        return False
    return bool(CRAFTED.fullmatch(line)) or (bool(BYLINE.match(line)) and title_case(words[1:]) >= TITLE_CASE / 2)


def is_outlet(line: str) -> bool:
    """The Harbour Courier · BBC News · Reuters · harbourcourier.com"""
    words = line.rstrip(".").split()
    if DOMAIN.fullmatch(line):
        return True
    if not 0 < len(words) <= LABEL_WORDS or title_case(words) < 1 or re.search(r"[,:;!?“”\"]", line):
        return False
    last = words[-1].lower()
    if words[0].isupper() and words[0].lower() in outlet_words():  # FOX 5 Westport
        return True
    return (
        last in outlet_words()
        or last.split("-")[-1] in outlet_words()
        or " ".join(words).lower() in lexicon_set("media")
    )


@cache
def outlet_words() -> frozenset[str]:
    return lexicon_set("outlet_words") | lexicon_set("media")


def names_author(line: str) -> bool:
    """Jane Doe in Caracas · Jane Doe, The Harbour Courier: where an article says who wrote it"""
    if len(line) > LINE_CHARACTERS:
        return False
    name, _, outlet = re.sub(r" [|–—-] ", ", ", line).partition(", ")
    return bool(PLACED_NAME.fullmatch(line) or (NAMES_ALONE.fullmatch(name) and is_outlet(outlet)))
