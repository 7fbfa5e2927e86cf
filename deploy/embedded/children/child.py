"""One child process: started, waited for, stopped."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from deploy.embedded.children.logs import opened
from deploy.embedded.settings import ROOT
from deploy.revision import revision

PATIENCE = 8.0
"""Seconds a child has between being asked to end and being killed."""

_TIED = Path(__file__).with_name("tied.py")


@dataclass(frozen=True)
class Command:
    """What to run, and the signal that ends it when the supervisor is gone."""

    name: str
    argv: Sequence[str | Path]
    env: Mapping[str, str] = field(default_factory=dict)
    orphaned: signal.Signals = signal.SIGKILL


def python(name: str, module: str, env: Mapping[str, str]) -> Command:
    """A module of this project, run as a process of its own."""
    own = {"PYTHONUNBUFFERED": "1", "LIANBAN_REVISION": os.environ.get("LIANBAN_REVISION") or revision()}
    return Command(name, (sys.executable, "-m", module), {**own, **env})


class Child:
    """A process in a session of its own, so that the terminal's Ctrl-C reaches the supervisor alone.

    Without a log it writes to the terminal. `held` are descriptors it keeps open for as long as it lives.
    """

    def __init__(self, command: Command, log: Path | None, held: Sequence[int] = ()) -> None:
        self.command = command
        self.log = log
        self._held = tuple(held)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        return self.command.name

    @property
    def pid(self) -> int | None:
        """None when it does not run."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Does nothing to a child that runs."""
        if self.pid is not None:
            return
        tie = (sys.executable, "-I", "-S", _TIED, str(os.getpid()), str(int(self.command.orphaned)))
        with ExitStack() as stack:
            output = stack.enter_context(opened(self.log)) if self.log else None
            self._process = subprocess.Popen(
                (*tie, *self.command.argv),
                cwd=ROOT,
                env={**os.environ, **self.command.env},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                pass_fds=self._held,
            )

    async def ended(self) -> int:
        """Its exit status, or minus the signal that ended it; waits on any event loop."""
        process = self._process  # while this waits, another who waits may start it again
        if process is None:
            raise RuntimeError(f"{self.name} was never started")
        if process.poll() is None:
            await _readable(os.pidfd_open(process.pid))
        return process.wait()

    async def stop(self, patience: float = PATIENCE) -> None:
        """Asked to end first, killed when it takes longer than `patience` seconds."""
        self.send(signal.SIGTERM)
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._gone()
        await self.kill()

    async def kill(self) -> None:
        """kill -9, and its end awaited."""
        self.kill_at_once()
        await self._gone()

    def kill_at_once(self) -> None:
        """kill -9 without waiting."""
        self.send(signal.SIGKILL)

    def send(self, number: signal.Signals) -> None:
        """Does nothing to a child that has ended."""
        if self._process is not None:
            self._process.send_signal(number)

    async def _gone(self) -> None:
        if self._process is not None:
            await self.ended()


async def _readable(descriptor: int) -> None:
    """A process's descriptor becomes readable when the process ends."""
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, done.set)
    try:
        await done.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)
