"""A step of a rectification is taken back while it is the last: what counts is what the other steps alone give."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inspection.rectifications.model import Stage, What
from tests.inspection.rectifying import Case, Sums, kinds, submitted

MARCH = date(2018, 3, 5)


def test_work_taken_back_leaves_the_deadline_running_as_if_nothing_had_been_submitted() -> None:
    case = Case()
    case.accepts("2018-03-06")
    case.submits("2018-03-07")
    assert kinds(case.takes_back_last()) == ["submitted-work-withdrawn"]
    assert (case.it.stage, case.it.submitted, case.it.submitted_by) == (Stage.ACCEPTED, None, None)
    case.days("2018-03-07", "2018-03-20")
    without = Case()
    without.accepts("2018-03-06")
    without.days("2018-03-07", "2018-03-20")
    assert case.sums == without.sums
    assert case.sum("rectifications-overdue") == case.sum("rectified-on-time.d") == 1


def test_what_fell_due_in_time_is_judged_again_when_the_work_is_taken_back() -> None:
    case = submitted()
    case.days("2018-03-08", "2018-03-09")
    assert case.sum("rectified-on-time.n") == 1
    assert kinds(case.takes_back_last()) == ["submitted-work-withdrawn", "fell-due-withdrawn", "rectification-fell-due"]
    assert (case.sum("rectified-on-time.n"), case.sum("rectified-on-time.d")) == (0, 1)
    assert kinds(case.looks("2018-03-12")) == ["rectification-overdue"]


def test_late_work_taken_back_is_overdue_still() -> None:
    case = Case()
    case.days("2018-03-06", "2018-03-12")
    case.submits("2018-03-12")
    assert case.sum("rectifications-open-overdue") == 0
    case.takes_back_last()
    assert (case.sum("rectifications-open-overdue"), case.sum("rectifications-overdue")) == (1, 1)


def test_steps_are_taken_back_one_after_another_the_last_one_first() -> None:
    case = Case()
    case.accepts("2018-03-06")
    accepted = case.last
    case.submits("2018-03-07")
    assert case.takes_back(accepted) == "rectification-went-on"
    case.takes_back_last()
    assert kinds(case.takes_back(accepted)) == ["acceptance-withdrawn"]
    assert case.it.stage is Stage.OPENED
    assert [(step.what, step.of) for step in case.it.steps[-2:]] == [
        (What.TAKEN_BACK, What.SUBMITTED),
        (What.TAKEN_BACK, What.ACCEPTED),
    ]


def test_what_was_judged_is_taken_back_by_another_judgement_alone() -> None:
    case = submitted()
    work = case.last
    case.verifies("2018-03-08")
    assert case.takes_back(work) == "rectification-went-on"


def test_a_reopening_taken_back_leaves_the_verification_as_it_was() -> None:
    case = submitted()
    case.verifies("2018-03-08")
    before, sums = case.it, case.sums
    case.reopens("2018-03-12")
    assert kinds(case.takes_back_last()) == ["reopening-withdrawn", "verification-restored"]
    assert case.sums == sums
    kept = case.it
    assert (kept.stage, kept.verified, kept.deadline, kept.reopened) == (
        before.stage,
        before.verified,
        before.deadline,
        0,
    )


@pytest.mark.parametrize("is_marked", [False, True])
def test_an_extension_is_taken_back_until_its_deadline_has_passed(is_marked: bool) -> None:
    case = Case()
    case.extends("2018-03-07")
    assert case.it.deadline == date(2018, 3, 12)
    if is_marked:
        case.days("2018-03-08", "2018-03-13")
        assert case.takes_back_last() == "rectification-went-on"
        return
    assert kinds(case.takes_back_last()) == ["extension-withdrawn"]
    assert (case.it.deadline, case.it.due, case.it.given) == (date(2018, 3, 8), date(2018, 3, 8), ())
    assert kinds(case.looks("2018-03-09")) == ["rectification-fell-due", "rectification-overdue"]


def test_an_extension_of_what_was_overdue_is_taken_back_and_it_is_overdue_again() -> None:
    case = Case()
    case.days("2018-03-06", "2018-03-09")
    sums, marked = case.sums, case.it.marked
    case.extends("2018-03-09")
    assert case.sum("rectifications-open-overdue") == 0
    case.takes_back_last()
    assert (case.sums, case.it.marked) == (sums, marked)


STEPS = ("accepts", "submits", "sends_back", "reopens", "extends", "verifies", "looks")


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.booleans(), st.booleans()), max_size=9))
def test_whatever_was_taken_back_figures_are_those_of_what_is_left(story: list[tuple[str, bool, bool]]) -> None:
    case, left = Case(), Case()
    for n, (what, is_slip, is_looked_at) in enumerate(story):
        day, next_day = (f"{MARCH + timedelta(days=more)}" for more in (2 * n + 1, 2 * n + 2))
        is_done = not isinstance(getattr(case, what)(day), str) and what != "looks"
        if is_looked_at:
            case.looks(next_day)
        is_gone = is_done and is_slip and what != "verifies" and not isinstance(case.takes_back_last(), str)
        if not is_gone:
            getattr(left, what)(day)
        if is_looked_at:
            left.looks(next_day)
        assert (case.it.stage, case.it.deadline, case.it.due) == (left.it.stage, left.it.deadline, left.it.due)
    for each in (case, left):
        each.days("2018-03-26", "2018-05-10")
    assert figures(case.sums) == figures(left.sums)


def figures(sums: Sums) -> dict[tuple[str, str], int]:
    """By measure and organisation: what is referred above is told on the day of the clock's look."""
    found: dict[tuple[str, str], int] = {}
    for (name, about, _), amount in sums.items():
        found[name, about] = found.get((name, about), 0) + amount
    return {key: amount for key, amount in found.items() if amount}
