"""A county on three servers of a bus and three members of a database, two copies of each service: any may be lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from deploy.setup.indexes import index
from deploy.setup.patiently import patiently
from deploy.setup.streams import declare
from shared.bus.streams import SUBMISSIONS, submissions_to
from shared.patience import is_fault
from shared.services import SERVICES
from tests.cluster.ensemble import Ensemble, ensemble
from tests.conftest import county_on
from tests.county import County, Outcome
from tests.faults.load import hears_all, load
from tests.faults.processes import Service, killed, service, stopped
from tests.submitters import Said, founding, office

ROUNDS = 60
PATIENCE = 300.0
"""Seconds, many times what a quiet machine needs."""
PROBES = [office.opens(n=1000 + n) for n in range(4)]


async def test_one_of_each_is_killed_and_nothing_is_refused_lost_or_decided_otherwise(
    empty_county: County, tmp_path: Path
) -> None:
    said = load(ROUNDS)
    calm = await came_to(empty_county, [*founding()], [*said, *PROBES])
    assert {one["verdict"] for one in calm.verdicts.values()} == {"accepted"}
    async with ensemble(tmp_path / "servers") as running, county_on(running) as county:
        await patiently(lambda: declare(county.bus, copies=3), PATIENCE)
        await patiently(lambda: index(county.databases), PATIENCE)
        async with two_of_each(running, tmp_path / "logs") as copies:
            await county.hears(*founding())
            await county.settles(PATIENCE)
            sending = asyncio.create_task(hears_all(county, said, pause=0.5))
            async with killed(await running.leader(county.bus, SUBMISSIONS.name)):
                await goes_on(county, PROBES[0], "without a server of the bus")
            async with killed(await running.primary()):
                await goes_on(county, PROBES[1], "without the primary")
            was_silent = await holder(county)
            async with silent(copies[was_silent]):
                await goes_on(county, PROBES[2], "without a word from the copy that decided")
                assert await holder(county) != was_silent
            await copies[await holder(county)].child.kill()
            await goes_on(county, PROBES[3], "without the copy that decided then")
            assert await holder(county) == was_silent
            await sending
            await county.settles(PATIENCE)
            assert await holder(county) in copies
        await patiently(lambda: running.is_whole(county.bus), PATIENCE)
        assert (await county.outcome()).unlike(calm) == []


async def came_to(county: County, *phases: Sequence[Said]) -> Outcome:
    """What one of each, with nothing lost, makes of the same."""
    async with county.working():
        for said in phases:
            await hears_all(county, said)
            await county.settles(PATIENCE)
    return await county.outcome()


@asynccontextmanager
async def two_of_each(running: Ensemble, logs: Path) -> AsyncIterator[dict[str, Service]]:
    """By their names; whichever is killed stays away."""
    names = [(name, f"{name}-{n}") for n in (1, 2) for name in SERVICES]
    copies = {instance: service(name, running, logs, instance) for name, instance in names}
    try:
        for one in copies.values():
            one.start()
        await asyncio.gather(*(one.answers(PATIENCE) for one in copies.values()))
        yield copies
    finally:
        await asyncio.gather(*(one.child.kill() for one in copies.values()))


async def holder(county: County, service: str = "greenchannel") -> str:
    """The copy of a service that decides; of the one that the probes ask unless another is named."""
    lease = await county.db(service)["leases"].find_one({"_id": submissions_to(service).name})
    return str(lease["holder"]) if lease else ""


@asynccontextmanager
async def silent(one: Service) -> AsyncIterator[None]:
    """A copy that decides stands still until the block is left; it then ends by itself, and is started again."""
    async with stopped(one.child.pid):
        yield
    async with asyncio.timeout(PATIENCE):
        await one.child.ended()
    one.start()
    await one.answers(PATIENCE)


async def goes_on(county: County, probe: Said, what: str) -> None:
    """Returns when the county has decided something that was said after a loss."""
    since = time.monotonic()
    await hears_all(county, [probe])
    async with asyncio.timeout(PATIENCE):
        while not await _is_decided(county, probe):
            await asyncio.sleep(0.05)
    print(f"{what}: decided after {time.monotonic() - since:.1f} s")


async def _is_decided(county: County, probe: Said) -> bool:
    try:
        return await county.verdict(probe) is not None
    except Exception as error:
        if not is_fault(error):
            raise
        return False
