"""Who patrols a place by a plan: itself, the one above, or the nearest holder of the office."""

from __future__ import annotations

from shared.events.inspection import InspectionLogged, PatrolMissed
from shared.events.roster import Office
from shared.events.vocabulary import HALL_PATROL, Check, Hall, OrganisationKind, PatrolKind, Rhythm
from tests.asking import COUNTY, HALL, OFFICE, STATION, TOWNSHIP, organisation, roster, standing
from tests.inspection.patrolling import BY_TOWNSHIPS, MONDAY, STATION_SEEN, Said, closes, desk


def plan_of(said: Said) -> str | None:
    ((_, fact), *_) = said
    assert isinstance(fact, InspectionLogged)
    return fact.plan


def test_the_nearest_holder_of_the_office_patrols_and_a_hall_looks_after_its_own_window() -> None:
    branch = (Office(office=HALL_PATROL, scope=OFFICE),)
    known = roster(
        organisation("150424-D05", standing(OrganisationKind.DEPARTMENT, COUNTY, offices=branch)),
        organisation(HALL, standing(OrganisationKind.DEPARTMENT, COUNTY, offices=_of_county(), stationed=Hall.HALL)),
    )
    missed = [
        (about, fact.place, fact.check)
        for about, fact in closes(desk(known=known), MONDAY)
        if isinstance(fact, PatrolMissed) and fact.patrol is PatrolKind.WINDOW
    ]
    assert missed == [(HALL, HALL, Check.SELF_CHECK), ("150424-D05", OFFICE, Check.PATROL)]


def _of_county() -> tuple[Office, ...]:
    return (Office(office=HALL_PATROL, scope=COUNTY),)


def test_where_nobody_holds_the_office_the_one_above_answers() -> None:
    known = roster(organisation(HALL, standing(OrganisationKind.DEPARTMENT, COUNTY)))
    said = closes(desk(known=known), MONDAY)
    assert [about for about, fact in said if isinstance(fact, PatrolMissed) and fact.place == OFFICE] == [COUNTY]


def test_a_self_check_of_a_place_that_others_patrol_daily_follows_its_own_plan() -> None:
    town_daily = BY_TOWNSHIPS.model_copy(
        update={"plan": "town", "rhythm": Rhythm.DAILY, "weekday": None, "scope": TOWNSHIP}
    )
    county = desk(town_daily)
    assert plan_of(county.agrees(STATION_SEEN, STATION)) == "stations-daily"
    assert plan_of(county.agrees(STATION_SEEN, STATION, by=TOWNSHIP)) == "town"
