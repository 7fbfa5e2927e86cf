"""按期整改率: whatever fell due is in it, also what is never put right, and what was sent back has no longer for it."""

from __future__ import annotations

from datetime import date

import pytest

from services.inspection.rectifications.model import FellDue, Rectification
from tests.asking import STATION
from tests.inspection.rectifying import FINDING, Case, kinds, patrol, verified

D = date(2018, 3, 8)
"""The due day of a case: three working days after a Monday."""
LATER = "2018-04-30"


def rate(case: Case) -> dict[date, tuple[int, int]]:
    """How many of those that fell due were in time, by the day on which they did."""
    days = {day for name, _, day in case.sums if name.startswith("rectified-on-time")}
    return {day: (_on(case, day, "n"), _on(case, day, "d")) for day in days}


def _on(case: Case, day: date, part: str) -> int:
    return case.sums[f"rectified-on-time.{part}", STATION, day]


def after(case: Case, *days: str) -> Case:
    """The clock looked on each of these days."""
    for day in days:
        case.looks(day)
    return case


def never_touched() -> Case:
    return Case()


def in_time_but_verified_weeks_later() -> Case:
    case = Case()
    case.submits("2018-03-08T23:59")
    case.looks("2018-03-09")
    case.verifies("2018-03-29")
    return case


def sent_back_and_done_again_before_the_due_day() -> Case:
    case = Case()
    case.submits("2018-03-06")
    case.sends_back("2018-03-07")
    case.submits("2018-03-08")
    case.verifies("2018-03-12")
    return case


def sent_back_and_done_again_by_its_new_deadline() -> Case:
    case = Case()
    case.submits("2018-03-08")
    case.looks("2018-03-09")
    case.sends_back("2018-03-12")
    case.submits("2018-03-13")
    case.verifies("2018-03-13")
    return case


def reopened_after_the_due_day() -> Case:
    case = after(verified(), "2018-03-09")
    case.reopens("2018-03-20")
    case.submits("2018-03-21")
    case.verifies("2018-03-22")
    return case


def waiting_for_its_verifier() -> Case:
    case = Case()
    case.submits("2018-03-07")
    return case


def late() -> Case:
    case = after(Case(), "2018-03-09")
    case.submits("2018-03-09")
    case.verifies("2018-03-09")
    return case


def learnt_late() -> Case:
    case = after(Case(), "2018-03-09", "2018-03-14")
    case.submits("2018-03-08")
    return case


@pytest.mark.parametrize(
    ("life", "in_time"),
    [
        (never_touched, 0),
        (in_time_but_verified_weeks_later, 1),
        (sent_back_and_done_again_before_the_due_day, 1),
        (sent_back_and_done_again_by_its_new_deadline, 0),
        (reopened_after_the_due_day, 0),
        (waiting_for_its_verifier, 1),
        (late, 0),
        (learnt_late, 1),
    ],
)
def test_each_finding_is_once_in_the_rate_of_the_day_on_which_it_fell_due(life: object, in_time: int) -> None:
    assert callable(life)
    assert rate(after(life(), LATER)) == {D: (in_time, 1)}


def test_what_is_not_due_yet_is_in_no_rate() -> None:
    assert rate(after(verified(), "2018-03-08")) == {}


@pytest.mark.parametrize("looks", [(), ("2018-03-09", "2018-03-12")])
def test_an_extension_given_in_time_moves_the_due_day_also_when_it_is_learnt_late(looks: tuple[str, ...]) -> None:
    case = after(Case(), *looks)
    case.extends("2018-03-08", days=20)
    case.submits("2018-04-03")
    assert rate(after(case, LATER)) == {date(2018, 4, 8): (1, 1)}


def test_an_extension_given_too_late_gives_a_new_deadline_to_work_to_and_nothing_else() -> None:
    case = after(Case(), "2018-03-09")
    case.extends("2018-03-09", days=20)
    case.submits("2018-03-12")
    case.verifies("2018-03-12")
    assert rate(after(case, LATER)) == {D: (0, 1)}
    assert case.sum("rectified-late") == 1


def test_an_extension_that_was_too_late_counts_when_another_given_before_it_is_learnt() -> None:
    """Given on the 9th and the 8th, learnt in the other order: the one of the 8th keeps the day of the 9th open."""
    case = after(Case(), "2018-03-09")
    case.extends("2018-03-09", days=2)
    assert case.it.due == D
    case.extends("2018-03-08", days=1)
    assert case.it.due == date(2018, 3, 13)
    assert rate(after(case, LATER)) == {date(2018, 3, 13): (0, 1)}


def test_what_was_closed_before_its_long_extension_is_over_is_told_when_it_is() -> None:
    case = Case()
    case.extends("2018-03-06", days=60)
    case.submits("2018-03-07")
    case.verifies("2018-03-08")
    due = case.it.due
    case.days("2018-03-09", "2018-06-30")
    assert (rate(case), case.it.look) == ({due: (1, 1)}, None)


def test_work_learnt_late_was_overdue_from_the_day_after_its_deadline_though_no_clock_had_looked() -> None:
    case = Case()
    assert kinds(case.submits("2018-03-12")) == ["rectification-overdue", "rectification-submitted"]
    assert case.sums["rectifications-overdue", STATION, date(2018, 3, 9)] == 1
    assert [case.sum("rectifications-open-overdue", until=date(2018, 3, day)) for day in (8, 9, 11, 12)] == [0, 1, 1, 0]


def test_a_finding_kept_before_there_was_a_due_day_has_its_deadline_for_one() -> None:
    kept = Case().it.to_store()
    for name in ("due", "too_late", "fell_due", "in_time", "records"):
        del kept[name]
    assert Rectification.stored(kept).due == D


def test_more_than_one_finding_is_told_of_one_by_one() -> None:
    case = Case()
    case.says(patrol(FINDING), "2018-03-05T10:00", STATION)
    case.looks("2018-03-09")
    assert rate(case) == {D: (0, 2)}
    assert {one.fell_due for one in case.kept(Rectification)} == {FellDue(due=D, in_time=False)}
