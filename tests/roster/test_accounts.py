"""A person gets an account by a one-time code, chooses a password, works, and comes back with it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from services.roster.accounts.model import Account, AccountSession
from shared.events.roster import NameCommittee
from shared.web.cookie import AT_HOME
from tests.browsing import browsing, signed_in
from tests.county import County
from tests.entrants import (
    CHIEF,
    DIRECTOR,
    LI,
    OURS,
    PASSWORD,
    SECURITY,
    WANG,
    enters,
    first_time,
    given_code,
    goes_on,
    in_session,
    is_in,
    registered,
)
from tests.processes_here import Browser
from tests.submitters import START, committee, just_now, office, station, township

SPELT = NameCommittee(name="林西县联合党委", brand="林西联办", latin="linxi", valid_from=START)


@pytest_asyncio.fixture
async def client(county: County) -> AsyncIterator[Browser]:
    await registered(county, WANG, LI, CHIEF, DIRECTOR, SECURITY)
    async with county.working():
        await county.hears(committee.says(SPELT, just_now()))
        await county.settles()
    async with browsing(county, "roster") as client:
        yield client


async def test_she_gets_a_slip_chooses_a_password_works_and_comes_back_with_it(client: Browser, county: County) -> None:
    code = await given_code(client, WANG, by=township.code)
    entered = await first_time(client, WANG, code.lower().replace("-", " "), back="/roster/people")
    assert (entered.status_code, entered.headers["location"]) == (303, "/roster/people")
    assert await is_in(client, WANG)
    async with browsing(county, "feedback") as elsewhere:
        elsewhere.cookies.update(client.cookies)
        assert await is_in(elsewhere, WANG, "feedback")
    await client.post("/roster/sign-out", headers=OURS)
    assert not await is_in(client, WANG)
    again = await enters(client, WANG, PASSWORD)
    assert again.status_code == 303
    assert await is_in(client, WANG)
    kept = await county.db("roster")[AccountSession.collection].find({}).to_list(None)
    assert [one["person"] for one in kept] == [WANG.id] * 2


async def test_nothing_that_was_typed_lies_anywhere(client: Browser, county: County) -> None:
    code = await given_code(client, WANG, by=township.code)
    await first_time(client, WANG, code)
    raw = await county.db("roster")[Account.collection].find_one({"_id": WANG.id})
    assert raw is not None
    assert raw["password"].startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "code" not in raw
    text = str(raw)
    assert (PASSWORD in text, code in text) == (False, False)


async def test_a_code_is_used_once_and_a_newer_one_voids_it_and_the_password(client: Browser) -> None:
    code = await given_code(client, WANG, by=township.code)
    page = await enters(client, WANG, code)
    newer = await given_code(client, WANG, by=township.code)
    late = await goes_on(client, page, password=PASSWORD, again=PASSWORD)
    assert (late.status_code, "请重新登录" in late.text) == (401, True)
    assert (await enters(client, WANG, code)).status_code == 401
    assert (await first_time(client, WANG, newer)).status_code == 303
    client.cookies.clear()
    assert (await enters(client, WANG, newer)).status_code == 401
    await given_code(client, WANG, by=township.code)
    assert (await enters(client, WANG, PASSWORD)).status_code == 401


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short1A", "short1A", "密码至少10个字符"),
        ("abcdefgh12", "abcdefgh12", "密码至少10个字符"),
        ("Linxi@2018", "Linxi@2018", "过于常见"),
        ("13800138001Aa", "13800138001Aa", "不能含有本人姓名、手机号码"),
        ("王芳-Shamo-1958", "王芳-Shamo-1958", "不能含有本人姓名、手机号码"),
        (PASSWORD, PASSWORD + "1", "两次填写的密码不一致"),
    ],
)
async def test_what_is_no_password_is_said_in_a_sentence(client: Browser, password: str, again: str, said: str) -> None:
    page = await enters(client, WANG, await given_code(client, WANG, by=township.code))
    answer = await goes_on(client, page, password=password, again=again)
    assert (answer.status_code, said in answer.text, password in answer.text) == (422, True, False)
    assert (await goes_on(client, answer, password=PASSWORD, again=PASSWORD)).status_code == 303


async def test_which_of_the_three_is_wrong_is_never_told(client: Browser) -> None:
    await first_time(client, WANG, await given_code(client, WANG, by=township.code))
    client.cookies.clear()
    tries = [
        await enters(client, WANG, PASSWORD + "x"),
        await enters(client, WANG._replace(name="王芬"), PASSWORD),
        await enters(client, WANG._replace(organisation=office.code), PASSWORD),
        await enters(client, LI, PASSWORD),
    ]
    said = {answer.text.partition('role="alert"')[2].partition("</div>")[0] for answer in tries}
    assert ({answer.status_code for answer in tries}, len(said)) == ({401}, 1)


async def test_a_unit_is_found_by_two_letters_and_chosen_among_several(client: Browser) -> None:
    found = (await client.get("/roster/sign-in/units?name=10020")).json()["items"]
    assert [one["code"] for one in found] == [f"15042410020{n}" for n in range(2, 6)]
    assert (await client.get("/roster/sign-in/units?name=2")).json() == {"items": []}
    several = await enters(client, WANG._replace(organisation="15042410020"), PASSWORD, find="1")
    assert several.status_code == 422
    assert re.search(rf'type="radio"[^>]* name="chosen" value="{station.code}"', several.text)
    searched = await client.post("/roster/sign-in/person", data={"unit": "组织", "find": "1"}, headers=OURS)
    assert (searched.status_code, "未能登录" in searched.text) == (200, False)
    none = await client.post("/roster/sign-in/person", data={"unit": "没有"}, headers=OURS)
    assert (none.status_code, "没有找到名称中含有“没有”的单位" in none.text) == (422, True)
    code = await given_code(client, WANG, by=township.code)
    chosen = await enters(client, WANG._replace(organisation="15042410020"), code, chosen=station.code)
    assert "设置密码" in chosen.text


async def test_of_two_of_one_name_the_mobile_decides_only_where_both_fit(client: Browser, county: County) -> None:
    other = LI._replace(id="p-li-2", mobile="13800138009", post=None)
    await registered(county, other)
    for one, password in ((LI, PASSWORD), (other, "Ulan-Hada-2020-x")):
        page = await enters(client, one, await given_code(client, one, by=office.code))
        assert (await goes_on(client, page, password=password, again=password)).status_code == 303
        client.cookies.clear()
    assert (await enters(client, LI, PASSWORD)).status_code == 303
    client.cookies.clear()
    await first_time(client, other, await given_code(client, other, by=office.code))
    client.cookies.clear()
    asked = await enters(client, LI, PASSWORD)
    assert (asked.status_code, "手机号码后四位" in asked.text) == (422, True)
    assert (await enters(client, LI, PASSWORD, last4="8009")).status_code == 303
    kept = await county.db("roster")[AccountSession.collection].find({}).sort("began", 1).to_list(None)
    assert kept[-1]["person"] == other.id


async def test_who_gives_whom_a_code(client: Browser) -> None:
    """By tokens: the organisation itself and those above it; what is the county's, nobody but the county so far."""
    givers = {
        WANG: {township.code, station.code, committee.code},
        LI: {office.code, committee.code},
        DIRECTOR: {committee.code},
        SECURITY: {committee.code},
    }
    for to, may in givers.items():
        for by in (township.code, station.code, office.code, committee.code):
            async with signed_in(client, by, "roster"):
                answer = await client.post(f"/roster/people/{to.id}/account/code", headers=OURS)
            assert (answer.status_code == 200) is (by in may), (to.name, by)


