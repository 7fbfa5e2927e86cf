"""A correction that was ordered is not made after all, while it is not signed; what was issued stays as it is."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.documents.drafting import done, former
from services.feedback.documents.model import Draft, DraftState
from services.feedback.documents.revising import is_locked, of_year
from services.feedback.reports.model import Report
from shared.database.documents import Key, Need
from shared.events import Event
from shared.events.documents import CancelLockedRevision, CancelRevision, RevisionCancelled
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of

CANCELLED = "cancelled"


def cancelling_needs(event: Event[CancelRevision]) -> Iterator[Need]:
    """The report as it was issued, its draft, and whether its year is closed."""
    id = event.data.report
    yield from (Key(Report, id), Key(Draft, id))
    if (year := of_year(id)) != id:
        yield Key(Draft, year)


def cancel_revision(state: State, event: Event[CancelRevision]) -> Verdict:
    """Its draft is again what was issued, as its next edition; the one that was cancelled is kept."""
    id, reason = event.data.report, event.data.reason
    report, draft = state.get(Report, id), state.get(Draft, id)
    if report is None or county_of(report.organisation) != county_of(event.organisation):
        return Refused("report-unknown", period=id.partition("_")[0])
    if draft is None or draft.state is DraftState.SIGNED or not draft.report.revision:
        return Refused("no-revision-under-way", organisation=report.organisation, period=report.period)
    if (id == of_year(id) or is_locked(state, id)) and not isinstance(event.data, CancelLockedRevision):
        return Refused("year-locked", organisation=report.organisation, year=report.period[:4])
    again = done(
        draft,
        event,
        CANCELLED,
        reason,
        state=DraftState.SIGNED,
        edition=draft.edition + 1,
        report=report,
        advice=report.opinions,
        required=report.required,
        drafted_by="",
        reviewed_by="",
        sent_back="",
    )
    fact = RevisionCancelled(report=id, period=report.period, edition=again.edition)
    return Accepted((former(draft), again), (About(report.organisation, fact),))
