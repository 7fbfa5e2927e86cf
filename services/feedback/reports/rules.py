"""How a period is closed, whose reports are issued then, and which longer period takes a shorter one's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from services.feedback.measures.balances import held_on
from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.measures.totals import awards_of, months_filter, total
from services.feedback.reports import periods
from services.feedback.reports.model import PeriodRecord, Report, ReportingScheme, SchemeFrom, report_id
from services.feedback.reports.opinions import opinions
from services.feedback.reports.peers import Alike, means, patrols_itself, places_of
from shared.database.documents import Query
from shared.events import Event
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
from shared.events.vocabulary import OrganisationKind, ReportKind
from shared.pipeline.decisions import About, Accepted, Original, Refused, State, Verdict, fact_of, month_end
from shared.roster.organisations import Standing, county_of

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
    """A period that is over is closed once; each recipient of its last day gets a report, unless it is replaced."""
    period, county = event.data.period, county_of(event.organisation)
    if event.time < periods.over_at(period):
        return Refused("period-not-over", period=period)
    if state.get(PeriodRecord, f"{county}/{period}"):
        return Refused("period-already-closed", period=period)
    scheme = state.get(ReportingScheme, county)
    longer = replaced_by(period, scheme.on(periods.last_day(period)) if scheme else None)
    reports = [] if longer else list(_reports(state, event))
    record = PeriodRecord(id=f"{county}/{period}", reports=len(reports), replaced_by=longer)
    issued = ISSUED[periods.kind_of(period)]
    facts = (About(report.organisation, issued(report=report.id, period=period)) for report in reports)
    return Accepted((record, *reports), (PeriodClosed(period=period, reports=len(reports), replaced_by=longer), *facts))


def months_needed(event: Event[ClosePeriod]) -> dict[str, Any]:
    """The monthly documents that a closing reads: its own months and those of the period before."""
    period = event.data.period
    months = [*periods.months_of(periods.before(period)), *periods.months_of(period)]
    return months_filter(county_of(event.organisation), months)


def balances_needed(event: Event[ClosePeriod]) -> dict[str, Any]:
    """The stocks of all who belong to the county."""
    return {"county": county_of(event.organisation)}


def recipients(state: State, county: str, day: date) -> dict[str, Standing]:
    """Who receives feedback, as the roster stood on a day."""
    found = {}
    for organisation in state.roster:
        standing = organisation.on(day)
        if standing and standing.feedback_recipient and county_of(organisation.id) == county:
            found[organisation.id] = standing
    return found


def _reports(state: State, event: Event[ClosePeriod]) -> Iterator[Report]:
    period, county = event.data.period, county_of(event.organisation)
    receiving = recipients(state, county, periods.last_day(period))
    now = _measured(state, event, period, receiving)
    then = _measured(state, event, periods.before(period), receiving)
    last, last_before = periods.last_day(period), periods.last_day(periods.before(period))
    places = {code: places_of(state.roster, code, last) for code in receiving}
    alike = {code: Alike(now[code], places[code], patrols_itself(state.roster, code, last)) for code in receiving}
    has_lessons = any(one["lesson-attendance"] for one in now.values())
    for code, standing in receiving.items():
        kin = [alike[other] for other, theirs in receiving.items() if theirs.kind is standing.kind]
        yield Report(
            id=report_id(period, code),
            kind=periods.kind_of(period),
            period=period,
            organisation=code,
            name=standing.name,
            organisation_kind=standing.kind,
            issued=event.time,
            measures=now[code],
            before=then[code],
            peers=dict(means(kin, now[code])),
            peer_count=len(kin),
            places=places[code],
            places_before=places_of(state.roster, code, last_before),
            opinions=opinions(now[code], _hears_lessons(standing, places[code]) and has_lessons)
            if periods.kind_of(period) is ReportKind.ANNUAL
            else (),
        )


def _measured(
    state: State, event: Event[ClosePeriod], period: str, receiving: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Each recipient's measures of a period: of the one that is closed, or the one before."""
    documents, months = state.find(MonthlyDocument, months_needed(event)), periods.months_of(period)
    held = held_on(state.find(Balance, balances_needed(event)), state.roster, periods.last_day(period))
    awards = awards_of(state.roster, event.organisation)
    return {code: total(documents, code, months, held, awards) for code in receiving}


def _hears_lessons(standing: Standing, places: int) -> bool:
    """Lessons are heard at village stations: a township has some of them, or none."""
    return standing.kind is OrganisationKind.TOWNSHIP and places > 0
