"""What a server does not do by itself: serve a certificate that was renewed, and go on after its disk was full.

In containers `deploy/container/kept.sh` does the same.
"""

import asyncio
import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from deploy.embedded.children.child import Child
from deploy.embedded.servers.readiness import is_answering
from deploy.embedded.terminal import say

LOOK = 5.0
"""Seconds between two looks."""
PATIENCE = 30.0
"""Seconds for which a server may say that it cannot serve."""
STARTING = 10
"""Times that patience for one started again, which may be reading what it kept; not where its disk was full."""
ROOM = 64 * 1024 * 1024
"""Bytes free from which on a restart can help: on a full disk it cures nothing."""


@dataclass(frozen=True)
class LookedAfter:
    """A server that runs: the files that may change beneath it (its certificate, who may enter), the signal upon
    which it reads them again, where it says how it is and where it keeps everything.
    """

    child: Child
    files: tuple[Path, ...]
    reads_again: signal.Signals
    health: str | None = None
    store: Path | None = None


async def watching(one: LookedAfter, look: float = LOOK, patience: float = PATIENCE) -> NoReturn:
    """For as long as the county runs; whoever keeps the child starts it again."""
    known, pid, bad, most = _content(one.files), one.child.pid, 0.0, patience
    while True:
        await asyncio.sleep(look)
        if (now := _content(one.files)) != known:
            say(f"{one.child.name} reads its certificate and settings again, which have changed.")
            one.child.send(one.reads_again)
            known = now
        if one.child.pid != pid:
            pid, bad, most = one.child.pid, 0.0, patience * STARTING
        if not (has_room := _has_room(one.store)):
            most = patience
        if one.health is None or await is_answering(one.health):
            bad, most = 0.0, patience
        else:
            bad += look
        if bad >= most and has_room:
            say(f"{one.child.name} says that it cannot serve ({one.health}): it is ended, to be started again.")
            await one.child.stop()
            bad = 0.0


def _content(files: tuple[Path, ...]) -> list[bytes]:
    """What cannot be read now is looked at again next time, and ends no watch."""
    found = []
    for place in files:
        with suppress(OSError):
            found.append(place.read_bytes())
    return found


def _has_room(store: Path | None) -> bool:
    return store is None or shutil.disk_usage(store).free >= ROOM
