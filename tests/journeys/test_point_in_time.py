"""Everything of a county is wiped, and it is brought back as it was at a noted moment: all of before, none of after."""

from __future__ import annotations

import asyncio
import shutil
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from motor.motor_asyncio import AsyncIOMotorClient
from nats.aio.client import Client

from deploy.backup import bus as streams
from deploy.backup.continuing import unfounded
from deploy.backup.database import collections
from deploy.backup.figures import figures
from deploy.backup.further import further
from deploy.backup.keys import IDENTITY, identity
from deploy.backup.manifest import not_heard
from deploy.backup.restore_point import wanted
from deploy.backup.row import bases
from deploy.backup.saving import save
from deploy.embedded.county.folder import prepare, secrets
from deploy.embedded.live import running_here
from deploy.embedded.ports import any_free
from deploy.embedded.restoring import restored
from deploy.embedded.servers.running import database, started
from deploy.embedded.settings import ROOT, Settings
from deploy.identity.database import address_of
from deploy.linxi.county import COUNTY
from deploy.progress import Watch
from services.feedback.operations.backups import reach
from services.inspection import brought_back
from shared.bus.connection import Bus
from shared.bus.publishing import publish_by_shares
from shared.bus.streams import FACTS
from shared.calendar import CHINA
from shared.database.mongo import Client as Mongo
from shared.events.vocabulary import OrganisationKind
from tests.journeys.running import Supervised, outside, runs, supervised
from tests.journeys.test_backup import heard, settled, submitted
from tests.submitters import Said, committee, founding, just_now, stations, township

FEW = 20
NEW = f"{COUNTY}100299"
"""A village that is entered after the archive."""


def some(phase: int) -> list[Said]:
    """What stations submit in one stretch of time."""
    return [stations[n % len(stations)].serves(at=just_now(), n=FEW * phase + n) for n in range(FEW)]


async def taken(client: Client, said: Iterable[Said]) -> set[str]:
    """Decided and followed; by their names in the ledger."""
    for one in (said := list(said)):
        await submitted(client, one)
    await settled(client)
    return {f"{one.submitter}/{one.id}" for one in said}


async def lianban(data: Path, *words: str) -> str:
    status, said = await runs("deploy.commands", *words, LIANBAN_DATA=str(data))
    assert status == 0, said
    return said


async def first_line(data: Path, *words: str) -> str:
    """What a command that goes on until it is told to end says first; it ends well then."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.commands", *words),
        cwd=ROOT,
        env={**outside(), "LIANBAN_DATA": str(data)},
        stdout=PIPE,
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(600):
            said = (await process.stdout.readline()).decode()
            process.terminate()
            assert await process.wait() == 0
        return said
    finally:
        if process.returncode is None:
            process.kill()


async def a_later_second(mongo: Mongo) -> int:
    """In which nothing of before was written, and everything from now on is, or later."""

    async def second() -> int:
        return int((await mongo.admin.command("ping"))["operationTime"].time)

    noted = await second() + 1
    while await second() < noted:  # it moves on as leases are written
        await asyncio.sleep(0.05)
    return noted


@asynccontextmanager
async def entered(url: str) -> AsyncIterator[Mongo]:
    client: Mongo = AsyncIOMotorClient(url)
    try:
        yield client
    finally:
        client.close()


async def decided(mongo: Mongo) -> set[str]:
    return {one["_id"] async for one in mongo["lianban_greenchannel"]["ledger"].find({}, {"_id": 1})}


async def saved(county: Supervised, folder: Path) -> tuple[set[str], int, list[Said], set[str]]:
    """What was decided before the noted second; that; what was submitted after it, and its names.

    Some of each before and after each part, with an organisation entered and a token issued.
    """
    live = running_here(Settings(data=county.data))
    async with county.bus() as client, entered(county.database_url) as mongo:
        await publish_by_shares(client, [one.message for one in founding()], timeout=10, patience=60)
        await settled(client)
        before = await taken(client, some(0))
        await save(live, folder, Watch())
        before |= await taken(client, some(1))
        assert "00001.age" in await first_line(
            county.data, "backup", "--to", str(folder), "--since-last", "--every", "60"
        )
        before |= await taken(client, some(2))
        await taken(client, [committee.registers(NEW, OrganisationKind.VILLAGE, township.code)])
        await lianban(county.data, "token", "issue", NEW, "--holder", "取号机")
        noted = await a_later_second(mongo)
        after = await taken(client, later := some(3))
        assert [one.entries > FEW for one in await further(live, folder)] == [True]
        await settled(client)
        await save(live, folder, Watch())
        closing, newest = await further(live, folder)
        assert closing.file is not None  # up to the second archive, on which the next follow
        reached = await reach(mongo["lianban_feedback"])
        assert reached
        assert reached.moment == newest.reaches.moment
    return before, noted, later, after


async def test_a_county_is_brought_back_as_it_was_at_a_noted_moment(tmp_path: Path) -> None:
    data, folder, key = tmp_path / "county", tmp_path / "archives", tmp_path / "backup.key"
    async with supervised(data, "--no-year") as county:
        await county.reaches("running")
        before, noted, later, after = await saved(county, folder)
        await county.stops()
    (secrets(data) / IDENTITY).replace(key)
    shutil.rmtree(data)
    archive, _ = bases(folder, COUNTY)
    assert await whole_row(archive, key, tmp_path / "whole") == before | after

    until = f"{datetime.fromtimestamp(noted, CHINA):%Y-%m-%dT%H:%M:%S}"
    await lianban(data, "restore", str(archive), "--key", str(key), "--until", until)
    async with supervised(data, "--no-year") as county:
        await county.reaches("running")
        async with county.bus() as client, entered(county.database_url) as mongo:
            assert await decided(mongo) == before
            said = await brought_back.newest(mongo["lianban_inspection"])
            assert said
            assert datetime.fromisoformat(said["to"]).timestamp() == noted
            issued = county.asks(f"/roster/api/organisations/{NEW}/tokens")["items"]
            assert "取号机" in [one["holder"] for one in issued]
            await settled(client)
            now = await figures(mongo, await collections(mongo), await streams.noted(Bus(client)))
            assert (not_heard(now), unfounded(now)) == (0, 0)
            count = sum(now.published.values())
            async with asyncio.timeout(600):
                while (await streams.noted(Bus(client)))[FACTS.name].messages < count:
                    await asyncio.sleep(0.05)
            assert await taken(client, [one.repeated() for one in later]) == after  # stations have no verdict of them
            assert await decided(mongo) == before | after
            assert await heard(county) == len(before | after)
            assert county.asks("/feedback/api/differences")["items"] == []
        await county.stops()


async def whole_row(archive: Path, key: Path, data: Path) -> set[str]:
    """What is decided in a county that is brought back with everything that lies beside its archive."""
    prepare(data)
    opens = identity(key)
    done = await restored(wanted(archive, opens), opens, data, Watch())
    assert done is not None
    mongod = await started(lambda: database(data, any_free, secrets=secrets(data)))
    try:
        async with entered(address_of(secrets(data), "setup")) as mongo:
            return await decided(mongo)
    finally:
        await mongod.stop()
