"""What feedback answers: reports, totals, the standing check."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, HTTPException, Query

from services.feedback import desk, finding, store
from services.feedback.asking import Reread, StandingCheck
from services.feedback.assessment import api as assessments
from services.feedback.assessment import list_pages, trial_pages, unit_pages, veto_pages
from services.feedback.assessment import pages as assessment_pages
from services.feedback.assessment import scheme_pages as assessment_scheme
from services.feedback.awards import api as awards_api
from services.feedback.awards import decision_pages, nomination_list, nomination_pages
from services.feedback.awards import pages as awards
from services.feedback.county import course_pages, start_pages
from services.feedback.documents import api as documents
from services.feedback.documents import delivery_pages, desk_pages, draft_pages, late_pages
from services.feedback.documents import scheme as document_scheme
from services.feedback.facts import pages as facts
from services.feedback.filing import pages as filing
from services.feedback.handlers import HANDLERS
from services.feedback.measures.checking import EVERY, Checking
from services.feedback.measures.totals import sums
from services.feedback.operations import api as operations
from services.feedback.operations import pages as office
from services.feedback.operations import todo
from services.feedback.packages import api as packages
from services.feedback.packages import check_pages, package_page, paper_pages
from services.feedback.packages import pages as package_list
from services.feedback.papers import pages as papers
from services.feedback.places import PAGES
from services.feedback.placing import pages as placing
from services.feedback.problems.checking import unlike_balances
from services.feedback.rebuilding import api as rebuilding
from services.feedback.rebuilding import pages as rebuild_pages
from services.feedback.rebuilding.beginning import Workers
from services.feedback.reports import changed_pages, periods, scheme
from services.feedback.reports import pages as report_pages
from services.feedback.reports.model import PeriodRecord, Report, recipient_of
from services.feedback.reports.rereading import periods_issued
from services.feedback.training_up import pages as training_up
from services.feedback.yearbook import pages as yearbook
from shared.database.lists import MOST, listed, one
from shared.identity.reading import PUBLIC, REPORTS, RUNNING
from shared.process.running import Running
from shared.web.answering import answer
from shared.web.asking import County, Db, RosterNow
from shared.web.heavy import HEAVY
from shared.web.parameters import CodeAsked, LimitAsked, PeriodAsked, YearAsked
from shared.web.reading import Reading, Reads, reads
from shared.web.records.correctable import Correctable

Month = Annotated[str, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]

router = APIRouter(prefix="/feedback/api")


@router.get(
    "/reports",
    summary="Reports that whoever asks may read, by period, year, kind and organisation",
    dependencies=[reads(REPORTS)],
)
async def reports(
    db: Db,
    reading: Reads,
    period: PeriodAsked | None = None,
    period_year: YearAsked | None = None,
    kind: str | None = None,
    organisation: CodeAsked | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    return await store.reports(db, reading.filter(REPORTS, organisation), period, period_year, kind, limit, after)


@router.get(
    "/reports/{report}",
    summary="One report with its measures, the period before and its own kind",
    dependencies=[reads(REPORTS)],
)
async def report(db: Db, reread: Reread, reading: Reads, report: str) -> dict[str, Any]:
    reading.must(REPORTS, recipient_of(report))
    found = await one(db, Report.collection, report)
    if found is None:
        raise HTTPException(404)
    changed = await reread.of(Report.model_validate(found, extra="allow"))
    return found | {"changed": [change.answer() for change in changed]}


@router.get(
    "/changed-reports",
    summary="Issued reports whose own figures are no longer what their facts add up to",
    dependencies=[reads(REPORTS)],
)
async def changed_reports(
    db: Db,
    county: County,
    reread: Reread,
    checking: StandingCheck,
    reading: Reads,
    period_year: YearAsked | None = None,
) -> dict[str, Any]:
    issued = await periods_issued(db, county, period_year or "")
    found = await checking.alone(f"reports of {period_year}", lambda: reread.changed(issued))
    mine = [one for one in found if reading.may(REPORTS, one.report.organisation)]
    return {"items": [one.answer() for one in mine], "next": None}


@router.get(
    "/periods",
    summary="Closed periods: how many reports, or which period replaces them",
    dependencies=[reads(PUBLIC)],
)
async def closed(db: Db, limit: LimitAsked = MOST, after: str | None = None) -> dict[str, Any]:
    return await listed(db, PeriodRecord.collection, {}, limit, after)


@router.get(
    "/totals",
    summary="The measures of an organisation and all below it, as of now; the county's sums for everybody",
    dependencies=[reads(PUBLIC), HEAVY],
)
async def totals(
    db: Db, county: County, roster: RosterNow, reading: Reads, period: PeriodAsked, organisation: CodeAsked
) -> dict[str, Any]:
    _of_county_or_mine(reading, county, organisation)
    measures = await store.totals(db, county, roster, organisation, period)
    if not reading.may(REPORTS, organisation):
        measures = sums(measures)
    return {"period": period, "organisation": organisation, "measures": measures}


@router.get(
    "/series",
    summary="Each measure month by month over a period; the county's for everybody",
    dependencies=[reads(PUBLIC), HEAVY],
)
async def series(
    db: Db, county: County, roster: RosterNow, reading: Reads, period: PeriodAsked, organisation: CodeAsked
) -> dict[str, Any]:
    _of_county_or_mine(reading, county, organisation)
    months = periods.months_of(period)
    return {"months": months, "measures": await store.series(db, county, roster, organisation, months)}


@router.get(
    "/differences",
    summary="The standing check: documents, and issued reports, that differ from their facts",
    dependencies=[reads(RUNNING)],
)
async def checked(
    db: Db, county: County, reread: Reread, checking: StandingCheck, month: Month | None = None
) -> dict[str, Any]:
    found = await checking.check(month or EVERY)
    of_months = [difference for differing in found.values() for difference in differing]
    items = [*of_months, *([] if month else await unlike_balances(db))]
    issued = [one for one in await periods_issued(db, county) if month is None or _prints(one, month)]
    reports = await checking.alone(f"reports beside {month}", lambda: reread.changed(issued))
    return {"months": list(found), "items": items, "reports": [one.answer() for one in reports], "next": None}


def _of_county_or_mine(reading: Reading, county: str, organisation: str) -> None:
    if organisation != county:
        reading.must(REPORTS, organisation)


def _prints(period: str, month: str) -> bool:
    """Whether a report of the period prints a month's figures, as its own or as those of the period before."""
    return month in (*periods.months_of(period), *periods.months_of(periods.before(period)))


