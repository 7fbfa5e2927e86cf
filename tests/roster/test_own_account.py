"""我的账号: the password is changed, sessions are seen and ended, devices forgotten; one changes the unit."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest_asyncio
from httpx import AsyncClient, Response

from shared.events.roster.people import Appoint, Post
from tests.browsing import browsing, signed_in
from tests.county import County
from tests.entrants import (
    LI,
    OURS,
    PASSWORD,
    SINCE,
    WANG,
    Entrant,
    enters,
    first_time,
    given_code,
    is_in,
    is_soon_out,
    registered,
)
from tests.processes_here import Browser
from tests.submitters import START, committee, office, township

ANOTHER = "Bairin-Right-1949"
CHROME = {"user-agent": "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/78.0 Safari/537.36"}


@pytest_asyncio.fixture
async def client(county: County) -> AsyncIterator[Browser]:
    """She has signed in on this one."""
    await registered(county, WANG, LI)
    async with browsing(county, "roster") as client:
        await first_time(client, WANG, await given_code(client, WANG, by=township.code))
        yield client


async def sends(client: AsyncClient, to: str, **fields: str) -> Response:
    """A form of the page."""
    return await client.post(f"/roster/account/{to}", data=fields, headers=OURS)


def entry(who: Entrant) -> dict[str, str]:
    """What is typed."""
    return {"unit": who.unit, "name": who.name, "password": PASSWORD, "remember": "1"}


async def test_with_a_new_password_all_other_sessions_end_and_this_one_goes_on(client: Browser, county: County) -> None:
    async with browsing(county, "roster") as phone:
        assert (await enters(phone, WANG, PASSWORD)).status_code == 303
        wrong = await sends(client, "password", old=ANOTHER, password=ANOTHER, again=ANOTHER)
        assert (wrong.status_code, "原密码不符" in wrong.text) == (422, True)
        assert await is_in(phone, WANG)
        changed = await sends(client, "password", old=PASSWORD, password=ANOTHER, again=ANOTHER)
        assert changed.status_code == 303
        assert "密码已修改" in (await client.get(changed.headers["location"])).text
        assert await is_in(client, WANG)
        await is_soon_out(phone, WANG)
        assert (await enters(phone, WANG, PASSWORD)).status_code == 401
        assert (await enters(phone, WANG, ANOTHER)).status_code == 303


async def test_a_session_is_ended_from_the_list_on_another_device(client: Browser, county: County) -> None:
    async with browsing(county, "roster") as phone:
        await phone.post("/roster/sign-in/person", data=entry(WANG), headers=OURS | CHROME)
        assert await is_in(phone, WANG)
        page = (await client.get("/roster/account")).text
        assert "Windows电脑，Chrome" in page
        (session,) = re.findall(r'name="session" value="([^"]+)"', page)
        assert (await sends(client, "sessions/end", session=session)).status_code == 303
        await is_soon_out(phone, WANG)
        assert await is_in(client, WANG)
        after = (await client.get("/roster/account")).text
        assert ("Windows电脑，Chrome" in after, "记住本人的设备" in after) == (False, False)


async def test_nobody_ends_anothers(client: Browser, county: County) -> None:
    async with browsing(county, "roster") as his:
        await first_time(his, LI, await given_code(his, LI, by=office.code))
        async with browsing(county, "roster") as at_home:
            await enters(at_home, LI, PASSWORD)
            (session,) = re.findall(r'name="session" value="([^"]+)"', (await his.get("/roster/account")).text)
            assert (await sends(client, "sessions/end", session=session)).status_code == 404
            assert await is_in(at_home, LI)


async def test_all_others_end_at_once_and_no_device_is_remembered(client: Browser, county: County) -> None:
    async with browsing(county, "roster") as phone, browsing(county, "roster") as home:
        for one in (phone, home):
            await one.post("/roster/sign-in/person", data=entry(WANG), headers=OURS)
        page = (await client.get("/roster/account")).text
        assert page.count(">不再记住</button>") == 2
        assert (await sends(client, "sessions/end-others")).status_code == 303
        for one in (phone, home):
            await is_soon_out(one, WANG)
        assert await is_in(client, WANG)
        assert "不再记住" not in (await client.get("/roster/account")).text


async def test_who_has_posts_in_two_units_changes_without_a_password(client: Browser, county: County) -> None:
    said = Appoint(person=LI.id, post=Post.COMMITTEE_MEMBER, since=START)
    async with county.working():
        await county.hears(committee.says(said, SINCE, committee.code))
        await county.settles()
    async with browsing(county, "roster") as his:
        await first_time(his, LI, await given_code(his, LI, by=committee.code))
        assert f'name="unit" value="{committee.code}"' in (await his.get("/roster/account")).text
        assert (await sends(his, "unit", unit=WANG.organisation)).status_code == 404
        assert (await sends(his, "unit", unit=committee.code)).status_code == 303
        assert f"{LI.name} · 林西县政务服务联合党委" in (await his.get("/roster/more")).text


async def test_an_organisations_token_has_no_account_and_nobody_is_sent_to_sign_in(client: Browser) -> None:
    client.cookies.clear()
    assert (await client.get("/roster/account")).status_code == 303
    async with signed_in(client, office.code, "roster"):
        assert "没有个人账号" in (await client.get("/roster/account")).text
