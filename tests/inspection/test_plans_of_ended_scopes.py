"""A plan whose scope has ended covers what it covered before, where that is answered for now, and each place once."""

from __future__ import annotations

from datetime import date, timedelta

from services.inspection.patrols.model.patrols import PatrolDay
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans
from shared.events.inspection import InspectionLogged
from shared.events.vocabulary import OrganisationKind, PatrolKind, Patroller, Rhythm
from shared.roster.organisations import Ending, Organisation, Roster, Standing
from tests.asking import (
    COUNTY,
    NEIGHBOUR,
    OTHER_TOWNSHIP,
    STATION,
    TOWNSHIP,
    organisation,
    roster,
    standing,
)
from tests.inspection.patrolling import MONDAY, STATION_SEEN, closes, desk

VILLAGE, AREA = OrganisationKind.VILLAGE, OrganisationKind.TOWNSHIP
OWN, ANEW = "150424101201", "150424101202"
"""A village of the other township, and one that is set up in it afterwards."""
LAST, AFTER = MONDAY - timedelta(days=1), MONDAY
PLAN = PatrolPlan(
    plan="town-daily",
    name="乡镇日自查",
    patrol=PatrolKind.STATION,
    rhythm=Rhythm.DAILY,
    scope=TOWNSHIP,
    until="12:00",
    silent_after_days=1,
    effective_from=date(2018, 1, 1),
)


def ended(*followed_by: str, since: date = AFTER, kind: OrganisationKind = AREA, parent: str = COUNTY) -> Standing:
    return standing(kind, parent, since, ended=Ending(followed_by=followed_by))


def passed(code: str) -> Organisation:
    """A village of the first township, which the other one has now."""
    moved = standing(VILLAGE, OTHER_TOWNSHIP, AFTER, passed_from=TOWNSHIP)
    return organisation(code, standing(VILLAGE, TOWNSHIP), moved)


def merged(*more: Organisation) -> Roster:
    """The first township has gone into the other one, which has a village of its own."""
    first = organisation(TOWNSHIP, standing(AREA, COUNTY), ended(OTHER_TOWNSHIP))
    own = organisation(OWN, standing(VILLAGE, OTHER_TOWNSHIP))
    return roster(first, passed(STATION), passed(NEIGHBOUR), own, *more)


def test_villages_that_its_successor_had_before_are_not_covered() -> None:
    assert PLAN.places(merged(), LAST) == (STATION, NEIGHBOUR)
    assert PLAN.places(merged(), AFTER) == (STATION, NEIGHBOUR)


def test_nor_what_is_set_up_there_afterwards_but_a_village_with_a_new_code_is() -> None:
    later = AFTER + timedelta(days=30)
    anew = organisation(ANEW, standing(VILLAGE, OTHER_TOWNSHIP, later))
    assert PLAN.places(merged(anew), later) == (STATION, NEIGHBOUR)
    old = organisation(STATION, *passed(STATION).history, ended(ANEW, since=later, kind=VILLAGE, parent=OTHER_TOWNSHIP))
    assert PLAN.places(merged(anew, old), later) == (NEIGHBOUR, ANEW)


def test_a_plan_of_one_village_goes_on_with_its_new_code_and_not_with_the_village_that_took_it_in() -> None:
    of_one = PLAN.model_copy(update={"scope": STATION})
    gone = ended(NEIGHBOUR, kind=VILLAGE, parent=TOWNSHIP)
    assert of_one.places(roster(organisation(STATION, standing(VILLAGE, TOWNSHIP), gone)), AFTER) == ()
    recoded = ended(ANEW, kind=VILLAGE, parent=TOWNSHIP)
    anew = organisation(ANEW, standing(VILLAGE, TOWNSHIP, AFTER))
    assert of_one.places(roster(organisation(STATION, standing(VILLAGE, TOWNSHIP), recoded), anew), AFTER) == (ANEW,)


