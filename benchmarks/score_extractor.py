"""Scores the extractor on annotated news and on the five articles: prints Markdown tables and ratios.

    python benchmarks/score_extractor.py [--errors FILE] [--record]

Takes the annotated news and the scorer from ../shared/dev (or $NEWS_DEV), if they are there; the five
articles are compared with what people decided on them. Times are ratios to spaCy's nlp.pipe alone on the
same texts in the same run.
"""

import argparse
import csv
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.annotated import DEV, half_of, load_scorer, read_lines  # noqa: E402
from build.__main__ import build_dataset  # noqa: E402
from build.extractor.extraction import extract_text  # noqa: E402
from build.extractor.text.language import BATCH, load_language  # noqa: E402

RECORD = ROOT / "build/extractor/scores.csv"
QUOTES = ("hand_wikinews", "polnear_dev")
DATED = ("dates_news_dev",)
QUOTED = ("direct", "mixed")
SPOKEN = (*QUOTED, "indirect")
MATCH = 0.3  # the share of a curated claim that an extracted one must cover

# what editions say of the program: the measure in a reader's words, the scorer's name, whether dates or quotations
TOLD = (
    ("Quotations and reported speech found, and right (F1, words that overlap)", "quote_0.3", False),
    ("Quotations and reported speech with the right speaker (F1)", "quote0.8+speaker", False),
    ("Speakers led to the right person", "resolved_speaker_acc@0.3", False),
    ("Mentions of people, letter by letter (F1)", "person_exact", False),
    ("Dates found, and right (F1, words that overlap)", "date_overlap", True),
    ("Full dates read right", "date_value_acc (full dates)", True),
)
# figure, the scorer's name of it, the best public system, the goal
TARGETS = (
    ("quotes F1, overlap 0.3", "quote_0.3", "86", 94),
    ("quotes F1, overlap 0.8", "quote_0.8", "77", 91.5),
    ("quotes F1, IoU ≥ 0.5", "quote_iou0.5", "81", 92),
    ("quotes F1, exact", "quote_exact", "72", 86),
    ("speaker accuracy at 0.3", "speaker_acc@0.3", "88–92", 93),
    ("quote at 0.8 with speaker, F1", "quote0.8+speaker", "70", 85),
    ("resolved speaker", "resolved_speaker_acc@0.3", "68", 82),
    ("person mentions, exact", "person_exact", "79", 88),
    ("distinct people", "people_distinct", "84", 93),
    ("time expressions, span F1", "date_overlap", "72", 88),
    ("full-day values right", "date_value_acc (full dates)", "39", 80),
)


def predict(document):
    """What the extractor finds in a document, in the scorer's form."""
    found = extract_text(document["text"], document.get("published"))
    names = {person["id"]: person["name"] for person in found["people"]}
    mentions = [(person["name"], m) for person in found["people"] for m in person["mentions"]]
    return {
        "quotes": [
            {**claim, "speaker_name": names.get(claim["speaker"], "")}
            for claim in found["claims"]
            if claim["kind"] != "assertion"
        ],
        "persons": [
            {"start": m["start"], "end": m["end"], "name": name} for name, m in mentions if m["kind"] == "name"
        ],
        "dates": [{**day, "value": day["date"]} for day in found["dates"]],
    }


def print_halves():
    """The dates of both halves of the annotated news."""
    scorer = load_scorer("score")
    print("\n| dates | articles | span F1 | full days right |\n| --- | --- | --- | --- |")
    for half in "AB":
        documents = [document for document in read_lines("dates_news_dev") if half_of(document) == half]
        counts = [scorer.score_doc(document, predict(document), "core", []) for document in documents]
        found = scorer.figures(scorer.total(counts))
        days = found["date_value_acc (full dates)"]["acc"]
        print(f"| half {half} | {len(documents)} | {found['date_overlap']['f1']} | {days} |")


def score(scorer, names, errors):
    counts = [
        scorer.score_doc(document, predict(document), "core", errors) for name in names for document in read_lines(name)
    ]
    return scorer.figures(scorer.total(counts))


def print_scores(errors):
    scorer = load_scorer("score")
    pooled = score(scorer, QUOTES, errors)
    pooled |= score(scorer, DATED, errors)
    print("| figure | best public system | goal | ours |\n| --- | --- | --- | --- |")
    for label, name, public, goal in TARGETS:
        ours = reached(pooled, name)
        print(f"| {label} | {public} | {goal} | {ours}{'' if ours >= goal else ' (short)'} |")
    return pooled


def reached(pooled, name):
    """A figure of the scorer's, of 100."""
    return pooled[name].get("f1", pooled[name].get("acc"))


