"""The supervisor from outside: a process that is started, told to stop, or killed."""

import asyncio
import os
import select
import signal
import sys
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from pymongo import MongoClient

from deploy.embedded.children.child import PATIENCE
from deploy.embedded.county import record
from deploy.embedded.county.folder import secrets
from deploy.embedded.county.record import Running
from deploy.embedded.settings import ROOT
from deploy.identity.database import address_of


async def launch(data: Path) -> Process:
    """In a group of its own, as the terminal's foreground job is."""
    outside = {name: value for name, value in os.environ.items() if name not in ("NATS_URL", "MONGO_URL")}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.embedded.servers_alone"),
        cwd=ROOT,
        env={**outside, "LIANBAN_DATA": str(data)},
        stdout=PIPE,
        stderr=STDOUT,
        start_new_session=True,
    )


@asynccontextmanager
async def supervisor(data: Path) -> AsyncIterator[Process]:
    """Running; killed at the end if a test has not ended it."""
    process = await launch(data)
    try:
        await says(process, "Lianban runs")
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def says(process: Process, words: str) -> str:
    """The next line that has these words in it."""
    assert process.stdout is not None
    heard = []
    async with asyncio.timeout(60):
        async for line in process.stdout:
            heard.append(line.decode())
            if words in heard[-1]:
                return heard[-1]
    raise AssertionError(f"never said {words!r}: {heard}")


def county(data: Path) -> Running:
    running = record.read(data)
    assert running is not None
    return running


@contextmanager
def all_ending(pids: Iterable[int], within: float) -> Iterator[None]:
    """What is done in the block ends these processes, whether or not anybody collects their status (seconds)."""
    descriptors = [os.pidfd_open(pid) for pid in pids]
    yield
    for descriptor in descriptors:
        assert select.select([descriptor], [], [], within)[0]
        os.close(descriptor)


def visit(data: Path) -> int:
    """Writes to the county's database; how often that was done."""
    with MongoClient[dict[str, int]](address_of(secrets(data), "setup")) as client:
        client.county.visits.insert_one({})
        return client.county.visits.count_documents({})


async def test_ctrl_c_stops_everything_within_twenty_seconds(tmp_path: Path) -> None:
    async with supervisor(tmp_path) as process:
        assert set(county(tmp_path).pids) == {"nats", "mongod"}
        since = time.monotonic()
        with all_ending(county(tmp_path).pids.values(), within=0):
            os.killpg(process.pid, signal.SIGINT)
            assert await process.wait() == 0
        assert time.monotonic() - since < 20
        assert not record.place(tmp_path).exists()


async def test_a_second_ctrl_c_does_not_wait_for_anybody(tmp_path: Path) -> None:
    async with supervisor(tmp_path) as process:
        os.kill(county(tmp_path).pids["mongod"], signal.SIGSTOP)
        since = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        await says(process, "Stopping")
        os.killpg(process.pid, signal.SIGINT)
        assert await process.wait() == 0
        assert time.monotonic() - since < PATIENCE, "as long as a child has that is asked to end"


async def test_stopping_and_starting_again_keeps_everything(tmp_path: Path) -> None:
    for visits in (1, 2):
        async with supervisor(tmp_path) as process:
            assert visit(tmp_path) == visits
            process.terminate()
            assert await process.wait() == 0


async def test_children_end_with_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    async with supervisor(tmp_path) as process:
        with all_ending(county(tmp_path).pids.values(), within=25):
            process.kill()
            await process.wait()
        assert record.read(tmp_path) is None


async def test_the_next_run_waits_for_the_children_of_one_that_was_killed(tmp_path: Path) -> None:
    async with supervisor(tmp_path) as process:
        assert visit(tmp_path) == 1
        process.kill()
        await process.wait()
        async with supervisor(tmp_path):
            assert visit(tmp_path) == 2


async def test_a_second_supervisor_on_the_same_data_is_refused_with_the_address(tmp_path: Path) -> None:
    async with supervisor(tmp_path) as process:
        second = await launch(tmp_path)
        refusal = await says(second, f"already runs (pid {process.pid}) at {county(tmp_path).addresses.nats_url}")
        assert "LIANBAN_DATA" in refusal
        assert await second.wait() == 1


async def test_a_server_that_is_killed_comes_back_and_the_record_knows_its_pid(tmp_path: Path) -> None:
    async with supervisor(tmp_path) as process:
        before = county(tmp_path).pids["mongod"]
        os.kill(before, signal.SIGKILL)
        assert "SIGKILL" in await says(process, "mongod ended")
        assert visit(tmp_path) == 1
        assert county(tmp_path).pids["mongod"] != before


async def test_a_folder_that_cannot_be_written_to_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    process = await launch(tmp_path / "file")
    await says(process, "cannot be written to")
    assert await process.wait() == 1
