"""A finding by itself: open until it is verified, overdue by its deadline of then, and named where it was found."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from services.feedback.handlers import FOLLOWED
from services.feedback.measures.model import Balance
from services.feedback.problems.listing import MOST_LISTED, by_answering, listing, open_problems
from services.feedback.problems.model import OPEN, OVERDUE, STILL, Problem, SaidDeadline
from services.feedback.problems.rules import CHANGES_IT, follow
from shared.database.documents import Increment
from shared.events import Fact, inspection
from shared.events.vocabulary import Severity
from shared.pipeline.decisions import Accepted, State
from shared.roster.organisations import Roster
from tests.asking import COUNTY, OFFICE, STATION, TOWNSHIP, Desk, asked, roster
from tests.feedback.happening import HAPPENED, Happened, balances, event_of

FOUND = "00000000-0000-4000-8000-000000000001/0"
MARCH, APRIL = date(2018, 3, 31), date(2018, 4, 30)
OPENED = inspection.RectificationOpened(
    rectification=FOUND, item="公示栏未更新", severity=Severity.MINOR, deadline=date(2018, 3, 15), provisional=False
)


def verified(in_time: bool = True) -> Fact:
    return inspection.RectificationVerified(rectification=FOUND, on_time=in_time, was_overdue=not in_time)


@pytest.fixture
def desk() -> Desk:
    """The station's finding of 12 March."""
    desk = Desk(FOLLOWED, roster())
    tells(desk, OPENED, "2018-03-12")
    return desk


def tells(desk: Desk, fact: Fact, at: str) -> Problem:
    verdict = desk.decides(asked(fact, STATION, at))
    assert isinstance(verdict, Accepted)
    return desk.only(Problem)


def left(problem: Problem, of: str = TOWNSHIP, last: date = MARCH) -> list[str]:
    return [one.item for one in open_problems([problem], roster(), of, last)]


def test_it_is_open_for_whoever_answers_until_it_is_verified(desk: Desk) -> None:
    one = desk.only(Problem)
    assert (one.item, one.found, one.until) == ("公示栏未更新", date(2018, 3, 12), STILL)
    assert left(one) == left(one, STATION) == left(one, COUNTY) == ["公示栏未更新"]
    assert left(one, OFFICE) == []
    one = tells(desk, verified(), "2018-04-02")
    assert (left(one), left(one, last=APRIL), one.until) == (["公示栏未更新"], [], "2018-04")


def test_a_deadline_holds_from_the_day_on_which_it_was_said_and_not_when_that_is_taken_back(desk: Desk) -> None:
    extended: dict[str, Any] = {
        "rectification": FOUND,
        "deadline": date(2018, 4, 6),
        "provisional": False,
        "was_overdue": False,
    }
    one = tells(desk, inspection.RectificationExtended(**extended), "2018-04-02")
    assert (one.due(MARCH), one.due(APRIL)) == (date(2018, 3, 15), date(2018, 4, 6))
    one = tells(desk, inspection.ExtensionWithdrawn(**extended), "2018-04-03")
    assert one.due(APRIL) == date(2018, 3, 15)
    moved = inspection.RectificationDeadlineSettled(
        rectification=FOUND, before=date(2018, 3, 15), deadline=date(2018, 3, 16), provisional=False
    )
    assert tells(desk, moved, "2018-04-04").due(MARCH) == date(2018, 3, 16)


def test_it_is_late_by_working_days_while_it_is_overdue(desk: Desk) -> None:
    overdue = inspection.RectificationOverdue(rectification=FOUND, deadline=date(2018, 3, 15))
    one = tells(desk, overdue, "2018-03-16")
    (shown,) = listing([one], roster(), TOWNSHIP, "2018-03").shown
    assert (shown.what, shown.where, shown.found, shown.due) == (
        "公示栏未更新",
        "village",
        date(2018, 3, 12),
        date(2018, 3, 15),
    )
    assert (shown.late, shown.done) == (11, None)
    one = tells(desk, inspection.RectificationSubmitted(rectification=FOUND, on_time=False), "2018-03-19")
    (shown,) = listing([one], roster(), TOWNSHIP, "2018-03").shown
    assert (shown.late, shown.done) == (0, None), "it waits for its verifier and is not overdue"


def test_what_was_put_right_late_is_named_in_the_period_in_which_it_was(desk: Desk) -> None:
    tells(desk, inspection.RectificationSubmitted(rectification=FOUND, on_time=False), "2018-03-19")
    one = tells(desk, verified(False), "2018-03-20")
    (shown,) = listing([one], roster(), TOWNSHIP, "2018-03").shown
    assert (shown.done, shown.late) == (date(2018, 3, 19), 2)
    assert listing([one], roster(), TOWNSHIP, "2018-04").shown == ()


def test_what_was_put_right_in_time_is_no_problem(desk: Desk) -> None:
    tells(desk, inspection.RectificationSubmitted(rectification=FOUND, on_time=True), "2018-03-15")
    assert listing([tells(desk, verified(), "2018-03-20")], roster(), TOWNSHIP, "2018-03").shown == ()


def test_it_lies_under_everybody_who_answers_for_it_and_nobody_else(desk: Desk) -> None:
    one = desk.only(Problem)
    assert by_answering([one], roster(), MARCH) == {code: [one] for code in (COUNTY, TOWNSHIP, STATION)}


def test_of_very_many_it_is_said_how_many_more_there_are() -> None:
    many = [
        Problem(
            id=f"{STATION}/{n}",
            county=COUNTY,
            organisation=STATION,
            item="门窗",
            found=date(2018, 3, 1),
            deadlines=(SaidDeadline(said=date(2018, 3, 1), day=date(2018, 4, 1)),),
            held={OPEN: {"2018-03": 1}},
            until=STILL,
        )
        for n in range(MOST_LISTED + 3)
    ]
    found = listing(many, roster(), TOWNSHIP, "2018-03")
    assert (len(found.shown), found.left) == (MOST_LISTED, 3)


@given(HAPPENED)
def test_all_problems_of_an_organisation_come_to_its_balance(happened: Happened) -> None:
    state = State(Roster())
    for fact in happened:
        event = event_of(*fact)
        if type(event.data) in CHANGES_IT:
            state.apply(follow(state, event))
    kept = [one for one in state.copy.changed.values() if isinstance(one, Problem)]
    for balance in balances(happened):
        for name in (OPEN, OVERDUE):
            assert _by_month(kept, balance, name) == {
                month: n for month, n in balance.add.get(name, {}).items() if n
            }, name


def _by_month(kept: list[Problem], balance: Balance, name: str) -> dict[str, int]:
    found = Counter[str]()
    for one in kept:
        if one.organisation == balance.id:
            found.update(one.held.get(name, {}))
    return {month: n for month, n in found.items() if n}


def test_a_fact_of_something_else_keeps_no_problem() -> None:
    desk = Desk(FOLLOWED, roster())
    verdict = desk.decides(asked(inspection.RectificationAccepted(rectification=FOUND), STATION, "2018-03-12"))
    assert isinstance(verdict, Accepted)
    assert not [one for one in verdict.changes if not isinstance(one, Increment)]