def record(pooled):
    """Writes what editions say of how well the program does."""
    quoted, dated = (f"{sum(len(read_lines(name)) for name in names)} news articles" for names in (QUOTES, DATED))
    with RECORD.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["measure", "measured_on", "share", "date"])
        for measure, name, is_dates in TOLD:
            share = round(reached(pooled, name) / 100, 3)
            writer.writerow([measure, dated if is_dates else quoted, share, date.today()])


def print_calibration():
    """Of the claims of each confidence, how many are annotated."""
    scorer = load_scorer("score")
    right, seen = {}, {}
    for document in (d for name in QUOTES for d in read_lines(name)):
        gold = [(q["start"], q["end"]) for q in document["quotes"]]
        for claim in predict(document)["quotes"]:
            span = claim["start"], claim["end"]
            hit = any(scorer.inter(span, g) > MATCH * (g[1] - g[0]) for g in gold)
            seen[claim["confidence"]] = seen.get(claim["confidence"], 0) + 1
            right[claim["confidence"]] = right.get(claim["confidence"], 0) + hit
    print("\n| confidence | claims | right |\n| --- | --- | --- |")
    for confidence in sorted(seen, reverse=True):
        print(f"| {confidence} | {seen[confidence]} | {right[confidence] / seen[confidence]:.0%} |")


def curated_spans(edition, seed, kinds):
    """The spans of an article's curated claims of these kinds, in the seed."""
    places = {p.id: p.start_char for p in edition.paragraphs}
    (article,) = [article.id for article in edition.articles if article.seed == seed]
    for claim in edition.claims:
        if claim.article_id == article and claim.kind in kinds:
            start = places[claim.paragraph_id]
            yield start + claim.start_char, start + claim.end_char


def print_five():
    """Recall and precision on the first edition, the extractor alone against what people decided."""
    edition = build_dataset(ROOT / "seeds")
    print("\n| the five articles | recall | precision |\n| --- | --- | --- |")
    for name, kinds in {"quotations (direct, mixed)": QUOTED, "all claims of speakers": SPOKEN}.items():
        counts = Counter()
        for path in sorted(ROOT.glob("seeds/*.txt")):
            counts.update(compare(edition, path, kinds))
        hit, total, right, found = (counts[what] for what in ("hit", "total", "right", "found"))
        print(f"| {name} | {hit / total:.1%} of {total} | {right / found:.1%} of {found} |")


def compare(edition, path, kinds):
    """How many claims of these kinds an article has, how many are found, and how many of either are among the other."""
    gold, everything = (list(curated_spans(edition, path.name, among)) for among in (kinds, SPOKEN))
    claims = extract_text(path.read_bytes().decode())["claims"]
    spans, spoken = (
        [(claim["start"], claim["end"]) for claim in claims if claim["kind"] in among] for among in (kinds, SPOKEN)
    )
    return {
        "total": len(gold),
        "hit": sum(any(covers(span, g) for span in spoken) for g in gold),
        "found": len(spans),
        "right": sum(any(covers(span, g) for g in everything) for span in spans),
    }


def covers(claim, gold):
    return max(0, min(claim[1], gold[1]) - max(claim[0], gold[0])) > MATCH * (gold[1] - gold[0])


def print_speed(texts):
    """How much more processor time extraction takes than the parse that it needs."""
    paragraphs = [line for text in texts for line in text.splitlines() if line.strip()]
    load_language()
    start = process_time()
    for _ in load_language().pipe(paragraphs, batch_size=BATCH):
        pass
    parsed = process_time()
    for text in texts:
        extract_text(text)
    extracted = process_time()
    print(f"\nExtraction takes {(extracted - parsed) / (parsed - start):.2f} times nlp.pipe alone")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=Path, help="write every error of the annotated news here")
    parser.add_argument("--record", action="store_true", help="write what editions say of the program")
    arguments = parser.parse_args()
    seeds = [path.read_bytes().decode() for path in sorted(ROOT.glob("seeds/*.txt"))]
    if (DEV / "score.py").exists():
        errors = []
        pooled = print_scores(errors)
        if arguments.record:
            record(pooled)
        print_halves()
        print_calibration()
        if arguments.errors:
            arguments.errors.write_text("".join("\t".join(map(repr, e)) + "\n" for e in errors), encoding="utf-8")
        seeds += [document["text"] for name in QUOTES for document in read_lines(name)]
    else:
        print(f"{DEV} is not there; only the five articles are scored")
    print_five()
    print_speed(seeds)


if __name__ == "__main__":
    main()
