"""Processes that end by themselves, or do not want to."""

import asyncio
import errno
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path

import pytest

from deploy.embedded.children.child import Child, Command
from deploy.embedded.children.family import Family
from deploy.embedded.children.logs import LARGEST, keep_small

PATIENCE = 60.0


def child(folder: Path, program: str) -> Child:
    return Child(Command("clerk", (sys.executable, "-c", program)), folder / "clerk.log")


def lines(of: Child) -> list[str]:
    return of.log.read_text().splitlines() if of.log else []


async def test_a_child_that_does_not_end_when_asked_is_killed(tmp_path: Path) -> None:
    deaf = child(tmp_path, "import signal; signal.signal(15, signal.SIG_IGN); print(0, flush=True); signal.pause()")
    deaf.start()
    async with asyncio.timeout(PATIENCE):
        while not lines(deaf):
            await asyncio.sleep(0.01)
    await deaf.stop(patience=0.2)
    assert await deaf.ended() == -signal.SIGKILL


async def test_a_child_that_is_stopped_before_its_program_began_ends_all_the_same(tmp_path: Path) -> None:
    early = child(tmp_path, "import time; time.sleep(60)")
    early.start()
    await early.stop()
    assert await early.ended() != 0


async def test_a_child_that_ends_is_started_again_later_each_time(tmp_path: Path) -> None:
    restless = child(tmp_path, "import time; print(time.time())")
    restarts: asyncio.Queue[float] = asyncio.Queue()
    async with Family(lambda: restarts.put_nowait(time.monotonic())) as family:
        family.keep(restless)
        first, second, third, fourth = [await restarts.get() for _ in range(4)]
    assert second - first >= 0.2
    assert third - second >= 0.4
    assert fourth - third >= 0.8


async def test_a_child_is_kept_though_the_record_of_it_cannot_be_written_once(tmp_path: Path) -> None:
    pids: asyncio.Queue[int | None] = asyncio.Queue()
    restless = child(tmp_path, "import time; time.sleep(0.05)")

    def changed() -> None:
        pids.put_nowait(restless.pid)
        if pids.qsize() == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    async with Family(changed) as family, asyncio.timeout(PATIENCE):
        family.keep(restless)
        while pids.qsize() < 4:
            await asyncio.sleep(0.01)


async def test_a_child_that_cannot_be_started_is_tried_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs = tmp_path / "logs"
    kept = child(logs, "import time; print('here', flush=True); time.sleep(60)")
    async with Family(lambda: None) as family, asyncio.timeout(PATIENCE):
        family.keep(kept)
        while not lines(kept):
            await asyncio.sleep(0.01)
        logs.rename(tmp_path / "away")
        logs.write_text("in the way")
        kept.kill_at_once()
        said = ""
        while said.count("starting it again") < 2:  # the second time because the first start has failed
            await asyncio.sleep(0.01)
            said += capsys.readouterr().out
        assert family.pids() == {}
        logs.unlink()
        while not kept.log or not kept.log.exists():
            await asyncio.sleep(0.01)
        assert family.pids() == {"clerk": kept.pid}


async def test_a_child_is_kept_though_nobody_reads_the_terminal(tmp_path: Path) -> None:
    starts: asyncio.Queue[None] = asyncio.Queue()
    with nobody_reading():
        async with Family(lambda: starts.put_nowait(None)) as family, asyncio.timeout(PATIENCE):
            family.keep(child(tmp_path, ""))
            for _ in range(3):
                await starts.get()


@contextmanager
def nobody_reading() -> Iterator[None]:
    """Standard output is a pipe whose other end is closed."""
    end, start = os.pipe()
    os.close(end)
    pipe = os.fdopen(start, "w")
    with redirect_stdout(pipe):
        yield
    with suppress(BrokenPipeError):
        pipe.close()


async def test_a_log_that_cannot_be_copied_does_not_keep_the_others_from_being_small(tmp_path: Path) -> None:
    logs = [tmp_path / f"{name}.log" for name in ("roster", "gateway", "nats")]
    for log in logs:
        log.touch()
        os.truncate(log, LARGEST + 1)
    in_the_way = tmp_path / "gateway.log.1"
    in_the_way.mkdir()
    keeping = asyncio.create_task(keep_small(tmp_path))
    await asyncio.sleep(0)
    assert [log.stat().st_size for log in logs] == [0, LARGEST + 1, 0]
    assert not keeping.done()
    keeping.cancel()


async def test_a_child_is_not_started_again_once_its_family_is_left(tmp_path: Path) -> None:
    async with Family(lambda: None) as family:
        kept = child(tmp_path, "import time; time.sleep(60)")
        family.keep(kept)
        assert family.pids() == {"clerk": kept.pid}
    assert family.pids() == {}


async def test_a_child_with_an_end_of_its_own_gives_its_status(tmp_path: Path) -> None:
    async with Family(lambda: None) as family:
        tool = child(tmp_path, "print('done'); raise SystemExit(3)")
        assert await family.run(tool) == 3
    assert lines(tool) == ["done"]


async def test_starting_a_child_that_runs_changes_nothing(tmp_path: Path) -> None:
    async with Family(lambda: None) as family:
        kept = child(tmp_path, "import time; time.sleep(60)")
        family.keep(kept)
        before = kept.pid
        kept.start()
        assert kept.pid == before


async def test_who_waits_for_a_child_is_told_of_its_end_though_it_was_started_again(tmp_path: Path) -> None:
    mortal = child(tmp_path, "import time; time.sleep(60)")

    async def kept() -> None:
        await mortal.ended()
        mortal.start()

    mortal.start()
    first, waiting = mortal.pid, asyncio.create_task(kept())
    others = [asyncio.create_task(mortal.ended()) for _ in range(5)]
    await asyncio.sleep(0)  # all of them wait now, the one who starts it again among them
    mortal.kill_at_once()
    async with asyncio.timeout(PATIENCE):
        assert await asyncio.gather(*others) == [-signal.SIGKILL] * len(others)
        await waiting
    assert mortal.pid not in (None, first)
    await mortal.kill()