def pages(app: FastAPI, parts: Running) -> None:
    """Everything under /feedback."""
    app.state.checking = Checking(parts.db)
    app.state.rebuilds = Workers(parts)
    shown = [
        desk.router,
        yearbook.router,
        facts.router,
        start_pages.router,
        course_pages.router,
        papers.router,
        report_pages.router,
        changed_pages.router,
        office.router,
        rebuild_pages.router,
        placing.router,
        awards.router,
        nomination_list.router,
        decision_pages.router,
        nomination_pages.router,
        training_up.router,
        scheme.router,
        desk_pages.router,
        draft_pages.router,
        delivery_pages.router,
        late_pages.router,
        document_scheme.router,
        filing.router,
        check_pages.router,
        package_list.router,
        paper_pages.router,
        package_page.router,
        assessment_scheme.router,
        assessment_pages.router,
        list_pages.router,
        trial_pages.router,
        unit_pages.router,
        veto_pages.router,
    ]
    app.state.changed_reports = todo.changed_reports(parts)
    how = Correctable(HANDLERS, {**scheme.REWRITINGS, **document_scheme.REWRITINGS, **assessment_scheme.REWRITINGS})
    of_figures = [router, facts.api, operations.router, placing.api, rebuilding.router]
    api = [*of_figures, documents.router, assessments.router, awards_api.router, packages.router]
    tasks = todo.tasks_of(parts, app.state.changed_reports)
    answer(app, parts, PAGES, desk=shown, api=api, correctable=how, tasks=tasks, searches=finding.found)
