"""Rules of notices: a year's days off as the State Council printed them, corrected by a later one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from shared.calendar import china_day
from shared.events import Event
from shared.events.roster import DaysOff, PublishWorkingDays, WorkingDaysPublished
from shared.holidays import statutory
from shared.notices import Notice, named
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import Organisation, county_of

LONGEST = 16
"""Days off in a row; the longest there were are 10 (2020's Spring Festival)."""
BEFORE = timedelta(days=7)
"""How far into the year before a notice may reach: 2019's made 29 December 2018 a working day."""


def publish_working_days(state: State, event: Event[PublishWorkingDays]) -> Verdict:
    """What is right is taken; a correction takes the place of what it corrects, the same again changes nothing."""
    if wrong := next(wrong_in(event.data), None):
        return wrong
    county = state.get(Organisation, county_of(event.organisation))
    if county is None:
        return Refused("unknown-organisation", organisation=county_of(event.organisation))
    before = next((one for one in county.notices if one.year == event.data.year), None)
    notice = _notice(event, before)
    if before and before.says_the_same(notice):
        return Accepted()
    others = tuple(one for one in county.notices if one.year != notice.year)
    if no := _older(event, before) or _contradicting(notice, others):
        return no
    kept = tuple(sorted((*others, notice), key=lambda one: one.year))
    fact = WorkingDaysPublished(**event.data.model_dump(exclude={"basis"}), edition=notice.edition)
    return Accepted((county.having(notices=kept),), (fact,))


def _notice(event: Event[PublishWorkingDays], before: Notice | None) -> Notice:
    return Notice(
        year=event.data.year,
        edition=before.edition + 1 if before else 1,
        published=event.time,
        off=tuple(sorted(day for off in event.data.days_off for day in days_of(off))),
        worked=tuple(sorted(event.data.working_days)),
    )


def _older(event: Event[PublishWorkingDays], before: Notice | None) -> Refused | None:
    """What was published later is not put back by what comes late."""
    if before is None or before.published is None or event.time >= before.published:
        return None
    return Refused("working-days-newer", year=before.year, day=china_day(before.published))


def _contradicting(notice: Notice, others: tuple[Notice, ...]) -> Refused | None:
    """Two years' notices may both name days around New Year; then they say the same of them."""
    own = named([notice])
    for other in others:
        if days := [day for day, worked in named([other]).items() if own.get(day, worked) is not worked]:
            return Refused("working-days-contradict", year=notice.year, day=min(days), other=other.year)
    return None


def wrong_in(asked: PublishWorkingDays) -> Iterator[Refused]:
    """Everything that cannot be so in a notice, each with its reason."""
    yield from (no for off in asked.days_off for no in _wrong_term(off))
    seen = set[date]()
    for day in _named_days(asked):
        if day in seen:
            yield Refused("day-named-twice", day=day)
        seen.add(day)
    yield from (
        Refused("day-outside-the-year", day=day, year=asked.year) for day in sorted(seen) if not _fits(day, asked)
    )
    yield from (Refused("worked-day-no-weekend", day=day) for day in asked.working_days if day.weekday() < 5)
    missing = statutory(asked.year) - {day for off in asked.days_off for day in days_of(off)}
    yield from (Refused("statutory-day-missing", day=day) for day in sorted(missing))


def _named_days(asked: PublishWorkingDays) -> list[date]:
    return [*(day for off in asked.days_off for day in days_of(off)), *asked.working_days]


def _wrong_term(off: DaysOff) -> Iterator[Refused]:
    if off.last < off.first:
        yield Refused("days-off-backwards", name=off.name, day=off.first, last=off.last)
    elif (off.last - off.first).days >= LONGEST:
        yield Refused("days-off-too-long", name=off.name, most=LONGEST)


def _fits(day: date, asked: PublishWorkingDays) -> bool:
    return date(asked.year, 1, 1) - BEFORE <= day <= date(asked.year, 12, 31)


def days_of(off: DaysOff) -> list[date]:
    """Every day of a holiday; none when it ends before it begins, and no more than can be."""
    count = min((off.last - off.first).days + 1, LONGEST)
    return [off.first + timedelta(days=n) for n in range(count)]
