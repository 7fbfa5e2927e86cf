"""A step of an appraisal is done once, killed at any point, and nothing of what was said lies anywhere in clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest

from services.roster.appraisals.model import Sheet
from shared.events.roster import Appoint, BranchKind, JoinBranch, Post, RegisterJointBranch
from shared.pipeline.pipeline import Pipeline
from shared.services import SERVICES
from tests.county import County
from tests.faults.controls import PublishesOnlyWhatIsNew
from tests.faults.crashing import CRASH_POINTS, Once
from tests.roster.appraising import BRANCH, by_committee, by_peers, by_self, opens
from tests.sealed import ALLOWED, registers
from tests.submitters import COUNTY, START, Said, committee, founding, moment, office

SECRETARY, CANARY = "p-secretary", "金丝雀"
DECIDING = "roster-submissions"
CALM = ""
"""A point that is never reached."""


class CameTo(NamedTuple):
    """What the steps of one member came to: the sheet's, and what followed from each."""

    awaits: str | None
    steps: Sequence[str]
    parts: Sequence[str]
    facts: Sequence[Sequence[str]]


async def opened(county: County, members: Sequence[str]) -> None:
    """Party members at windows of one office, in a branch, each with a sheet."""
    at = moment("2018-12-03")
    branch = RegisterJointBranch(
        branch=BRANCH, name="窗口联合党支部", branch_kind=BranchKind.JOINT_BRANCH, valid_from=START
    )
    known = [committee.says(branch, at)]
    for one in members:
        known += [
            office.says(registers(one, office.code), at),
            office.says(Appoint(person=one, post=Post.WINDOW_CLERK, since=START), at),
            office.says(JoinBranch(branch=BRANCH, person=one, since=START), at),
        ]
    async with county.working():
        for phase in ([*founding()], known, [committee.says(opens(members), at)]):
            await county.hears(*phase)
            await county.settles()


def steps(sheet: str, member: str, present: int) -> list[Said]:
    """Three, which are decided together, and the first of them twice."""
    own = office.says(by_self(sheet, duty=f"{CANARY}按时办结"), moment("2018-12-05")).heading(actor=member)
    votes = by_peers(sheet, present=present, excellent=present, qualified=0)
    grade = by_committee(sheet, daily={"points": 2800, "why": CANARY})
    others = committee.says(votes, moment("2018-12-12")), committee.says(grade, moment("2018-12-20"))
    return [own, own.repeated(), *(one.heading(actor=SECRETARY) for one in others)]


async def appraised(county: County, points: Sequence[str], kinds: Mapping[str, type[Pipeline]]) -> list[CameTo]:
    """A member for each point, at which whoever decides the member's steps is killed."""
    county.allowed = ALLOWED
    members = [f"p-{n}" for n in range(1, len(points) + 1)]
    await opened(county, members)
    of_sheet: dict[str, list[Said]] = {}
    for n, (point, member) in enumerate(zip(points, members, strict=True), 1):
        sheet = f"2018.{BRANCH}.{n:02}"
        of_sheet[sheet] = steps(sheet, member, len(members))
        crashes = Once(county, 0, kinds, loop=DECIDING, point=point)
        async with crashes.befall():
            await county.hears(*of_sheet[sheet])
            await county.settles()
        assert crashes.at == ({point: 1} if point else {}), f"not killed at {point}"
    return [await came_to(county, sheet, said) for sheet, said in of_sheet.items()]


async def came_to(county: County, sheet: str, said: Sequence[Said]) -> CameTo:
    kept = Sheet.stored(await county.db("roster")[Sheet.collection].find_one({"_id": f"{COUNTY}/{sheet}"}) or {})
    facts = [(headers["ce-cause"], subject.split(".")[1]) for subject, headers, _ in (await county.facts()).values()]
    followed = [sorted(kind for cause, kind in facts if cause == f"{one.submitter}/{one.id}") for one in said]
    return CameTo(kept.awaits, [one.step for one in kept.steps], sorted(kept.parts), followed)


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
    calm, *killed = await appraised(empty_county, [CALM, *CRASH_POINTS], {})
    assert (calm.awaits, len(calm.steps), len(calm.parts)) == ("home", 4, 3)
    assert dict(zip(CRASH_POINTS, killed, strict=True)) == dict.fromkeys(CRASH_POINTS, calm)
    assert await empty_county.dead() == []
    everywhere = f"{await kept_anywhere(empty_county)}{await empty_county.facts()}{caplog.text}"
    assert (CANARY in everywhere, f"2018.{BRANCH}.01" in everywhere) == (False, True)


async def test_control_what_is_told_only_when_new_is_lost_with_whoever_was_killed(empty_county: County) -> None:
    calm, killed = await appraised(empty_county, [CALM, "committed"], {DECIDING: PublishesOnlyWhatIsNew})
    assert (calm.facts == killed.facts, calm.steps == killed.steps) == (False, True)
