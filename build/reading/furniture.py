"""Says whether a line is what a web page or an agency prints around an article: links, stamps, notes, sign-up lines."""

import re
from functools import cache

from ..core.dates import DAY, TIME, WEEKDAY_NAME, YEARLESS_DAY
from ..core.lexicons import read_lexicon
from .datelines import UPPER

FURNITURE_CHARACTERS = 160
NOTE_CHARACTERS = 400

# What is repeated gives back nothing that it took (*+, ++, (?>…)): a long line would be tried in endless ways.
LABEL = (
    r"(?:(?:dated?|(?:first |originally |last )?published|posted|created|(?:last )?updated|(?:last )?modified|issued?)"
    r"(?:\s+(?:on|at|date))?\s*+:?\s*+)"
)
STAMP = rf"(?:{LABEL}?(?:{TIME}[,\s]+)?{DAY}(?:(?:,?\s*+(?:at|@|\||[-–—T])?\s*+){TIME})?)"
TIMESTAMP = re.compile(rf"(?>{STAMP})(?:\s*+[|·•/;,–-]?\s*+(?>{STAMP}))*\.?|{TIME}", re.IGNORECASE)
MOMENT = rf"{DAY}|{YEARLESS_DAY}|{TIME}|\b\d{{1,2}} (?:minute|min|hour|hr|day)s? ago\b"
STAMP_PARTS = re.compile(
    rf"(?>(?>{LABEL}|{MOMENT}|{WEEKDAY_NAME}\b|(?:at|on|@|T)(?![a-z])|\d{{1,2}} min(?:ute)?s? read"
    rf"|[A-Z]{{2,4}}T?\b|[|·•/;,()–—-])[\s.]*+)++",
    re.IGNORECASE,
)
# " date 2019-10-06 Ministers meet …": a stamp, then a capital, a figure or a quotation mark.
# A sentence that begins with a date goes on in lower case, or after a comma.
GLUED_STAMP = re.compile(rf"(?i:{STAMP})\s+(?=[\"'“‘«„#(]?[{UPPER}\d])")

LINK = re.compile(r"(?:(?:https?://|www\.)\S++\s*)+", re.IGNORECASE)
EMBED = re.compile(
    # — Jane Doe (@jane_doe) May 7, 2015
    r"[—–-][^—–\n]{1,60}\(@\w{1,30}\)\s*\w{3,9}\.? \d{1,2}, \d{4}\W*$"
    r"|^View this post on Instagram\b|\bA post shared by .{1,80}\(@[\w.]{1,30}\)|\bpic\.twitter\.com/\w+"
)
# A rule or an end mark, bare markup, a wire agency's slug: * * * · -30- · <hr> · BC-CUBA-BOY-BOS
NO_WORDS = re.compile(r"[\W_]+|-30-|\W*END\W*|(?:<[^<>]*>\s*)+|[A-Z]{2,5}(?:-[A-Z\d]{2,}){2,}(?: [^a-z]*)?")

