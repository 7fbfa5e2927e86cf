"""One supervisor for one folder of data, and none before the last one's children have ended."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from deploy.embedded.county import record
from deploy.embedded.terminal import say
from deploy.embedded.trouble import Trouble

PATIENCE = 25.0
"""Seconds; the children of a supervisor that was killed end within about ten."""


@contextmanager
def claimed(data: Path) -> Iterator[int]:
    """Gives the descriptor that every child holds: as long as one of them lives, its lock does."""
    with (data / "supervisor.lock").open("a+") as own, (data / "children.lock").open("a") as children:
        if not _locked(own):
            raise Trouble(_who_has_it(data))
        record.remove(data)  # a killed supervisor left it behind
        _wait_for_orphans(data, children)
        yield children.fileno()


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _who_has_it(data: Path) -> str:
    running = record.read(data)
    if running is None:
        return f"A county is already starting or stopping on {data}: wait for it, or choose another LIANBAN_DATA."
    where = running.addresses.gateway_url or running.addresses.nats_url
    return (
        f"The county on {data} already runs (pid {running.supervisor}) at {where}: "
        "use that one, stop it with Ctrl-C, or choose another LIANBAN_DATA."
    )


def _wait_for_orphans(data: Path, children: IO[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    announced = False
    while not _locked(children):
        if time.monotonic() > deadline:
            raise Trouble(
                f"Processes of the last run on {data} do not end: look for them with `fuser {children.name}`."
            )
        if not announced:
            say("Waiting for the last run's processes to end ...")
        announced = True
        time.sleep(0.05)