def test_what_has_moved_on_from_its_successor_is_not_covered() -> None:
    third = organisation("150424102", standing(AREA, COUNTY))
    moved = standing(VILLAGE, third.id, AFTER + timedelta(days=7))
    known = merged(third, organisation(STATION, *passed(STATION).history, moved))
    assert PLAN.places(known, AFTER + timedelta(days=7)) == (NEIGHBOUR,)


def test_villages_that_follow_one_another_in_a_circle_end_the_search() -> None:
    first = organisation(ANEW, standing(VILLAGE, OTHER_TOWNSHIP, AFTER), ended(OWN, since=AFTER, kind=VILLAGE))
    second = organisation(OWN, ended(ANEW, since=AFTER, kind=VILLAGE), standing(VILLAGE, OTHER_TOWNSHIP, AFTER))
    assert PLAN.places(merged(first, second), AFTER + timedelta(days=1)) == (STATION, NEIGHBOUR)


def due(*plans: PatrolPlan, known: Roster) -> list[tuple[str, ...]]:
    """Who is due by each plan on the day after the end, as the day is closed."""
    county = desk(known=known)
    county.keeps([PatrolPlans(id=COUNTY, history=plans)])
    closes(county, AFTER)
    tallies = county.only(PatrolDay).plans
    return [tallies[one.plan].due or () for one in plans]


def test_where_the_successor_has_a_plan_of_the_same_kind_each_village_is_due_once() -> None:
    own = PLAN.model_copy(update={"plan": "other-daily", "scope": OTHER_TOWNSHIP})
    assert due(PLAN, own, known=merged()) == [(), (STATION, NEIGHBOUR, OWN)]
    assert due(PLAN, known=merged()) == [(STATION, NEIGHBOUR)]
    by_township = own.model_copy(update={"by": Patroller.ABOVE})
    assert due(PLAN, by_township, known=merged()) == [(STATION, NEIGHBOUR), (STATION, NEIGHBOUR, OWN)]


def test_a_look_counts_for_the_plan_by_which_it_is_due() -> None:
    own = PLAN.model_copy(update={"plan": "other-daily", "scope": OTHER_TOWNSHIP})
    county = desk(known=merged())
    county.keeps([PatrolPlans(id=COUNTY, history=(PLAN, own))])
    for code in (STATION, OWN):
        (_, logged), *_ = county.agrees(STATION_SEEN, code, f"{AFTER}")
        assert isinstance(logged, InspectionLogged)
        assert logged.plan == "other-daily"
    named = STATION_SEEN.model_copy(update={"plan": "town-daily"})
    assert county.refuses(named, STATION, f"{AFTER}") == "not-patrolled"
    assert county.refuses(named, OWN, f"{AFTER}") == "not-patrolled"


def test_two_weekly_plans_with_checklists_of_their_own_are_two_tasks() -> None:
    weekly = {"rhythm": Rhythm.WEEKLY, "weekday": 1}
    one = PLAN.model_copy(update={**weekly, "checklist": "fire"})
    other = PLAN.model_copy(update={**weekly, "plan": "clean", "scope": OTHER_TOWNSHIP, "checklist": "clean"})
    plans = PatrolPlans(id=COUNTY, history=(one, other))
    assert not plans.gives_way(one, merged(), AFTER)
    assert plans.having(history=(one, other.model_copy(update={"checklist": "fire"}))).gives_way(one, merged(), AFTER)


def test_the_controls_a_scope_that_stands_covers_all_below_it_and_gives_way_to_nothing() -> None:
    county = PLAN.model_copy(update={"scope": COUNTY})
    assert county.places(merged(), AFTER) == (STATION, NEIGHBOUR, OWN)
    plans = PatrolPlans(id=COUNTY, history=(county, PLAN))
    assert not plans.gives_way(county, roster(), AFTER)
    assert not plans.gives_way(PLAN, roster(), AFTER)
