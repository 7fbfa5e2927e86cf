"""Organisations, how they change over time, and who moves into the hall."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.roster.handlers import HANDLERS
from shared.events.roster import DepartmentStationed, Office, OrganisationRegistered, RegisterOrganisation
from shared.events.roster import StationDepartment as Moves
from shared.events.vocabulary import HALL_PATROL, Hall, OrganisationKind
from shared.pipeline.decisions import Accepted
from shared.roster.organisations import Organisation, Roster
from tests.asking import COUNTY, HALL, OFFICE, OTHER_TOWNSHIP, STATION, TOWNSHIP, Desk, roster

MOVED = date(2018, 6, 1)


def village(code: str, parent: str, since: date, name: str = "村") -> RegisterOrganisation:
    return RegisterOrganisation(
        code=code, name=name, kind=OrganisationKind.VILLAGE, parent=parent, valid_from=since, basis="区划"
    )


def desk() -> Desk:
    return Desk(HANDLERS, roster(), *roster())


def test_a_county_founds_itself_and_then_what_lies_in_it() -> None:
    empty = Desk(HANDLERS, Roster())
    founded = RegisterOrganisation(code=COUNTY, name="县", kind=OrganisationKind.COUNTY, valid_from=date(2018, 1, 1))
    empty.agrees(founded, COUNTY)
    town = RegisterOrganisation(
        code=TOWNSHIP, name="镇", kind=OrganisationKind.TOWNSHIP, parent=COUNTY, valid_from=date(2018, 1, 1)
    )
    assert empty.agrees(town, TOWNSHIP, by=COUNTY) == (
        (TOWNSHIP, OrganisationRegistered(**town.model_dump(exclude={"offices", "basis", "new"}))),
    )
    assert empty.roster.path(TOWNSHIP, MOVED) == f"{COUNTY}/{TOWNSHIP}"


def test_a_station_that_moved_has_the_path_of_the_day() -> None:
    county = desk()
    county.agrees(village(STATION, OTHER_TOWNSHIP, MOVED), STATION, by=COUNTY)
    assert county.roster.path(STATION, MOVED - timedelta(days=1)) == f"{COUNTY}/{TOWNSHIP}/{STATION}"
    assert county.roster.path(STATION, MOVED) == f"{COUNTY}/{OTHER_TOWNSHIP}/{STATION}"
    assert county.roster.path(STATION, date(2017, 12, 31)) == ""


def test_entering_the_same_again_changes_nothing() -> None:
    county, asked = desk(), village(STATION, OTHER_TOWNSHIP, MOVED)
    county.agrees(asked, STATION, by=COUNTY)
    assert county.answers(asked, STATION, by=COUNTY, n=1) == Accepted()


def test_the_last_day_may_be_corrected_without_a_second_entry_for_it() -> None:
    county = desk()
    county.agrees(village(STATION, OTHER_TOWNSHIP, MOVED), STATION, by=COUNTY)
    county.agrees(village(STATION, TOWNSHIP, MOVED, "改名村"), STATION, by=COUNTY)
    history = county.roster.organisation(STATION)
    assert history is not None
    assert [(one.since, one.name) for one in history.history] == [(date(2018, 1, 1), "village"), (MOVED, "改名村")]


def test_an_office_is_kept_with_the_standing_and_a_window_survives_another_registration() -> None:
    county = desk()
    asked = RegisterOrganisation(
        code=OFFICE,
        name="局",
        kind=OrganisationKind.DEPARTMENT,
        parent=COUNTY,
        offices=[Office(office=HALL_PATROL, scope=COUNTY)],
        valid_from=MOVED,
    )
    county.agrees(asked, OFFICE, by=COUNTY)
    stood = county.roster.standing(OFFICE, MOVED)
    assert stood is not None
    assert (stood.stationed, stood.offices[0].office) == (Hall.HALL, HALL_PATROL)


def test_a_department_moves_in_and_then_to_a_branch_hall() -> None:
    county = desk()
    assert county.refuses(Moves(hall=Hall.HALL, valid_from=date(2018, 2, 1)), HALL) == "own-stationing"
    facts = county.agrees(Moves(hall=Hall.HALL, valid_from=date(2018, 2, 1)), HALL, by=COUNTY)
    assert facts == ((HALL, DepartmentStationed(hall=Hall.HALL, valid_from=date(2018, 2, 1))),)
    county.agrees(Moves(hall=Hall.BRANCH_HALL, valid_from=MOVED), HALL, by=COUNTY)
    days = [date(2018, 1, 31), date(2018, 2, 1), MOVED]
    stood = [county.roster.standing(HALL, day) for day in days]
    assert [one.stationed for one in stood if one] == [None, Hall.HALL, Hall.BRANCH_HALL]


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from([TOWNSHIP, OTHER_TOWNSHIP])), max_size=8))
def test_history_is_ordered_by_distinct_days_whatever_is_asked(asked: list[tuple[int, str]]) -> None:
    county = desk()
    for days, parent in asked:
        county.answers(
            village(STATION, parent, date(2018, 1, 1) + timedelta(days=days)), STATION, "2018-03-05", by=COUNTY
        )
    since = [one.since for one in next(one for one in county.kept(Organisation) if one.id == STATION).history]
    assert since == sorted(set(since))
