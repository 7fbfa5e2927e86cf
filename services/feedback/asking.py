"""What a route of feedback may ask for beside what every route may: the standing check, reports
read again, and which period is shown.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import Depends, Request

from services.feedback.measures.checking import Checking
from services.feedback.operations.rechecked import Rechecked
from services.feedback.reports import shelves
from services.feedback.reports.rereading import Rereading
from shared.web.asking import County, Db, RosterNow, Today
from shared.web.parameters import PeriodAsked


async def checking(request: Request) -> Checking:
    """The process's one."""
    found: Checking = request.app.state.checking
    return found


async def rereading(db: Db, county: County, roster: RosterNow) -> Rereading:
    """For one request."""
    return Rereading(db, county, roster)


async def changed_reports(request: Request) -> Rechecked:
    """The process's one."""
    found: Rechecked = request.app.state.changed_reports
    return found


Reread = Annotated[Rereading, Depends(rereading)]
StandingCheck = Annotated[Checking, Depends(checking)]
ChangedCount = Annotated[Rechecked, Depends(changed_reports)]


class Chosen(NamedTuple):
    """The period that is shown, and the years that have documents."""

    period: str
    years: list[str]
    is_asked: bool = True


async def chosen(db: Db, county: County, today: Today, period: PeriodAsked | None = None) -> Chosen:
    """The newest year with documents unless another period is asked for."""
    years = await shelves.years(db, county)
    return Chosen(period or next(iter(years), str(today.year)), years, period is not None)


ShownPeriod = Annotated[Chosen, Depends(chosen)]
