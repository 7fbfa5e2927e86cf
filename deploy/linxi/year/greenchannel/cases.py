"""About two thousand ordinary cases under the limits of the service guide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from random import Random

from deploy.linxi.year.roster.guide import ITEMS, Item, limit_on
from deploy.linxi.year.submitting import Arrival, Asked, between, chance, message, moment, submitted
from shared.calendar import due_after
from shared.events.greenchannel import CompleteCase, OpenCase
from shared.uuid7 import uuid7

A_DAY = (6, 7, 8, 9, 10)
OVERRUN = 0.03
"""The share of cases that take longer than their limit."""
SHARES = [item.share for item in ITEMS]
FEES_ABOLISHED = date(2018, 7, 1)


def case_day(seed: int, day: date, last: date) -> Iterator[Arrival]:
    """The cases opened on a working day, and their completion on whichever day of the year."""
    luck = chance(seed, "cases", day)
    for item in luck.choices(ITEMS, SHARES, k=luck.choice(A_DAY)):
        at = between(day, "08:30", "16:30", luck)
        case = uuid7(at, luck)
        yield Arrival(at, message(case, Asked(at, item.responsible, item.responsible, OpenCase(process=item.process))))
        yield from _completed(item, case, at, last, luck)


def _completed(item: Item, case: str, opened: datetime, last: date, luck: Random) -> Iterator[Arrival]:
    """Completed within the limit of the day it was opened, seldom a few days after it."""
    limit = limit_on(item.process, opened.date())
    days = limit + luck.randint(1, 3) if luck.random() < OVERRUN else luck.randint(0, limit)
    day = due_after(opened.date(), days).day
    if day > last:
        return
    at = between(day, "16:31", "17:30", luck) if days == 0 else between(day, "08:30", "17:30", luck)
    data = CompleteCase(
        case=case,
        visits=1 if luck.random() < 0.8 else 2,
        fee=luck.choice((1000, 4000, 8000)) if at < moment(FEES_ABOLISHED, "00:00") and luck.random() < 0.1 else 0,
        posted=luck.random() < 0.6,
    )
    yield Arrival(at, submitted(Asked(at, item.responsible, item.responsible, data), luck))
