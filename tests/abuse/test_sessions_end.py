"""A session that was ended is over in every service, and what was shown to somebody is kept by nobody."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest

from shared.bus.connection import Bus
from shared.identity.sessions import LOOK, EndedSessions, SignIn, opened, sealed
from shared.identity.tokens import token_of
from shared.services import SERVICES
from shared.web.cookie import AT_HOME, OVER_TLS
from tests.browsing import browsing, signed_in
from tests.county import County
from tests.processes_here import SECRET, Browser
from tests.submitters import station

PROMISED, BORNE = 2.0, 10
"""Seconds within which it is over everywhere, and how many times as long on a machine that is busy."""
MINE = "/inspection/patrol"
TLS = {"x-forwarded-proto": "https"}


@asynccontextmanager
async def everywhere(county: County) -> AsyncIterator[dict[str, Browser]]:
    """A browser at each service, as at one origin."""
    clients = {service: browsing(county, service) for service in SERVICES}
    yield clients
    for client in clients.values():
        await client.aclose()


async def believes(client: Browser, service: str, cookie: str) -> bool:
    """Whether a page says of its visitor that he may sign out."""
    client.cookies.clear()
    client.cookies.set(AT_HOME, cookie)
    return '/sign-out"' in (await client.get(f"/{service}/sign-in")).text


async def test_a_cookie_is_worth_nothing_anywhere_once_its_holder_signed_out(county: County) -> None:
    async with everywhere(county) as at:
        async with signed_in(at["inspection"], station.code, "inspection"):
            kept = at["inspection"].cookies[AT_HOME]
        async with signed_in(at["roster"], station.code, "roster"):
            other = at["roster"].cookies[AT_HOME]
        assert all([await believes(at[service], service, kept) for service in SERVICES])
        at["feedback"].cookies.set(AT_HOME, kept)
        answer = await at["feedback"].post("/feedback/sign-out")
        since = time.monotonic()
        assert answer.headers["clear-site-data"] == '"cache", "storage"'
        assert not await believes(at["feedback"], "feedback", kept)
        for service in SERVICES:
            while await believes(at[service], service, kept):
                assert time.monotonic() - since < BORNE * PROMISED
                await asyncio.sleep(0.01)
        print(f"over everywhere after {time.monotonic() - since:.2f} s")
        assert all([await believes(at[service], service, other) for service in SERVICES])
        async with browsing(county, "inspection") as fresh:
            assert not await believes(fresh, "inspection", kept)


async def test_who_signs_out_while_the_bus_is_away_is_out_here_and_everywhere_once_it_is_back(county: County) -> None:
    bus = SimpleNamespace(connected=False, last_stored=county.bus.last_stored, following=county.bus.following)
    bus.publish = county.bus.publish
    here, there = EndedSessions(cast(Bus, bus)), EndedSessions(county.bus)
    assert not await there.has_ended("a-session")
    await here.end("a-session")
    assert await here.has_ended("a-session")
    bus.connected = True
    await here.has_ended("another")
    async with asyncio.timeout(BORNE * PROMISED):
        while not await there.has_ended("a-session"):
            await asyncio.sleep(0.01)
    assert not await here.has_ended("another")


async def test_a_service_that_never_read_who_signed_out_believes_nobody(county: County) -> None:
    assert await EndedSessions(cast(Bus, SimpleNamespace(connected=False))).has_ended("a-session")
    assert not await EndedSessions(county.bus).has_ended("a-session")


async def test_a_bucket_that_begins_again_is_read_from_its_beginning(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.identity.sessions.LOOK", 0.0)
    one, other = EndedSessions(county.bus), EndedSessions(county.bus)
    for n in range(3):
        await one.end(f"before-{n}")
    assert await other.has_ended("before-2")
    await county.begins_anew()
    await EndedSessions(county.bus).end("after")
    assert await other.has_ended("after")
    assert LOOK < PROMISED


@pytest.mark.parametrize(("seconds", "is_on"), [(10 * 3600 - 60, True), (10 * 3600 + 60, False), (-3600, False)])
def test_a_session_lasts_a_working_day_from_its_beginning(
    monkeypatch: pytest.MonkeyPatch, seconds: int, is_on: bool
) -> None:
    text, now = sealed(SignIn.begun(station.code, "k0"), SECRET), time.time()
    monkeypatch.setattr("shared.identity.sessions.time.time", lambda: now + seconds)
    assert (opened(text, SECRET) is not None) is is_on
    assert opened(text, SECRET[1:]) is None


async def test_over_tls_the_cookie_is_sent_over_tls_alone_and_one_of_plain_http_is_not_read_there(
    county: County,
) -> None:
    data: dict[str, Any] = {"code": station.code, "token": token_of(station.code, SECRET)}
    async with browsing(county, "inspection") as client:
        plain = (await client.post("/inspection/sign-in", data=data)).headers["set-cookie"]
        secure = (await client.post("/inspection/sign-in", data=data, headers=TLS)).headers["set-cookie"]
        assert (plain.split("=")[0], "Secure" in plain) == (AT_HOME, False)
        assert secure.split("=")[0] == OVER_TLS
        assert {"Secure", "HttpOnly", "SameSite=strict", "Path=/"} <= set(secure.split("; "))
        assert (await client.get(MINE, headers=TLS)).status_code == 303
        assert (await client.get(MINE)).status_code == 200


async def test_what_is_answered_to_somebody_is_kept_by_no_browser(county: County) -> None:
    pages = ("/inspection/excellence", "/inspection/patrol", "/inspection/api/commitments", "/inspection/sign-in")
    async with browsing(county, "inspection") as client:
        anybodys = {path: (await client.get(path)).headers.get("cache-control") for path in pages}
        shown_to_anybody = {path: rule for path, rule in anybodys.items() if "/api/" not in path}
        assert shown_to_anybody["/inspection/excellence"] == shown_to_anybody["/inspection/sign-in"] == "no-cache"
        async with signed_in(client, station.code, "inspection"):
            for path in pages:
                assert (await client.get(path)).headers["cache-control"] == "no-store", path
            shown = (await client.get("/inspection/")).text
            style = shown.split('rel="stylesheet" href="')[1].split('"')[0]
            assert "immutable" in (await client.get(style)).headers["cache-control"]
        basic = await client.get("/inspection/api/patrols", auth=(station.code, token_of(station.code, SECRET)))
        assert basic.headers["cache-control"] == "no-store"
        assert (await client.post("/inspection/sign-in", data={})).headers["cache-control"] == "no-store"
