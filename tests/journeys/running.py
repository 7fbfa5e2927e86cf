"""The real supervisor as a process, from outside: started, asked over HTTP, killed by pid, ended.

async with supervised(data) as county:
    await county.reaches("running")
    county.kills("roster")
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import nats
import nats.errors
from nats.aio.client import Client

from deploy.embedded.county import record
from deploy.embedded.county.folder import program, secrets
from deploy.embedded.county.record import Running, Stage
from deploy.embedded.settings import ROOT
from deploy.identity.database import address_of
from deploy.linxi.county import COUNTY
from shared.identity.access import Access
from tests.keys import everything

PATIENCE = 600.0
"""Seconds within which a stage is reached, on a machine that has other things to do."""
LOOK = 0.05
STAGES: tuple[Stage, ...] = ("starting", "loading", "running")
OURS = (
    "NATS_URL",
    "NATS_CREDS",
    "NATS_CA",
    "MONGO_URL",
    "GATEWAY_URL",
    "GATEWAY_CA",
    "COUNTY_TOKEN",
    "TOKEN_SECRET",
    "LIANBAN_DATA",
    "LIANBAN_YEAR",
)


class Supervised:
    """A county that was started here; `said` is everything that its supervisor has told so far."""

    def __init__(self, data: Path, process: Process) -> None:
        self.data, self.process, self.said = data, process, ""

    @property
    def running(self) -> Running:
        """Where it is at this moment."""
        found = record.read(self.data)
        assert found is not None, self.said
        return found

    @property
    def gateway(self) -> str:
        """Where a browser goes."""
        url = self.running.addresses.gateway_url
        assert url is not None
        return url

    @property
    def database_url(self) -> str:
        """Of its administrator."""
        return address_of(secrets(self.data), "setup")

    async def listens(self) -> None:
        """Keeps what the supervisor says, until it ends."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.said += line.decode()

    async def reaches(self, stage: Stage) -> None:
        """At least this stage; a supervisor that ends first is an error."""
        await self.until(lambda: STAGES.index(self._stage()) >= STAGES.index(stage))

    async def until(self, true: Any) -> None:
        """Looks every so often while the supervisor runs."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                assert self.process.returncode is None, self.said
                await asyncio.sleep(LOOK)

    def _stage(self) -> Stage:
        found = record.read(self.data)
        return found.stage if found else "starting"

    def kills(self, name: str) -> int:
        """kill -9 of one of the county's processes; which pid it had."""
        pid = self.running.pids[name]
        os.kill(pid, signal.SIGKILL)
        return pid

    async def stops(self) -> None:
        """As Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        async with asyncio.timeout(60):
            assert await self.process.wait() == 0, self.said

    def asks(self, path: str) -> Any:
        """One JSON answer through the gateway, to the county itself."""
        with httpx.Client(base_url=self.gateway, timeout=60, trust_env=False, auth=self.program) as client:
            return client.get(path).raise_for_status().json()

    @property
    def program(self) -> tuple[str, str]:
        """How a program asks as the county."""
        return program(self.data, COUNTY)

    def _access(self) -> Access:
        """May do anything on a bus of the county's own; anybody may on another."""
        own = secrets(self.data)
        return everything(own) if own.joinpath("bus").exists() else Access()

    @asynccontextmanager
    async def bus(self) -> AsyncIterator[Client]:
        """A connection to the county's bus."""
        client = await nats.connect(self.running.addresses.nats_url, **self._access().options)
        try:
            yield client
        finally:
            await client.close()


def supervised(data: Path, *arguments: str, **environment: str) -> AbstractAsyncContextManager[Supervised]:
    """A supervisor on a folder of data, killed with all it started if the test has not ended it."""
    return supervised_by(ROOT, data, *arguments, **environment)


@asynccontextmanager
async def supervised_by(root: Path, data: Path, /, *arguments: str, **environment: str) -> AsyncIterator[Supervised]:
    """The supervisor whose source lies there, another release's for instance."""
    command = (sys.executable, "-m", "deploy.embedded", *arguments)
    variables = {**outside(), "LIANBAN_DATA": str(data), **environment}
    process = await asyncio.create_subprocess_exec(
        *command, cwd=root, env=variables, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, start_new_session=True
    )
    county = Supervised(data, process)
    listening = asyncio.create_task(county.listens())
    try:
        yield county
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await asyncio.wait_for(listening, 60)


def year_of_kills(folder: Path, seed: int = 1) -> Path:
    """Where a county lies that was killed all through its year, and stopped in the end."""
    return folder / f"year-of-kills-{seed}"


async def runs(module: str, *arguments: str, **environment: str) -> tuple[int, str]:
    """A command of the project: its exit status and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        cwd=ROOT,
        env={**outside(), **environment},
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


def outside() -> Mapping[str, str]:
    """The environment without what is told to the county."""
    return {name: value for name, value in os.environ.items() if name not in OURS}


async def figures(data: Path) -> tuple[int, str]:
    """`lianban figures --linxi-2018` of this county."""
    return await runs("deploy.commands", "figures", "--linxi-2018", LIANBAN_DATA=str(data))
