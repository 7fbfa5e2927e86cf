"""Whoever a county's provider of unified identities knows is bound to an account once, and signs in by it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
import pytest_asyncio

from services.roster.accounts.model import Account
from shared.events.roster.people import Appoint, Post
from tests.browsing import browsing
from tests.county import County
from tests.entrants import (
    DIRECTOR,
    LI,
    OURS,
    SECURITY,
    SINCE,
    WANG,
    first_time,
    given_code,
    goes_on,
    in_session,
    is_in,
    is_soon_out,
    registered,
)
from tests.processes_here import Browser
from tests.roster.identities import Identities, ec_key, providing, rsa_key
from tests.roster.test_second_factor import SECRET as SHOWN
from tests.roster.unified import START as BY_IT
from tests.roster.unified import binds, comes_back_by, enters_by_it, leads_to, there_and_back, unified_browsing
from tests.submitters import START, committee, just_now, office, township

HERS = f"/roster/people/{WANG.id}/account"


@pytest_asyncio.fixture
async def identities(tmp_path: Path) -> AsyncIterator[Identities]:
    async with providing(tmp_path) as identities:
        yield identities


@pytest_asyncio.fixture
async def client(county: County, identities: Identities) -> AsyncIterator[Browser]:
    """She has signed in by her password."""
    await registered(county, WANG, LI, DIRECTOR, SECURITY)
    async with unified_browsing(county, identities) as client:
        await first_time(client, WANG, await given_code(client, WANG, by=township.code))
        yield client


async def test_bound_once_she_signs_in_by_it_and_goes_on_where_she_wanted_to(
    client: Browser, county: County, identities: Identities
) -> None:
    bound = await binds(client, identities)
    assert "已绑定统一身份" in (await client.get(bound.headers["location"])).text
    raw = await county.db("roster")[Account.collection].find_one({"_id": WANG.id})
    assert raw is not None
    assert "wang-0001" not in str(raw)
    await client.post("/roster/sign-out", headers=OURS)
    page = await there_and_back(client, identities, "/roster/people?page=1")
    assert ("统一身份认证成功" in page.text, WANG.name in page.text, "data-goes-on" in page.text) == (True,) * 3
    assert not await is_in(client, WANG)
    entered = await enters_by_it(client, page)
    assert (entered.status_code, entered.headers["location"]) == (303, "/roster/people?page=1")
    assert await is_in(client, WANG)


async def test_the_button_stands_only_where_the_county_has_a_provider(
    client: Browser, county: County, identities: Identities
) -> None:
    assert "统一身份认证登录" in (await client.get("/roster/sign-in")).text
    async with browsing(county, "roster") as elsewhere:
        assert "统一身份" not in (await elsewhere.get("/roster/sign-in")).text
        assert (await elsewhere.get(BY_IT)).status_code == 404
        async with in_session(elsewhere, WANG):
            assert "统一身份" not in (await elsewhere.get("/roster/account")).text
            assert (await elsewhere.post("/roster/account/unified", headers=OURS)).status_code == 404


async def test_whom_no_account_is_bound_to_is_told_so(client: Browser, identities: Identities) -> None:
    client.cookies.clear()
    page = await there_and_back(client, identities)
    assert (page.status_code, "没有绑定本系统的账号" in page.text) == (401, True)


async def test_one_identity_opens_one_account(client: Browser, county: County, identities: Identities) -> None:
    await binds(client, identities)
    async with unified_browsing(county, identities) as his:
        await first_time(his, LI, await given_code(his, LI, by=office.code))
        refused = await binds(his, identities)
        assert "已经绑定其他人的账号" in (await his.get(refused.headers["location"])).text
        await client.post("/roster/account/unified/unbind", headers=OURS)
        assert "done=bound" in (await binds(his, identities)).headers["location"]
    client.cookies.clear()
    assert LI.name in (await there_and_back(client, identities)).text


async def test_who_has_several_units_chooses_one(client: Browser, county: County, identities: Identities) -> None:
    await binds(client, identities)
    said = Appoint(person=WANG.id, post=Post.COMMITTEE_MEMBER, since=START)
    async with county.working():
        await county.hears(committee.says(said, SINCE, committee.code))
        await county.settles()
    client.cookies.clear()
    page = await there_and_back(client, identities)
    assert ("林西县政务服务联合党委" in page.text, "data-goes-on" in page.text) == (True, False)
    assert (await enters_by_it(client, page, unit=office.code)).status_code == 401
    assert (await enters_by_it(client, page, unit=committee.code)).status_code == 303
    assert f"{WANG.name} · 林西县政务服务联合党委" in (await client.get("/roster/more")).text


@pytest.mark.parametrize(
    ("more", "acr", "asks"),
    [({}, "", True), ({"amr": ["pwd"]}, "", True), ({"amr": ["pwd", "mfa"]}, "", False), ({"acr": "2"}, "2", False)],
)
async def test_who_signs_shows_digits_too_unless_the_provider_saw_two(
    county: County, identities: Identities, more: dict[str, object], acr: str, asks: bool
) -> None:
    await registered(county, DIRECTOR)
    async with unified_browsing(county, identities, acr=acr) as client:
        page = await first_time(client, DIRECTOR, await given_code(client, DIRECTOR, by=committee.code))
        found = SHOWN.search(page.text)
        assert found
        app = pyotp.TOTP(found[1].replace(" ", ""))
        await goes_on(client, page, digits=app.now())
        await county.db("roster")[Account.collection].update_one({"_id": DIRECTOR.id}, {"$unset": {"totp_used": ""}})
        await binds(client, identities, app.now())
        client.cookies.clear()
        identities.who |= more
        entered = await enters_by_it(client, await there_and_back(client, identities))
        assert (entered.status_code, "动态口令" in entered.text) == ((200, True) if asks else (303, False))
        assert await is_in(client, DIRECTOR) != asks
        if asks:
            await county.db("roster")[Account.collection].update_one(
                {"_id": DIRECTOR.id}, {"$unset": {"totp_used": ""}}
            )
            assert (await goes_on(client, entered, digits=app.now())).status_code == 303
            assert await is_in(client, DIRECTOR)


async def test_binding_asks_the_password_again(client: Browser) -> None:
    refused = await client.post("/roster/account/unified", data={"old": "wrong"}, headers=OURS)
    assert (refused.status_code, "原密码不符" in refused.text, "前往认证平台" in refused.text) == (422, True, False)


async def test_the_security_administrator_binds_and_unbinds_anothers(
    client: Browser, county: County, identities: Identities
) -> None:
    async with unified_browsing(county, identities) as desk:
        async with in_session(desk, WANG):
            assert (await desk.post(f"{HERS}/unified", data={"subject": "x"}, headers=OURS)).status_code == 403
        async with in_session(desk, SECURITY):
            assert "统一身份标识" in (await desk.get(HERS)).text
            empty = await desk.post(f"{HERS}/unified", data={"subject": " "}, headers=OURS)
            assert (empty.status_code, "请填写统一身份标识" in empty.text) == (422, True)
            assert (await desk.post(f"{HERS}/unified", data={"subject": "wang-0001"}, headers=OURS)).status_code == 303
            his = f"/roster/people/{LI.id}/account/unified"
            taken = await desk.post(his, data={"subject": "wang-0001"}, headers=OURS)
            assert (taken.status_code, "已经绑定其他人" in taken.text) == (422, True)
            own = f"/roster/people/{SECURITY.id}/account/unified"
            assert (await desk.post(own, data={"subject": "x"}, headers=OURS)).status_code == 403
        page = await there_and_back(desk, identities)
        assert (await enters_by_it(desk, page)).status_code == 303
        async with unified_browsing(county, identities) as other, in_session(other, SECURITY):
            assert (await other.post(f"{HERS}/unbind", headers=OURS)).status_code == 303
        await is_soon_out(desk, WANG)
        desk.cookies.clear()
        assert "没有绑定本系统的账号" in (await there_and_back(desk, identities)).text


async def test_a_disabled_or_locked_account_is_not_opened_by_it_and_a_new_code_voids_it(
    client: Browser, county: County, identities: Identities
) -> None:
    await binds(client, identities)
    client.cookies.clear()
    accounts = county.db("roster")[Account.collection]
    await accounts.update_one({"_id": WANG.id}, {"$set": {"disabled": True}})
    assert "账号已停用" in (await there_and_back(client, identities)).text
    await accounts.update_one({"_id": WANG.id}, {"$set": {"disabled": False}})
    page = await there_and_back(client, identities)
    await accounts.update_one({"_id": WANG.id}, {"$set": {"disabled": True}})
    assert (await enters_by_it(client, page)).status_code == 401
    await accounts.update_one({"_id": WANG.id}, {"$set": {"disabled": False}})
    await accounts.update_one({"_id": WANG.id}, {"$set": {"locked_until": just_now() + timedelta(minutes=30)}})
    assert "账号已锁定" in (await enters_by_it(client, await there_and_back(client, identities))).text
    await given_code(client, WANG, by=township.code)
    assert "没有绑定本系统的账号" in (await there_and_back(client, identities)).text


async def test_another_claim_may_name_the_person(county: County, identities: Identities) -> None:
    await registered(county, WANG)
    identities.who |= {"phone_number": "+8613800138001"}
    async with unified_browsing(county, identities, claim="phone_number", scope="openid phone") as client:
        page = await client.get(BY_IT)
        assert "scope=openid+phone" in leads_to(page) or "scope=openid%20phone" in leads_to(page)
        await first_time(client, WANG, await given_code(client, WANG, by=township.code))
        await binds(client, identities)
        identities.who |= {"sub": "another-subject-of-the-same-phone"}
        client.cookies.clear()
        assert WANG.name in (await there_and_back(client, identities)).text


async def test_keys_are_read_anew_for_one_that_is_not_known(client: Browser, identities: Identities) -> None:
    await binds(client, identities)
    client.cookies.clear()
    identities.keys = [ec_key("k2"), rsa_key("k3")]
    provider = client.app.state.unified
    provider._clock = lambda: time.monotonic() + 31
    assert "统一身份认证成功" in (await there_and_back(client, identities)).text
    assert identities.asked.count("/keys") == 2


async def test_two_tabs_are_two_ways_and_each_is_gone_to_its_end(client: Browser, identities: Identities) -> None:
    await binds(client, identities)
    client.cookies.clear()
    ways = [leads_to(await client.get(BY_IT)) for _ in range(2)]
    pages = [await client.get(await comes_back_by(identities, to)) for to in ways]
    assert [page.status_code for page in pages] == [200, 200]
    assert (await enters_by_it(client, pages[1])).status_code == 303
    assert (await enters_by_it(client, pages[0])).status_code == 303
    assert await is_in(client, WANG)
