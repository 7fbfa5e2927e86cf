"""A bus that knows who is who, with its streams; one for the session, for nobody here destroys it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest_asyncio

from deploy.embedded.ports import any_free
from deploy.embedded.servers.running import Server, bus, started
from deploy.identity.making import make
from deploy.setup.streams import declare
from shared.bus.connection import Bus
from tests.keys import guest, of


@dataclass(frozen=True)
class Gate:
    """The bus and the folder of keys with which one enters it."""

    server: Server
    secrets: Path

    @property
    def url(self) -> str:
        return self.server.url


async def opened(folder: Path) -> Gate:
    """Started, with the streams as set-up declares them, by set-up's own rights."""
    make(folder / "secrets")
    server = await started(lambda: bus(folder, any_free, identity=folder / "secrets"))
    async with guest(server.url, of(folder / "secrets", "setup")) as setup:
        await declare(Bus(setup.client))
        assert await setup.complaints() == []
    return Gate(server, folder / "secrets")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def gate(quick_folder: Path) -> AsyncIterator[Gate]:
    """Shared by all tests that leave it as it was."""
    here = await opened(quick_folder / "gate")
    yield here
    await here.server.stop()
