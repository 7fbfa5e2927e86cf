"""The pages of Party organisations and joint branches: named by hand, joined and left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest_asyncio
from httpx import AsyncClient

from shared.events.roster import Appoint, Post
from tests.browsing import browsing, does, fills_in, signed_in
from tests.county import County
from tests.sealed import ALLOWED, registers
from tests.submitters import START, committee, moment, office, station

AT = moment("2018-06-13")
DAY = "2018-06-13"
BRANCH = {"branch": "qiye", "name": "企业联合党支部", "branch_kind": "joint-branch", "valid_from": "2018-02-01"}
NAMED = {"party_name": "发改局机关党支部", "party_kind": "branch", "party_members": "26", "valid_from": "2018-01-01"}


@pytest_asyncio.fixture
async def client(empty_county: County) -> AsyncIterator[AsyncClient]:
    empty_county.allowed = ALLOWED
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(empty_county.at_work())
        chief = Appoint(person="p-1", post=Post.WINDOW_CHIEF, since=START)
        await empty_county.hears(office.says(registers(), AT), office.says(chief, AT))
        await empty_county.settles()
        client = await stack.enter_async_context(browsing(empty_county, "roster", by=committee.code))
        client.looks_at(AT)
        yield client


async def test_an_organisation_says_what_its_party_organisation_is_called(
    client: AsyncClient, empty_county: County
) -> None:
    page = f"/roster/party/{office.code}"
    async with signed_in(client, office.code, "roster"):
        assert "发改局机关党支部" in await does(empty_county, client, page, "name", DAY, **NAMED)
        again = await fills_in(client, page, "name", DAY, **NAMED | {"party_members": "30"})
        assert "自2018年1月1日起的名称已有登记" in again.text
        assert "发改局机关党支部" in (await client.get("/roster/party")).text
        assert "登记党组织" not in (await client.get(f"/roster/party/{station.code}")).text


async def test_the_committee_shares_one_among_several(client: AsyncClient, empty_county: County) -> None:
    async with signed_in(client, committee.code, "roster"):
        shared = NAMED | {"shared_with-0": "150424-D01"}
        await does(empty_county, client, f"/roster/party/{office.code}", "name", DAY, **shared)
        assert "与组织150424-D01共用" in (await client.get("/roster/party")).text


async def test_a_branch_is_set_up_joined_and_left(client: AsyncClient, empty_county: County) -> None:
    page = "/roster/party/branches/qiye"
    async with signed_in(client, committee.code, "roster"):
        assert page in await does(empty_county, client, "/roster/party", "branch", DAY, **BRANCH)
    async with signed_in(client, office.code, "roster"):
        assert "样例甲" in await does(empty_county, client, page, "join", DAY, person="p-1", since="2018-03-01")
        left = await does(empty_county, client, page, "leave", DAY, person="p-1", last_day="2018-05-31")
        assert "2018年5月31日" in left
    async with signed_in(client, station.code, "roster"):
        shown = (await client.get(page)).text
        assert "样例甲" not in shown
        assert "<form" not in shown.split("<main")[1]


async def test_the_api_tells_each_what_it_may_read(client: AsyncClient, empty_county: County) -> None:
    key = (await client.get("/roster/api/people/seal-key")).json()
    assert key["id"] == "a1"
    async with signed_in(client, committee.code, "roster"):
        (one,) = (await client.get("/roster/api/people?post=window-chief")).json()["items"]
        assert (one["name"], one["home"]) == ("样例甲", office.code)
        assert (await client.get("/roster/api/people/keys")).json() == {"newest": "a1", "sealed_under": {"a1": 1}}
    async with signed_in(client, station.code, "roster"):
        assert (await client.get("/roster/api/people")).json()["items"] == []
        assert (await client.get(f"/roster/api/people?organisation={office.code}")).status_code == 403
