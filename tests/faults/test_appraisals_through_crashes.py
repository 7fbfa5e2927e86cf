"""A step of an appraisal is done once, killed at any point, and nothing of what was said lies anywhere in clear."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from services.roster.appraisals.model import Sheet
from shared.events.roster import Appoint, BranchKind, JoinBranch, Post, RegisterJointBranch
from shared.services import SERVICES
from tests.county import County, Outcome
from tests.faults.controls import PublishesOnlyWhatIsNew
from tests.faults.crashing import CRASH_POINTS, Once
from tests.roster.appraising import BRANCH, by_committee, by_peers, by_self, opens
from tests.sealed import ALLOWED, registers
from tests.submitters import START, Said, committee, founding, moment, office

ME, SECRETARY, CANARY = "p-1", "p-secretary", "金丝雀"
DECIDING = "roster-submissions"


def opened() -> list[Sequence[Said]]:
    """One Party member at a window, in a branch, with a sheet."""
    at = moment("2018-12-03")
    branch = RegisterJointBranch(
        branch=BRANCH, name="窗口联合党支部", branch_kind=BranchKind.JOINT_BRANCH, valid_from=START
    )
    known = [
        office.says(registers(ME, office.code), at),
        office.says(Appoint(person=ME, post=Post.WINDOW_CLERK, since=START), at),
        committee.says(branch, at),
        office.says(JoinBranch(branch=BRANCH, person=ME, since=START), at),
        committee.says(opens([ME]), at),
    ]
    return [[*founding()], known]


def steps() -> list[Said]:
    """Three, which are decided together, and the first of them twice."""
    own = office.says(by_self(duty=f"{CANARY}按时办结"), moment("2018-12-05")).heading(actor=ME)
    votes = committee.says(by_peers(present=1, excellent=1, qualified=0), moment("2018-12-12"))
    grade = committee.says(by_committee(daily={"points": 2800, "why": CANARY}), moment("2018-12-20"))
    return [own, own.repeated(), *(one.heading(actor=SECRETARY) for one in (votes, grade))]


async def appraised(county: County, before: list[Sequence[Said]], said: list[Said], crashes: Once) -> Outcome:
    """What it comes to."""
    await county.begins_anew()
    async with county.working():
        for phase in before:
            await county.hears(*phase)
            await county.settles()
    async with crashes.befall():
        await county.hears(*said)
        await county.settles()
    return await county.outcome()


async def kept_anywhere(county: County) -> str:
    """All that the databases hold, as text."""
    held = []
    for service in SERVICES:
        db = county.db(service)
        for name in await db.list_collection_names():
            held += [str(one) async for one in db[name].find()]
    return "".join(held)


async def test_killed_at_any_point_every_step_is_done_once_and_lies_sealed(
    empty_county: County, caplog: pytest.LogCaptureFixture
) -> None:
    empty_county.allowed = ALLOWED
    before, said = opened(), steps()
    expected = await appraised(empty_county, before, said, Once(empty_county, 0, loop=DECIDING))
    sheet = await empty_county.db("roster")[Sheet.collection].find_one({})
    assert sheet is not None
    assert (sheet["awaits"], len(sheet["steps"]), expected.dead) == ("home", 4, [])
    for point in CRASH_POINTS:
        crashes = Once(empty_county, 0, loop=DECIDING, point=point)
        outcome = await appraised(empty_county, before, said, crashes)
        assert crashes.at == {point: 1}, f"not killed at {point}"
        assert outcome.unlike(expected) == [], point
        assert await empty_county.db("roster")[Sheet.collection].find_one({}) == sheet, point
        everywhere = f"{await kept_anywhere(empty_county)}{outcome.facts}{outcome.dead}{caplog.text}"
        assert (CANARY in everywhere, "2018.hall.01" in everywhere) == (False, True), point


async def test_control_what_is_told_only_when_new_is_lost_with_whoever_was_killed(empty_county: County) -> None:
    empty_county.allowed = ALLOWED
    before, said = opened(), steps()
    expected = await appraised(empty_county, before, said, Once(empty_county, 0, loop=DECIDING))
    forgetful = Once(empty_county, 0, {DECIDING: PublishesOnlyWhatIsNew}, loop=DECIDING, point="committed")
    outcome = await appraised(empty_county, before, said, forgetful)
    assert expected.facts.keys() - outcome.facts.keys()
