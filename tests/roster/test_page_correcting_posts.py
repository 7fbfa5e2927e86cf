"""What was entered wrongly of posts and Party organisations is corrected where it is seen, by its own form."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest_asyncio
from httpx import AsyncClient

from services.roster.party.model import PartyOrganisation
from shared.database.kept import document
from shared.events.roster import Appoint, JoinBranch, Post, RegisterJointBranch, RegisterPartyOrganisation
from shared.events.roster.party import BranchKind, PartyKind
from shared.forms.entered import GROUNDS
from shared.roster.staff import Staff
from tests.browsing import browsing, does, form_in, signed_in
from tests.county import County
from tests.sealed import ALLOWED, registers
from tests.submitters import START, Said, committee, moment, office, station

AT, DAY = moment("2018-06-13"), "2018-06-13"
PERSON = "/roster/people/p-1"


@pytest_asyncio.fixture
async def client(empty_county: County) -> AsyncIterator[AsyncClient]:
    empty_county.allowed = ALLOWED
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(empty_county.at_work())
        clerk = Appoint(person="p-1", post=Post.WINDOW_CLERK, since=START, basis="林政〔2018〕3号")
        await empty_county.hears(office.says(registers(), AT), office.says(clerk, AT))
        await empty_county.settles()
        client = await stack.enter_async_context(browsing(empty_county, "roster", by=committee.code))
        client.looks_at(AT)
        yield client


async def corrected(county: County, client: AsyncClient, page: str, key: str, /, **fields: str) -> str:
    """By the form that the record has, to which a page leads; its month is over, so that it says why."""
    found = re.findall(r'href="(/roster/submissions/[^"]+)"', (await client.get(page)).text)
    at = f"{found[-1]}/{key}"
    assert f'href="{at}"' in (await client.get(found[-1])).text
    form = form_in((await client.get(at)).text, at) | {GROUNDS: "登记有误"} | fields
    sent = await client.post(at, data=form)
    assert sent.status_code == 303, sent.text
    await county.settles()
    return (await client.get(page)).text


async def kept(county: County, *said: Said) -> None:
    await county.hears(*said)
    await county.settles()


async def test_a_post_is_corrected_from_the_persons_page(client: AsyncClient, empty_county: County) -> None:
    async with signed_in(client, committee.code, "roster"):
        shown = await corrected(empty_county, client, PERSON, "change-appointment", post="window-chief")
    assert "首席代表" in shown
    staff = await document(empty_county.db("roster"), Staff, office.code)
    assert staff
    assert [(one.post, one.since, one.basis) for one in staff.posts] == [(Post.WINDOW_CHIEF, START, "林政〔2018〕3号")]


async def test_the_last_day_of_a_post_is_corrected(client: AsyncClient, empty_county: County) -> None:
    page = f"/roster/people/of/{office.code}"
    async with signed_in(client, committee.code, "roster"):
        await does(
            empty_county, client, page, "end", DAY, held="window-clerk/p-1", last_day="2018-05-31", reason="调离"
        )
        shown = await corrected(empty_county, client, PERSON, "change-end", last_day="2018-06-10")
    assert "2018年6月10日" in shown
    staff = await document(empty_county.db("roster"), Staff, office.code)
    assert staff
    assert [(f"{one.until}", one.reason) for one in staff.posts] == [("2018-06-10", "调离")]


async def test_what_a_party_organisation_is_called_is_corrected(client: AsyncClient, empty_county: County) -> None:
    named = RegisterPartyOrganisation(
        party_name="发改局党支部", party_kind=PartyKind.BRANCH, party_members=12, valid_from=START
    )
    await kept(empty_county, office.says(named, AT))
    page = f"/roster/party/{office.code}"
    async with signed_in(client, committee.code, "roster"):
        shown = await corrected(empty_county, client, page, "change-name", party_members="21")
    assert "21人" in shown
    known = await document(empty_county.db("roster"), PartyOrganisation, office.code)
    assert known
    assert [(one.party_name, one.party_members) for one in known.history] == [("发改局党支部", 21)]


async def test_a_member_of_a_joint_branch_is_corrected(client: AsyncClient, empty_county: County) -> None:
    branch = RegisterJointBranch(
        branch="qiye", name="企业联合党支部", branch_kind=BranchKind.JOINT_BRANCH, valid_from=START
    )
    joins = JoinBranch(branch="qiye", person="p-1", since=START)
    await kept(empty_county, committee.says(branch, AT), office.says(joins, AT))
    async with signed_in(client, committee.code, "roster"):
        shown = await corrected(
            empty_county, client, "/roster/party/branches/qiye", "change-joining", since="2018-03-01"
        )
    assert "2018年3月1日" in shown


async def test_who_may_not_read_the_record_is_not_led_there(client: AsyncClient) -> None:
    async with signed_in(client, station.code, "roster"):
        assert (await client.get(PERSON)).status_code == 403
    assert "/roster/submissions/" not in (await client.get("/roster/party")).text
