"""A report's sheet as it was issued, with what is read for it."""

from __future__ import annotations

from services.feedback.papers.drawing_up import sheet_of
from services.feedback.papers.issued import issue_of
from services.feedback.papers.sheet import Sheet
from services.feedback.reports import periods
from services.feedback.reports.model import STANDS, Report
from shared.calendar import china_day
from shared.database.kept import documents
from shared.database.mongo import Database
from shared.pages.words import names_on
from shared.roster.committees import committee_on
from shared.roster.organisations import Roster


async def sheet_now(db: Database, roster: Roster, report: Report) -> Sheet:
    """A quarter's and a year's with what its months were told."""
    called = names_on(roster, periods.last_day(report.period)) | report.names
    committee = report.committee or committee_on(roster, report.organisation, china_day(report.issued)).name
    within = [month for month in periods.months_of(report.period) if month != report.period]
    wanted = {"organisation": report.organisation, "period": {"$in": within}, **STANDS}
    months = await documents(db, Report, wanted) if within else []
    return sheet_of(report, called, committee, issue_of(report, {one.period: one.measures for one in months}))
