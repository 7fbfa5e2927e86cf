"""One run from the terminal: what the person's signals mean, and what the exit status says."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable

from deploy.embedded.county.claim import claimed
from deploy.embedded.county.folder import is_whole, prepare
from deploy.embedded.county.programs import Programs
from deploy.embedded.county.stages import County
from deploy.embedded.settings import Settings
from deploy.embedded.terminal import say
from deploy.embedded.trouble import Trouble
from shared.process.open_files import may_open_many

OWNERS_ALONE = 0o077
"""Of all that this and what it starts write: nobody else on the machine reads it."""


def supervise(settings: Settings, modules: Programs) -> int:
    """0 when it was told to stop, 1 when it could not go on."""
    os.umask(OWNERS_ALONE)
    may_open_many()
    try:
        prepare(settings.data)
        with claimed(settings.data) as held:
            is_whole(settings.data)
            asyncio.run(_until_stopped(County(settings, modules, held)))
    except Trouble as trouble:
        print(trouble, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:  # while waiting for the last run's processes
        return 130
    return 0


async def _until_stopped(county: County) -> None:
    """The first signal stops the county in order, a second one kills it."""
    running = asyncio.create_task(county.run())
    signals: list[float] = []

    def heard() -> None:
        if signals:
            county.kill_at_once()
            return
        signals.append(time.monotonic())
        say("Stopping; everything is kept. (Ctrl-C again kills at once.)")
        running.cancel()

    _listen(heard)
    await asyncio.wait({running})
    if signals and running.cancelled():
        say(f"Stopped in {time.monotonic() - signals[0]:.1f} s.")
        return
    running.result()


def _listen(heard: Callable[[], None]) -> None:
    """A hang-up that `nohup` set aside stays so; Ctrl-C is heard even where a shell started the job deaf to it."""
    loop = asyncio.get_running_loop()
    numbers = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        numbers.remove(signal.SIGHUP)
    for number in numbers:
        loop.add_signal_handler(number, heard)
