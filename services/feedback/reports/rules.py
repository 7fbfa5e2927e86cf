"""How a period is closed: whose reports are issued or drafted then, which longer period takes a shorter one's place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from services.feedback.assessment.drawing_up import closing_needed, drawn_up_on_closing
from services.feedback.documents.drafting import drafted
from services.feedback.documents.model import DocumentScheme
from services.feedback.reports import periods
from services.feedback.reports.making import figures_needed, reports_of
from services.feedback.reports.model import PeriodRecord, ReportingScheme, SchemeFrom
from shared.calendar import at_midnight
from shared.database.documents import Key, Need, Query
from shared.events import Event
from shared.events.documents import ReportDrafted
from shared.events.feedback import (
    AdoptReportingScheme,
    AnnualReportIssued,
    ClosePeriod,
    MonthlyReportIssued,
    PeriodClosed,
    QuarterlyReportIssued,
    ReportingSchemeAdopted,
    ReportingSchemeWithdrawn,
)
from shared.events.vocabulary import ReportKind
from shared.pipeline.decisions import About, Accepted, Original, Refused, State, Verdict, fact_of, month_end
from shared.roster.organisations import county_of

ISSUED = {
    ReportKind.MONTHLY: MonthlyReportIssued,
    ReportKind.QUARTERLY: QuarterlyReportIssued,
    ReportKind.ANNUAL: AnnualReportIssued,
}


def adopt_scheme(state: State, event: Event[AdoptReportingScheme]) -> Verdict:
    """Schemes follow one another by date; the periods already closed keep the one they were closed under."""
    asked = event.data
    scheme = state.get(ReportingScheme, county_of(event.organisation)) or ReportingScheme(
        id=county_of(event.organisation)
    )
    if scheme.history and scheme.history[-1].effective_from >= asked.effective_from:
        return Refused("scheme-exists", effective_from=scheme.history[-1].effective_from)
    history = (*scheme.history, SchemeFrom(**asked.model_dump()))
    return Accepted((scheme.having(history=history),), (ReportingSchemeAdopted(effective_from=asked.effective_from),))


def scheme_begins(original: Original) -> date:
    """Until the day before it holds it can be corrected, and within its month."""
    return max(month_end(original), fact_of(original, ReportingSchemeAdopted).effective_from - timedelta(days=1))


def closed_periods(original: Original) -> Query:
    """Those of the county."""
    return Query(PeriodRecord, {"_id": {"$regex": f"^{county_of(original.organisation)}/"}})


def undo_scheme(state: State, original: Original) -> Verdict:
    """While no period was closed under it."""
    since = fact_of(original, ReportingSchemeAdopted).effective_from
    schemes = state.get(ReportingScheme, county_of(original.organisation)) or ReportingScheme(id="")
    closed = (one.id.split("/")[1] for one in state.find(PeriodRecord, closed_periods(original).filter))
    for period in sorted(closed):
        under = schemes.on(periods.last_day(period))
        if under and under.effective_from == since:
            return Refused("closed-under-it", effective_from=since, period=period)
    others = tuple(one for one in schemes.history if one.effective_from != since)
    return Accepted((schemes.having(history=others),), original.taken_back(ReportingSchemeWithdrawn))


def replaced_by(period: str, scheme: SchemeFrom | None) -> str | None:
    """The longer period whose report takes this one's place; the year for December and its fourth quarter, say."""
    if scheme is None:
        return None
    year, kind = period[:4], periods.kind_of(period)
    if kind is ReportKind.QUARTERLY and period.endswith("Q4") and scheme.year_replaces_fourth_quarter:
        return year
    if kind is not ReportKind.MONTHLY:
        return None
    if period.endswith("-12") and scheme.year_replaces_december:
        return year
    last_of_quarter = int(period[5:]) % 3 == 0
    return f"{year}-Q{int(period[5:]) // 3}" if last_of_quarter and scheme.quarter_replaces_last_month else None


def close_period(state: State, event: Event[ClosePeriod]) -> Verdict:
    """A period that is over is closed once; each recipient of its last day gets a report, unless it is replaced.

    Under a scheme of documents it is drafted, once the grace for what comes late is over, and issued when it is signed.
    The clock asks at the end of each working day in which a grace may end: until it does, and afterwards, nothing is
    done.
    Under one of assessment the list of the period is drawn up from the same figures.
    """
    period, county = event.data.period, county_of(event.organisation)
    if event.time < periods.over_at(period):
        return Refused("period-not-over", period=period)
    scheme, last = state.get(ReportingScheme, county), periods.last_day(period)
    documents = state.get(DocumentScheme, county)
    signed = documents.on(last) if documents else None
    if state.get(PeriodRecord, f"{county}/{period}"):
        return Accepted() if _is_repeated(event) else Refused("period-already-closed", period=period)
    if documents and event.day <= (until := documents.grace_ends(last)):
        return Accepted() if at_midnight(event.time) else Refused("period-in-grace", period=period, day=until)
    longer = replaced_by(period, scheme.on(last) if scheme else None)
    if longer:
        return _closed(PeriodRecord(id=f"{county}/{period}", reports=0, replaced_by=longer), period, Accepted())
    reports = list(reports_of(state, county, period, event.time))
    assessed = drawn_up_on_closing(state, event, reports)
    if signed is None:
        record = PeriodRecord(id=f"{county}/{period}", reports=len(reports), replaced_by=None)
        issued = ISSUED[periods.kind_of(period)]
        facts = (About(one.organisation, issued(report=one.id, period=period)) for one in reports)
        return _closed(record, period, Accepted(tuple(reports), tuple(facts)), assessed)
    record = PeriodRecord(id=f"{county}/{period}", reports=0, drafts=len(reports), replaced_by=None)
    drafts = [drafted(one, county, signed, event) for one in reports]
    said = (About(one.organisation, ReportDrafted(report=one.id, period=period, edition=1)) for one in drafts)
    return _closed(record, period, Accepted(tuple(drafts), tuple(said)), assessed)


def _is_repeated(event: Event[ClosePeriod]) -> bool:
    """Whether the clock asks again, for a grace that may have been longer."""
    return at_midnight(event.time) and event.time > periods.over_at(event.data.period)


def _closed(record: PeriodRecord, period: str, *made: Accepted) -> Accepted:
    fact = PeriodClosed(period=period, reports=record.reports, drafts=record.drafts, replaced_by=record.replaced_by)
    changes, facts = chain(*(one.changes for one in made)), chain(*(one.facts for one in made))
    return Accepted((record, *changes), (fact, *facts))


def closing_needs(event: Event[ClosePeriod]) -> Iterator[Need]:
    """Whether it was closed before, what holds for it, and the figures of the period and of the one before."""
    county = county_of(event.organisation)
    yield Key(PeriodRecord, f"{county}/{event.data.period}")
    yield Key(ReportingScheme, county)
    yield Key(DocumentScheme, county)
    yield from closing_needed(county, event.data.period)
    yield from figures_needed(county, event.data.period)
