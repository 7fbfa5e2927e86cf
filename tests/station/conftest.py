"""A station's folder of its own, and the county that its agent submits to."""

from __future__ import annotations

import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from httpx import AsyncClient

from services.station.folder import Folder
from tests.county import County
from tests.identity.conftest import Gate, opened
from tests.station.agents import Agent
from tests.station.local_page import browser_of


@pytest.fixture
def folder(quick_folder: Path) -> Iterator[Folder]:
    """Empty, not enrolled."""
    with TemporaryDirectory(dir=quick_folder) as path:
        yield Folder(Path(path) / "station")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """4 MB in memory."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk that is small")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", tmp_path], check=True)
    yield tmp_path
    subprocess.run(["umount", "--lazy", tmp_path], check=True)


@pytest.fixture
async def gate(tmp_path: Path) -> AsyncIterator[Gate]:
    """A bus with keys and TLS, of its own."""
    here = await opened(tmp_path)
    yield here
    await here.server.stop()


@pytest.fixture
async def agent(folder: Folder, empty_county: County) -> AsyncIterator[Agent]:
    """Of a village station, enrolled; nobody sends yet, and the county has a roster where a test asks for `county`."""
    one = Agent.enrolled(folder, [empty_county.nats_url])
    yield one
    one.close()


@pytest.fixture
async def page(folder_agent: Agent) -> AsyncIterator[AsyncClient]:
    """One that stands open."""
    async with browser_of(folder_agent) as client:
        yield client


@pytest.fixture
async def folder_agent(folder: Folder) -> AsyncIterator[Agent]:
    """Enrolled, and without any line."""
    one = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    yield one
    one.close()
