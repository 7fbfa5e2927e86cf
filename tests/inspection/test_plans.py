"""Patrol plans by day: which are in force, which day a patrol counts for, and who is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans, first_plans
from shared.calendar import is_working_day
from shared.events.inspection import PatrolPlanAdopted
from shared.events.vocabulary import PatrolKind, Rhythm
from tests.asking import COUNTY, HALL, NEIGHBOUR, OFFICE, STATION, TOWNSHIP, roster
from tests.inspection.patrolling import PATROL, desk, logged
from tests.inspection.planning import CAMPAIGN, CHECK, FACILITIES, START, SWEEP, plan


def kept(**changed: Any) -> PatrolPlan:
    return PatrolPlan.model_validate({**FACILITIES, "scope": COUNTY, **changed})


def test_a_county_begins_with_daily_patrols_until_it_adopts_its_own() -> None:
    first = first_plans(COUNTY)
    assert [(one.plan, one.until) for one in first.on(START).values()] == [
        ("stations-daily", "17:30"),
        ("windows-daily", "17:30"),
    ]
    assert not list(first.due_on(date(2018, 3, 4)))


def test_what_was_adopted_is_told_with_the_scope_it_has() -> None:
    ((about, fact),) = desk().agrees(plan(CAMPAIGN))
    assert about == COUNTY
    assert isinstance(fact, PatrolPlanAdopted)
    assert (fact.scope, fact.effective_to) == (COUNTY, date(2018, 3, 11))


def test_a_later_plan_follows_an_earlier_one_from_its_day_on() -> None:
    county = desk(plan(), plan(until="12:00", effective_from=date(2018, 3, 5)))
    plans = county.only(PatrolPlans)
    assert plans.on(date(2018, 3, 4))["facilities-weekly"].until == "17:00"
    assert plans.on(date(2018, 3, 5))["facilities-weekly"].until == "12:00"


def test_of_two_plans_that_begin_alike_the_one_adopted_last_holds() -> None:
    plans = desk(plan(), plan(until="12:00")).only(PatrolPlans)
    assert plans.on(START)["facilities-weekly"].until == "12:00"


def test_a_plan_that_ended_is_not_followed_by_the_one_before_it() -> None:
    ended = plan(effective_from=date(2018, 2, 1), effective_to=date(2018, 2, 28))
    plans = desk(plan(), ended).only(PatrolPlans)
    assert "facilities-weekly" in plans.on(date(2018, 1, 31))
    assert "facilities-weekly" not in plans.on(date(2018, 3, 1))


WEEKLY = [
    ("a Friday is worked", date(2018, 3, 7), 5, date(2018, 3, 9)),
    ("Friday is a day off, Thursday is worked", date(2018, 6, 11), 1, date(2018, 6, 11)),
    ("Friday 30 April is a Monday off, Saturday 28 was worked", date(2018, 4, 25), 5, date(2018, 4, 27)),
    ("Monday is a day off: the week's last working day", date(2018, 6, 20), 1, date(2018, 6, 22)),
    ("Thursday 15 February begins the holiday", date(2018, 2, 12), 4, date(2018, 2, 14)),
    ("a Sunday that is worked", date(2018, 2, 5), 7, date(2018, 2, 11)),
    ("a week without a working day", date(2018, 10, 3), 5, None),
]


@pytest.mark.parametrize(("why", "day", "weekday", "due"), WEEKLY, ids=[why for why, *_ in WEEKLY])
def test_a_weekly_plan_is_due_on_its_weekday_or_the_weeks_last_working_day(
    why: str, day: date, weekday: int, due: date | None
) -> None:
    plans = desk(plan(weekday=weekday)).only(PatrolPlans)
    assert plans.due_day(plans.on(day)["facilities-weekly"], day) == due, why


@given(st.integers(0, 364), st.integers(1, 7))
def test_a_week_has_at_most_one_due_day_and_it_is_worked(n: int, weekday: int) -> None:
    monday = START + timedelta(days=n - (START + timedelta(days=n)).weekday())
    one = kept(weekday=weekday)
    due = [day for day in (monday + timedelta(days=k) for k in range(7)) if one.falls_due(day)]
    assert len(due) <= 1
    assert all(map(is_working_day, due))


def test_a_campaign_is_due_on_its_last_working_day() -> None:
    sunday = kept(**CAMPAIGN)
    assert [day for n in range(7) if sunday.falls_due(day := date(2018, 3, 5) + timedelta(days=n))] == [
        date(2018, 3, 9)
    ]


def test_each_kind_of_plan_has_its_own_places() -> None:
    known, day = roster(), date(2018, 3, 5)
    assert kept().places(known, day) == (HALL,)
    assert kept(**CAMPAIGN).places(known, day) == (OFFICE, STATION, NEIGHBOUR)
    assert kept(patrol=PatrolKind.STATION, scope=TOWNSHIP).places(known, day) == (STATION, NEIGHBOUR)
    assert kept(patrol=PatrolKind.STATION, scope=NEIGHBOUR).places(known, day) == (NEIGHBOUR,)
    assert kept(patrol=PatrolKind.WINDOW, scope=TOWNSHIP).places(known, day) == ()


def test_the_narrowest_daily_plan_is_meant_when_none_is_named() -> None:
    narrow = plan(
        plan="town-daily", patrol=PatrolKind.STATION, rhythm=Rhythm.DAILY, weekday=None, scope=TOWNSHIP, until="12:00"
    )
    county = desk(narrow)
    assert logged(county.agrees(PATROL, STATION)).plan == "town-daily"
    assert logged(county.agrees(PATROL.model_copy(update={"plan": "stations-daily"}), STATION)).plan == "stations-daily"


def test_a_station_may_be_patrolled_outside_every_plan_and_nothing_is_due() -> None:
    ended = plan(
        plan="stations-daily",
        patrol=PatrolKind.STATION,
        rhythm=Rhythm.DAILY,
        weekday=None,
        scope=None,
        effective_to=date(2018, 1, 31),
    )
    fact = logged(desk(ended).agrees(PATROL, STATION))
    assert (fact.plan, fact.due, fact.first_of_day, fact.on_time) == (None, None, False, False)


REFUSALS = [
    ("plan-needed", lambda c: c.refuses(CHECK.model_copy(update={"plan": None}), HALL)),
    ("plan-not-in-force", lambda c: c.refuses(SWEEP, STATION, "2018-03-12")),
    ("plan-not-in-force", lambda c: c.refuses(PATROL.model_copy(update={"plan": "winter-fire-safety"}), STATION)),
    ("not-patrolled", lambda c: c.refuses(CHECK, STATION)),
    ("campaign-already-adopted", lambda c: c.refuses(plan(CAMPAIGN), n=9)),
    ("campaign-already-adopted", lambda c: c.refuses(plan(CAMPAIGN, plan="facilities-weekly"))),
    ("campaign-needs-an-end", lambda c: c.refuses(plan(CAMPAIGN, plan="x", effective_to=None))),
    (
        "campaign-needs-an-end",
        lambda c: c.refuses(plan(CAMPAIGN, plan="x", effective_from=date(2018, 3, 10), effective_to=date(2018, 3, 11))),
    ),
    ("plan-ends-before-it-begins", lambda c: c.refuses(plan(effective_to=date(2017, 12, 31)))),
    ("rhythm-not-of-kind", lambda c: c.refuses(plan(weekday=None))),
    ("rhythm-not-of-kind", lambda c: c.refuses(plan(rhythm=Rhythm.DAILY))),
    ("rhythm-not-of-kind", lambda c: c.refuses(plan(patrol=PatrolKind.CAMPAIGN))),
    ("unknown-organisation", lambda c: c.refuses(plan(scope="150424-D99"))),
    ("unknown-checklist", lambda c: c.refuses(plan(checklist="unheard-of"))),
]


@pytest.mark.parametrize(("slug", "said"), REFUSALS)
def test_what_may_not_be_is_refused_with_its_reason(slug: str, said: Any) -> None:
    assert said(desk(plan(), plan(CAMPAIGN))) == slug
