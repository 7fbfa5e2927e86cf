"""What was reported of learning, turns, issues and the hall is put right: it counts as it should from the start."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from shared.calendar import china_day
from shared.events import Submission
from shared.events.roster import (
    FileSubplan,
    HoldActivity,
    HoldJointMeeting,
    IssueCertificate,
    PlanTurn,
    RaiseIssue,
    RecordAttendance,
    RecordTurnWork,
    RegisterOrganisation,
    ScheduleLesson,
    StationDepartment,
    StudyIssue,
    SubmitIdea,
)
from shared.events.vocabulary import Hall, OrganisationKind
from tests.county import County
from tests.submitters import START, Said, Submitter, committee, just_now, office

MEMBER = Submitter("150424-E01")
FIRST = china_day(just_now()).replace(day=1)
"""A turn that begins with this month is under way."""


async def answers(county: County, *said: Said) -> list[str]:
    """What becomes of these, in one batch."""
    await county.hears(*said)
    async with county.working():
        await county.settles()
    verdicts = [await county.verdict(one) for one in said]
    return [one["reasons"][0]["slug"] if one["reasons"] else one["verdict"] for one in verdicts if one]


async def counted(county: County, measure: str) -> int:
    """What a measure of all places and months adds up to; the standing check finds nothing."""
    assert await county.differences() == []
    found = [one.get("add", {}).get(measure, 0) for one in (await county.monthly()).values()]
    return sum(sum(one.values()) if isinstance(one, dict) else int(one) for one in found)


def says(data: Submission, by: Submitter = office) -> Said:
    """Just now, so that its submitter may still put it right."""
    return by.says(data, just_now())


def member() -> Said:
    """An enterprise becomes a member of the committee."""
    kind = OrganisationKind.STATE_ENTERPRISE
    asked = RegisterOrganisation(
        code=MEMBER.code, name="供电公司", kind=kind, parent="150424", committee_member=True, valid_from=START
    )
    return committee.says(asked, just_now(), about=MEMBER.code)


def lesson() -> Said:
    return says(ScheduleLesson(lesson="party-day", title="主题党日", day=FIRST), committee)


def turn() -> Said:
    return says(PlanTurn(turn="2030-1", holders=[office.code], begins=FIRST, theme="优化服务"), committee)


class Slip(NamedTuple):
    """What has to be there, what was reported, what should have been, and what both count in which measure."""

    there: tuple[Said, ...]
    wrong: Said
    right: Said
    measure: str
    before: int = 1
    after: int = 1


def _certificate(person: str) -> Said:
    return says(IssueCertificate(certificate="first-aid", number="2018-001", person=person, home=office.code), office)


SLIPS = {
    "attendance": Slip(
        (lesson(),),
        says(RecordAttendance(lesson="party-day", attended=5)),
        says(RecordAttendance(lesson="party-day", attended=15)),
        "lesson-attendance",
        5,
        15,
    ),
    "certificate": Slip((), _certificate("p-1"), _certificate("p-2"), "certificates"),
    "sub-plan": Slip(
        (member(),), says(FileSubplan(title="子方按"), MEMBER), says(FileSubplan(title="子方案"), MEMBER), "subplans"
    ),
    "activity": Slip(
        (),
        says(HoldActivity(title="主题党日", prescribed=True, participants=30)),
        says(HoldActivity(title="主题党日", prescribed=True, participants=20)),
        "activities",
    ),
    "turn work": Slip(
        (turn(),),
        says(RecordTurnWork(turn="2030-1", work="banner", quantity=106)),
        says(RecordTurnWork(turn="2030-1", work="banner", quantity=16)),
        "turn-work",
        106,
        16,
    ),
    "idea": Slip(
        (turn(),),
        says(SubmitIdea(turn="2030-1", title="延时服务")),
        says(SubmitIdea(turn="2030-1", title="预约服务")),
        "ideas",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
async def test_what_was_reported_is_put_right_and_taken_back(county: County, name: str) -> None:
    slip = SLIPS[name]
    who = Submitter(slip.wrong.submitter)
    assert set(await answers(county, *slip.there, slip.wrong)) == {"accepted"}
    assert await counted(county, slip.measure) == slip.before
    corrected = who.instead_of(slip.wrong, slip.right)
    assert await answers(county, corrected) == ["accepted"]
    assert await counted(county, slip.measure) == slip.after
    assert await answers(county, who.takes_back(corrected)) == ["accepted"]
    assert await counted(county, slip.measure) == 0


async def test_what_was_taken_back_may_be_reported_anew(county: County) -> None:
    slip = SLIPS["attendance"]
    again = says(RecordAttendance(lesson="party-day", attended=7))
    assert await answers(county, *slip.there, slip.wrong, office.takes_back(slip.wrong), again) == ["accepted"] * 4
    assert await counted(county, slip.measure) == 7
    assert await answers(county, slip.right) == ["attendance-already-recorded"]


async def test_a_turn_shows_what_is_left_of_its_work(county: County) -> None:
    work, idea = SLIPS["turn work"], SLIPS["idea"]
    assert set(await answers(county, turn(), work.wrong, idea.wrong, idea.right)) == {"accepted"}
    assert set(await answers(county, office.instead_of(work.wrong, work.right), office.takes_back(idea.right))) == {
        "accepted"
    }
    kept = await county.db("roster")["turns"].find_one({"_id": "150424/2030-1"})
    assert kept is not None
    assert (kept["work"], kept["ideas"]) == ({"banner": 16}, 1)


async def test_a_stage_is_taken_back_until_the_next_one_has_followed(county: County) -> None:
    raised = says(RaiseIssue(issue="licence", title="压减时限", consulted=[office.code]))
    studied = says(StudyIssue(issue="licence", plan="并联办理"), committee)
    better = committee.instead_of(studied, says(StudyIssue(issue="licence", plan="并联办理，容缺受理"), committee))
    held = says(HoldJointMeeting(issue="licence", resolution="同意", effective_from=FIRST), committee)
    early, late = office.takes_back(raised), committee.takes_back(better)
    verdicts = await answers(county, raised, studied, better, early, held, late)
    assert verdicts == ["accepted"] * 3 + ["issue-already-studied", "accepted", "issue-already-resolved"]
    kept = await county.db("roster")["issues"].find_one({"_id": "150424/licence"})
    assert kept is not None
    assert (kept["stage"], kept["plan"]) == ("resolved", "并联办理，容缺受理")


async def test_an_issue_that_was_taken_back_may_be_raised_otherwise(county: County) -> None:
    raised = says(RaiseIssue(issue="licence", title="压减时县", consulted=[office.code]))
    again = says(RaiseIssue(issue="licence", title="压减时限", consulted=[office.code]))
    assert await answers(county, raised, office.takes_back(raised), again) == ["accepted"] * 3


async def test_a_department_that_did_not_move_in_stands_where_it_stood(county: County) -> None:
    department = Submitter("150424-D09")
    registered = committee.registers(department.code, OrganisationKind.DEPARTMENT, "150424")
    moved = committee.says(StationDepartment(hall=Hall.HALL, valid_from=FIRST), just_now(), department.code)
    assert await answers(county, registered, moved) == ["accepted", "accepted"]
    assert await _stationed(county, department) == ("hall", 1)
    elsewhere = committee.instead_of(
        moved, committee.says(StationDepartment(hall=Hall.BRANCH_HALL, valid_from=FIRST), moved.time, department.code)
    )
    assert await answers(county, elsewhere) == ["accepted"]
    assert await _stationed(county, department) == ("branch-hall", 1)
    assert await answers(county, committee.takes_back(elsewhere)) == ["accepted"]
    assert await _stationed(county, department) == (None, 0)


async def _stationed(county: County, department: Submitter) -> tuple[Any, int]:
    """Where the department stands by the roster, and in how many halls by the figures."""
    kept = await county.db("roster")["organisations"].find_one({"_id": department.code})
    assert kept is not None
    assert await county.differences() == []
    balance = await county.db("feedback")["balances"].find_one({"_id": department.code})
    assert balance is not None
    return kept["history"][-1]["stationed"], sum(balance["add"]["stationed"].values())
