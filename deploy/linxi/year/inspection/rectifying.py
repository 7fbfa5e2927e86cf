"""How findings were put right in 2018: taken on, submitted, judged by a township or the hall within two days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random

from deploy.linxi.county import COUNTY, HALL, villages
from deploy.linxi.year.submitting import Arrival, Asked, between, chance, submitted
from shared.calendar import due_after, is_working_day
from shared.events import Submission
from shared.events.inspection import (
    AcceptRectification,
    ExtendRectification,
    Finding,
    ReopenRectification,
    SendBackRectification,
    SubmitRectification,
    VerifyRectification,
)

NEVER, TOO_LATE = 0.05, 0.15
"""Below the first a finding is never put right, below the second after its deadline."""
ACCEPTED, EXTENDED = 0.6, 0.03
"""Shares of findings that are taken on before anything else, and that are given more time."""
SENT_BACK, REOPENED = 0.08, 0.02
"""Shares of submitted work that is sent back, and of verified work that did not last."""
ROUNDS = 3
"""So often work is done again at most."""
NOON = 12
NOT_DONE = ("现场查看仍未整改到位，请重新整改", "佐证材料不足，请补充后重新报送", "部分整改，请一并落实后重新报送")
RETURNED = ("复查发现问题反弹，请重新整改", "群众反映该问题再次出现，请重新整改")
DELAYED = ("配件采购尚未到货，同意延期", "须待部门联合调试，同意延期")


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, when it was made, and when the county knew of it."""

    organisation: str
    rectification: str
    finding: Finding
    at: datetime
    known: datetime


def rectifying(seed: int, found: Found, last: date) -> Iterator[Arrival]:
    """Everything said of one finding, in order; nothing falls after the year."""
    luck = chance(seed, "rectifying", found.rectification)
    for asked in _course(found, luck):
        if asked.at.date() > last:
            return
        yield Arrival(asked.at, submitted(asked, luck))


def _course(found: Found, luck: Random) -> Iterator[Asked]:
    """Taken on, perhaps given more time, then rounds of work until it lasts; or never."""
    at, within, fate = found.known, found.finding.rectify_within, luck.random()
    if luck.random() < ACCEPTED:
        at = _soon(at, luck)
        yield _own(found, at, AcceptRectification(rectification=found.rectification))
    if fate < NEVER:
        return
    if luck.random() < EXTENDED and at.date() < due_after(found.at.date(), within).day:
        at, more = _soon(at, luck), luck.randint(1, 3)
        within += more
        yield _above(found, at, _extension(found, more, luck))
    days = within + luck.randint(1, 5) if fate < TOO_LATE else luck.randint(1, within)
    day = max(due_after(found.at.date(), days).day, due_after(found.known.date(), 1).day)
    yield from _rounds(found, _on(day, at, luck), luck)


def _rounds(found: Found, at: datetime, luck: Random) -> Iterator[Asked]:
    """Submitted and judged; what is sent back or did not last is submitted again."""
    for n in range(ROUNDS):
        yield _own(found, at, _work(found, n))
        at = _judged(at, luck)
        if n + 1 < ROUNDS and luck.random() < SENT_BACK:
            yield _above(found, at, _sent_back(found, luck))
        else:
            yield _above(found, at, VerifyRectification(rectification=found.rectification, note="现场核验，整改到位"))
            if n + 1 == ROUNDS or luck.random() >= REOPENED:
                return
            at = _some_weeks_later(at, luck)
            yield _above(
                found, at, ReopenRectification(rectification=found.rectification, reason=luck.choice(RETURNED))
            )
        at = _on(due_after(at.date(), luck.randint(1, found.finding.rectify_within)).day, at, luck)


def _work(found: Found, n: int) -> SubmitRectification:
    done = "已整改" if n == 0 else "已重新整改"
    return SubmitRectification(rectification=found.rectification, note=f"{found.finding.item}：{done}")


def _sent_back(found: Found, luck: Random) -> SendBackRectification:
    return SendBackRectification(rectification=found.rectification, reason=luck.choice(NOT_DONE))


def _extension(found: Found, days: int, luck: Random) -> ExtendRectification:
    return ExtendRectification(rectification=found.rectification, working_days=days, reason=luck.choice(DELAYED))


def _own(found: Found, at: datetime, data: Submission) -> Asked:
    return Asked(at, found.organisation, found.organisation, data)


def _above(found: Found, at: datetime, data: Submission) -> Asked:
    return Asked(at, verifier(found.organisation), found.organisation, data)


@lru_cache
def verifier(organisation: str) -> str:
    """A station's township; the hall for windows, and the committee for the hall's own."""
    townships = {one.code: one.township for one in villages()}
    return townships.get(organisation, COUNTY if organisation == HALL else HALL)


def _soon(at: datetime, luck: Random) -> datetime:
    """Within the hour, or the next working morning."""
    soon = at + timedelta(minutes=luck.randint(5, 60))
    if luck.random() < 0.5 and is_working_day(soon.date()) and soon.hour < 18:
        return soon
    return between(due_after(at.date(), 1).day, "08:30", "10:00", luck)


def _judged(at: datetime, luck: Random) -> datetime:
    """The same afternoon, or one or two working days later."""
    days = luck.randint(0, 2)
    if days == 0:
        return at + timedelta(minutes=luck.randint(30, 180))
    return between(due_after(at.date(), days).day, "08:30", "17:30", luck)


def _on(day: date, after: datetime, luck: Random) -> datetime:
    """Some time of a day, after what was said that morning; the next working day when it is too late for that."""
    if day == after.date() and after.hour < NOON:
        return between(day, "14:00", "17:30", luck)
    day = day if day > after.date() else due_after(after.date(), 1).day
    return between(day, "08:30", "17:30", luck)


def _some_weeks_later(at: datetime, luck: Random) -> datetime:
    """While verified work may still be reopened."""
    day = due_after(at.date() + timedelta(days=luck.randint(3, 20)), 1).day
    return between(day, "08:30", "17:30", luck)
