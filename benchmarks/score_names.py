"""Scores the names of organizations, places and people on annotated news, beside the language model's own.

    python benchmarks/score_names.py [--half A|B]

Takes entities_dev.jsonl and its scorer from ../shared/dev (or $NEWS_DEV). Half A may be read when rules are made; B is
scored and never read.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.annotated import DEV, half_of, load_scorer, read_lines  # noqa: E402
from build.extractor.extraction import extract_text  # noqa: E402
from build.extractor.text.language import load_language  # noqa: E402

MODEL = {"organizations": ("ORG",), "places": ("GPE", "LOC", "FAC"), "persons": ("PERSON",)}
OURS = {"organizations": "organizations", "places": "places", "persons": "people"}


def read_documents(half):
    return [document for document in read_lines("entities_dev") if half in (None, half_of(document))]


def predict_ours(text):
    found = extract_text(text)
    return {
        name: [m for bearer in found[key] for m in bearer["mentions"] if m["kind"] == "name"]
        for name, key in OURS.items()
    }


def predict_model(text):
    entities = load_language()(text).ents
    return {
        name: [{"start": e.start_char, "end": e.end_char} for e in entities if e.label_ in labels]
        for name, labels in MODEL.items()
    }


def score(scorer, documents, predict):
    """The exact F1 of each kind."""
    found = [predict(document["text"]) for document in documents]
    for name, types in scorer.KINDS:
        counts = [scorer.doc(d, f, name, types, None) for d, f in zip(documents, found, strict=True)]
        right, predicted, gold = (sum(count[key] for count in counts) for key in ("ex", "p", "g"))
        yield name, 200 * right / max(1, predicted + gold)


def print_names(half):
    scorer, documents = load_scorer("score_entities"), read_documents(half)
    model = dict(score(scorer, documents, predict_model))
    print(f"| names, exact F1 ({len(documents)} articles) | the model alone | ours |\n| --- | --- | --- |")
    for name, ours in score(scorer, documents, predict_ours):
        print(f"| {name} | {model[name]:.1f} | {ours:.1f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("A", "B"))
    arguments = parser.parse_args()
    if (DEV / "entities_dev.jsonl").exists():
        print_names(arguments.half)
    else:
        print(f"{DEV} is not there; no names are scored")


if __name__ == "__main__":
    main()
