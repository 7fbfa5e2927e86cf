"""Agent and bus are killed again and again while submissions are saved: each arrives once and each is answered."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from deploy.embedded.children.child import Child, Command
from deploy.embedded.ports import any_free
from deploy.embedded.servers.running import Servers, servers
from services.station.folder import Folder
from services.station.line.delivery import ANSWER, deliver
from services.station.line.line import line, to_county
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import State
from shared.bus.publishing import publish_all
from tests.conftest import county_on
from tests.county import County
from tests.station.agents import STATION, Agent, drafts, until

LONG = os.environ.get("LIANBAN_LONG") == "1"
SUBMISSIONS, AGENT_KILLS, BUS_KILLS = (20_000, 80, 40) if LONG else (5_000, 20, 10)
TOGETHER = 25
PATIENCE = 300.0


@pytest.fixture
async def ground(quick_folder: Path) -> AsyncIterator[tuple[Servers, County]]:
    """Servers of its own, for they are killed; with a roster."""
    with TemporaryDirectory(dir=quick_folder) as folder:
        async with servers(Path(folder)) as running, county_on(running) as county:
            await county.begins_anew()
            await county.is_founded()
            yield running, county


class Killer:
    """Kills in the midst of sending: it hears submissions as they reach the bus, and strikes a moment later."""

    def __init__(self, county: County, luck: Random) -> None:
        self._county = county
        self._luck = luck
        self._passed = asyncio.Event()

    async def listens(self) -> None:
        """The client comes back with this after every kill of the bus."""
        await self._county.client.subscribe(f"submit.*.*.{STATION}", cb=self._hears)

    async def _hears(self, message: Msg) -> None:
        self._passed.set()

    async def moment(self) -> None:
        """Half of the moments lie within a delivery, the others anywhere."""
        self._passed.clear()
        if self._luck.random() < 0.5:
            async with asyncio.timeout(PATIENCE):
                await self._passed.wait()
            await asyncio.sleep(self._luck.uniform(0, 0.02))
        else:
            await asyncio.sleep(self._luck.uniform(0, 0.8))


@asynccontextmanager
async def agent_process(folder: Folder, log: Path) -> AsyncIterator[Child]:
    """The agent as it runs on a PC."""
    argv = (sys.executable, "-m", "services.station", "--data", folder.path, "run", "--port", str(any_free()))
    child = Child(Command("station", argv), log)
    child.start()
    try:
        yield child
    finally:
        await child.kill()


async def saves(agent: Agent, count: int, killing: asyncio.Task[None]) -> list[str]:
    """As a page does, a few at a time, at least `count` and for as long as somebody is being killed."""
    ids: list[str] = []
    while len(ids) < count or not killing.done():
        ids += agent.saves(*drafts(TOGETHER, datetime.now(UTC)))
        await asyncio.sleep(0.05)
    await killing
    return ids


async def kills(agent: Child, running: Servers, killer: Killer) -> None:
    """In a shuffled order; whoever was killed is started again at once."""
    order = [*["agent"] * AGENT_KILLS, *["bus"] * BUS_KILLS]
    Random(5).shuffle(order)
    for victim in order:
        await killer.moment()
        if victim == "agent":
            await agent.kill()
            agent.start()
        else:
            await running.nats.kill()
            await running.nats.start()


async def each_arrived_once(county: County, agent: Agent, ids: Sequence[str]) -> None:
    """In the ledger, as a fact, with a verdict in the outbox."""
    await county.settles()
    ledger = (await county.ledger())["greenchannel/ledger"]
    assert {f"{STATION}/{id}" for id in ids} == set(ledger)
    causes = [headers["ce-cause"] for subject, headers, _ in (await county.facts()).values() if "green" in subject]
    assert sorted(causes) == sorted(f"{STATION}/{id}" for id in ids)
    assert agent.outbox.counts() == {**dict.fromkeys(State, 0), State.ACCEPTED: len(ids)}


async def test_all_is_there_once_and_answered_after_many_kills(
    ground: tuple[Servers, County], folder: Folder, tmp_path: Path
) -> None:
    running, county = ground
    agent = Agent.enrolled(folder, [county.nats_url])
    killer = Killer(county, Random(7))
    await killer.listens()
    async with county.working(), agent_process(folder, tmp_path / "agent.log") as child:
        killing = asyncio.create_task(kills(child, running, killer))
        ids = await saves(agent, SUBMISSIONS, killing)
        await until(lambda: not agent.open(), PATIENCE)
        await each_arrived_once(county, agent, ids)
    agent.close()


async def marks_before_the_word(client: Client, outbox: Outbox) -> None:
    """The order in which one would write it first."""
    batch = outbox.pending(500)
    outbox.delivered([(row.n, 0) for row in batch], datetime.now(UTC))
    await publish_all(client, [row.message for row in batch], ANSWER)


@pytest.mark.parametrize("sends", [deliver, marks_before_the_word])
async def test_marked_before_the_buss_word_a_submission_is_lost_and_this_is_seen(
    ground: tuple[Servers, County], folder: Folder, sends: object
) -> None:
    """The same kill and the same look at what came of it, for the agent's way and for the other."""
    running, county = ground
    agent = Agent.enrolled(folder, [county.nats_url])
    ids = agent.saves(*drafts(10))
    async with line(to_county(agent.parts.hub, folder)) as one:
        await running.nats.kill()
        with pytest.raises(Exception):  # noqa: B017, PT011
            await sends(one.client, agent.outbox)  # type: ignore[operator]
        await running.nats.start()
    async with county.working(), agent.sending():
        await until(lambda: not agent.outbox.counts()[State.PENDING])
        if sends is deliver:
            await until(lambda: not agent.open())
            await each_arrived_once(county, agent, ids)
        else:
            with pytest.raises(AssertionError):
                await each_arrived_once(county, agent, ids)
    agent.close()
