"""Makes the claims of an article, the figures in them and the comparisons that they are in."""

from collections.abc import Iterator

from ..core.identifiers import short_hash
from ..core.limits import limits
from ..core.problems import Problems, quoted
from ..core.records import Claim, ClaimProposition, Figure
from ..editorial.entries import ClaimEntry, FigureEntry, Review, Sidecar
from .methods import CURATED, method_of
from .passages import ArticleText, CitationError, Passage, check_verbatim


def make_claims(text: ArticleText, sidecar: Sidecar, problems: Problems) -> Iterator[Claim | Figure | ClaimProposition]:
    """Curated claims, each followed by its figures and its comparisons."""
    for entry in sidecar.claims or ():
        with problems.collect():
            claim = make_claim(entry, *text.cite("claims", entry), sidecar.reviewed)
            yield claim
            yield from make_stances(entry, claim)
            for figure in entry.figures:
                with problems.collect():
                    row = make_figure(figure, claim, sidecar.reviewed)
                    text.check_first(row.id, figure.exact, figure.where("exact"))
                    yield row


def make_claim(entry: ClaimEntry, claim_id: str, passage: Passage, review: Review | None) -> Claim:
    proposed = entry.proposed
    return Claim(
        id=claim_id,
        **passage.columns,
        prefix=passage.prefix,
        suffix=passage.suffix,
        kind=entry.kind,
        speaker_id=entry.speaker,
        speaker_organization_id=entry.speaker_organization,
        speaker_as_stated=check_verbatim(entry, "speaker_as_stated", passage),
        speaker_unknown=entry.speaker_unknown,
        cue=check_verbatim(entry, "cue", passage),
        via=check_verbatim(entry, "via", passage),
        polarity=entry.polarity or (None if proposed else "affirms"),
        event_id=entry.event,
        utterance=entry.utterance,
        **method_of(entry, review),
        speaker_confidence=proposed.speaker_confidence if proposed else None,
    )


def make_stances(entry: ClaimEntry, claim: Claim) -> Iterator[ClaimProposition]:
    for proposition_id, stance in entry.propositions.items():
        stance_id = f"{claim.id}-{short_hash('claim_propositions', proposition_id)}"
        yield ClaimProposition(stance_id, claim.id, proposition_id, stance, **CURATED)


def make_figure(entry: FigureEntry, claim: Claim, review: Review | None) -> Figure:
    """A figure within the words of a claim; raises CitationError if it is not there once."""
    context = entry.prefix + entry.exact + entry.suffix
    at = claim.text.find(context)
    if at < 0 or claim.text.find(context, at + 1) >= 0:
        times = "not" if at < 0 else "more than once"
        raise CitationError(entry.where("exact"), f"these words are {times} in the claim: {quoted(context)}")
    start = claim.start_char + at + len(entry.prefix)
    at = start - claim.start_char if entry.extracted else at
    low = entry.value if entry.min is None else entry.min
    high = entry.value if entry.max is None else entry.max
    value_min, value_max = limits(low, high, entry.comparator)
    return Figure(
        id=f"{claim.id}-{short_hash('figures', entry.exact, at)}",
        claim_id=claim.id,
        start_char=start,
        end_char=start + len(entry.exact),
        text=entry.exact,
        value_min=value_min,
        value_max=value_max,
        comparator=entry.comparator,
        unit=entry.unit,
        measures=entry.measures,
        **method_of(entry, review),
    )
