"""The roster's own tick: the duty rotates on the first day of a turn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from shared.events import Submission
from shared.events.roster import RotateDuty


def first_of_month(day: date) -> Iterator[Submission]:
    """Turns begin with a month; where none is to hold the duty, the tick is refused and that is that."""
    following = day + timedelta(days=1)
    if following.day == 1:
        yield RotateDuty(due=following)
