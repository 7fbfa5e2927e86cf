"""What is submitted: each of the 104 stations patrols itself once a day, and 4 % of the patrols find something.

The parts of a run follow one another in time, so that none of them submits for days another has filled, and ids differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from random import Random

from deploy.linxi.county import START, villages
from deploy.linxi.year.inspection.patrols import ITEMS
from deploy.linxi.year.submitting import Asked, between, chance, submitted
from shared.events.inspection import Finding, LogInspection
from shared.events.outgoing import Outgoing
from shared.events.vocabulary import PatrolKind, Severity

SHARE_WITH_FINDING = 0.04
UNTIL = date(2025, 1, 1)
"""Nobody patrols from then on: what lies there are copies."""

Expected = dict[str, Counter[str]]
"""By month: how many inspections and findings the monthly documents add up to when all is counted."""


def days_of(count: int) -> int:
    """Days that so many patrols take."""
    return -(-count // len(villages()))


def patrols(first: date, count: int) -> Iterator[Asked]:
    """Day after day from the first one on, every station once a day."""
    stations = [one.code for one in villages()]
    luck = chance(2018, "bench", first)
    for n in range(count):
        day, station = first + timedelta(days=n // len(stations)), stations[n % len(stations)]
        yield Asked(between(day, "08:30", "17:30", luck), station, station, _patrol(luck))


def _patrol(luck: Random) -> LogInspection:
    if luck.random() >= SHARE_WITH_FINDING:
        return LogInspection(patrol=PatrolKind.STATION, score=luck.randint(9250, 9850))
    found = Finding(
        item=luck.choice(ITEMS[PatrolKind.STATION]), severity=Severity.MINOR, rectify_within=luck.randint(1, 5)
    )
    return LogInspection(patrol=PatrolKind.STATION, score=luck.randint(8500, 9500), findings=[found])


def messages(first: date, count: int) -> list[Outgoing]:
    """The patrols as stations send them; the same for the same first day."""
    return list(map(partial(submitted, luck=chance(2018, "ids", first)), patrols(first, count)))


def expected(first: date, count: int) -> Expected:
    """What these patrols add up to."""
    sums: Expected = {}
    for asked in patrols(first, count):
        assert isinstance(asked.data, LogInspection)
        month = sums.setdefault(asked.at.date().isoformat()[:7], Counter())
        month["inspections"] += 1
        month["findings"] += len(asked.data.findings)
    return sums


class Days:
    """Hands out days that nobody has patrolled yet."""

    def __init__(self) -> None:
        self._next = START

    def for_patrols(self, count: int) -> date:
        """The first day of so many patrols; the month after them is left, so that no two parts share one."""
        first = self._next
        after = first + timedelta(days=days_of(count) + 31)
        self._next = after.replace(day=1)
        assert self._next <= UNTIL, "more patrols than there are days"
        return first


__all__ = ["Days", "Expected", "days_of", "expected", "messages", "patrols"]
