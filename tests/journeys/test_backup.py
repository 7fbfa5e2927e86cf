"""A county is saved while stations submit, everything of it is wiped, and it is brought back: nothing was lost."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient
from nats.aio.client import Client

from deploy.backup.keys import IDENTITY
from deploy.backup.rolls import rolls_of
from deploy.backup.row import bases
from deploy.backup.saving import beside
from deploy.embedded.county.folder import secrets
from deploy.linxi.county import COUNTY
from shared.bus.connection import Bus
from shared.bus.draining import drained
from shared.bus.publishing import publish_by_shares
from shared.bus.requests import request
from shared.bus.streams import SUBMISSIONS
from shared.events.verdict import verdict_subject
from shared.services import SERVICES
from tests.journeys.running import Supervised, runs, supervised
from tests.journeys.test_there_and_back import takes_photo
from tests.photographs import photograph
from tests.submitters import Said, founding, just_now, stations

PATIENCE = 300.0
PHOTO = photograph()
FEW = 20
"""Submissions of a county that is saved while they come."""


async def settled(client: Client) -> None:
    """Everything that was submitted is decided and followed."""
    async with asyncio.timeout(PATIENCE):
        while not await drained(Bus(client)):
            await asyncio.sleep(0.05)


async def submitted(client: Client, said: Said) -> int:
    """Its place in the stream, once the bus has it; whose share is used up tries again."""
    message = said.message
    while True:
        answer = json.loads((await request(client, message.subject, message.body, 30, message.headers)).data)
        if "error" not in answer:
            return int(answer["seq"])
        await asyncio.sleep(0.02)


async def submits(client: Client, taken: dict[str, tuple[Said, int]]) -> None:
    """One after the other, until it is cancelled."""
    n = 0
    while True:
        said = stations[n % len(stations)].serves(at=just_now(), n=n)
        taken[f"{said.submitter}/{said.id}"] = (said, await submitted(client, said))
        n += 1


async def saved(county: Supervised, folder: Path) -> tuple[dict[str, tuple[Said, int]], dict[str, Any]]:
    """What the bus took before, while and after the county was saved; and what stands beside the archive."""
    taken: dict[str, tuple[Said, int]] = {}
    async with county.bus() as client:
        await publish_by_shares(client, [one.message for one in founding()], timeout=10, patience=60)
        await settled(client)
        await takes_photo(county, PHOTO)
        submitting = asyncio.create_task(submits(client, taken))
        await county.until(lambda: submitting.done() or len(taken) > FEW)
        status, said = await runs(
            "deploy.commands", "backup", "--to", str(folder), "--keep", "1", LIANBAN_DATA=str(county.data)
        )
        assert (status, "已回读校验" in said) == (0, True), said
        after = len(taken) + FEW
        await county.until(lambda: submitting.done() or len(taken) > after)
        submitting.cancel()
        await asyncio.wait([submitting])
        await settled(client)
    (archive,) = bases(folder, COUNTY)
    return taken, json.loads(beside(archive).read_text())


async def test_a_county_that_is_saved_wiped_and_brought_back_has_lost_and_doubled_nothing(tmp_path: Path) -> None:
    data, folder, key = tmp_path / "county", tmp_path / "archives", tmp_path / "backup.key"
    async with supervised(data, "--no-year") as county:
        await county.reaches("running")
        taken, noted = await saved(county, folder)
        await county.stops()
    (secrets(data) / IDENTITY).replace(key)
    assert key.read_text().split()[-1].encode() not in b"".join(
        one.read_bytes() for one in data.rglob("*") if one.is_file()
    )
    shutil.rmtree(data)
    (archive,), (roll,) = bases(folder, COUNTY), rolls_of(folder, COUNTY)
    brings_back = ("deploy.commands", "restore", str(archive), "--key", str(key))
    aside = roll.rename(tmp_path / roll.name)
    status, said = await runs(*brings_back, LIANBAN_DATA=str(data))
    assert (status, "核对一致" in said, "照片中1张没有恢复" in said) == (0, True, True), said
    status, said = await runs(*brings_back, LIANBAN_DATA=str(data))
    assert (status, "已有一个县的数据" in said) == (1, True), said
    async with supervised(data, "--no-year") as county:
        await county.reaches("running")
        assert [county.asks(f"/{service}/api/moments")["apart"] for service in SERVICES] == [{}] * len(SERVICES)
        async with county.bus() as client:
            await settled(client)
            last = noted["figures"]["streams"][SUBMISSIONS.name]["last"]
            held = {name for name, (_, place) in taken.items() if place <= last}
            assert FEW < len(held) < len(taken)
            known = await ledger(county)
            undecided = held - {entry["_id"] for entry in known}
            assert not undecided, (sorted(taken[name][1] for name in undecided), noted["figures"])
            for name in held:
                assert await Bus(client).last("VERDICTS", verdict_subject(*name.split("/"))) is not None
            for one, _ in taken.values():  # as stations do with what they have no verdict of, and with all of it here
                await submitted(client, one.repeated())
            await settled(client)
        known = await ledger(county)
        assert sorted(entry["_id"] for entry in known) == sorted(taken)
        assert {entry["verdict"] for entry in known} == {"accepted"}
        assert await heard(county) == sum(len(entry["facts"]) for entry in known)
        assert county.asks("/feedback/api/differences")["items"] == []
        later = ("deploy.commands", "restore-photos", str(aside), "--key", str(key))
        status, said = await runs(*later, LIANBAN_DATA=str(data))
        assert (status, "登记的照片都已恢复" in said) == (0, True), said
        await county.stops()


async def ledger(county: Supervised) -> list[dict[str, Any]]:
    """Of the service that the stations submit to."""
    client = AsyncIOMotorClient[dict[str, Any]](county.database_url)
    try:
        return [one async for one in client["lianban_greenchannel"]["ledger"].find({})]
    finally:
        client.close()


async def heard(county: Supervised) -> int:
    """Facts of that service that feedback has."""
    client = AsyncIOMotorClient[dict[str, Any]](county.database_url)
    try:
        return int(await client["lianban_feedback"]["fact_ledger"].count_documents({"type": "green-service-recorded"}))
    finally:
        client.close()
