"""Organisations on a day: their standing, their place in the tree, who is patrolled."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.events.vocabulary import Hall, OrganisationKind, PatrolKind
from shared.roster.organisations import Roster, Standing, county_of
from tests.asking import COUNTY, HALL, OFFICE, OTHER_TOWNSHIP, START, STATION, TOWNSHIP, moment, organisation, roster
from tests.asking import standing as stands

MOVED = date(2018, 6, 1)
DAYS = st.dates(date(2017, 1, 1), date(2020, 1, 1))


def moving(*moves: tuple[date, str]) -> Roster:
    return roster(organisation(STATION, *(stands(OrganisationKind.VILLAGE, parent, since) for since, parent in moves)))


def test_a_path_is_that_of_the_day_whatever_was_asked_before() -> None:
    known = moving((START, TOWNSHIP), (MOVED, OTHER_TOWNSHIP))
    for _ in range(2):
        assert known.path(STATION, moment("2018-05-31T23:59:59")) == f"{COUNTY}/{TOWNSHIP}/{STATION}"
        assert known.path(STATION, moment("2018-05-31T16:00:00+00:00")) == f"{COUNTY}/{OTHER_TOWNSHIP}/{STATION}"


def test_a_roster_is_never_changed_only_followed_by_another() -> None:
    before = roster()
    after = before.having(organisation(STATION, stands(OrganisationKind.VILLAGE, OTHER_TOWNSHIP)))
    assert before.path(STATION, MOVED) != after.path(STATION, MOVED)
    assert len(before) == len(after) == 8


def test_nobody_stands_below_what_does_not_exist_yet() -> None:
    late = roster(organisation(TOWNSHIP, stands(OrganisationKind.TOWNSHIP, COUNTY, MOVED)))
    assert late.path(STATION, MOVED - timedelta(days=1)) == ""
    assert late.path(STATION, MOVED) == f"{COUNTY}/{TOWNSHIP}/{STATION}"
    assert late.path("150424199", MOVED) == ""


def test_a_tree_that_bites_its_tail_ends_all_the_same() -> None:
    biting = roster(organisation(TOWNSHIP, stands(OrganisationKind.TOWNSHIP, STATION)))
    assert STATION in biting.path(STATION, MOVED)


@given(st.lists(st.tuples(DAYS, st.sampled_from([TOWNSHIP, OTHER_TOWNSHIP])), min_size=1, max_size=6), DAYS)
def test_the_standing_of_a_day_is_the_last_that_began_by_then(moves: list[tuple[date, str]], day: date) -> None:
    history = sorted(dict(moves).items())
    found = organisation(STATION, *(stands(OrganisationKind.VILLAGE, parent, since) for since, parent in history)).on(
        day
    )
    begun = [parent for since, parent in history if since <= day]
    assert (found.parent if found else None) == (begun[-1] if begun else None)


@pytest.mark.parametrize(
    ("stood", "patrolled"),
    [
        (stands(OrganisationKind.VILLAGE, TOWNSHIP), PatrolKind.STATION),
        (stands(OrganisationKind.DEPARTMENT, COUNTY, stationed=Hall.HALL), PatrolKind.WINDOW),
        (stands(OrganisationKind.STATE_ENTERPRISE, COUNTY, stationed=Hall.BRANCH_HALL), PatrolKind.WINDOW),
        (stands(OrganisationKind.DEPARTMENT, COUNTY), None),
        (stands(OrganisationKind.RANCH, COUNTY), None),
        (stands(OrganisationKind.TOWNSHIP, COUNTY), None),
    ],
)
def test_stations_and_windows_are_patrolled(stood: Standing, patrolled: PatrolKind | None) -> None:
    assert stood.patrolled is patrolled


def test_a_day_asks_for_the_patrols_of_its_own_county_as_it_stood() -> None:
    other = organisation("150425-D01", stands(OrganisationKind.DEPARTMENT, "150425", stationed=Hall.HALL))
    county = organisation("150425", stands(OrganisationKind.COUNTY, None))
    later = organisation(HALL, stands(OrganisationKind.DEPARTMENT, COUNTY, MOVED, stationed=Hall.HALL))
    known = roster(other, county, later)
    assert set(known.patrolled(COUNTY, START)) == {OFFICE, STATION, "150424100203"}
    assert set(known.patrolled(COUNTY, MOVED)) == {HALL, OFFICE, STATION, "150424100203"}
    assert set(known.patrolled("150425", MOVED)) == {"150425-D01"}


def test_a_county_starts_at_midnight_of_its_first_day() -> None:
    assert roster().starts(COUNTY) == date(2018, 1, 1)
    assert roster().starts("150425") is None


def test_organisations_come_by_code_however_they_became_known() -> None:
    assert [one.id for one in Roster().having(*reversed(list(roster())))] == sorted(one.id for one in roster())
    assert {county_of(one.id) for one in roster()} == {COUNTY}
