"""What the pages of the county and of a unit read: own sums, and from inspection who was patrolled."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from services.feedback.county.glance import glance
from services.feedback.county.glanced import Glance, Glanced, Read
from services.feedback.county.place import is_place
from services.feedback.county.sums import by_month, by_place, by_unit, held_over, months_to, with_untold
from services.feedback.operations.rechecked import Rechecked
from shared.asks.bus import asked
from shared.asks.patrolled import PATROLLED, Patrolled, PatrolledAsked
from shared.calendar import is_working_day
from shared.countys_own import in_own_words
from shared.dates import WEEKDAYS, day_text
from shared.events.vocabulary import OrganisationKind
from shared.identity.reading import REPORTS
from shared.pages.words import Choice, names_on
from shared.web.visit import Visit

PATROLS = "/inspection/patrols"


class AsOf(NamedTuple):
    """A day, or the week up to it, of which a page speaks."""

    day: date
    is_week: bool
    today: date

    @property
    def covers(self) -> tuple[date, ...]:
        """Its working days."""
        first = self.day - timedelta(days=self.day.weekday()) if self.is_week else self.day
        days = (first + timedelta(days=n) for n in range((self.day - first).days + 1))
        return tuple(day for day in days if is_working_day(day))

    @property
    def spoken(self) -> str:
        """今日, 当日, 本周, 该周."""
        if self.is_week:
            return "本周" if self.day == self.today else "该周"
        return "今日" if self.day == self.today else "当日"

    @property
    def stock(self) -> str:
        """What stocks are as of, which are kept by month: 目前, 月末; today nothing need be said."""
        if self.day == self.today:
            return ""
        return "目前" if (self.day.year, self.day.month) == (self.today.year, self.today.month) else "月末"

    @property
    def title(self) -> str:
        """2018年11月30日 星期五, or the week's days."""
        if self.is_week:
            return f"{day_text(self.day - timedelta(days=self.day.weekday()))}至{day_text(self.day)}"
        return f"{day_text(self.day)} 星期{WEEKDAYS[self.day.weekday()]}"


def as_of(today: date, day: date | None, week: date | None, period_ends: date | None = None) -> AsOf:
    """Today unless said; a week is that in which its day lies, up to today; a period is as of its last working day."""
    if week is not None:
        ends = min(week + timedelta(days=6 - week.weekday()), today)
        return AsOf(ends, True, today)
    shown = min(day or period_ends or today, today)
    return AsOf(shown if day or not period_ends else last_working_day(shown), False, today)


def last_working_day(day: date) -> date:
    """That day, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def choices(page: str, at: AsOf) -> tuple[Choice, ...]:
    """The day before, today, this week, this month, this year."""
    before = last_working_day(at.day - timedelta(days=1))
    month, year = f"{at.today:%Y-%m}", str(at.today.year)
    return (
        Choice("上一工作日", f"{page}?day={before}", False),
        Choice("今天", page, at.day == at.today and not at.is_week),
        Choice("本周", f"{page}?week={at.today}", at.is_week and at.day == at.today),
        Choice("本月", f"{page}?period={month}", False),
        Choice("本年", f"{page}?period={year}", False),
    )


async def county_glance(here: Visit, at: AsOf, reports: Rechecked) -> Glance:
    """All of the county, by township."""
    county = here.parts.settings.county
    of = Glanced(
        county, in_own_words("全县"), True, at.day, at.spoken, at.stock, at.covers, f"{PATROLS}?day={at.day}", None,
        f"/feedback/organisations?period={at.day:%Y-%m}",
    )  # fmt: skip
    read, changed = await asyncio.gather(_read(here, of), reports.count())
    return glance(of, replace(read, changed_reports=changed))


async def unit_glance(here: Visit, code: str, at: AsOf) -> Glance | None:
    """A township by station, the hall by window, a department by itself; of a single place its year is shown."""
    if is_place(here, code, at.day):
        return None
    standing = here.roster.known(code, at.day)
    is_township = standing is not None and standing.kind is OrganisationKind.TOWNSHIP
    found_by = ("township" if is_township else "organisation", code)
    page = f"/feedback/organisations/{code}?period={at.day:%Y-%m}"
    name = here.roster.called(code, at.day)
    patrols = f"{PATROLS}?day={at.day}"
    of = Glanced(code, name, False, at.day, at.spoken, at.stock, at.covers, patrols, found_by, page)
    return glance(of, await _read(here, of))


async def _read(here: Visit, of: Glanced) -> Read:
    db, county, months = here.parts.db, here.parts.settings.county, months_to(of.day)
    below = "" if of.is_county else of.code
    units = by_unit(db, county, months[-1]) if of.is_county else by_place(db, county, months[-1], of.code)
    own, whole, by, held, patrolled = await asyncio.gather(
        by_month(db, county, months, below),
        by_month(db, county, months if below else ()),
        units,
        held_over(db, county, here.roster, months, of.day, of.code),
        asked(here.parts, PATROLLED, PatrolledAsked(of=of.code, last=of.day, today=here.today)),
    )
    held = with_untold(held, patrolled.untold if patrolled else {}, months, of.code)
    names = names_on(here.roster, of.day)
    return Read(months, own, whole, by, held, patrolled, names, _pages(here, patrolled, of))


def _pages(here: Visit, patrolled: Patrolled | None, of: Glanced) -> dict[str, str]:
    may, codes = partial(here.reading.may, REPORTS), _codes(patrolled)
    asked_for = f"?day={of.day}" if of.day != here.today else ""
    return {code: f"/feedback/organisations/{code}{asked_for}" for code in codes if code and may(code)}


def _codes(patrolled: Patrolled | None) -> Sequence[str]:
    return [one.code for one in patrolled.places] if patrolled else []
