"""Each part of a county of several servers is restarted while stations submit: nobody waits for a figure for long."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from pymongo.errors import PyMongoError

from deploy.embedded.servers.running import Server
from deploy.setup.indexes import index
from deploy.setup.patiently import patiently
from deploy.setup.streams import declare
from shared.bus.streams import SUBMISSIONS
from shared.database.mongo import connect, members_away
from tests.cluster.ensemble import Ensemble, ensemble
from tests.cluster.steadily import p99, steadily
from tests.cluster.test_killed_one_after_another import PATIENCE, holder, silent, two_of_each
from tests.conftest import county_on
from tests.county import County
from tests.faults.processes import Service, stopped
from tests.submitters import founding

A_PLANNED_RESTART = 5.0
"""Seconds from submission to figure at p99; 0.2 were measured, and 1.0 at worst, where nothing else ran."""
HANDS_OVER = 2.0
"""Seconds between what `KEPT_BEFORE_END` is for and the end, as a container has them."""
REST = 12.0
"""Seconds for which a lost server stays away."""


# The client drops the streams of a greeting that never came unclosed.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_each_is_restarted_and_then_what_leads_is_lost(tmp_path: Path) -> None:
    async with ensemble(tmp_path / "servers") as running, county_on(running) as county:
        await patiently(lambda: declare(county.bus, copies=3), PATIENCE)
        await patiently(lambda: index(county.databases), PATIENCE)
        async with two_of_each(running, tmp_path / "logs") as copies:
            await county.hears(*founding())
            await county.settles(PATIENCE)
            async with steadily(county, PATIENCE) as sent:
                since, stretches = sent.now, list[tuple[str, float, float]]()
                async for what in _each(running, county, copies):
                    stretches.append((what, since, sent.now))
                    since = sent.now
                planned = since = sent.now
                async for what in _silent(running, county, copies):
                    stretches.append((f"silent: {what}", since, sent.now))
                    since = sent.now
            for stretch in stretches:
                print(sent.figures(*stretch))
            assert p99(sent.took(0, planned)) <= A_PLANNED_RESTART
            await county.settles(PATIENCE)
            assert {one["verdict"] for one in (await county.verdicts()).values()} == {"accepted"}
            assert await county.differences() == []


async def _each(running: Ensemble, county: County, copies: dict[str, Service]) -> AsyncIterator[str]:
    """One after another, the next when the one before has all that it should have."""
    for server in running.buses.values():
        server.child.send(signal.SIGUSR2)
        await asyncio.sleep(HANDS_OVER)
        await _again(server)
        await patiently(lambda: running.is_whole(county.bus), PATIENCE)
        yield server.child.name
    primary = await running.primary()
    for member in (*(one for one in running.members.values() if one is not primary), primary):
        await _hands_over(running, member)
        await _again(member)
        await _all_are_there(running)
        yield member.url
    for one in copies.values():
        await one.child.stop()
        one.start()
        await one.answers(PATIENCE)
        yield one.child.name


async def _silent(running: Ensemble, county: County, copies: dict[str, Service]) -> AsyncIterator[str]:
    """What leads, one after the other, each back before the next is looked for."""
    leader = await running.leader(county.bus, SUBMISSIONS.name)
    async with stopped(leader.child.pid):
        await asyncio.sleep(REST)
    yield leader.child.name
    primary = await running.primary()
    async with stopped(primary.child.pid):
        await asyncio.sleep(REST)
    yield primary.url
    decides = copies[await holder(county, "inspection")]
    async with silent(decides):
        await asyncio.sleep(REST)
    yield decides.child.name


async def _again(server: Server) -> None:
    await server.child.stop(PATIENCE)
    await server.start()


async def _hands_over(running: Ensemble, member: Server) -> None:
    """As a member does that is told to end; those of tests are told to wait for nobody."""
    if member is not await running.primary():
        return
    client = connect(running.mongo_url)
    with suppress(PyMongoError):
        await client.admin.command("replSetStepDown", 30)
    client.close()
    while member is await running.primary():
        await asyncio.sleep(0.1)


async def _all_are_there(running: Ensemble) -> None:
    client = connect(running.mongo_url)
    try:
        await client.admin.command("ping")
        async with asyncio.timeout(PATIENCE):
            while members_away(client):
                await asyncio.sleep(0.2)
    finally:
        client.close()
