"""Processes that end by themselves, or do not want to."""

import asyncio
import signal
import sys
import time
from pathlib import Path

from deploy.embedded.children import Child, Command
from deploy.embedded.family import Family


def child(folder: Path, program: str) -> Child:
    return Child(Command("clerk", (sys.executable, "-c", program)), folder / "clerk.log")


def lines(of: Child) -> list[str]:
    return of.log.read_text().splitlines() if of.log else []


async def test_a_child_that_does_not_end_when_asked_is_killed(tmp_path: Path) -> None:
    deaf = child(tmp_path, "import signal; signal.signal(15, signal.SIG_IGN); print(0, flush=True); signal.pause()")
    deaf.start()
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
    async with asyncio.timeout(10):
        assert await asyncio.gather(*others) == [-signal.SIGKILL] * len(others)
        await waiting
    assert mortal.pid not in (None, first)
    await mortal.kill()
