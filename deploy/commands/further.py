"""`lianban backup --since-last`: what came since the last archive or part, once or every so many seconds."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import suppress
from pathlib import Path

from deploy.backup.faults import said_in
from deploy.backup.further import Further
from deploy.backup.further import further as saved
from deploy.backup.saving import Live
from deploy.commands.backup import FAILED, from_outside, given, runs_at
from deploy.commands.place import Place
from deploy.embedded.terminal import say
from deploy.embedded.trouble import Trouble
from shared.pages.chinese import grouped, size


def further(place: Place | None, to: Path | None, every: int) -> None:
    """Beside the newest archive of the folder; every so many seconds, where that is not 0, whatever fails meanwhile."""
    if place is Place.CONTAINERS:
        from_outside(to, "--since-last", "--every", str(every))
    elif every:
        asyncio.run(_again_and_again(place, to, every))
    else:
        asyncio.run(_once(*runs_at(place, to)))


async def _once(running: Live, folder: Path) -> None:
    with said_in(FAILED):
        for one in await saved(running, folder):
            if one.file:
                given(one.file)
            say(_line(one))


async def _again_and_again(place: Place | None, to: Path | None, every: int) -> None:
    """Until it is told to end; a part that is begun is finished. What fails is said and tried again the next time."""
    ending = asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, ending.set)
    while not ending.is_set():
        try:
            await _once(*runs_at(place, to))
        except Trouble as trouble:
            print(trouble, file=sys.stderr, flush=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(every):
                await ending.wait()


def _line(one: Further) -> str:
    at = f"{one.reaches.moment:%Y-%m-%d %H:%M:%S}"
    if one.file is None:
        return f"已备份到{at}，其间没有办理事项。 Nothing was done since."
    return (
        f"已备份到{at}：{one.file.name}（{size(one.bytes)}，{grouped(one.entries)}条，{one.seconds:.1f}秒），"
        "已回读校验。 Saved and read back."
    )
