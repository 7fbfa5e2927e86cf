"""`lianban restore-photos`: photos are brought into the running county from rolls that were not beside its archive."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from pyrage import x25519

from deploy.backup.faults import said_in
from deploy.backup.keys import identity as identity_in
from deploy.backup.rolls import album_entered
from deploy.backup.saving import Live
from deploy.backup.unrolling import BACK, taken_in, whether_all_there
from deploy.commands import compose
from deploy.commands.backup import runs_at
from deploy.commands.place import Place
from deploy.progress import Watch, watched
from shared.database.mongo import connect, database
from shared.pages.chinese import grouped

FAILED = "照片没有全部恢复：数据库或文件有故障（{}），请检查后重试，已恢复的不受影响。 Not all are back; try again."


def restore_photos(place: Place | None, files: Sequence[Path], key: Path) -> None:
    """What is there already stays; one file after the other."""
    if place is Place.CONTAINERS:
        _from_outside([one.absolute() for one in files], key.absolute())
    else:
        running, _ = runs_at(place, Path())
        with watched() as watch, said_in(FAILED):
            asyncio.run(_back(running, files, identity_in(key), watch))


def _from_outside(files: Sequence[Path], key: Path) -> None:
    words = ("restore-photos", *map(str, files), "--key", str(key))
    if status := compose.operator(*words, folders=dict.fromkeys((*files, key), "ro")):
        raise SystemExit(status)


async def _back(running: Live, files: Sequence[Path], identity: x25519.Identity, watch: Watch) -> None:
    client = connect(running.mongo_url, "lianban-backup-photos")
    try:
        async with album_entered(running.mongo_url, running.secrets) as album:
            for place in files:
                noted = await taken_in(place, identity, album, running.county, watch)
                watch.says(BACK.format(place.name, grouped(noted.photos)))
            watch.says(await whether_all_there(database(client, "inspection"), album))
    finally:
        client.close()
