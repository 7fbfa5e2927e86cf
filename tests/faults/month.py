"""A small month of a small county, with everything in it that ever went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from shared.events.vocabulary import OrganisationKind
from tests.submitters import (
    Said,
    Submitter,
    closes_day,
    closes_period,
    committee,
    founding,
    hall,
    marks_overdue,
    moment,
    office,
    station,
    stations,
    township,
)

MONDAY, TUESDAY, LATER = moment("2018-03-05"), moment("2018-03-06"), moment("2018-03-20")
NEWCOMER = Submitter("150424100206")
STRANGER = Submitter("150424100299")


def month(variant: int) -> list[Sequence[Said]]:
    """Phases, each decided before the next is sent; a variant is an order in which the submissions of one arrive."""
    luck = Random(variant)
    work = [*_patrols(), *_cases(), *_mistakes(), *_changes()]
    luck.shuffle(work)
    after = [*_afterwards()]
    luck.shuffle(after)
    return [list(founding()), work, _clock(), after, _slips(), [closes_period("2018-03", "2018-04-01")]]


def _patrols() -> list[Said]:
    """Three of four stations are patrolled on Monday, one of them twice; findings, some put right at once."""
    logs = [one.logs(MONDAY, findings=2, within=n) for n, one in enumerate(stations[:3])]
    done = [one.rectifies(log, at=TUESDAY) for one, log in zip(stations, logs, strict=False)]
    return [
        *logs,
        *done,
        *(township.verifies(log, at=TUESDAY) for log in logs),
        logs[0].repeated(),
        done[1].repeated(),
        station.logs(MONDAY, n=1),
        hall.logs(about=office.code),
    ]


def _cases() -> list[Said]:
    """Six cases, four of them completed, one of those twice; services in the green channel."""
    opened = [office.opens(at=MONDAY, n=n) for n in range(6)]
    done = [office.completes(case, TUESDAY, visits=n, fee=100 * n) for n, case in enumerate(opened[:4])]
    served = [one.serves(persons=n + 1) for n, one in enumerate(stations)]
    return [
        *opened,
        *done,
        done[0].repeated(),
        office.completes(opened[0], TUESDAY, n=1),
        *served,
        served[0].repeated(),
    ]


def _mistakes() -> list[Said]:
    """An id used again, something unreadable, and strangers."""
    log, served = stations[3].serves(7, n=5), stations[3].serves(8, n=6)
    return [
        log,
        log.saying(b'{"client":"vulnerable","mode":"agency","persons":9}'),
        served.saying(b"{"),
        STRANGER.logs(),
        station.serves(n=3).heading(subject=office.code),
        office.opens("unheard-of"),
    ]


def _changes() -> list[Said]:
    """The roster grows, and the guide changes."""
    return [
        committee.registers(NEWCOMER.code, OrganisationKind.VILLAGE, township.code),
        committee.publishes("permit", days=3),
        hall.moves_in(),
    ]


def _clock() -> list[Said]:
    return [closes_day("2018-03-05", "2018-03-06"), marks_overdue("2018-03-09")]


def _afterwards() -> list[Said]:
    """A missed patrol is made up, what was overdue is put right, the newcomer is known, the clock repeats itself."""
    first = [one.logs(MONDAY, findings=2, within=n) for n, one in enumerate(stations[:3])]
    late = [one.rectifies(log, finding=1, at=LATER) for one, log in zip(stations, first, strict=False)]
    case = office.opens("permit", TUESDAY)
    clock = [closes_day("2018-03-05", "2018-03-06").repeated(), marks_overdue("2018-03-09").repeated()]
    seen = [township.verifies(log, finding=1, at=LATER) for log in first]
    return [
        stations[3].logs(MONDAY),
        *late,
        *seen,
        NEWCOMER.logs(TUESDAY, findings=1),
        case,
        *clock,
        first[0].repeated(2),
    ]


def _slips() -> list[Said]:
    """What was entered wrongly is put right, in the same breath or later, corrected again, taken back, and repeated."""
    wrong, case = station.serves(20, MONDAY, n=7), office.opens(at=MONDAY, n=7)
    right = committee.instead_of(wrong, committee.says_for(station.serves(5, MONDAY, n=7)), "人次有误")
    done = office.completes(case, TUESDAY, visits=9)
    refused = committee.instead_of(done, committee.says_for(office.completes(case, MONDAY)))
    better = committee.instead_of(refused, committee.says_for(office.completes(case, TUESDAY, visits=1)), "次数有误")
    earlier = stations[1].serves(2)
    look, window = station.logs(MONDAY, n=1), hall.logs(about=office.code)
    return [
        committee.instead_of(look, committee.says_for(station.logs(MONDAY, score=8000, n=2)), "得分有误"),
        committee.takes_back(window),
        committee.takes_back(window).repeated(3),
        hall.logs(about=office.code, score=7000, n=3),
        wrong,
        right,
        wrong.repeated(3),
        right.repeated(3),
        committee.instead_of(right, committee.says_for(station.serves(6, MONDAY, n=7)), "人次仍有误"),
        case,
        done,
        refused,
        better,
        better.repeated(3),
        township.takes_back(earlier),
        township.takes_back(earlier, n=1),
        earlier.repeated(3),
    ]
