"""Ends that lean on one another: whoever follows is followed itself, and what leans on another is taken back first."""

from __future__ import annotations

from datetime import date

from services.roster.organisations.leaving import undo_stationing
from shared.events.roster import DepartmentStationed, StationDepartment, WithdrawDissolution
from shared.events.vocabulary import Hall, OrganisationKind
from shared.pipeline.decisions import Accepted, Consequence, Original, Refused, State, Verdict
from tests.asking import COUNTY, HALL, OFFICE, OTHER_TOWNSHIP, STATION, TOWNSHIP, Desk, asked, organisation, standing
from tests.roster.test_ending import below, desk, ends, refused

THIRD = "150424102"
NEW = "150424-D09"
MARCH, APRIL = date(2018, 3, 31), date(2018, 4, 30)
AFTER_BOTH = date(2018, 5, 1)


def townships() -> Desk:
    """A third township beside the two."""
    county = desk()
    county.keeps([organisation(THIRD, standing(OrganisationKind.TOWNSHIP, COUNTY))])
    return county


def withdrawn(county: Desk, code: str) -> Verdict:
    return county.decides(asked(WithdrawDissolution(reason="登记有误"), code, by=COUNTY), below(county, code))


def above(county: Desk, day: date) -> str | None:
    stood = county.roster.standing(STATION, day)
    return stood.parent if stood else None


def test_nobody_follows_itself_by_way_of_another() -> None:
    county = desk()
    ends(county, OFFICE, HALL, last_day=APRIL)
    assert refused(county, HALL, OFFICE, last_day=MARCH) == "organisation-ends"
    assert county.roster.answering(OFFICE, AFTER_BOTH) == HALL
    assert county.roster.standing(HALL, AFTER_BOTH) is not None


def test_of_two_ends_in_a_row_the_later_is_withdrawn_first() -> None:
    county = townships()
    ends(county, TOWNSHIP, OTHER_TOWNSHIP, last_day=MARCH)
    ends(county, OTHER_TOWNSHIP, THIRD, last_day=APRIL)
    assert above(county, AFTER_BOTH) == THIRD
    assert getattr(withdrawn(county, TOWNSHIP), "slug", "") == "organisation-ends"
    assert refused(county, TOWNSHIP, THIRD, last_day=MARCH) == "organisation-ends"
    assert isinstance(withdrawn(county, OTHER_TOWNSHIP), Accepted)
    assert above(county, AFTER_BOTH) == OTHER_TOWNSHIP
    assert isinstance(withdrawn(county, TOWNSHIP), Accepted)
    assert above(county, AFTER_BOTH) == TOWNSHIP


def test_nothing_has_passed_to_whoever_ends_before_that() -> None:
    county = townships()
    ends(county, TOWNSHIP, OTHER_TOWNSHIP, last_day=APRIL)
    assert refused(county, OTHER_TOWNSHIP, THIRD, last_day=MARCH) == "organisation-ends"
    assert above(county, AFTER_BOTH) == OTHER_TOWNSHIP


def moved_in(county: Desk) -> Original:
    """A department has moved into the hall in March."""
    county.keeps([organisation(NEW, standing(OrganisationKind.DEPARTMENT, COUNTY, due_in_hall=True))])
    event = asked(StationDepartment(hall=Hall.HALL, valid_from=date(2018, 3, 5)), NEW, by=COUNTY)
    assert isinstance(county.decides(event), Accepted)
    fact = DepartmentStationed(hall=Hall.HALL, valid_from=date(2018, 3, 5), before=None)
    followed = (Consequence(fact, NEW, event.time, ""),)
    return Original(event.id, event.key, event.type, NEW, NEW, event.time, accepted=True, facts=followed)


def undone(county: Desk, original: Original) -> str:
    """The slug of the reason for a no."""
    state = State(county.roster)
    known = county.roster.organisation(NEW)
    assert known is not None
    state.copy.load([known])
    verdict = undo_stationing(state, original)
    return verdict.slug if isinstance(verdict, Refused) else ""


def test_a_move_into_a_hall_is_not_taken_back_from_under_what_leans_on_it() -> None:
    county = desk()
    moved = moved_in(county)
    assert undone(county, moved) == ""
    ends(county, NEW, HALL, last_day=MARCH)
    assert undone(county, moved) == "organisation-ends"
    assert isinstance(withdrawn(county, NEW), Accepted)
    county.agrees(StationDepartment(hall=Hall.BRANCH_HALL, valid_from=MARCH), NEW, by=COUNTY)
    assert undone(county, moved) == "registered-earlier"
