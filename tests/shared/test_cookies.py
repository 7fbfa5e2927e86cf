"""The cookie of who signed in: for these pages alone, made up by nobody, over with the working day and with the key."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient
from itsdangerous import URLSafeSerializer

from shared.bus.streams import WORKING_DAY
from shared.identity.sessions import SignIn
from shared.identity.tokens import token_of
from shared.web.cookie import AT_HOME as COOKIE
from tests.asking import COUNTY, STATION
from tests.shared.signing import AWAY, NAME, SECRET, TOKEN, application, basic, browser_of, signs_in, who


@pytest.fixture
async def browser() -> AsyncIterator[AsyncClient]:
    """At a service on whose roster no key has ended."""
    async with browser_of(application()) as client:
        yield client


async def test_the_cookie_is_for_these_pages_alone_and_holds_no_token(browser: AsyncClient) -> None:
    cookie = (await signs_in(browser)).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert f"max-age={WORKING_DAY}" in cookie
    assert TOKEN not in cookie
    id, *held = json.loads(base64.b64decode(browser.cookies[COOKIE].split(".")[0] + "=="))
    assert (len(id), held[:2], abs(held[2] - time.time()) < 60) == (22, [STATION, "k0"], True)


FORGED = URLSafeSerializer("8" * 64, salt="lianban/session").dumps(SignIn.begun(COUNTY, "k0"))


def altered(cookie: str) -> str:
    """The same signature under another organisation's code."""
    return ".".join([FORGED.split(".")[0], *cookie.split(".")[1:]])


def signed_by_another(_: str) -> str:
    """Well made, by somebody without the county's secret."""
    return str(FORGED)


@pytest.mark.parametrize("forge", [altered, signed_by_another, lambda _: "nonsense", lambda cookie: cookie[:-1]])
async def test_a_forged_cookie_is_nobodys(browser: AsyncClient, forge: Any) -> None:
    await signs_in(browser)
    forged = forge(browser.cookies[COOKIE])
    browser.cookies.clear()
    browser.cookies.set(COOKIE, forged)
    assert await who(browser) == "nobody"


@pytest.mark.parametrize(("later", "known"), [(WORKING_DAY - 60, STATION), (WORKING_DAY + 60, "nobody")])
async def test_a_cookie_ends_with_the_working_day_whatever_the_browser_does(
    browser: AsyncClient, monkeypatch: pytest.MonkeyPatch, later: int, known: str
) -> None:
    await signs_in(browser)
    kept = browser.cookies[COOKIE]
    now = time.time
    monkeypatch.setattr("shared.identity.sessions.time.time", lambda: now() + later)
    async with browser_of(application()) as another_day:
        another_day.cookies.set(COOKIE, kept)
        assert await who(another_day) == known


async def test_a_key_that_ended_takes_token_and_cookie_with_it(browser: AsyncClient) -> None:
    await signs_in(browser)
    kept, newer = browser.cookies[COOKIE], token_of(STATION, SECRET, 1)
    async with browser_of(application(keys_ended=1)) as later:
        later.cookies.set(COOKIE, kept)
        assert await who(later) == "nobody"
        assert NAME not in (await later.get("/inspection/page")).text
        assert (await later.get("/inspection/who", headers=basic(f"{STATION}:{TOKEN}".encode()))).text == "nobody"
        assert (await signs_in(later)).status_code == 401
        assert (await later.get("/inspection/who", headers=basic(f"{STATION}:{newer}".encode()))).text == STATION
        assert (await signs_in(later, token=newer)).status_code == 303
        assert await who(later) == STATION
    assert (await signs_in(browser, token=newer)).status_code == 401


async def test_until_a_service_has_read_the_roster_once_it_believes_nobody(browser: AsyncClient) -> None:
    await signs_in(browser)
    async with browser_of(application(bus=AWAY)) as fresh:
        refused = await signs_in(fresh)
        assert (refused.status_code, "系统暂时无法连接" in refused.text) == (503, True)
        assert (await fresh.get("/inspection/who", headers=basic(f"{STATION}:{TOKEN}".encode()))).text == "nobody"
        fresh.cookies.set(COOKIE, browser.cookies[COOKIE])
        assert await who(fresh) == "nobody"
