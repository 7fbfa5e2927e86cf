"""Within the container that is given all secrets: a county is unpacked, filled and compared, or cleared again.

`RESTORING` lies in the folder that set-up reads, from the first file until everything is compared: with it set-up ends,
and no service starts without set-up.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pyrage import x25519

from deploy.backup.continuing import Continued, continued
from deploy.backup.database import nothing_expires
from deploy.backup.restore_point import RestorePoint, wanted
from deploy.backup.restoring import compared, said_to_stations, taken_back, unpacked
from deploy.backup.saving import entered
from deploy.backup.unrolling import unrolled
from deploy.container.live import NOTED
from deploy.container.processes import SECRETS, VOLUMES
from deploy.embedded.county.folder import LIVE_FROM
from deploy.embedded.terminal import say
from deploy.embedded.trouble import Trouble
from deploy.identity.database import address_of
from deploy.setup.patiently import patiently
from deploy.setup.replicas import copies_now
from deploy.setup.restored import RESTORING
from deploy.setup.users import initiate

FOLDER = Path(SECRETS)
PATIENCE = 120.0
"""Seconds in which bus and database, which have just been started, are there."""
NOT_EMPTY = (
    "{}中已有一个县的数据，没有恢复：请换用空的密钥文件夹和项目（LIANBAN_SECRETS、COMPOSE_PROJECT_NAME）。"
    " There is a county in it already."
)
ANOTHER = "备份是{}县的，设置的是COUNTY={}，没有恢复。 The archive is of another county."


def unpack(file: Path, identity: x25519.Identity, until: datetime | None = None) -> None:
    """Its secrets, where there are none yet and every volume is empty; `Trouble` else, and nothing is written."""
    for place in (FOLDER, *sorted(VOLUMES.iterdir())):
        if any(_lies_in(place)):
            raise Trouble(NOT_EMPTY.format(place))
    say("正在校验备份文件。 Checking the file.")
    of = wanted(file, identity, until)
    if of.manifest.county != os.environ["COUNTY"]:
        raise Trouble(ANOTHER.format(of.manifest.county, os.environ["COUNTY"]))
    _marked()
    with TemporaryDirectory() as folder:
        for one in of.files:
            unpacked(one, identity, Path(folder))
        shutil.copytree(Path(folder) / "secrets", FOLDER, dirs_exist_ok=True)
        shutil.copyfile(Path(folder) / LIVE_FROM, FOLDER / NOTED)


def _lies_in(place: Path) -> Iterator[Path]:
    return (one for one in place.iterdir() if one.name != "lost+found") if place.exists() else iter(())


def _marked() -> None:
    place = FOLDER / RESTORING
    place.parent.mkdir(mode=0o700, exist_ok=True)
    place.touch(mode=0o600)


def fill(file: Path, identity: x25519.Identity, until: datetime | None = None) -> tuple[RestorePoint, Continued | None]:
    """Bus and database, which run and are empty; then the county may be started."""
    of = wanted(file, identity, until)
    done = asyncio.run(_filled(of, identity))
    (FOLDER / RESTORING).unlink()
    return of, done


async def _filled(of: RestorePoint, identity: x25519.Identity) -> Continued | None:
    database, bus = address_of(FOLDER, "setup"), os.environ["NATS_URL"]
    await patiently(lambda: initiate(database), PATIENCE)
    async with entered(bus, database, FOLDER) as (to_bus, client), nothing_expires(client):
        await patiently(lambda: copies_now(to_bus), PATIENCE)  # several servers answer when they have a leader
        await taken_back(of.file, identity, to_bus, client, say)
        say("正在核对。 Comparing.")
        await compared(of.manifest, to_bus, client)
        done = await continued(of, identity, to_bus, client, say) if of.parts else None
        await said_to_stations(client, of.moment)
        await unrolled(of.file.parent, of.manifest.county, identity, client, FOLDER, say)
        return done


def clear() -> None:
    """The folder of secrets is empty again; only of a restoration that was not finished."""
    if not (FOLDER / RESTORING).exists():
        return
    for one in FOLDER.iterdir():
        shutil.rmtree(one) if one.is_dir() else one.unlink()
