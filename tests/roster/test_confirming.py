"""确认本人: the password is shown again on a page of the roster's, which leads back to where somebody came from."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response

from services.roster.accounts.kept import account_of, changed
from tests.browsing import browsing, signed_in
from tests.county import County
from tests.entrants import OURS, PASSWORD, WANG, enters, first_time, given_code, is_in, registered
from tests.processes_here import Browser
from tests.roster.test_audit import auditing, kept
from tests.roster.test_own_account import ANOTHER
from tests.submitters import office, township

AT = "/roster/account/confirm"
PROVEN = "刚才已确认本人"


@pytest_asyncio.fixture
async def client(county: County) -> AsyncIterator[Browser]:
    """She has signed in on this one."""
    await registered(county, WANG)
    async with browsing(county, "roster") as client:
        await first_time(client, WANG, await given_code(client, WANG, by=township.code))
        yield client


async def shows(client: AsyncClient, password: str, back: str = "") -> Response:
    return await client.post(AT, params={"back": back} if back else None, data={"old": password}, headers=OURS)


async def is_proven(client: AsyncClient) -> bool:
    return PROVEN in (await client.get(AT)).text


async def test_to_sign_in_is_no_proof_and_the_password_shown_again_is(client: Browser) -> None:
    assert not await is_proven(client)
    wrong = await shows(client, ANOTHER, "/roster/people")
    assert (wrong.status_code, "登录密码不符" in wrong.text, await is_proven(client)) == (422, True, False)
    right = await shows(client, PASSWORD, "/feedback/reports?period=2018-03#x")
    assert (right.status_code, right.headers["location"]) == (303, "/feedback/reports?period=2018-03#x")
    assert await is_proven(client)


async def test_without_a_page_to_go_back_to_one_is_told_on_ones_own_account(client: Browser) -> None:
    right = await shows(client, PASSWORD)
    assert "已确认本人" in (await client.get(right.headers["location"])).text


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
async def test_nobody_is_led_elsewhere(client: Browser, back: str) -> None:
    page = await client.get(AT, params={"back": back})
    assert (page.status_code, "evil" in page.text, "alert" in page.text) == (200, False, False)
    assert (await shows(client, PASSWORD, back)).headers["location"].startswith("/roster/account?")


async def test_a_cookie_that_was_copied_before_stays_without_proof(client: Browser, county: County) -> None:
    async with browsing(county, "roster") as thief:
        thief.cookies.update(client.cookies)
        assert (await shows(client, PASSWORD)).status_code == 303
        assert (await is_proven(client), await is_in(thief, WANG), await is_proven(thief)) == (True, True, False)


async def test_pressed_twice_it_is_done_and_other_tabs_have_it_too(client: Browser, county: County) -> None:
    async with browsing(county, "roster") as first_answer_lost:
        first_answer_lost.cookies.update(client.cookies)
        assert (await shows(client, PASSWORD)).status_code == 303
        assert (await shows(first_answer_lost, PASSWORD)).status_code == 303
        assert await is_proven(first_answer_lost)


async def test_after_the_password_was_changed_it_is_shown_again(client: Browser) -> None:
    await shows(client, PASSWORD)
    new = {"old": PASSWORD, "password": ANOTHER, "again": ANOTHER}
    assert (await client.post("/roster/account/password", data=new, headers=OURS)).status_code == 303
    assert (await is_in(client, WANG), await is_proven(client)) == (True, False)
    assert ((await shows(client, PASSWORD)).status_code, (await shows(client, ANOTHER)).status_code) == (422, 303)


async def test_whose_session_is_over_signs_in_and_shows_it_then(client: Browser, county: County) -> None:
    await shows(client, PASSWORD)
    async with browsing(county, "roster") as phone:
        await enters(phone, WANG, PASSWORD)
        await phone.post("/roster/account/sessions/end-others", headers=OURS)
    late = await shows(client, PASSWORD, "/roster/people")
    assert (late.status_code, 'value="/roster/account/confirm?back=%2Froster%2Fpeople"' in late.text) == (401, True)


async def test_guessing_it_is_counted_against_the_account_and_locks_it(client: Browser, county: County) -> None:
    for _ in range(10):
        assert (await shows(client, ANOTHER)).status_code == 422
    assert (await account_of(county.db("roster"), WANG.id)).locked_until is not None
    assert ((await shows(client, PASSWORD)).status_code, await is_proven(client)) == (422, False)


async def test_without_a_password_it_is_said_what_to_do_and_nothing_is_counted(client: Browser, county: County) -> None:
    await changed(county.db("roster"), WANG.id, {"$set": {"password": ""}})
    page = await client.get(AT)
    assert ("没有设置登录密码" in page.text, 'name="old"' in page.text) == (True, False)
    assert ((await shows(client, "")).status_code, await is_proven(client)) == (422, False)
    assert (await account_of(county.db("roster"), WANG.id)).failures is None


async def test_an_organisation_has_no_password_of_a_person(client: Browser) -> None:
    client.cookies.clear()
    assert (await client.get(AT)).status_code == 303
    async with signed_in(client, office.code, "roster"):
        assert "没有个人账号" in (await client.get(AT)).text
        assert (await shows(client, PASSWORD)).status_code == 401


async def test_both_stand_in_the_audit(client: Browser, county: County) -> None:
    async with auditing(county):
        await shows(client, ANOTHER)
        await shows(client, PASSWORD)
        rows = [row["line"] for row in await kept(county, 6)]
    said = [(one["kind"], one["what"]) for one in rows if one["person"] == WANG.id and "confirmed" in one["what"]]
    assert said == [
        ("sign-in-failed", f"person-not-confirmed {WANG.id}"),
        ("sign-in", f"person-confirmed {WANG.id}"),
    ]
