"""Bus or database away for a while: nothing is lost, all goes on by itself, nobody burns or freezes meanwhile."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Server, Servers, servers
from shared.bus.streams import SHARE
from shared.identity.tokens import token_of
from tests.conftest import county_on
from tests.county import County
from tests.faults.load import hears_all, load
from tests.faults.processes import SECRET, Processes, Service, killed, processes, stopped
from tests.submitters import Said, founding, station

OUTAGE = 60.0 if os.environ.get("LIANBAN_LONG") == "1" else 12.0
"""Seconds."""
BUSY = 0.2
"""The part of an outage for which a waiting service may use the processor."""
ROUNDS = SHARE // 5
"""Of each an office says two: those before an outage and within it find room together, though nothing is decided."""


@pytest_asyncio.fixture
async def own(tmp_path: Path) -> AsyncIterator[Servers]:
    """Servers of this test's own, for it takes them away."""
    async with servers(tmp_path) as running:
        yield running


def away(server: Server, how: str) -> AbstractAsyncContextManager[None]:
    """A server that neither answers nor closes its connections, or one that is gone."""
    return stopped(server.child.pid) if how == "stopped" else killed(server)


@pytest.mark.parametrize("how", ["stopped", "killed"])
async def test_the_database_is_away(own: Servers, tmp_path: Path, how: str) -> None:
    async with county_on(own) as county, Founded(county, own, tmp_path) as running:
        await hears_all(county, load(ROUNDS))
        async with away(own.mongo, how):
            await hears_all(county, load(ROUNDS, first=ROUNDS))
            form = asyncio.create_task(_submits(running.of("greenchannel"), station.serves(3)))
            await _outlasts(running, OUTAGE)
            assert await form == (202, "pending")
        await _goes_on(county, running)
        verdict = await county.verdict(station.serves(3))
        assert verdict
        assert verdict["verdict"] == "accepted"


@pytest.mark.parametrize("how", ["stopped", "killed"])
async def test_the_bus_is_away(own: Servers, tmp_path: Path, how: str) -> None:
    async with county_on(own) as county, Founded(county, own, tmp_path) as running:
        await hears_all(county, load(ROUNDS))
        async with away(own.nats, how):
            await _outlasts(running, OUTAGE)
        await hears_all(county, load(ROUNDS, first=ROUNDS))
        await _goes_on(county, running)


class Founded:
    """The services as processes, the roster loaded."""

    def __init__(self, county: County, own: Servers, folder: Path) -> None:
        self._county, self._processes = county, processes(own, folder / "logs")

    async def __aenter__(self) -> Processes:
        await self._county.begins_anew()
        running = await self._processes.__aenter__()
        await self._county.hears(*founding())
        await self._county.settles()
        return running

    async def __aexit__(self, *error: object) -> None:
        await self._processes.__aexit__(None, None, None)


async def _outlasts(running: Processes, seconds: float) -> None:
    """Each process stays alive, answers within a second, and hardly uses the processor."""
    before = [one.cpu_seconds() for one in running.services]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        alive = await asyncio.gather(*(one.healthz(patience=1.0) for one in running.services))
        assert all(alive), (
            f"frozen: {[one.name for one, lives in zip(running.services, alive, strict=True) if not lives]}"
        )
        await asyncio.sleep(0.5)
    used = {one.name: one.cpu_seconds() - b for one, b in zip(running.services, before, strict=True)}
    print(f"processor seconds in {seconds:g} s: { {name: round(value, 2) for name, value in used.items()} }")
    assert max(used.values()) < BUSY * seconds


async def _goes_on(county: County, running: Processes) -> None:
    """Everything is decided, nothing refused, nothing counted twice, nobody started again."""
    since = time.monotonic()
    await hears_all(county, load(ROUNDS, first=2 * ROUNDS))
    await county.settles()
    print(f"all decided {time.monotonic() - since:.1f} s after it was back")
    verdicts = await county.verdicts()
    assert [one for one in verdicts.values() if one["verdict"] != "accepted"] == []
    assert {f"verdict.{said.submitter}.{said.id}" for said in load(2 * ROUNDS)} <= verdicts.keys()
    assert await county.differences() == []
    assert all(one.ends == [] for one in running.services)


async def _submits(service: Service, said: Said) -> tuple[int, str]:
    """A form: status and verdict."""
    headers = {name: value for name, value in said.message.headers.items() if not name.startswith("Nats-")}
    headers["Authorization"] = f"Bearer {token_of(said.submitter, SECRET)}"
    async with httpx.AsyncClient(timeout=10) as client:
        answer = await client.post(f"{service.url}/api/submissions", content=said.message.body, headers=headers)
    return answer.status_code, answer.json()["verdict"]
