"""How far two independent annotations of the same articles agree: prints a Markdown table.

    python benchmarks/agreement.py [FIRST SECOND]

Each folder holds sidecars and registries for the articles in seeds/. F1 takes one annotator as the gold
of the other; which one does not matter. Two spans overlap if they share half of the characters that
either covers (IoU >= 0.5). Kappa is Cohen's (1960). Groups (which reports tell of one event, which claims
are of one comparison) are measured by B-cubed F1 (Bagga and Baldwin 1998; a claim may be in several comparisons:
Amigó and others 2009) over the passages that both have.
"""

import shutil
import sys
from collections import Counter, defaultdict
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from build.__main__ import build_dataset  # noqa: E402

TABLES = {
    "People mentioned": "mentions",
    "Organizations mentioned": "organization_mentions",
    "Places mentioned": "place_mentions",
    "Claims": "claims",
    "Figures in claims": "figures",
    "Reports of events": "event_reports",
}


def read_annotation(folder):
    """The dataset that the articles give with the editorial files of a folder."""
    with TemporaryDirectory() as seeds:
        for path in (*ROOT.glob("seeds/*.txt"), *folder.glob("*.yml")):
            shutil.copy(path, seeds)
        return build_dataset(Path(seeds))


def spans(dataset, table):
    """Every row of a table by its paragraph, start and end."""
    paragraph_of = {claim.id: claim.paragraph_id for claim in dataset.claims}
    rows = getattr(dataset, table)
    return {
        (getattr(row, "paragraph_id", None) or paragraph_of[row.claim_id], row.start_char, row.end_char): row
        for row in rows
    }


def iou(a, b):
    if a[0] != b[0]:
        return 0.0
    shared = max(0, min(a[2], b[2]) - max(a[1], b[1]))
    return shared / (max(a[2], b[2]) - min(a[1], b[1]))


def match(first, second):
    """Pairs of spans that overlap, each span once, best first."""
    candidates = sorted(((iou(a, b), a, b) for a in first for b in second), reverse=True)
    pairs, used = [], set()
    for overlap, a, b in candidates:
        if overlap >= 0.5 and not {("first", a), ("second", b)} & used:
            pairs.append((first[a], second[b]))
            used |= {("first", a), ("second", b)}
    return pairs


def f1(shared, first, second):
    return 2 * shared / (len(first) + len(second)) if first or second else 1.0


def kappa(pairs):
    """Cohen's kappa of pairs of labels."""
    agreed = mean(a == b for a, b in pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[label] * right[label] for label in left) / len(pairs) ** 2
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def b_cubed(first, second):
    """F1 of two groupings of the same passages, each a dictionary from passage to its groups."""
    shared = first.keys() & second.keys()

    def score(these, those):
        return mean(mean(of_one(these, those, item)) for item in shared)

    def of_one(these, those, item):
        for other in shared:
            if common := these[item] & these[other]:
                yield min(len(common), len(those[item] & those[other])) / len(common)

    precision, recall = score(first, second), score(second, first)
    return 2 * precision * recall / (precision + recall)


def groups(dataset, pairs, side):
    """The comparisons that each claim of the pairs is in, by the pair's number."""
    propositions = defaultdict(set)
    for link in dataset.claim_propositions:
        propositions[link.claim_id].add(link.proposition_id)
    return {number: propositions[pair[side].id] for number, pair in enumerate(pairs) if pair[side].id in propositions}


def report(first, second):
    """The lines of the table."""
    yield "| | first | second | exact F1 | overlap F1 |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, table in TABLES.items():
        a, b = spans(first, table), spans(second, table)
        exact, overlapping = f1(len(a.keys() & b.keys()), a, b), f1(len(match(a, b)), a, b)
        yield f"| {name} | {len(a)} | {len(b)} | {exact:.1%} | {overlapping:.1%} |"
    claims = match(spans(first, "claims"), spans(second, "claims"))
    events = match(spans(first, "event_reports"), spans(second, "event_reports"))
    spoken = [(a, b) for a, b in claims if "assertion" not in (a.kind, b.kind)]
    kinds = [(a.kind, b.kind) for a, b in claims]
    event_groups = [{i: {pair[side].event_id} for i, pair in enumerate(events)} for side in (0, 1)]
    yield ""
    yield "| Of the passages that both have | | |"
    yield "| --- | ---: | ---: |"
    agreed = mean(a == b for a, b in kinds)
    yield f"| Kind of claim | {agreed:.1%} the same | kappa {kappa(kinds):.2f} |"
    people = mean(a.speaker_id == b.speaker_id for a, b in spoken)
    yield f"| Speaker of a claim | {people:.1%} the same person | of {len(spoken)} |"
    yield f"| Grouping of reports into events | B-cubed F1 {b_cubed(*event_groups):.1%} | of {len(events)} |"
    in_propositions = [groups(first, claims, 0), groups(second, claims, 1)]
    both = len(in_propositions[0].keys() & in_propositions[1].keys())
    yield f"| Grouping of claims into comparisons | B-cubed F1 {b_cubed(*in_propositions):.1%} | of {both} |"


if __name__ == "__main__":
    here = Path(__file__).parent / "annotators"
    folders = [Path(name) for name in sys.argv[1:]] or [here / "first", here / "second"]
    print("\n".join(report(*map(read_annotation, folders))))
