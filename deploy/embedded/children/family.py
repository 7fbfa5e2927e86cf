"""The running children of one supervisor, and how they are kept running."""

import asyncio
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import NoReturn, Self

from deploy.embedded.children.child import Child
from deploy.embedded.terminal import say
from shared.backoff import doubling

SHORTEST, LONGEST = 0.2, 5.0
"""Seconds between a child's end and its next start: doubled each time, from the shortest again after `STEADY`."""

STEADY = 10.0


class Family:
    """Children that are stopped together when the block is left."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """`changed` is called whenever a child has got a new pid."""
        self._changed = changed
        self._children: list[Child] = []
        self._keepers: list[asyncio.Task[NoReturn]] = []

    def keep(self, child: Child) -> None:
        """Starts the child unless it runs already, and again whenever it ends by itself."""
        child.start()
        self._children.append(child)
        self._keepers.append(asyncio.create_task(_keep(child, self._changed)))
        self._changed()

    async def run(self, child: Child) -> int:
        """A child that has an end of its own: its exit status."""
        child.start()
        self._children.append(child)
        status = await child.ended()
        self._children.remove(child)
        return status

    def pids(self) -> dict[str, int]:
        """Of those that run at this moment."""
        return {child.name: child.pid for child in self._children if child.pid is not None}

    def kill_at_once(self) -> None:
        """For the second Ctrl-C."""
        for child in self._children:
            child.kill_at_once()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """No keeper starts a child again that is being stopped."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        await asyncio.gather(*(child.stop() for child in self._children))


async def _keep(child: Child, changed: Callable[[], None]) -> NoReturn:
    """A child that cannot be started has still ended: that is tried again; what cannot be noted is passed over."""
    pauses = doubling(SHORTEST, LONGEST)
    while True:
        since = time.monotonic()
        status = await child.ended()
        if time.monotonic() - since > STEADY:
            pauses = doubling(SHORTEST, LONGEST)
        pause = next(pauses)
        say(f"{child.name} ended ({_in_words(status)}); starting it again in {pause:g} s.{_where(child)}")
        await asyncio.sleep(pause)
        with suppress(OSError):
            child.start()
            changed()


def _in_words(status: int) -> str:
    return f"exit status {status}" if status >= 0 else signal.Signals(-status).name


def _where(child: Child) -> str:
    return f" Its log: {child.log}" if child.log else ""
