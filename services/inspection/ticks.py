"""Inspection's own ticks: a working day is closed, what is due for a look is looked at, what is unanswered is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from shared.calendar import is_working_day
from shared.events import Submission
from shared.events.inspection import (
    CloseDay,
    MarkOverdue,
    MarkUnanswered,
    SettleAnswerDays,
    SettleDeadlines,
    SettlePatrolDays,
)


def day_over(day: date) -> Iterator[Submission]:
    """What is due when a day is over; deadlines are settled before anything is judged by them, also on days off.

    The last of them comes every day: who has its verdict knows that the others are decided.
    """
    yield SettleDeadlines(day=day + timedelta(days=1))
    yield SettleAnswerDays(day=day + timedelta(days=1))
    if is_working_day(day):
        yield CloseDay(day=day)
        yield MarkOverdue(day=day + timedelta(days=1))
        yield MarkUnanswered(day=day + timedelta(days=1))
    yield SettlePatrolDays(day=day + timedelta(days=1))
