"""A bus whose disk was full does not go on by itself: whoever looks after it has it go on, and nothing is lost."""

from __future__ import annotations

import asyncio
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import nats
import pytest
from nats.js import JetStreamContext
from nats.js.errors import APIError, NoStreamResponseError

from deploy.embedded.children.family import Family
from deploy.embedded.county.watching import LookedAfter, watching
from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers.readiness import is_answering
from deploy.embedded.servers.running import bus

MIB = 1024 * 1024
DISK = 192 * MIB
LETTER = bytes(64 * 1024)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own for what the bus keeps, small enough to be filled."""
    place = tmp_path / "nats"
    place.mkdir()
    mounting = ("mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(place))
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("no disk of its own: only root may mount one")
    yield place
    subprocess.run(("umount", "-l", place), check=True)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[JetStreamContext]:
    client = await nats.connect(url, reconnect_time_wait=0.1, max_reconnect_attempts=-1)
    try:
        yield client.jetstream(timeout=1)
    finally:
        await client.close()


async def is_taken(stream: JetStreamContext) -> bool:
    """Whether the bus acknowledges a submission."""
    try:
        await stream.publish("submit.inspection", LETTER)
    except (APIError, NoStreamResponseError, nats.errors.Error):
        return False
    return True


def fill(place: Path) -> None:
    """Until not a byte more can be written."""
    with suppress(OSError), place.open("wb", buffering=0) as file:
        while file.write(LETTER):
            pass


async def test_a_bus_whose_disk_was_full_goes_on_without_a_person_and_has_all_that_it_acknowledged(
    tmp_path: Path, disk: Path
) -> None:
    server = bus(tmp_path, lambda _: any_free())
    await server.start()
    health, filler, taken = f"http://{HOST}:{server.ports[1]}/healthz", disk / "filler", 0
    one = LookedAfter(server.child, (), signal.SIGHUP, health, disk)
    async with Family(lambda: None) as family, connected(server.url) as stream, asyncio.timeout(240):
        family.keep(server.child)
        await stream.add_stream(name="SUBMISSIONS", subjects=["submit.>"])
        for _ in range(16):
            taken += await is_taken(stream)
        fill(filler)
        while (more := await is_taken(stream)) or await is_answering(health):
            taken += more
        filler.unlink()
        assert (taken >= 16, await is_taken(stream)) == (True, False)  # there is room again, and it does not go on
        looking = asyncio.create_task(watching(one, look=0.1, patience=0.5))
        while not await is_taken(stream):
            await asyncio.sleep(0.1)
        looking.cancel()
        kept = (await stream.stream_info("SUBMISSIONS")).state.messages
    assert kept >= taken + 1
