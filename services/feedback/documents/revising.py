"""Corrections: an issued report whose printed figures have changed is drafted anew, and goes the way of every draft.

It keeps its place: whoever opens it reads the correction, and from there what was issued before.
"""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.documents.drafting import changed_since
from services.feedback.documents.model import DocumentScheme, Draft, DraftState, HandStep, SignedFrom
from services.feedback.reports import periods
from services.feedback.reports.changes import Change
from services.feedback.reports.making import figures_needed, reports_of
from services.feedback.reports.model import Report, Revised, report_id
from shared.calendar import due_after
from shared.database.documents import Document, Key, Need
from shared.events import Event
from shared.events.documents import OrderLockedRevision, OrderRevision, RevisionOrdered
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of

ORDERED = "ordered"


def revision_needs(event: Event[OrderRevision]) -> Iterator[Need]:
    """The reports as issued and their drafts, whether their years are closed, and the figures of now."""
    county = county_of(event.organisation)
    yield Key(DocumentScheme, county)
    for id in dict.fromkeys(event.data.reports):
        yield from (Key(Report, id), Key(Draft, id))
        if (year := of_year(id)) != id:
            yield Key(Draft, year)
    for period in _periods(event):
        yield from figures_needed(county, period)


def order_revision(state: State, event: Event[OrderRevision]) -> Verdict:
    """Of those alone whose printed figures changed: drafts with the figures of now, opinions as they were issued."""
    schemes, county = state.get(DocumentScheme, county_of(event.organisation)), county_of(event.organisation)
    if schemes is None or not schemes.history:
        return Refused("no-document-scheme")
    issued = _issued(state, event)
    if isinstance(issued, Refused):
        return issued
    changed = changed_since(state, issued, county)
    fresh = {one.id: one for period in _periods(event) for one in reports_of(state, county, period, event.time)}
    drafts: list[Document] = []
    facts: list[About] = []
    for report in issued:
        if not changed[report.id] or report.id not in fresh:
            return Refused("nothing-to-revise", organisation=report.organisation, period=report.period)
        scheme = schemes.on(event.day) or schemes.history[0]
        draft = _ordered(state, event, report, fresh[report.id], changed[report.id], scheme)
        drafts.append(draft)
        facts.append(About(report.organisation, _fact(draft, len(changed[report.id]))))
    return Accepted(tuple(drafts), tuple(facts))


def _issued(state: State, event: Event[OrderRevision]) -> list[Report] | Refused:
    """As they were issued; of a year whose assessment is issued only by order of whoever signs that."""
    found = []
    for id in dict.fromkeys(event.data.reports):
        report, draft = state.get(Report, id), state.get(Draft, id)
        if report is None or report.withdrawn or county_of(report.organisation) != county_of(event.organisation):
            return Refused("report-unknown", period=id.partition("_")[0])
        if draft is not None and draft.state is not DraftState.SIGNED:
            return Refused("revision-under-way", organisation=report.organisation, period=report.period)
        if is_locked(state, id) and not isinstance(event.data, OrderLockedRevision):
            return Refused("year-locked", organisation=report.organisation, year=report.period[:4])
        found.append(report)
    return found


def is_locked(state: State, id: str) -> bool:
    """Whether the year's assessment of its recipient was issued; it is so while that is corrected itself."""
    year = state.get(Draft, of_year(id))
    return year is not None and (year.state is DraftState.SIGNED or bool(year.report.revision))


def of_year(id: str) -> str:
    """The assessment of the year in which a report's period lies, of the same recipient."""
    period, _, organisation = id.partition("_")
    return report_id(period[:4], organisation)


def _periods(event: Event[OrderRevision]) -> list[str]:
    return list(dict.fromkeys(id.partition("_")[0] for id in event.data.reports))


def _ordered(
    state: State,
    event: Event[OrderRevision],
    report: Report,
    fresh: Report,
    changed: tuple[Change, ...],
    scheme: SignedFrom,
) -> Draft:
    before, reason = state.get(Draft, report.id), event.data.reason
    step = HandStep(what=ORDERED, at=event.time, by=event.actor, note=reason)
    corrected = fresh.having(
        revision=report.revision + 1,
        corrects=report.number or f"{periods.in_chinese(report.period)}反馈",
        because=reason,
        revised=tuple(Revised(**one.answer()) for one in changed),
    )
    return Draft(
        id=report.id,
        version=before.version if before else 0,
        county=county_of(event.organisation),
        organisation=report.organisation,
        period=report.period,
        kind=report.kind,
        edition=max(before.edition if before else 0, report.edition) + 1,
        due=due_after(event.day, scheme.review_days).day,
        report=corrected,
        advice=report.opinions,
        required=report.required,
        drafted_by=event.actor,
        steps=(*(before.steps if before else ()), step),
    )


def _fact(draft: Draft, changed: int) -> RevisionOrdered:
    return RevisionOrdered(report=draft.id, period=draft.period, edition=draft.edition, changed=changed)
