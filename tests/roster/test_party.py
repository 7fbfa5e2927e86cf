"""Party organisations are called by a dated name; joint branches have members of several organisations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.roster.handlers import HANDLERS
from services.roster.party.model import JointBranch, PartyOrganisation
from services.roster.people.model import Home, Person
from shared.events import EventData, Fact, Submission
from shared.events.roster import (
    BranchJoined,
    BranchKind,
    BranchLeft,
    JoinBranch,
    JointBranchRegistered,
    LeaveBranch,
    PartyKind,
    PartyOrganisationRegistered,
    RegisterJointBranch,
    RegisterPartyOrganisation,
)
from shared.pipeline.decisions import About, Accepted, Consequence, Original, Refused, State
from tests.asking import COUNTY, HALL, OFFICE, START, STATION, Desk, asked, moment, roster

SECOND = START + timedelta(days=90)
NAMED = RegisterPartyOrganisation(
    party_name="发展和改革局机关党支部", party_kind=PartyKind.BRANCH, party_members=26, valid_from=START
)
BRANCH = RegisterJointBranch(
    branch="enterprises", name="企业联合党支部", branch_kind=BranchKind.JOINT_BRANCH, valid_from=START
)
JOINED = JoinBranch(branch="enterprises", person="p-1", since=START)
LEFT = LeaveBranch(branch="enterprises", person="p-1", last_day=date(2018, 9, 30))


def desk(*said: tuple[Submission, str]) -> Desk:
    """With a person of the office, and what the committee has said."""
    one = Desk(HANDLERS, roster(), Person(id="p-1", homes=(Home(organisation=OFFICE, since=START),)))
    for data, about in said:
        one.agrees(data, about, by=COUNTY)
    return one


def named(**more: object) -> RegisterPartyOrganisation:
    return NAMED.model_copy(update=more)


def test_the_name_of_a_day_is_the_last_that_began_by_it_however_they_were_entered() -> None:
    county = desk((named(party_name="发改局党总支", valid_from=SECOND), OFFICE))
    assert county.agrees(NAMED, OFFICE) == ((OFFICE, PartyOrganisationRegistered(**NAMED.model_dump())),)
    found = county.only(PartyOrganisation)
    names = [one.party_name if (one := found.on(day)) else None for day in (START, SECOND, START - timedelta(days=1))]
    assert names == ["发展和改革局机关党支部", "发改局党总支", None]


REFUSED: dict[str, tuple[tuple[tuple[Submission, str], ...], Submission, str, str, str]] = {
    "twice of a day": (((NAMED, OFFICE),), named(party_members=30), OFFICE, OFFICE, "party-organisation-known"),
    "before the organisation": (
        (),
        named(valid_from=START - timedelta(days=1)),
        OFFICE,
        OFFICE,
        "not-standing-then",
    ),
    "shared with itself": ((), named(shared_with=[OFFICE]), OFFICE, COUNTY, "unfit-sharing"),
    "shared with nobody": ((), named(shared_with=["150424-D99"]), OFFICE, COUNTY, "unfit-sharing"),
    "shared with a stranger's": ((), named(shared_with=[HALL]), OFFICE, OFFICE, "outside-subtree"),
    "a branch of an office": ((), BRANCH, OFFICE, COUNTY, "branch-of-the-county"),
    "a branch twice": (((BRANCH, COUNTY),), BRANCH.model_copy(update={"name": "二"}), COUNTY, COUNTY, "branch-known"),
    "nobody's branch": ((), JOINED, OFFICE, OFFICE, "unknown-branch"),
    "left nobody's branch": ((), LEFT, OFFICE, OFFICE, "unknown-branch"),
    "nobody joins": (
        ((BRANCH, COUNTY),),
        JOINED.model_copy(update={"person": "p-9"}),
        OFFICE,
        OFFICE,
        "unknown-person",
    ),
    "another's person joins": (((BRANCH, COUNTY),), JOINED, STATION, STATION, "person-elsewhere"),
    "before the branch": (
        ((BRANCH.model_copy(update={"valid_from": SECOND}), COUNTY),),
        JOINED,
        OFFICE,
        OFFICE,
        "branch-not-begun",
    ),
    "joined twice": (
        ((BRANCH, COUNTY), (JOINED, OFFICE)),
        JOINED.model_copy(update={"since": SECOND}),
        OFFICE,
        OFFICE,
        "already-in-branch",
    ),
    "left without joining": (((BRANCH, COUNTY),), LEFT, OFFICE, OFFICE, "not-in-branch"),
    "left before joining": (
        ((BRANCH, COUNTY), (JOINED, OFFICE)),
        LEFT.model_copy(update={"last_day": START - timedelta(days=1)}),
        OFFICE,
        OFFICE,
        "not-in-branch",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_so_is_refused(case: str) -> None:
    before, data, about, by, slug = REFUSED[case]
    assert desk(*before).refuses(data, about, by=by) == slug


def test_the_committee_shares_one_among_several() -> None:
    county = desk((named(shared_with=[HALL]), OFFICE))
    assert county.only(PartyOrganisation).history[0].shared_with == (HALL,)


def test_whoever_has_left_may_come_back() -> None:
    county = desk((BRANCH, COUNTY))
    assert county.agrees(JOINED, OFFICE) == ((OFFICE, BranchJoined(**JOINED.model_dump())),)
    assert county.agrees(LEFT, OFFICE) == ((OFFICE, BranchLeft(**LEFT.model_dump())),)
    county.agrees(JOINED.model_copy(update={"since": date(2018, 10, 1)}), OFFICE)
    assert [one.until for one in county.only(JointBranch).members] == [LEFT.last_day, None]


TELLS: dict[type[EventData], type[Fact]] = {
    RegisterPartyOrganisation: PartyOrganisationRegistered,
    RegisterJointBranch: JointBranchRegistered,
    JoinBranch: BranchJoined,
    LeaveBranch: BranchLeft,
}


def undone(county: Desk, data: Submission, about: str = OFFICE) -> str:
    """The undoing fact, or the slug of why it is not taken back."""
    event, kind, then = asked(data, about), TELLS[type(data)], moment("2018-03-05")
    said: dict[str, Any] = {name: value for name, value in data.model_dump().items() if name in kind.model_fields}
    facts = (Consequence(kind(**said), about, then, about),)
    original = Original(event.id, event.key, data.type, about, about, then, True, facts)
    handler, state = HANDLERS[type(data)], State(county.roster)
    state.copy.load([*county.kept(JointBranch), *county.kept(PartyOrganisation)])
    assert handler.undo
    assert [*handler.undo_needs(original)]
    match handler.undo(state, original):
        case Refused(slug):
            return slug
        case Accepted(changes, undoing):
            county.keeps([one for one in changes if isinstance(one, JointBranch | PartyOrganisation)])
            return ",".join(one.fact.type for one in undoing if isinstance(one, About))


def test_a_name_is_taken_back_and_the_one_before_holds_again() -> None:
    county, later = desk(), named(party_name="发改局党总支", valid_from=SECOND)
    county.agrees(NAMED, OFFICE)
    county.agrees(later, OFFICE)
    assert undone(county, later) == "party-organisation-withdrawn"
    found = county.only(PartyOrganisation).on(SECOND)
    assert found
    assert found.party_name == "发展和改革局机关党支部"


def test_joining_leaving_and_the_branch_are_taken_back_in_their_order() -> None:
    county = desk((BRANCH, COUNTY))
    county.agrees(JOINED, OFFICE)
    county.agrees(LEFT, OFFICE)
    assert undone(county, BRANCH, COUNTY) == "branch-has-members"
    assert undone(county, JOINED) == "left-branch-since"
    assert undone(county, LEFT) == "branch-leaving-withdrawn"
    assert undone(county, JOINED) == "branch-joining-withdrawn"
    assert undone(county, BRANCH, COUNTY) == "joint-branch-withdrawn"
    county.agrees(BRANCH, COUNTY, n=1)


def test_leaving_is_not_taken_back_once_it_has_come_back() -> None:
    county = desk((BRANCH, COUNTY))
    county.agrees(JOINED, OFFICE)
    county.agrees(LEFT, OFFICE)
    county.agrees(JOINED.model_copy(update={"since": date(2018, 10, 1)}), OFFICE)
    assert undone(county, LEFT) == "already-in-branch"
