"""Whoever asks for what takes long to put together keeps neither a light page nor a verdict waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from starlette.types import Message, Scope

from shared.web.heavy import HEAVY

AT_ONCE, READERS = 2, 30


class Desk:
    """A page that takes as long as it is told to, and one that is there at once."""

    def __init__(self) -> None:
        self.app = FastAPI(openapi_url=None)
        self.app.state.parts = SimpleNamespace(turns=asyncio.Semaphore(AT_ONCE))
        self.at_work, self.most, self.begun = 0, 0, 0
        self.go = asyncio.Event()
        self.app.get("/heavy", dependencies=[HEAVY])(self._heavy)
        self.app.get("/light")(self._light)

    async def _heavy(self) -> str:
        self.begun, self.at_work = self.begun + 1, self.at_work + 1
        self.most = max(self.most, self.at_work)
        await self.go.wait()
        self.at_work -= 1
        return "heavy"

    async def _light(self) -> str:
        return "light"

    async def has_begun(self, most: int) -> None:
        """So many are at work, or have been."""
        async with asyncio.timeout(20):
            while self.begun < most:
                await asyncio.sleep(0)


@pytest.fixture
async def desk() -> Desk:
    return Desk()


@pytest.fixture
async def browser(desk: Desk) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(transport=ASGITransport(desk.app), base_url="http://county") as client:
        yield client


async def test_thirty_readers_take_turns_and_a_light_page_waits_for_none(desk: Desk, browser: AsyncClient) -> None:
    reading = [asyncio.create_task(browser.get("/heavy")) for _ in range(READERS)]
    await desk.has_begun(AT_ONCE)
    assert (await browser.get("/light")).text == '"light"'
    assert desk.at_work == AT_ONCE
    desk.go.set()
    assert {one.status_code for one in await asyncio.gather(*reading)} == {200}
    assert (desk.most, desk.begun) == (AT_ONCE, READERS)


async def test_who_waits_too_long_is_told_to_come_again(
    desk: Desk, browser: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.web.heavy.PATIENCE", 0.05)
    at_work = [asyncio.create_task(browser.get("/heavy")) for _ in range(AT_ONCE)]
    await desk.has_begun(AT_ONCE)
    assert (await browser.get("/heavy")).status_code == 503
    desk.go.set()
    assert {one.status_code for one in await asyncio.gather(*at_work)} == {200}


SCOPE: Scope = {"type": "http", "method": "GET", "path": "/heavy", "query_string": b"", "headers": []}


async def test_who_has_gone_takes_no_turn(desk: Desk, browser: AsyncClient) -> None:
    """A stranger that asks and goes, over and over, would have every turn for nothing."""

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def nowhere(_: Message) -> None:
        pass

    for _ in range(3 * AT_ONCE):
        await desk.app(dict(SCOPE), gone, nowhere)
    assert desk.begun == 0
    desk.go.set()
    assert (await browser.get("/heavy")).status_code == 200


async def test_who_reads_slowly_holds_no_turn(desk: Desk, browser: AsyncClient) -> None:
    desk.go.set()

    async def stands_still() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def reads_nothing(_: Message) -> None:
        await asyncio.Event().wait()

    slow = [asyncio.create_task(desk.app(dict(SCOPE), stands_still, reads_nothing)) for _ in range(AT_ONCE)]
    await desk.has_begun(AT_ONCE)
    async with asyncio.timeout(20):
        assert (await browser.get("/heavy")).status_code == 200
    for one in slow:
        one.cancel()
    await asyncio.gather(*slow, return_exceptions=True)
