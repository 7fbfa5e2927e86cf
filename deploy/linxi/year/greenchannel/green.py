"""The two green channels of 2018, in exactly the source's numbers of cases (次) and person-times (人次)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from deploy.linxi.county import department, villages
from deploy.linxi.year.submitting import Asked, between, chance
from shared.calendar import is_working_day
from shared.events.greenchannel import RecordGreenService
from shared.events.vocabulary import ClientGroup, ServiceMode

ENTERPRISE = {
    ServiceMode.APPOINTMENT: 36,
    ServiceMode.AFTER_HOURS: 13,
    ServiceMode.ON_SITE: 19,
    ServiceMode.AGENCY: 11,
}
"""Cases: each service is one."""
VULNERABLE = {ServiceMode.ON_SITE: 112, ServiceMode.APPOINTMENT: 225, ServiceMode.AFTER_HOURS: 397}
"""Person-times: one service may be for up to three people."""

FOR_ENTERPRISES = tuple(department(n) for n in (2, 3, 4, 8, 16, 20, 25))
FOR_VULNERABLE = tuple(department(n) for n in (15, 9, 7))
HOURS = {
    ServiceMode.APPOINTMENT: ("08:30", "17:30"),
    ServiceMode.AFTER_HOURS: ("17:31", "20:30"),
    ServiceMode.ON_SITE: ("08:30", "17:30"),
    ServiceMode.AGENCY: ("08:30", "17:30"),
}


def green_services(seed: int) -> Iterator[Asked]:
    """Every green-channel service of the year."""
    luck = chance(seed, "green")
    for mode, cases in ENTERPRISE.items():
        for _ in range(cases):
            yield _service(ClientGroup.ENTERPRISE, mode, 1, luck)
    for mode, person_times in VULNERABLE.items():
        for persons in _parties(person_times, luck):
            yield _service(ClientGroup.VULNERABLE, mode, persons, luck)


def _parties(person_times: int, luck: Random) -> Iterator[int]:
    """Parties of one to three that add up exactly."""
    left = person_times
    while left:
        party = min(left, luck.choice((1, 1, 1, 2, 2, 3)))
        left -= party
        yield party


def _service(client: ClientGroup, mode: ServiceMode, persons: int, luck: Random) -> Asked:
    """Enterprises are seen by appointment on days off (节假日预约), everything else happens on working days."""
    on_day_off = client is ClientGroup.ENTERPRISE and mode is ServiceMode.APPOINTMENT
    day = luck.choice(DAYS_OFF if on_day_off else WORKING_DAYS)
    giver = _giver(client, mode, luck)
    data = RecordGreenService(client=client, mode=mode, persons=persons)
    return Asked(between(day, *HOURS[mode], luck), giver, giver, data)


def _giver(client: ClientGroup, mode: ServiceMode, luck: Random) -> str:
    if client is ClientGroup.ENTERPRISE:
        return luck.choice(FOR_ENTERPRISES)
    if mode is ServiceMode.ON_SITE and luck.random() < 0.6:
        return luck.choice(villages()).code
    return luck.choice(FOR_VULNERABLE)


YEAR = tuple(date(2018, 1, 1) + timedelta(days=n) for n in range(365))
WORKING_DAYS = tuple(day for day in YEAR if is_working_day(day))
DAYS_OFF = tuple(day for day in YEAR if not is_working_day(day))
