"""Checks by weekly plans and campaigns: once a week, missed when it is over, and made up afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.inspection.patrols.model.patrols import PatrolRound
from shared.events import Fact
from shared.events.inspection import CloseDay, InspectionLogged, MissedPatrolWithdrawn, PatrolDayClosed, PatrolMissed
from shared.events.vocabulary import Check, PatrolKind
from shared.pipeline.decisions import Accepted
from tests.asking import COUNTY, HALL, NEIGHBOUR, STATION, Desk, asked, facts, moment
from tests.inspection.patrolling import desk, logged
from tests.inspection.planning import CAMPAIGN, CHECK, SWEEP, plan


def test_a_week_is_checked_once_whichever_day_it_is_done() -> None:
    county = desk(plan())
    wednesday = logged(county.agrees(CHECK, HALL, "2018-03-07"))
    friday = logged(county.agrees(CHECK, HALL, "2018-03-09T17:01"))
    assert (wednesday.due, wednesday.first_of_day, wednesday.on_time) == (date(2018, 3, 9), True, True)
    assert (friday.due, friday.first_of_day, friday.on_time) == (date(2018, 3, 9), False, False)
    facts = closes(county, date(2018, 3, 9))
    assert PatrolDayClosed(
        plan="facilities-weekly", patrol=PatrolKind.FACILITY, day=date(2018, 3, 9), expected=1, done=1, on_time=1
    ) in [fact for _, fact in facts]


def test_a_weekly_check_after_its_day_is_late_and_takes_the_missed_one_back() -> None:
    county = desk(plan())
    assert missed(closes(county, date(2018, 3, 9)), "facilities-weekly") == [HALL]
    ((_, fact), (about, back)) = county.agrees(CHECK, HALL, "2018-03-10")
    assert isinstance(fact, InspectionLogged)
    assert (fact.first_of_day, fact.on_time, fact.made_up) == (True, False, True)
    assert (about, back) == (
        HALL,
        MissedPatrolWithdrawn(
            patrol=PatrolKind.FACILITY,
            plan="facilities-weekly",
            day=date(2018, 3, 9),
            place=HALL,
            check=Check.SELF_CHECK,
        ),
    )


def closes(county: Desk, day: date) -> tuple[tuple[str, Fact], ...]:
    """The tick of a day; MongoDB's part of it, the rounds due in its week, is done here."""
    near = [one for one in rounds(county) if one.day.isocalendar()[:2] == day.isocalendar()[:2]]
    verdict = county.decides(asked(CloseDay(day=day), COUNTY, moment(f"{day + timedelta(days=1)}T00:00")), near)
    assert isinstance(verdict, Accepted)
    return facts(verdict, COUNTY)


def rounds(county: Desk) -> list[PatrolRound]:
    """The records of weekly plans and campaigns; a day's record is one of another collection."""
    return [one for one in county.kept(PatrolRound) if type(one) is PatrolRound]


def missed(facts: Any, plan: str) -> list[str]:
    return [about for about, fact in facts if isinstance(fact, PatrolMissed) and fact.plan == plan]


def test_a_campaign_misses_whoever_was_to_take_part_and_did_not() -> None:
    county = desk(plan(CAMPAIGN))
    county.agrees(SWEEP, STATION, "2018-03-06")
    assert missed(closes(county, date(2018, 3, 8)), "winter-fire-safety") == []
    assert missed(closes(county, date(2018, 3, 9)), "winter-fire-safety") == [HALL, NEIGHBOUR]


def test_a_campaign_leaves_the_daily_patrols_as_they_are() -> None:
    county = desk(plan(CAMPAIGN))
    county.agrees(SWEEP, STATION, "2018-03-05")
    assert missed(closes(county, date(2018, 3, 5)), "stations-daily") == [STATION, NEIGHBOUR]


def test_a_weekday_changed_within_a_week_closes_the_week_once() -> None:
    county = desk(plan(weekday=3))
    county.agrees(CHECK, HALL, "2018-03-06")
    assert facilities_closed(county, date(2018, 3, 7)) == [date(2018, 3, 7)]
    county.agrees(plan(weekday=5, effective_from=date(2018, 3, 8)), at="2018-03-08")
    assert facilities_closed(county, date(2018, 3, 9)) == []
    assert len(rounds(county)) == 1


def facilities_closed(county: Desk, day: date) -> list[date]:
    """The days for which closing a day counts the facilities' checks."""
    closed = [fact for _, fact in closes(county, day) if isinstance(fact, PatrolDayClosed)]
    return [fact.day for fact in closed if fact.plan == "facilities-weekly"]
