"""The weekly patrol of the 104 stations by their townships, illustrative: the county's account does not tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from deploy.linxi.county import Village, villages
from deploy.linxi.year.inspection.plans import BY_TOWNSHIPS, THURSDAY, checked, weeks
from deploy.linxi.year.submitting import Asked, between, chance
from shared.events.vocabulary import PatrolKind

LEFT_OUT, LATE = 0.01, 0.02
"""Shares of patrols that are never made, and that are made after the day on which they are due."""


def township_patrols(seed: int) -> Iterator[Asked]:
    """A township goes to each of its villages once a week, mostly before the plan's day is over."""
    luck = chance(seed, "township patrols")
    in_order = {one.code: chance(seed, "station in order", one.code).uniform(0.82, 0.97) for one in villages()}
    for working in weeks():
        for village in villages():
            if luck.random() >= LEFT_OUT:
                yield _patrol(village, _day(working, luck), in_order[village.code], luck)


def _day(working: list[date], luck: Random) -> date:
    """Up to the day on which it is due, which is the week's last working day where that is earlier."""
    in_time = [day for day in working if day.isoweekday() <= THURSDAY] or working
    after = [day for day in working if day not in in_time]
    return luck.choice(after if after and luck.random() < LATE else in_time)


def _patrol(village: Village, day: date, in_order: float, luck: Random) -> Asked:
    seen = checked(PatrolKind.STATION, BY_TOWNSHIPS, "station-daily", luck, in_order)
    return Asked(between(day, "08:45", "16:30", luck), village.township, village.code, seen)
