"""Schemes of documents follow one another by date; one under which a period was closed stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from services.feedback.documents.model import DocumentScheme, SignedFrom
from services.feedback.reports import periods
from services.feedback.reports.model import PeriodRecord
from services.feedback.reports.rules import closed_periods
from shared.database.documents import Key, Need
from shared.events import Event
from shared.events.documents import AdoptDocumentScheme, DocumentSchemeAdopted, DocumentSchemeWithdrawn
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of, month_end
from shared.roster.organisations import county_of


def adopt_document_scheme(state: State, event: Event[AdoptDocumentScheme]) -> Verdict:
    """From its day on; the periods already closed keep the one they were closed under."""
    asked, county = event.data, county_of(event.organisation)
    schemes = state.get(DocumentScheme, county) or DocumentScheme(id=county)
    if schemes.history and schemes.history[-1].effective_from >= asked.effective_from:
        return Refused("document-scheme-exists", effective_from=schemes.history[-1].effective_from)
    history = (*schemes.history, SignedFrom(**asked.model_dump()))
    return Accepted((schemes.having(history=history),), (DocumentSchemeAdopted(effective_from=asked.effective_from),))


def document_scheme_needed(original: Original) -> Iterator[Need]:
    """All of them, and which periods were closed."""
    yield Key(DocumentScheme, county_of(original.organisation))
    yield closed_periods(original)


def document_scheme_begins(original: Original) -> date:
    """Until the day before it holds it can be corrected, and within its month."""
    return max(month_end(original), fact_of(original, DocumentSchemeAdopted).effective_from - timedelta(days=1))


def undo_document_scheme(state: State, original: Original) -> Verdict:
    """While nothing was drafted under it."""
    county, since = county_of(original.organisation), fact_of(original, DocumentSchemeAdopted).effective_from
    schemes = state.get(DocumentScheme, county) or DocumentScheme(id=county)
    for record in sorted(state.find(PeriodRecord, closed_periods(original).filter), key=lambda one: one.id):
        period = record.id.split("/")[1]
        under = schemes.on(periods.last_day(period))
        if record.drafts and under and under.effective_from == since:
            return Refused("drafted-under-it", effective_from=since, period=period)
    others = tuple(one for one in schemes.history if one.effective_from != since)
    return Accepted((schemes.having(history=others),), original.taken_back(DocumentSchemeWithdrawn))
