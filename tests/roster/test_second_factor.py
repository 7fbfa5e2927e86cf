"""Whoever signs or administers shows a one-time password too, each once, unless the browser is remembered."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pyotp
import pytest_asyncio
from httpx import Response

from services.roster.accounts.model import Account
from tests.browsing import browsing
from tests.county import County
from tests.entrants import DIRECTOR, OURS, PASSWORD, enters, first_time, given_code, goes_on, is_in, registered
from tests.processes_here import Browser
from tests.submitters import committee, moment

AT = moment("2026-12-01", "09:00:10")
SECRET = re.compile(r'密钥：<b class="code">([A-Z2-7 ]+)</b>')


@pytest_asyncio.fixture
async def client(county: County) -> AsyncIterator[Browser]:
    await registered(county, DIRECTOR)
    async with browsing(county, "roster") as client:
        client.looks_at(AT)
        yield client


async def set_up(client: Browser, **more: str) -> tuple[Response, pyotp.TOTP]:
    """The page with the picture, and what an app takes from it."""
    page = await first_time(client, DIRECTOR, await given_code(client, DIRECTOR, by=committee.code), **more)
    found = SECRET.search(page.text)
    assert found
    assert "<svg width" in page.text
    return page, pyotp.TOTP(found[1].replace(" ", ""))


async def test_it_is_set_up_the_first_time_and_asked_for_from_then_on(client: Browser, county: County) -> None:
    page, app = await set_up(client)
    assert not await is_in(client, DIRECTOR)
    wrong = await goes_on(client, page, digits="000000" if app.at(AT) != "000000" else "000001")
    assert (wrong.status_code, "动态口令不符" in wrong.text) == (401, True)
    assert (await goes_on(client, wrong, digits=app.at(AT))).status_code == 303
    assert await is_in(client, DIRECTOR)
    raw = await county.db("roster")[Account.collection].find_one({"_id": DIRECTOR.id})
    assert raw is not None
    assert app.secret not in str(raw)
    await client.post("/roster/sign-out", headers=OURS)
    asked = await enters(client, DIRECTOR, PASSWORD)
    assert (asked.status_code, "动态口令" in asked.text, "<svg width" in asked.text) == (200, True, False)
    assert not await is_in(client, DIRECTOR)


async def test_each_is_taken_once_and_that_of_half_a_minute_later_too(client: Browser) -> None:
    page, app = await set_up(client)
    assert (await goes_on(client, page, digits=app.at(AT))).status_code == 303
    for seconds, status in ((0, 401), (30, 303), (30, 401), (300, 401)):
        client.cookies.clear()
        asked = await enters(client, DIRECTOR, PASSWORD)
        answer = await goes_on(client, asked, digits=app.at(int(AT.timestamp()) + seconds))
        assert answer.status_code == status, seconds


async def test_a_remembered_browser_is_spared_it_and_never_the_password(client: Browser) -> None:
    page, app = await set_up(client, remember="1")
    entered = await goes_on(client, page, digits=app.at(AT))
    assert (entered.status_code, "lianban-device" in client.cookies) == (303, True)
    await client.post("/roster/sign-out", headers=OURS)
    assert (await enters(client, DIRECTOR, PASSWORD + "x")).status_code == 401
    assert (await enters(client, DIRECTOR, PASSWORD)).status_code == 303
    assert await is_in(client, DIRECTOR)


async def test_without_a_password_the_page_of_digits_is_worth_nothing(client: Browser) -> None:
    for step in ("", "made up"):
        answer = await client.post("/roster/sign-in/digits", data={"step": step, "digits": "123456"}, headers=OURS)
        assert (answer.status_code, "请重新登录" in answer.text) == (401, True)
    page, app = await set_up(client)
    await given_code(client, DIRECTOR, by=committee.code)
    late = await goes_on(client, page, digits=app.at(AT))
    assert (late.status_code, "请重新登录" in late.text) == (401, True)
