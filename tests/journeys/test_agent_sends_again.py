"""A station's agent through a whole restoration: what the county has lost it sends again, and all of it counts once."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deploy.backup.keys import IDENTITY
from deploy.backup.row import bases
from deploy.embedded.county.folder import secrets
from deploy.embedded.settings import ROOT
from deploy.linxi.county import COUNTY
from services.station.folder import Folder
from services.station.outbox.notes import BROUGHT_BACK, Notes
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import State
from shared.bus.publishing import publish_by_shares
from shared.calendar import CHINA
from tests.journeys.leading import Leading, leading
from tests.journeys.running import Supervised, outside, runs, supervised
from tests.journeys.test_backup import heard, ledger, settled
from tests.station.agents import STATION, drafts
from tests.submitters import founding, just_now, stations

FEW = 15
PATIENCE = 600.0


class OnItsPc:
    """A station's folder, and the addresses by which it reaches its county."""

    def __init__(self, path: Path, hub: Leading, bus: Leading) -> None:
        self.folder, self._hub, self._bus = Folder(path), hub, bus

    async def enrols(self, county: Supervised) -> None:
        """With a code, as a person types it; from then on by addresses that stay whatever becomes of the county."""
        self.is_led_to(county)
        said = await done("deploy.commands", "invite", STATION, LIANBAN_DATA=str(county.data))
        (code,) = re.findall(r"enrol --hub \S+ (\S+)", said)
        await self.types("enrol", "--hub", f"https://127.0.0.1:{self._hub.port}", code)
        hub = self.folder.hub()
        assert hub
        self.folder.keep_hub(replace(hub, bus=(f"tls://127.0.0.1:{self._bus.port}",)))

    def is_led_to(self, county: Supervised | None) -> None:
        """Nowhere, while there is none."""
        addresses = county.running.addresses if county else None
        self._hub.to = urlsplit(addresses.public_url).port if addresses else None
        self._bus.to = urlsplit(addresses.nats_url).port if addresses else None

    async def types(self, *words: str, status: int = 0) -> str:
        return await done("services.station", "--data", str(self.folder.path), *words, status=status)

    def saves(self, count: int, after: int = 0) -> set[str]:
        """So many services, told apart from those before; by their names in the ledger."""
        made = drafts(after + count, just_now())[after:]
        with closing(Outbox(self.folder.outbox)) as outbox:
            outbox.save(made, datetime.now(CHINA))
        return {f"{STATION}/{one.id}" for one in made}

    async def has_answers(self, count: int) -> None:
        """So many are accepted, and nothing waits."""
        async with asyncio.timeout(PATIENCE):
            while self._counts() != (0, count):
                await asyncio.sleep(0.1)

    async def has_heard(self) -> None:
        """That its county was brought back, and has acted on it."""
        async with asyncio.timeout(PATIENCE):
            with closing(Outbox(self.folder.outbox)) as outbox:
                while Notes(outbox).read(BROUGHT_BACK) is None:
                    await asyncio.sleep(0.1)

    def _counts(self) -> tuple[int, int]:
        with closing(Outbox(self.folder.outbox)) as outbox:
            counts = outbox.counts()
        return counts[State.PENDING] + counts[State.DELIVERED], counts[State.ACCEPTED]

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[None]:
        """The agent is a process of its own, as on a PC that is switched on."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.station", "--data", str(self.folder.path), "run", "--port", "0"),
            cwd=ROOT,
            env=outside(),
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
        )
        try:
            yield
            assert process.returncode is None
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def done(module: str, *words: str, status: int = 0, **environment: str) -> str:
    ended, said = await runs(module, *words, **environment)
    assert ended == status, said
    return said


async def counted(county: Supervised) -> Any:
    """The station's figures of this month."""
    month = f"{just_now():%Y-%m}"
    words = ("figures", month, "--of", STATION, "--json")
    return json.loads(await done("deploy.commands", *words, LIANBAN_DATA=str(county.data)))["measures"]


async def test_all_that_an_agent_submitted_is_decided_once_whatever_the_archive_lacks(tmp_path: Path) -> None:
    data, archives, key = tmp_path / "county", tmp_path / "archives", tmp_path / "backup.key"
    async with leading() as hub, leading() as bus:
        pc = OnItsPc(tmp_path / "pc", hub, bus)
        async with supervised(data, "--no-year") as county:
            await county.reaches("running")
            async with county.bus() as client:
                await publish_by_shares(client, [one.message for one in founding()], timeout=10, patience=60)
                await settled(client)
            await pc.enrols(county)
            async with pc.runs():
                before = pc.saves(FEW)
                await pc.has_answers(FEW)
                await done("deploy.commands", "backup", "--to", str(archives), LIANBAN_DATA=str(data))
                after = pc.saves(FEW, after=FEW)
                await pc.has_answers(2 * FEW)
                async with county.bus() as client:
                    await settled(client)
                expected = await counted(county)
                await county.stops()
                pc.is_led_to(None)
                (secrets(data) / IDENTITY).replace(key)
                shutil.rmtree(data)
                (archive,) = bases(archives, COUNTY)
                await done("deploy.commands", "restore", str(archive), "--key", str(key), LIANBAN_DATA=str(data))
                async with supervised(data, "--no-year") as restored:
                    await restored.reaches("running")
                    assert {one["_id"] for one in await ledger(restored)} == before
                    assert await counted(restored) != expected
                    pc.is_led_to(restored)
                    refused = await submits_for_another(pc)
                    await pc.has_heard()
                    await pc.has_answers(2 * FEW)
                    async with restored.bus() as client:
                        await settled(client)
                    known = {one["_id"]: one["verdict"] for one in await ledger(restored)}
                    assert known == {**dict.fromkeys(before | after, "accepted"), refused: "refused"}
                    assert await counted(restored) == expected
                    assert await heard(restored) == 2 * FEW
                    assert restored.asks("/feedback/api/differences")["items"] == []
                    await restored.stops()


async def submits_for_another(pc: OnItsPc) -> str:
    """What is refused: whatever the county decides makes the agent ask it how things stand; its name in the ledger."""
    body = pc.folder.path / "service.json"
    body.write_text('{"client": "vulnerable", "mode": "agency", "persons": 2}', encoding="utf-8")
    other = stations[1].code
    words = ("submit", "record-green-service", "--about", other, "--data", str(body), "--wait", str(PATIENCE))
    said = await pc.types(*words, status=1)
    assert "退回更正" in said
    return f"{STATION}/{said.split()[0]}"
