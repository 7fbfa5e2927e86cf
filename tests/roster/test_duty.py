"""Turns of the duty: their terms, who takes over, what their holders do."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roster.duty.model import Duty, Idea, PlannedTurn, Turn
from services.roster.duty.rules import last_day
from services.roster.handlers import HANDLERS
from services.roster.ticks import day_over
from shared.events.roster import DutyRotated, IdeaSubmitted, PlanTurn, RecordTurnWork, RotateDuty, SubmitIdea, TurnBegun
from shared.events.roster import TurnPlanned as Planned
from shared.pipeline.decisions import Accepted
from tests.asking import COUNTY, HALL, OFFICE, STATION, Desk, facts, moment, roster

FIRST, SECOND = date(2018, 1, 1), date(2018, 4, 1)


def plan(turn: str, begins: date, months: int = 3, *holders: str) -> PlanTurn:
    return PlanTurn(turn=turn, holders=list(holders or (HALL,)), begins=begins, months=months, theme="主题")


@pytest.mark.parametrize(
    ("begins", "months", "ends"),
    [
        (FIRST, 3, date(2018, 3, 31)),
        (date(2018, 10, 1), 3, date(2018, 12, 31)),
        (date(2018, 11, 1), 3, date(2019, 1, 31)),
        (date(2018, 12, 1), 3, date(2019, 2, 28)),
        (date(2019, 12, 1), 3, date(2020, 2, 29)),
        (FIRST, 12, date(2018, 12, 31)),
        (date(2018, 2, 1), 1, date(2018, 2, 28)),
    ],
)
def test_a_term_ends_on_the_last_day_of_its_last_month(begins: date, months: int, ends: date) -> None:
    assert last_day(begins, months) == ends


@given(st.integers(2000, 2098), st.integers(1, 12), st.integers(1, 12))
def test_the_day_after_a_term_is_the_first_of_as_many_months_later(year: int, month: int, months: int) -> None:
    following = last_day(date(year, month, 1), months) + timedelta(days=1)
    assert following.day == 1
    assert (following.year - year) * 12 + following.month - month == months


def test_planning_enters_the_turn_and_its_place_in_the_plan() -> None:
    desk = Desk(HANDLERS, roster())
    facts = desk.agrees(plan("2018-1", FIRST, 3, HALL, OFFICE), at="2017-12-20")
    ends = date(2018, 3, 31)
    assert facts == ((COUNTY, Planned(turn="2018-1", holders=[HALL, OFFICE], begins=FIRST, ends=ends)),)
    assert desk.only(Turn).holders == (HALL, OFFICE)
    assert [one.turn for one in desk.only(Duty).planned] == ["2018-1"]


@given(st.lists(st.tuples(st.integers(0, 24), st.integers(1, 12)), max_size=10))
def test_no_day_ever_has_two_turns(asked: list[tuple[int, int]]) -> None:
    desk = Desk(HANDLERS, roster())
    for n, (start, months) in enumerate(asked):
        begins = date(2018 + start // 12, start % 12 + 1, 1)
        desk.answers(plan(f"2018-{n}", begins, months))
    terms = sorted((turn.begins, turn.ends) for turn in desk.kept(Turn))
    assert all(before[1] < after[0] for before, after in pairwise(terms))
    assert len(terms) == sum(len(duty.planned) for duty in desk.kept(Duty))


def test_the_turn_that_begins_takes_over_and_a_second_tick_changes_nothing() -> None:
    desk = Desk(HANDLERS, roster())
    desk.agrees(plan("2018-1", FIRST))
    desk.agrees(plan("2018-2", SECOND, 3, OFFICE))
    desk.agrees(RotateDuty(due=FIRST))
    facts = desk.agrees(RotateDuty(due=SECOND), at="2018-04-01T00:00")
    ends = date(2018, 6, 30)
    after = DutyRotated(turn="2018-2", holders=[OFFICE], before="2018-1", begins=SECOND, ends=ends)
    begun = TurnBegun(turn="2018-2", others=0, begins=SECOND, ends=ends)
    assert facts == ((COUNTY, after), (OFFICE, begun))
    assert desk.answers(RotateDuty(due=SECOND), at="2018-04-01T00:00", n=1) == Accepted()


@pytest.mark.parametrize("late", [0, 2, 89])
def test_a_turn_planned_late_begins_when_it_is_planned_and_no_tick_begins_it_again(late: int) -> None:
    """It was planned on the third; its own tick found nothing."""
    desk = Desk(HANDLERS, roster())
    desk.agrees(plan("2018-1", FIRST), at="2017-12-20T09:00")
    desk.agrees(RotateDuty(due=FIRST), at="2018-01-01T00:00")
    assert desk.refuses(RotateDuty(due=SECOND), at="2018-04-01T00:00") == "no-turn-due"
    facts = desk.agrees(plan("2018-2", SECOND, 3, OFFICE), at=moment("2018-04-01") + timedelta(days=late))
    ends = date(2018, 6, 30)
    assert facts == (
        (COUNTY, Planned(turn="2018-2", holders=[OFFICE], begins=SECOND, ends=ends)),
        (COUNTY, DutyRotated(turn="2018-2", holders=[OFFICE], before="2018-1", begins=SECOND, ends=ends)),
        (OFFICE, TurnBegun(turn="2018-2", others=0, begins=SECOND, ends=ends)),
    )
    for n, due in enumerate((SECOND, date(2018, 5, 1), FIRST)):
        assert desk.answers(RotateDuty(due=due), at="2018-05-01T00:00", n=n) == Accepted()
    assert desk.only(Duty).holding == "2018-2"


def test_a_turn_that_an_earlier_release_planned_late_begins_with_the_next_tick() -> None:
    planned = PlannedTurn(turn="2018-2", holders=(OFFICE,), begins=SECOND, ends=date(2018, 6, 30))
    desk = Desk(HANDLERS, roster(), Duty(id=COUNTY, planned=(planned,)))
    fact, _ = [fact for _, fact in desk.agrees(RotateDuty(due=date(2018, 5, 1)), at="2018-05-01T00:00")]
    assert isinstance(fact, DutyRotated)
    assert desk.answers(RotateDuty(due=date(2018, 6, 1)), at="2018-06-01T00:00") == Accepted()


def test_each_holder_of_a_joint_turn_is_told_of_it_and_with_how_many_others() -> None:
    desk = Desk(HANDLERS, roster())
    desk.agrees(plan("2018-1", FIRST, 3, HALL, OFFICE), at="2017-12-20T09:00")
    after = desk.agrees(RotateDuty(due=FIRST), at="2018-01-01T00:00")
    assert [(code, fact.others) for code, fact in after if isinstance(fact, TurnBegun)] == [(HALL, 1), (OFFICE, 1)]


def test_of_several_turns_planned_late_the_one_of_the_day_begins_and_the_one_that_is_over_does_not() -> None:
    desk = Desk(HANDLERS, roster())
    after = [
        *desk.agrees(plan("2018-1", FIRST), at="2018-04-03"),
        *desk.agrees(plan("2018-2", SECOND), at="2018-04-03"),
    ]
    assert [fact.turn for _, fact in after if isinstance(fact, DutyRotated)] == ["2018-2"]
    assert desk.agrees(plan("2017-4", date(2018, 7, 1)), at="2018-04-03")[1:] == ()


@given(st.lists(st.tuples(st.integers(0, 24), st.integers(1, 12), st.integers(0, 30)), max_size=8))
def test_whenever_turns_are_planned_each_begins_at_most_once_and_page_and_fact_agree(
    asked: list[tuple[int, int, int]],
) -> None:
    desk, begun = Desk(HANDLERS, roster()), list[str]()
    said: list[tuple[date, PlanTurn | RotateDuty]] = [
        (day, RotateDuty(due=day)) for n in range(30) if (day := month(n))
    ]
    for n, (start, months, planned) in enumerate(asked):
        said.append((month(planned) + timedelta(days=n + 1), plan(f"2018-{n}", month(start), months)))
    for day, submission in sorted(said, key=lambda one: one[0]):
        verdict = desk.answers(submission, at=f"{day}T00:00")
        if isinstance(verdict, Accepted):
            begun += [fact.turn for _, fact in facts(verdict, COUNTY) if isinstance(fact, DutyRotated)]
        for duty in desk.kept(Duty):
            assert (held := duty.on(day)) is None or held.turn == duty.holding
    assert len(begun) == len(set(begun))


def month(n: int) -> date:
    """The first of the n-th month."""
    return date(2018 + n // 12, n % 12 + 1, 1)


def test_what_holders_do_adds_up_within_the_turn() -> None:
    desk = Desk(HANDLERS, roster())
    desk.agrees(plan("2018-1", FIRST, 3, HALL, OFFICE))
    for n, (holder, work, quantity) in enumerate([(HALL, "banner", 20), (OFFICE, "banner", 6), (HALL, "visit", 1)]):
        desk.agrees(RecordTurnWork(turn="2018-1", work=work, quantity=quantity), holder, n=n)
    assert desk.only(Turn).work == {"banner": 26, "visit": 1}


@pytest.mark.parametrize("at", ["2018-01-01T00:00", "2018-03-31T23:59"])
def test_the_first_and_the_last_day_belong_to_the_turn(at: str) -> None:
    desk = Desk(HANDLERS, roster())
    desk.agrees(plan("2018-1", FIRST))
    desk.agrees(RecordTurnWork(turn="2018-1", work="banner", quantity=1), HALL, at)


def test_anybody_may_suggest_and_ideas_are_counted() -> None:
    desk = Desk(HANDLERS, roster())
    desk.agrees(plan("2018-1", FIRST))
    for who in (STATION, OFFICE):
        ((about, fact),) = desk.agrees(SubmitIdea(turn="2018-1", title="点子"), who)
        assert about == who
        assert isinstance(fact, IdeaSubmitted)
    assert desk.only(Turn).ideas == 2
    assert {idea.organisation for idea in desk.kept(Idea)} == {STATION, OFFICE}


def test_the_clock_asks_on_the_first_of_each_month() -> None:
    days = [FIRST + timedelta(days=n) for n in range(365)]
    due = [data.due for day in days for data in day_over(day) if isinstance(data, RotateDuty)]
    assert due == [date(2018, month, 1) for month in range(2, 13)] + [date(2019, 1, 1)]
