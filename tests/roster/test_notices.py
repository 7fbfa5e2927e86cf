"""A year's notice of days off: what is taken, what is corrected, and what cannot be so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.roster.handlers import HANDLERS
from services.roster.notices.rules import wrong_in
from shared.calendar import due_after, forget, is_provisional, is_working_day, know
from shared.events.roster import DaysOff, PublishWorkingDays, WorkingDaysPublished
from shared.notices import Notice
from shared.pipeline.decisions import Accepted
from shared.roster.organisations import Organisation
from tests.asking import COUNTY, Desk, roster

NEW_YEAR = DaysOff(name="元旦", first=date(2027, 1, 1), last=date(2027, 1, 3))
HOLIDAYS = [
    NEW_YEAR,
    DaysOff(name="春节", first=date(2027, 2, 5), last=date(2027, 2, 11)),
    DaysOff(name="清明节", first=date(2027, 4, 3), last=date(2027, 4, 5)),
    DaysOff(name="劳动节", first=date(2027, 5, 1), last=date(2027, 5, 5)),
    DaysOff(name="端午节", first=date(2027, 6, 9), last=date(2027, 6, 9)),
    DaysOff(name="中秋节", first=date(2027, 9, 15), last=date(2027, 9, 15)),
    DaysOff(name="国庆节", first=date(2027, 10, 1), last=date(2027, 10, 7)),
]
NOTICE = PublishWorkingDays(year=2027, days_off=HOLIDAYS, working_days=[date(2027, 2, 14), date(2027, 2, 20)])
NOVEMBER, DECEMBER = "2026-11-27", "2026-12-10"


def changed(**changes: Any) -> PublishWorkingDays:
    return NOTICE.model_copy(update=changes)


def instead(*others: DaysOff) -> list[DaysOff]:
    """The year's holidays with other days for New Year."""
    return [*others, *HOLIDAYS[1:]]


def desk() -> Desk:
    return Desk(HANDLERS, roster(), *roster())


def kept(at: Desk) -> tuple[Notice, ...]:
    return next(one.notices for one in at.kept(Organisation) if one.id == COUNTY)


def test_a_notice_is_taken_and_told_with_its_days() -> None:
    at = desk()
    ((about, fact),) = at.agrees(NOTICE, at=NOVEMBER)
    assert (about, fact) == (COUNTY, WorkingDaysPublished(**NOTICE.model_dump(exclude={"basis"}), edition=1))
    (notice,) = kept(at)
    assert (notice.year, len(notice.off), notice.worked) == (2027, 27, (date(2027, 2, 14), date(2027, 2, 20)))


def test_the_same_again_is_accepted_and_changes_nothing() -> None:
    at = desk()
    at.agrees(NOTICE, at=NOVEMBER)
    assert at.answers(changed(basis="文号"), at=DECEMBER) == Accepted()


def test_a_corrected_notice_takes_the_place_of_the_first() -> None:
    at = desk()
    at.agrees(NOTICE, at=NOVEMBER)
    ((_, fact),) = at.agrees(changed(working_days=[date(2027, 2, 14)]), at=DECEMBER)
    assert isinstance(fact, WorkingDaysPublished)
    assert fact.edition == 2
    assert [one.worked for one in kept(at)] == [(date(2027, 2, 14),)]


def test_an_older_notice_that_comes_late_does_not_take_the_place_of_a_newer() -> None:
    at = desk()
    at.agrees(NOTICE, at=DECEMBER)
    assert at.refuses(changed(working_days=[]), at=NOVEMBER) == "working-days-newer"


def test_two_years_may_not_contradict_each_other_about_new_year() -> None:
    at = desk()
    at.agrees(NOTICE, at=NOVEMBER)
    next_year = PublishWorkingDays(
        year=2028,
        days_off=[
            DaysOff(name="元旦", first=date(2027, 12, 31), last=date(2028, 1, 2)),
            DaysOff(name="春节", first=date(2028, 1, 25), last=date(2028, 1, 31)),
            DaysOff(name="清明节", first=date(2028, 4, 4), last=date(2028, 4, 4)),
            DaysOff(name="劳动节", first=date(2028, 5, 1), last=date(2028, 5, 3)),
            DaysOff(name="端午节", first=date(2028, 5, 28), last=date(2028, 5, 28)),
            DaysOff(name="国庆节、中秋节", first=date(2028, 10, 1), last=date(2028, 10, 8)),
        ],
        working_days=[date(2027, 12, 26)],
    )
    at.agrees(next_year, at="2027-11-01")
    off = DaysOff(name="元旦", first=date(2027, 12, 26), last=date(2027, 12, 26))
    assert at.refuses(changed(days_off=[*HOLIDAYS, off]), at="2027-11-02") == "working-days-contradict"


@pytest.mark.parametrize(
    ("slug", "notice"),
    [
        ("days-off-backwards", changed(days_off=instead(NEW_YEAR.model_copy(update={"first": date(2027, 1, 4)})))),
        ("days-off-too-long", changed(days_off=instead(NEW_YEAR.model_copy(update={"last": date(2027, 2, 1)})))),
        ("day-named-twice", changed(days_off=[*HOLIDAYS, NEW_YEAR])),
        ("day-named-twice", changed(working_days=[date(2027, 1, 2)])),
        ("day-named-twice", changed(working_days=[date(2027, 2, 14), date(2027, 2, 14)])),
        ("day-outside-the-year", changed(working_days=[date(2028, 1, 1)])),
        ("day-outside-the-year", changed(working_days=[date(2026, 12, 20)])),
        ("worked-day-no-weekend", changed(working_days=[date(2027, 2, 15)])),
        ("statutory-day-missing", changed(days_off=HOLIDAYS[:-1])),
    ],
)
def test_what_cannot_be_so_is_refused_with_its_reason(slug: str, notice: PublishWorkingDays) -> None:
    assert slug in {no.slug for no in wrong_in(notice)}
    assert desk().refuses(notice, at=NOVEMBER) in {no.slug for no in wrong_in(notice)}


def test_the_last_week_of_the_year_before_may_be_named() -> None:
    assert not list(wrong_in(changed(working_days=[date(2026, 12, 26)])))


def test_a_notice_makes_its_year_known_and_counts_before_the_package() -> None:
    at = desk()
    at.agrees(NOTICE, at=NOVEMBER)
    assert due_after(date(2026, 12, 31), 1) == (date(2027, 1, 4), True)
    know(kept(at))
    assert not is_provisional(date(2027, 6, 1))
    assert due_after(date(2027, 2, 4), 2) == (date(2027, 2, 14), False)
    assert not is_working_day(date(2027, 5, 4))
    know([Notice(year=2026, off=(date(2026, 11, 30),), worked=())])
    assert not is_working_day(date(2026, 11, 30))
    forget()
    assert is_working_day(date(2026, 11, 30))
    assert is_provisional(date(2027, 6, 1))


def test_an_edition_that_is_heard_late_is_not_gone_by() -> None:
    first = Notice(year=2027, edition=1, off=(date(2027, 1, 4),))
    know([Notice(year=2027, edition=2, off=(date(2027, 1, 5),))])
    know([first])
    assert is_working_day(date(2027, 1, 4))
    assert not is_working_day(date(2027, 1, 5))
