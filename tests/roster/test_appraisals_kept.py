"""Sheets on the real bus and database: sealed anew after a rotation, and once however often a step is sent."""

from __future__ import annotations

import pytest

from services.roster.appraisals.contents import OwnWords, content_of
from services.roster.appraisals.model import Sheet
from services.roster.appraisals.resealing import resealed_sheets
from services.roster.people.resealing import sealed_under
from shared.database.kept import document
from shared.events.roster import Appoint, AppraisalStep, BranchKind, ErasePerson, JoinBranch, Post, RegisterJointBranch
from shared.events.roster.people import EndPost
from shared.pipeline.allowance import Allowance
from tests.county import County
from tests.roster.appraising import BEGINS, BRANCH, FIRST, by_peers, by_self, opens
from tests.sealed import ALLOWED, KEYS, ROTATED, registers
from tests.submitters import START, Said, committee, moment, office

ME = "p-1"
AT = moment("2018-12-03")


def known() -> list[Said]:
    """One Party member at a window, in a branch, with a sheet."""
    branch = RegisterJointBranch(
        branch=BRANCH, name="窗口联合党支部", branch_kind=BranchKind.JOINT_BRANCH, valid_from=START
    )
    return [
        office.says(registers(ME, office.code), AT),
        office.says(Appoint(person=ME, post=Post.WINDOW_CLERK, since=START), AT),
        committee.says(branch, AT),
        office.says(JoinBranch(branch=BRANCH, person=ME, since=START), AT),
        committee.says(opens([ME]), AT),
    ]


async def decided(county: County, *said: Said) -> list[str]:
    """What becomes of these."""
    await county.hears(*said)
    async with county.working():
        await county.settles()
    verdicts = [await county.verdict(one) for one in said]
    return [one["reasons"][0]["slug"] if one["reasons"] else one["verdict"] for one in verdicts if one]


def own() -> Said:
    said = office.says(by_self(), moment("2018-12-05"))
    return said._replace(message=said.message._replace(headers={**said.message.headers, "ce-actor": ME}))


async def sheet(county: County) -> Sheet:
    kept = await document(county.db("roster"), Sheet, f"{committee.code}/{FIRST}")
    assert kept
    return kept


@pytest.mark.asyncio
async def test_what_was_said_is_sealed_anew_once_and_reads_the_same(county: County) -> None:
    county.allowed, db = ALLOWED, county.db("roster")
    assert await decided(county, *known(), own()) == ["accepted"] * 6
    assert await sealed_under(db) == {"a1": 2}
    assert await resealed_sheets(db, KEYS) == 0
    assert await resealed_sheets(db, ROTATED) == 1
    assert await resealed_sheets(db, ROTATED) == 0
    assert await sealed_under(db) == {"a1": 1, "b2": 1}
    words = content_of(ROTATED, (await sheet(county)).parts, FIRST, AppraisalStep.SELF, OwnWords)
    assert words == OwnWords(duty="按时办结", role="带头服务")


@pytest.mark.asyncio
async def test_what_no_key_opens_stays_and_stops_nobody(county: County) -> None:
    county.allowed, db = ALLOWED, county.db("roster")
    await decided(county, *known(), own())
    await db[Sheet.collection].update_one({}, {"$set": {"parts.self": "zz.lost", "keys": ["zz"]}})
    assert await resealed_sheets(db, ROTATED) == 0
    assert (await sheet(county)).parts == {"self": "zz.lost"}


@pytest.mark.asyncio
async def test_a_step_sent_again_after_another_key_came_is_the_same_step(county: County) -> None:
    county.allowed = ALLOWED
    said = [*known(), own()]
    await decided(county, *said)
    before = await sheet(county)
    county.allowed = Allowance(seals=ROTATED)
    assert await decided(county, *said) == ["accepted"] * 6
    assert await sheet(county) == before
    ballot = committee.says(by_peers(present=1, excellent=1, qualified=0), moment("2018-12-12"))
    assert await decided(county, ballot, ballot) == ["accepted"] * 2
    assert (await sheet(county)).awaits is AppraisalStep.COMMITTEE
    assert len((await sheet(county)).steps) == 3


@pytest.mark.asyncio
async def test_an_erased_person_leaves_no_word(county: County) -> None:
    county.allowed = ALLOWED
    await decided(county, *known(), own())
    ends = EndPost(person=ME, post=Post.WINDOW_CLERK, last_day=BEGINS)
    gone = committee.says(ErasePerson(person=ME, reason="退休"), moment("2018-12-06"), office.code)
    assert await decided(county, office.says(ends, moment("2018-12-05")), gone) == ["accepted"] * 2
    assert ((await sheet(county)).parts, (await sheet(county)).erased) == ({}, True)
    assert await sealed_under(county.db("roster")) == {}
