"""Feedback's own ticks: what documents wait for is looked at, periods are closed when they and their grace are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from services.feedback.reports.periods import ending_on, in_grace_on
from shared.calendar import is_working_day
from shared.events import Submission
from shared.events.documents import MarkDocumentsOverdue
from shared.events.feedback import ClosePeriod
from shared.events.greenchannel import SettleDueDays
from shared.events.inspection import SettlePatrolDays


def days_over(day: date) -> Iterator[Submission]:
    """What others tell of the last day of a period is decided before it is closed: what was missed, what fell due."""
    if any(ending_on(day)) or any(in_grace_on(day)):
        yield SettlePatrolDays(day=day + timedelta(days=1))
        yield SettleDueDays(day=day + timedelta(days=1))


def day_over(day: date) -> Iterator[Submission]:
    """What is due when a day is over: periods whose grace may end with it; of a working day what documents wait for;
    its month, quarter and year.
    """
    for period in in_grace_on(day):
        yield ClosePeriod(period=period)
    if is_working_day(day):
        yield MarkDocumentsOverdue(day=day + timedelta(days=1))
    for period in ending_on(day):
        yield ClosePeriod(period=period)
