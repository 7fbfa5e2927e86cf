"""The green channel's own tick: every day the due days of cases are looked at under the calendar known by then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from shared.events import Submission
from shared.events.greenchannel import SettleDueDays


def day_over(day: date) -> Iterator[Submission]:
    """What is due when a day is over, worked or not."""
    yield SettleDueDays(day=day + timedelta(days=1))