async def test_by_posts_the_chief_gives_codes_and_a_clerk_or_oneself_does_not(client: Browser) -> None:
    for by, to, status in ((CHIEF, LI, 200), (LI, CHIEF, 403), (CHIEF, CHIEF, 403), (WANG, LI, 403)):
        async with in_session(client, by):
            answer = await client.post(f"/roster/people/{to.id}/account/code", headers=OURS)
        assert answer.status_code == status, (by.name, to.name)


async def test_once_there_is_a_security_administrator_the_countys_token_gives_none_of_these(client: Browser) -> None:
    page = await enters(client, SECURITY, await given_code(client, SECURITY, by=committee.code))
    await goes_on(client, page, password=PASSWORD, again=PASSWORD)
    async with signed_in(client, committee.code, "roster"):
        assert (await client.post(f"/roster/people/{DIRECTOR.id}/account/code", headers=OURS)).status_code == 403
    async with in_session(client, SECURITY):
        assert (await client.post(f"/roster/people/{DIRECTOR.id}/account/code", headers=OURS)).status_code == 200


async def test_without_anybody_registered_only_programs_are_asked_to_sign_in(county: County) -> None:
    async with browsing(county, "roster") as client:
        page = (await client.get("/roster/sign-in")).text
    assert ("登录口令" in page, "姓名" in page) == (True, False)
    assert AT_HOME not in client.cookies
