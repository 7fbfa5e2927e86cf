"""The year, made once, and a real bus with the streams as declared."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import chain
from pathlib import Path

import nats
import pytest
from nats.aio.client import Client

from deploy.embedded.ports import any_free
from deploy.embedded.servers.running import bus, started
from deploy.linxi.year.days import Step, founding, peopling, year
from deploy.setup.streams import declare
from shared.bus.connection import Bus
from tests.sealed import OLD

SEAL = OLD.public
"""The key of a county to which persons are sealed."""


@pytest.fixture(scope="session")
def steps() -> list[Step]:
    """Everything that is ever sent, in order."""
    return list(chain([founding(), peopling(SEAL)], year(seal=SEAL)))


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    """A connection to a server of its own, with the streams and consumers of the system."""
    server = await started(lambda: bus(tmp_path, any_free))
    connection = await nats.connect(server.url)
    await declare(Bus(connection))
    yield connection
    await connection.close()
    await server.stop()
