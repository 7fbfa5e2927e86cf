"""The children's output, one file each, bounded in size."""

import asyncio
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

LARGEST = 20_000_000
"""Bytes of one file; with the one before it a child's logs take at most about twice as much."""


def opened(log: Path) -> BinaryIO:
    """For appending: a file that is emptied under a running child then has no hole in it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    return log.open("ab")


def trim(log: Path) -> None:
    """A full file becomes `<name>.1` by copying, since the child goes on writing to the same one."""
    if log.stat().st_size <= LARGEST:
        return
    shutil.copyfile(log, log.with_name(f"{log.name}.1"))
    os.truncate(log, 0)


async def keep_small(folder: Path) -> None:
    """Looks once a minute, for as long as the county runs; one that cannot be copied now is looked at again then."""
    while True:
        for log in folder.glob("*.log"):
            with suppress(OSError):
                trim(log)
        await asyncio.sleep(60)


def last_line(log: Path) -> str:
    """What a child said last, for the sentence that tells of its end; empty when it said nothing."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4096))
        lines = file.read().decode(errors="replace").split("\n")
    return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "")
