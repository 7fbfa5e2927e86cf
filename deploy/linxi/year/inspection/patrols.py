"""The daily checks of 104 stations by themselves and of 34 windows by the hall, and what they found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from deploy.linxi.county import HALL, villages, windows
from deploy.linxi.year.inspection.rectifying import Found, rectifying
from deploy.linxi.year.submitting import Arrival, Asked, between, chance, message, moment
from shared.events.inspection import Finding, LogInspection
from shared.events.outgoing import Outgoing
from shared.events.vocabulary import PatrolKind, Severity
from shared.uuid7 import uuid7

LATE, REPEATED = 0.005, 0.01
"""Shares of inspections that arrive days after they happened, and that are sent a second time."""
PATROL_MS = 9 * 3600 * 1000
"""From 08:30 to 17:30, in milliseconds."""

ITEMS = {
    PatrolKind.STATION: (
        "公示栏信息未更新",
        "值班人员未按时到岗",
        "灭火器过期",
        "代办台账填写不全",
        "便民设备故障",
        "政务外网终端无法登录",
        "服务指南缺页",
        "站内卫生不达标",
    ),
    PatrolKind.WINDOW: (
        "工作人员未按时到岗",
        "未佩戴工作牌",
        "一次性告知单缺失",
        "办件台账填写不全",
        "高拍仪故障",
        "窗口公开栏未更新",
        "工作时间做与工作无关的事",
        "办件超时未说明",
    ),
}


@dataclass(frozen=True, slots=True)
class Patrolled:
    """A place that is looked at every working day, its usual score and its share of checks with findings."""

    submitter: str
    organisation: str
    kind: PatrolKind
    usual: int
    faults: float


@dataclass(slots=True)
class PatrolDay:
    """What follows from one day's patrols: arrivals on whichever day, and which of them are sent again."""

    arrivals: list[Arrival]
    repeats: list[Arrival]


def patrolled(seed: int) -> list[Patrolled]:
    """The 138 places; stations check themselves, the hall patrols the windows."""
    stations = ((one.code, one.code, PatrolKind.STATION) for one in villages())
    hall = ((HALL, one.code, PatrolKind.WINDOW) for one in windows())
    return [_place(seed, *place) for place in (*stations, *hall)]


def _place(seed: int, submitter: str, organisation: str, kind: PatrolKind) -> Patrolled:
    luck = chance(seed, "tendency", organisation)
    return Patrolled(submitter, organisation, kind, luck.randint(9250, 9850), luck.uniform(0.02, 0.06))


def patrol_day(seed: int, places: list[Patrolled], day: date, last: date) -> PatrolDay:
    """Every place is patrolled once; nothing arrives after the last day."""
    luck, morning = chance(seed, "patrols", day), moment(day, "08:30")
    done = PatrolDay([], [])
    for place in places:
        at = morning + timedelta(milliseconds=luck.randrange(PATROL_MS))
        _patrol(seed, place, at, luck, last, done)
    return done


def _patrol(seed: int, place: Patrolled, at: datetime, luck: Random, last: date, done: PatrolDay) -> None:
    findings = _findings(place, luck) if luck.random() < place.faults else []
    score = max(6000, min(10_000, round(luck.gauss(place.usual, 120)) - sum(_weight(one) for one in findings)))
    data = LogInspection(patrol=place.kind, score=score, findings=findings)
    event_id = uuid7(at, luck)
    sent = message(event_id, Asked(at, place.submitter, place.organisation, data))
    arrives = _late(at, last, luck) if luck.random() < LATE else at
    done.arrivals.append(Arrival(arrives, sent))
    for n, finding in enumerate(findings):
        done.arrivals += rectifying(seed, Found(place.organisation, f"{event_id}/{n}", finding, at, arrives), last)
    if luck.random() < REPEATED:
        done.repeats += _again(sent, arrives, last, luck)


def _findings(place: Patrolled, luck: Random) -> list[Finding]:
    items = luck.sample(ITEMS[place.kind], 2 if luck.random() < 0.2 else 1)
    return [Finding(item=item, severity=_severity(luck), rectify_within=luck.randint(1, 5)) for item in items]


def _severity(luck: Random) -> Severity:
    return Severity.MAJOR if luck.random() < 0.2 else Severity.MINOR


def _weight(finding: Finding) -> int:
    return 600 if finding.severity is Severity.MAJOR else 250


def _late(at: datetime, last: date, luck: Random) -> datetime:
    """One to six days later, when the day it happened on is closed; on time when the year would be over."""
    day = at.date() + timedelta(days=luck.randint(1, 6))
    return between(day, "08:00", "18:00", luck) if day <= last else at


def _again(sent: Outgoing, arrived: datetime, last: date, luck: Random) -> Iterator[Arrival]:
    """The same bytes under the same id, on the day they arrived or up to six days later."""
    day = arrived.date() + timedelta(days=luck.choice((0, 0, 0, 1, 2, 4, 6)))
    if day <= last:
        yield Arrival(moment(day, "18:30"), sent)
