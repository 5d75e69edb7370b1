"""Makes the events, and what each article reports of them."""

from collections.abc import Iterable, Iterator

from ..core.dates import bounds
from ..core.problems import Problems
from ..core.records import Event, EventReport
from ..editorial.entries import EventEntry, Review, Sidecar
from .methods import method_of
from .passages import ArticleText, check_verbatim


def make_events(entries: Iterable[EventEntry], review: Review | None = None) -> Iterator[Event]:
    for entry in entries:
        earliest, latest = bounds(entry.date) if entry.date else (None, None)
        yield Event(
            id=entry.id,
            name=entry.name,
            kind=entry.kind,
            date=entry.date,
            date_earliest=earliest,
            date_latest=latest,
            date_basis=entry.date_basis,
            status=entry.status,
            place_id=entry.place,
            part_of=entry.part_of,
            **method_of(entry, review),
        )


def make_event_reports(text: ArticleText, sidecar: Sidecar, problems: Problems) -> Iterator[EventReport]:
    """The words of the article that report an event, with the trail from them to a date."""
    for entry in sidecar.events or ():
        with problems.collect():
            report_id, passage = text.cite("event_reports", entry, entry.event)
            yield EventReport(
                id=report_id,
                event_id=entry.event,
                **passage.columns,
                date_as_stated=check_verbatim(entry, "date_as_stated", passage),
                date_resolved=entry.date_resolved,
                rule=entry.rule,
                **method_of(entry, sidecar.reviewed),
            )