TEXTS = r"(?:article|story|report|piece|post|page|column|headline|interview|item|dispatch|text)"
DONE = (
    r"(?:amended|updated|corrected|edited|originally|first|republished|produced|revised|changed|modified|generated"
    r"|published|clarified|refiled)"
)
# (Corrects name in paragraph 2) · This article was amended on 5 March · Correction: … · An earlier version of this
NOTE = re.compile(
    r"\((?:correct|add|update|recast|refile|fixe|remove|clarifie|delete|insert|rewrite|change|replace|repeat|write)s?\b[^()]*\)\.?$"
    r"|\W{0,3}(?:corrections?|clarifications?|editor['’]?s['’]? note|note to (?:readers|editors)"
    r"|disclaimer|update|corrected)"
    r"(?: (?:on|to|at|and|\d|january|february|march|april|may|june|july|august|september|october"
    r"|november|december)[^:.]{0,40}|\s?\([^()]{1,30}\))?\s?:"
    rf"|\W{{0,3}}note:? this {TEXTS}\b"
    rf"|\W{{0,3}}(?:the headline of )?(?:this|the) {TEXTS}(?:['’]s headline)? (?:was|has been|is being"
    rf"|is|and its headline (?:was|were)) (?:\w+ )?{DONE}\b"
    rf"|\W{{0,3}}an? (?:earlier|previous|prior|original) version of (?:this|the|our)\b",
    re.IGNORECASE,
)
# Follow Jane on Twitter · Contact Jane at … · Jane Doe can be reached at …
FOLLOW = re.compile(
    rf"\W{{0,3}}(?:Follow|Like|Find) .{{1,60}} on (?:Twitter|X|Facebook|Instagram|Threads|Bluesky"
    rf"|LinkedIn|YouTube|Telegram)\b"
    rf"|\W{{0,3}}(?:Contact|Reach|Email|E-mail|Write to) [{UPPER}\w].{{0,60}}(?: at\b|@|: )"
    rf"|.{{1,60}} (?:can|may) be (?:reached|contacted|emailed|followed) (?:at|on|by|via)\b"
)
# RESTRICTION SUMMARY: … · SHOTLIST · 3. Wide of square · 2. SOUNDBITE (English) …
SHOT = re.compile(
    r"(?:RESTRICTION SUMMARY|RESTRICTIONS|SHOT ?LIST|SHOTS?|STORYLINE|LEAD IN|SCRIPT|ANNOTATION)\s?:?(?:\s|$)"
    r"|\d{1,2}\. (?:Wide|Close|Mid|Medium|Various|Pan|Tilt|SOUNDBITE|UPSOUND|Cutaway|Set ?up|Tracking"
    r"|Exterior|Interior|Zoom|Aerial|Tight)\b"
    r"|.{0,200}\bSOUNDBITE \("
)
REPORTED = re.compile(r", (?:she|he|they|it) (?:said|told|says|added)\b")
QUOTES = re.compile(r"[“”\"«»]")


def is_timestamp(line: str) -> bool:
    if len(line) > FURNITURE_CHARACTERS:
        return False
    return bool(TIMESTAMP.fullmatch(line)) or (bool(re.search(MOMENT, line)) and bool(STAMP_PARTS.fullmatch(line)))


def is_furniture(line: str) -> bool:
    """Share Tweet Email · * * * · a correction · a line that wants readers to sign up, to follow or to click"""
    if NO_WORDS.fullmatch(line) or SHOT.match(line):
        return True
    if REPORTED.search(line):
        return False
    if len(line) <= NOTE_CHARACTERS and (NOTE.match(line) or (not QUOTES.search(line) and invites(line))):
        return True
    # COMMENTFiled in: two phrases whose layout is lost
    unglued = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", line)
    return len(line) <= FURNITURE_CHARACTERS and any(map(furniture().fullmatch, (line, unglued)))


def invites(line: str) -> bool:
    short = len(line) <= FURNITURE_CHARACTERS
    return bool(short and FOLLOW.match(line)) or any(phrase in line.lower() for phrase in read_lexicon("invitations"))


@cache
def furniture() -> re.Pattern[str]:
    """Matches a line that consists of phrases of the lexicon and nothing else."""
    phrases = sorted(read_lexicon("page_furniture"), key=len, reverse=True)
    whole = "|".join(re.escape(phrase) for phrase in phrases if not phrase.endswith("…"))
    begun = "|".join(re.escape(phrase[:-1]) for phrase in phrases if phrase.endswith("…"))
    gap = r"[\s|·•:,.!?/»›<>←→&()\d-]*"
    return re.compile(rf"{gap}(?:(?>(?:{whole})(?!\w)){gap})*(?:(?:{begun})(?!\w).*)?", re.IGNORECASE | re.DOTALL)
