"""What comes late counts in a period's drafts while its grace lasts; the clock asks until it is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from services.feedback.documents.model import Draft
from services.feedback.reports import periods
from services.feedback.reports.model import PeriodRecord
from services.feedback.ticks import day_over
from shared.calendar import CHINA
from shared.events.documents import MOST_GRACE
from shared.events.feedback import ClosePeriod
from shared.pipeline.decisions import Accepted
from shared.process.closed_days import over
from tests.asking import OFFICE
from tests.feedback.documenting import CLERK, MARCH, SCHEME, DocumentDesk

IN_GRACE = SCHEME.model_copy(update={"grace_days": 3})
UNTIL = date(2018, 4, 4)
"""The third working day after March 2018, whose last is a Saturday."""


def asks(desk: DocumentDesk, at: datetime) -> Accepted:
    verdict = desk.says(ClosePeriod(period=MARCH), at=at.isoformat())
    assert isinstance(verdict, Accepted), verdict
    return verdict


def test_drafts_come_after_the_grace_with_what_came_in_it() -> None:
    desk = DocumentDesk(IN_GRACE)
    desk.counts(findings=3)
    for day in (date(2018, 3, 31), date(2018, 4, 2), date(2018, 4, 3)):
        assert asks(desk, over(day)) == Accepted()
    assert (desk.desk.kept(Draft), desk.desk.kept(PeriodRecord)) == ([], [])
    desk.counts(findings=4)
    asks(desk, over(UNTIL))
    assert desk.draft().report.measures["findings"] == 4
    assert desk.draft().report.issued == over(UNTIL)
    assert asks(desk, over(UNTIL + timedelta(days=1))) == Accepted(), "the clock asks again, and nothing is left to do"
    assert len(desk.desk.kept(PeriodRecord)) == 1


def test_whoever_closes_by_hand_is_told_until_when_it_lasts() -> None:
    desk = DocumentDesk(IN_GRACE)
    assert desk.refuses(ClosePeriod(period=MARCH), CLERK, "2018-04-03T09:00") == "period-in-grace"
    desk.agrees(ClosePeriod(period=MARCH), CLERK, "2018-04-08T09:00")
    assert desk.refuses(ClosePeriod(period=MARCH), CLERK, "2018-04-08T10:00") == "period-already-closed"


def test_without_a_grace_a_period_is_closed_as_it_ends() -> None:
    desk = DocumentDesk(SCHEME)
    asks(desk, periods.over_at(MARCH))
    assert desk.draft(MARCH, OFFICE)


@pytest.mark.parametrize("grace", [0, 1, 3, MOST_GRACE])
def test_however_long_it_is_the_clock_asks_when_it_ends(grace: int) -> None:
    desk = DocumentDesk(SCHEME.model_copy(update={"grace_days": grace}))
    day = date(2018, 1, 31)
    while day < date(2018, 3, 31):
        for data in day_over(day):
            if isinstance(data, ClosePeriod) and data.period == "2018-01":
                desk.says(data, at=over(day).isoformat())
        day += timedelta(days=1)
    (drafted,) = {one.report.issued.astimezone(CHINA).date() for one in desk.desk.kept(Draft)}
    ends = {0: date(2018, 1, 31), 1: date(2018, 2, 1), 3: date(2018, 2, 5), MOST_GRACE: date(2018, 2, 13)}
    assert drafted == ends[grace] + timedelta(days=1)
