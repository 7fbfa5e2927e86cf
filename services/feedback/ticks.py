"""Feedback's own ticks: periods are closed when they are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services.feedback.reports.periods import ending_on
from shared.events import Submission
from shared.events.feedback import ClosePeriod


def periods_over(day: date) -> Iterator[Submission]:
    """What is due when a day is over: its month, quarter and year, shortest first."""
    for period in ending_on(day):
        yield ClosePeriod(period=period)
