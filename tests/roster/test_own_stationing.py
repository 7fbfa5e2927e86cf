"""No department confirms its own stationing; what one said of itself before that was asked is put right from above."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.roster.handlers import HANDLERS
from shared.events.roster import DepartmentStationed, StationDepartment
from shared.events.vocabulary import Hall, OrganisationKind
from shared.pipeline.corrections import correct
from shared.pipeline.decisions import Accepted, Consequence, Original, Refused, Verdict
from tests.asking import COUNTY, OFFICE, START, Desk, asked, moment, organisation, roster, standing

SAID = moment("2018-01-02")
MOVED = StationDepartment(hall=Hall.HALL, valid_from=START)
OTHERWISE = StationDepartment(hall=Hall.BRANCH_HALL, valid_from=START)


def of_before() -> Original:
    """As a ledger has it in which a department's own word was taken."""
    fact = DepartmentStationed(hall=Hall.HALL, valid_from=START)
    was_said = Consequence(fact, OFFICE, SAID, f"{COUNTY}/{OFFICE}", f"{OFFICE}/first/0")
    return Original("first", f"{OFFICE}/first", MOVED.type, OFFICE, OFFICE, SAID, True, (was_said,), said_by=OFFICE)


def corrected(by: str) -> Verdict:
    event = replace(asked(OTHERWISE, OFFICE, "2018-01-20", by), corrects=f"{OFFICE}/first", reason="误")
    window = standing(OrganisationKind.DEPARTMENT, COUNTY, committee_member=True, due_in_hall=True, stationed=Hall.HALL)
    known = organisation(OFFICE, window)
    desk = Desk(HANDLERS, roster(known), known)
    return correct(desk.state(event), event, of_before(), of_before(), HANDLERS, moment("2018-01-20"))


def test_the_committee_puts_right_what_a_department_once_said_of_itself() -> None:
    verdict = corrected(COUNTY)
    assert isinstance(verdict, Accepted), verdict


def test_the_department_itself_does_not() -> None:
    assert corrected(OFFICE) == Refused("own-stationing", organisation=OFFICE)


@pytest.mark.parametrize(("by", "said"), [(OFFICE, "own-stationing"), (COUNTY, "accepted")])
def test_new_it_is_said_from_above_alone(by: str, said: str) -> None:
    known = organisation(OFFICE, standing(OrganisationKind.DEPARTMENT, COUNTY, due_in_hall=True))
    verdict = Desk(HANDLERS, roster(known), known).answers(MOVED, about=OFFICE, by=by)
    assert (verdict.slug if isinstance(verdict, Refused) else "accepted") == said
