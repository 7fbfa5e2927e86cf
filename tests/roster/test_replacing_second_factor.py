"""A second factor is replaced on one's own account; who lost it has it reset by the security administrator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pyotp
import pytest_asyncio
from httpx import Response

from services.roster.accounts.kept import account_of
from tests.browsing import browsing
from tests.county import County
from tests.entrants import (
    DIRECTOR,
    OURS,
    PASSWORD,
    SECURITY,
    WANG,
    enters,
    first_time,
    given_code,
    goes_on,
    hidden_in,
    in_session,
    is_in,
    is_soon_out,
    registered,
)
from tests.processes_here import Browser
from tests.roster.test_second_factor import AT, SECRET, set_up
from tests.submitters import township


@pytest_asyncio.fixture
async def client(county: County) -> AsyncIterator[Browser]:
    await registered(county, DIRECTOR, SECURITY, WANG)
    async with browsing(county, "roster") as client:
        client.looks_at(AT)
        yield client


async def in_by_digits(client: Browser) -> pyotp.TOTP:
    """The director has signed in and has a second factor."""
    page, app = await set_up(client)
    assert (await goes_on(client, page, digits=app.at(AT))).status_code == 303
    client.looks_at(AT + timedelta(minutes=1))
    return app


def now_by(app: pyotp.TOTP, minutes: int = 1) -> str:
    return app.at(int((AT + timedelta(minutes=minutes)).timestamp()))


async def asks_for_another(client: Browser, old: str, digits: str = "") -> Response:
    return await client.post("/roster/account/second", data={"old": old, "digits": digits}, headers=OURS)


async def confirms(client: Browser, digits: str) -> int:
    """The password again, with digits."""
    data = {"old": PASSWORD, "digits": digits}
    return (await client.post("/roster/account/confirm", data=data, headers=OURS)).status_code


async def test_who_has_one_confirms_with_its_digits_too_each_once(client: Browser) -> None:
    app = await in_by_digits(client)
    page = (await client.get("/roster/account/confirm")).text
    assert ("登录密码" in page, 'autocomplete="one-time-code"' in page) == (True, True)
    assert [await confirms(client, digits) for digits in ("", app.at(AT), now_by(app), now_by(app))] == [
        422,
        422,
        303,
        422,
    ]
    assert "刚才已确认本人" in (await client.get("/roster/account/confirm")).text


async def shows_it(client: Browser, page: Response, digits: str) -> Response:
    data = hidden_in(page.text) | {"digits": digits}
    return await client.post("/roster/account/second/new", data=data, headers=OURS)


def taken_in(page: Response) -> pyotp.TOTP:
    found = SECRET.search(page.text)
    assert found, page.text
    return pyotp.TOTP(found[1].replace(" ", ""))


async def test_by_password_and_old_digits_another_takes_its_place_and_other_sessions_end(
    client: Browser, county: County
) -> None:
    app = await in_by_digits(client)
    async with browsing(county, "roster") as phone, in_session(phone, DIRECTOR, epoch=2):
        phone.looks_at(AT)
        assert await is_in(phone, DIRECTOR)
        page = await asks_for_another(client, PASSWORD, now_by(app))
        another = taken_in(page)
        assert (page.status_code, another.secret != app.secret) == (200, True)
        shown = await shows_it(client, page, now_by(another))
        assert (shown.status_code, await is_in(client, DIRECTOR)) == (303, True)
        assert "动态口令已更换" in (await client.get(shown.headers["location"])).text
        await is_soon_out(phone, DIRECTOR)
    client.cookies.clear()
    client.looks_at(AT + timedelta(minutes=2))
    for one, status in ((app, 401), (another, 303)):
        asked = await enters(client, DIRECTOR, PASSWORD)
        assert (await goes_on(client, asked, digits=now_by(one, 2))).status_code == status


async def test_neither_the_password_nor_the_digits_alone_are_enough(client: Browser) -> None:
    app = await in_by_digits(client)
    for old, digits, said in (("wrong", now_by(app), "原密码不符"), (PASSWORD, "", "动态口令不符")):
        refused = await asks_for_another(client, old, digits)
        assert (refused.status_code, said in refused.text, "<svg width" in refused.text) == (422, True, False)


async def test_until_the_new_one_has_been_shown_to_work_the_old_one_is_good(client: Browser) -> None:
    app = await in_by_digits(client)
    page = await asks_for_another(client, PASSWORD, now_by(app))
    wrong = await shows_it(client, page, "000000" if now_by(taken_in(page)) != "000000" else "000001")
    assert (wrong.status_code, "动态口令不符" in wrong.text) == (401, True)
    client.cookies.clear()
    client.looks_at(AT + timedelta(minutes=2))
    assert (await goes_on(client, await enters(client, DIRECTOR, PASSWORD), digits=now_by(app, 2))).status_code == 303


async def test_a_page_of_the_new_one_is_nobody_elses_and_is_used_once(client: Browser, county: County) -> None:
    app = await in_by_digits(client)
    page = await asks_for_another(client, PASSWORD, now_by(app))
    digits = now_by(taken_in(page))
    async with browsing(county, "roster") as hers:
        hers.looks_at(AT + timedelta(minutes=1))
        await first_time(hers, WANG, await given_code(hers, WANG, by=township.code))
        assert (await shows_it(hers, page, digits)).status_code == 401
        assert not (await account_of(county.db("roster"), WANG.id)).totp
    assert (await shows_it(client, page, digits)).status_code == 303
    assert (await shows_it(client, page, digits)).status_code == 401


async def test_who_need_not_have_one_may_set_one_up(client: Browser, county: County) -> None:
    await first_time(client, WANG, await given_code(client, WANG, by=township.code))
    page = await asks_for_another(client, PASSWORD)
    assert (await shows_it(client, page, taken_in(page).at(AT))).status_code == 303
    client.cookies.clear()
    assert "动态口令" in (await enters(client, WANG, PASSWORD)).text


async def test_the_security_administrator_resets_a_lost_one_and_it_is_set_up_anew(
    client: Browser, county: County
) -> None:
    await in_by_digits(client)
    hers = f"/roster/people/{DIRECTOR.id}/account"
    async with browsing(county, "roster") as desk:
        desk.looks_at(AT + timedelta(minutes=1))
        async with in_session(desk, WANG):
            assert (await desk.post(f"{hers}/second", headers=OURS)).status_code == 403
        async with in_session(desk, SECURITY):
            assert "重置动态口令" in (await desk.get(hers)).text
            assert (await desk.post(f"{hers}/second", headers=OURS)).status_code == 303
            assert "首次登录时设置" in (await desk.get(hers)).text
            assert (await desk.post(f"/roster/people/{SECURITY.id}/account/second", headers=OURS)).status_code == 403
    await is_soon_out(client, DIRECTOR)
    asked = await enters(client, DIRECTOR, PASSWORD)
    assert "重置动态口令" not in asked.text
    assert (await goes_on(client, asked, digits=now_by(taken_in(asked)))).status_code == 303
