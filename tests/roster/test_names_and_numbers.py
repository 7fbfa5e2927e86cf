"""A number is its issuer's, a name whoever's raised it: nobody takes one from another, and old ones go on."""

from __future__ import annotations

from datetime import date

import pytest

from services.roster.handlers import HANDLERS
from services.roster.learning.model import Certificate
from services.roster.meetings.model import Issue, Stage
from shared.events.roster import (
    HoldJointMeeting,
    IssueCertificate,
    IssueStudied,
    JointMeetingHeld,
    RaiseIssue,
    StudyIssue,
)
from tests.asking import COUNTY, HALL, NEIGHBOUR, OFFICE, STATION, TOWNSHIP, Desk, roster

AID = IssueCertificate(certificate="first-aid", number="lx-2018-001", person="P1", home=NEIGHBOUR)
FASTER = RaiseIssue(issue="faster", title="提速", consulted=[HALL])
STUDIED = StudyIssue(issue="faster", plan="方案")
HELD = HoldJointMeeting(issue="faster", resolution="通过", effective_from=date(2018, 6, 1))


def desk() -> Desk:
    return Desk(HANDLERS, roster())


@pytest.mark.parametrize("by", [STATION, TOWNSHIP, COUNTY])
def test_nobody_issues_what_another_issues_not_even_from_above(by: str) -> None:
    assert desk().refuses(AID, STATION, by=by) == "not-its-issuer"
    assert desk().refuses(AID.model_copy(update={"certificate": "welding"}), OFFICE) == "not-its-issuer"


def test_an_issuer_issues_for_the_people_of_its_scope_alone() -> None:
    known = roster()
    held = known.standing(OFFICE, date(2018, 3, 5))
    assert held is not None
    office = tuple(one.model_copy(update={"scope": TOWNSHIP}) for one in held.offices)
    organisation = known.organisation(OFFICE)
    assert organisation is not None
    narrow = known.having(organisation.having(history=(held.model_copy(update={"offices": office}),)))
    county = Desk(HANDLERS, narrow)
    county.agrees(AID, OFFICE)
    assert county.refuses(AID.model_copy(update={"home": HALL, "number": "2"}), OFFICE) == "not-its-issuer"


def test_two_issuers_number_by_themselves() -> None:
    county = desk()
    county.agrees(AID, OFFICE)
    county.agrees(AID, HALL)
    assert county.refuses(AID, OFFICE, "2018-03-06") == "certificate-already-issued"
    assert {one.issuer for one in county.kept(Certificate)} == {OFFICE, HALL}


def test_a_number_that_was_given_when_numbers_were_a_countys_is_not_given_again() -> None:
    before = Certificate(
        id=f"{COUNTY}/first-aid/lx-2018-001", certificate="first-aid", number=AID.number, person="P9", home=STATION
    )
    county = Desk(HANDLERS, roster(), before)
    assert county.refuses(AID, OFFICE) == "certificate-already-issued"
    county.keeps([before.having(withdrawn=True)])
    county.agrees(AID, OFFICE)


def test_a_village_that_uses_a_name_first_takes_it_from_nobody() -> None:
    county = desk()
    county.agrees(FASTER, STATION)
    county.agrees(FASTER, HALL)
    assert county.refuses(FASTER, STATION, "2018-03-06") == "issue-already-raised"
    assert county.refuses(FASTER, HALL, "2018-03-06") == "issue-already-raised"
    assert county.refuses(STUDIED) == "issue-of-several"
    halls = STUDIED.model_copy(update={"raised_by": HALL})
    ((_, fact),) = county.agrees(halls)
    assert fact == IssueStudied(issue="faster", raised_by=HALL)
    assert county.refuses(HELD.model_copy(update={"raised_by": STATION})) == "issue-not-studied"
    ((_, held),) = county.agrees(HELD.model_copy(update={"raised_by": HALL}))
    assert held == JointMeetingHeld(issue="faster", effective_from=date(2018, 6, 1), raised_by=HALL)
    assert {one.raised_by: one.stage for one in county.kept(Issue)} == {STATION: Stage.RAISED, HALL: Stage.RESOLVED}


def test_where_one_bears_it_the_name_alone_says_which() -> None:
    county = desk()
    county.agrees(FASTER, HALL)
    assert county.only(Issue).id == f"{COUNTY}/faster"
    county.agrees(STUDIED)
    county.agrees(HELD)
    assert county.refuses(STUDIED.model_copy(update={"raised_by": STATION})) == "unknown-issue"


def test_what_was_raised_before_it_was_kept_by_whom_goes_on_as_it_did() -> None:
    before = Issue(id=f"{COUNTY}/faster", title="提速", consulted=(HALL,), stage=Stage.RAISED)
    county = Desk(HANDLERS, roster(), before)
    assert county.refuses(FASTER, OFFICE) == "issue-already-raised"
    county.agrees(STUDIED)
    county.agrees(HELD)


def test_once_the_first_is_withdrawn_the_others_go_on_under_theirs() -> None:
    county = desk()
    county.agrees(FASTER, STATION)
    county.agrees(FASTER, HALL)
    first = next(one for one in county.kept(Issue) if one.raised_by == STATION)
    county.keeps([first.having(withdrawn=True)])
    assert county.refuses(FASTER, HALL, "2018-03-06") == "issue-already-raised"
    assert county.refuses(STUDIED) == "unknown-issue"
    county.agrees(STUDIED.model_copy(update={"raised_by": HALL}))
    county.agrees(FASTER, STATION, "2018-03-07")
    assert county.refuses(STUDIED) == "issue-of-several"
