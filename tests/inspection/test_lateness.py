"""One rule says what is overdue: by the deadline on the day, whatever the clock has marked so far."""

from __future__ import annotations

from datetime import date

import pytest

from services.feedback.county.sums import OVERDUE, HeldOver, with_untold
from services.inspection.rectifications.ages import OpenOnes, ages_of, untold_of
from services.inspection.rectifications.lateness import is_overdue
from services.inspection.rectifications.model import Stage
from shared.roster.organisations import Roster
from tests.submitters import station

DAY, COUNTY = date(2018, 12, 31), station.code[:6]


@pytest.mark.parametrize(
    ("stage", "deadline", "is_late"),
    [
        (Stage.OPENED, date(2018, 12, 30), True),
        (Stage.ACCEPTED, date(2018, 12, 31), False),
        (Stage.SENT_BACK, date(2018, 12, 1), True),
        (Stage.SUBMITTED, date(2018, 12, 1), False),
        (Stage.CLOSED, date(2018, 12, 1), False),
    ],
)
def test_it_is_overdue_from_the_day_after_while_somebody_is_to_put_it_right(
    stage: Stage, deadline: date, is_late: bool
) -> None:
    assert is_overdue(stage, deadline, DAY) is is_late


def some(deadline: date, is_marked: bool, number: int = 1, stage: Stage = Stage.OPENED) -> OpenOnes:
    return OpenOnes(station.code, stage, deadline, is_marked, number)


FOUND = [
    some(date(2018, 10, 31), True, 4),
    some(date(2018, 11, 30), False, 2),
    some(date(2018, 12, 29), False, 3),
    some(date(2019, 1, 4), True),
    some(date(2019, 1, 4), False),
    some(date(2018, 12, 1), False, stage=Stage.SUBMITTED),
]


def test_the_ages_and_the_stock_with_what_nobody_marked_are_one_figure() -> None:
    ages = ages_of(FOUND, DAY)
    counted = HeldOver({COUNTY: {OVERDUE: 5}, station.code: {OVERDUE: 5}}, [5, 5, 5])
    untold = untold_of(FOUND, Roster(), COUNTY, DAY)
    held = with_untold(counted, untold, ["2018-10", "2018-11", "2018-12"], COUNTY)
    assert ages.week + ages.month + ages.longer == 9
    assert [held.by[code][OVERDUE] for code in (COUNTY, station.code)] == [9, 9]
    assert held.overdue == [5, 5, 9], "two began with December and three on its 30th, and one was marked too early"
