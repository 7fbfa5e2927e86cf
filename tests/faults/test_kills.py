"""kill -9, again and again, of services and then of the servers: what was acknowledged comes out exactly once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest_asyncio

from deploy.embedded.servers.running import Server, Servers, servers
from tests.conftest import county_on
from tests.county import County, Outcome
from tests.faults.load import hears_all, load
from tests.faults.processes import Processes, processes
from tests.submitters import Said, founding

ROUNDS = 500
KILLS = 20
SEED = 2018


@pytest_asyncio.fixture
async def own(tmp_path: Path) -> AsyncIterator[Servers]:
    """Servers of this test's own, for it destroys them."""
    async with servers(tmp_path) as running:
        yield running


async def expected_of(county: County, said: list[Said]) -> Outcome:
    """What a calm run in this process comes to."""
    await county.begins_anew()
    async with county.working():
        for phase in (list(founding()), said):
            await hears_all(county, phase)
            await county.settles()
    outcome = await county.outcome()
    await county.begins_anew()
    return outcome


async def test_twenty_kills_of_services_change_nothing(own: Servers, tmp_path: Path) -> None:
    said = load(ROUNDS)
    async with county_on(own) as county:
        expected = await expected_of(county, said)
        async with processes(own, tmp_path / "logs") as running:
            await county.hears(*founding())
            await county.settles()
            await _under_fire(county, said, _kill_services(running))
            await county.settles()
        gave_up = [one.log()[-8000:] for one in running.services if set(one.ends) - {-signal.SIGKILL}]
        assert not gave_up, "a service ended by itself:\n" + "\n".join(gave_up)
        assert sum(len(one.ends) for one in running.services) == KILLS
        assert (await county.outcome()).unlike(expected) == []


async def test_kills_of_the_bus_and_of_the_database_change_nothing(own: Servers, tmp_path: Path) -> None:
    said = load(ROUNDS)
    async with county_on(own) as county:
        expected = await expected_of(county, said)
        async with processes(own, tmp_path / "logs") as running:
            await county.hears(*founding())
            await county.settles()
            await _under_fire(county, said, _kill_servers(own))
            await county.settles()
            assert all(one.ends == [] for one in running.services), "a service did not outlive a server's restart"
        assert (await county.outcome()).unlike(expected) == []


async def _under_fire(county: County, said: list[Said], fire: AsyncIterator[None]) -> None:
    """Submissions go on for as long as kills do."""
    sending = asyncio.create_task(hears_all(county, said, pause=0.1))
    async for _ in fire:
        pass
    await sending


async def _kill_services(running: Processes) -> AsyncIterator[None]:
    """One after another, each alive or still starting, at random instants."""
    luck = Random(SEED)
    for _ in range(KILLS):
        await asyncio.sleep(luck.uniform(0.2, 1.2))
        await luck.choice(running.services).child.kill()
        yield


async def _kill_servers(own: Servers) -> AsyncIterator[None]:
    """The bus and the database in turn, twice; each is started again at once."""
    luck = Random(SEED)
    turn: list[Server] = [own.nats, own.mongo] * 2
    for server in turn:
        await asyncio.sleep(luck.uniform(1.0, 3.0))
        await server.kill()
        await server.start()
        yield
