"""The roster's own ticks: the duty rotates on the first day of a turn, what is overdue of appraisals is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from shared.calendar import is_working_day
from shared.events import Submission
from shared.events.roster import MarkAppraisalsOverdue, RotateDuty


def day_over(day: date) -> Iterator[Submission]:
    """Turns begin with a month; where none is to hold the duty, the tick is refused and that is that."""
    following = day + timedelta(days=1)
    if following.day == 1:
        yield RotateDuty(due=following)
    if is_working_day(day):
        yield MarkAppraisalsOverdue(day=following)
