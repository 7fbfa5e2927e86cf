"""Where all secrets are: a county is unpacked into empty folders, filled and compared, or cleared again.

`RESTORING` lies in the folder that set-up reads, from the first file until everything is compared: with it set-up ends,
and no service starts without set-up.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pyrage import x25519

from deploy.backup.continuing import Continued, continued
from deploy.backup.database import nothing_expires
from deploy.backup.restore_point import RestorePoint, lying_there, wanted
from deploy.backup.restoring import compared, said_to_stations, taken_back, unpacked
from deploy.backup.saving import entered
from deploy.backup.unrolling import unrolled
from deploy.container.live import NOTED
from deploy.container.processes import SECRETS, VOLUMES
from deploy.embedded.county.folder import LIVE_FROM
from deploy.embedded.trouble import Trouble
from deploy.identity.database import address_of
from deploy.progress import Watch
from deploy.setup.patiently import patiently
from deploy.setup.replicas import copies_now
from deploy.setup.restored import RESTORING
from deploy.setup.users import initiate

PATIENCE = 120.0
"""Seconds in which bus and database, which have just been started, are there."""
NOT_EMPTY = "{}中已有一个县的数据，没有恢复：{}。 There is a county in it already."
OTHERS = "请换用空的密钥文件夹和项目（LIANBAN_SECRETS、COMPOSE_PROJECT_NAME）"
ANOTHER = "备份是{}县的，设置的是COUNTY={}，没有恢复。 The archive is of another county."


@dataclass(frozen=True)
class Into:
    """Where a county is to be, and what its settings say."""

    folder: Path
    """Of all secrets."""
    servers: Sequence[Path]
    """What bus and database keep."""
    county: str
    bus: str
    otherwise: str
    """What to do where one of these is not empty."""
    is_without_users: bool = False
    """Whether the database has nobody yet: an image makes its administrator, a bare server does not."""


def this_container() -> Into:
    """With the volumes that compose mounts."""
    return Into(Path(SECRETS), sorted(VOLUMES.iterdir()), os.environ["COUNTY"], os.environ["NATS_URL"], OTHERS)


def unpack(into: Into, file: Path, identity: x25519.Identity, watch: Watch, until: datetime | None = None) -> None:
    """Its secrets, where there are none yet and the servers keep nothing; `Trouble` else, and nothing is written."""
    for place in (into.folder, *into.servers):
        if any(_lies_in(place)):
            raise Trouble(NOT_EMPTY.format(place, into.otherwise))
    watch.says("正在校验备份文件。 Checking the file.")
    of = _looked_through(file, identity, watch, until)
    if of.manifest.county != into.county:
        raise Trouble(ANOTHER.format(of.manifest.county, into.county))
    _marked(into.folder)
    with TemporaryDirectory() as folder:
        for one in of.files:
            unpacked(one, identity, Path(folder))
        shutil.copytree(Path(folder) / "secrets", into.folder, dirs_exist_ok=True)
        shutil.copyfile(Path(folder) / LIVE_FROM, into.folder / NOTED)


def _looked_through(file: Path, identity: x25519.Identity, watch: Watch, until: datetime | None) -> RestorePoint:
    watch.begins("校验", lying_there(file))
    of = wanted(file, identity, until, watch.reached)
    watch.ends()
    return of


def _lies_in(place: Path) -> Iterator[Path]:
    return (one for one in place.iterdir() if one.name != "lost+found") if place.exists() else iter(())


def _marked(folder: Path) -> None:
    place = folder / RESTORING
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.touch(mode=0o600)


def fill(
    into: Into, file: Path, identity: x25519.Identity, watch: Watch, until: datetime | None = None
) -> tuple[RestorePoint, Continued | None]:
    """Bus and database, which run and are empty; then the county may be started."""
    of = _looked_through(file, identity, watch, until)
    done = asyncio.run(_filled(into, of, identity, watch))
    (into.folder / RESTORING).unlink()
    return of, done


async def _filled(into: Into, of: RestorePoint, identity: x25519.Identity, watch: Watch) -> Continued | None:
    database = address_of(into.folder, "setup")
    key = (into.folder / "mongo" / "key").read_text().strip() if into.is_without_users else ""
    await patiently(lambda: initiate(database, key), PATIENCE)
    async with entered(into.bus, database, into.folder) as (to_bus, client), nothing_expires(client):
        await patiently(lambda: copies_now(to_bus), PATIENCE)  # several servers answer when they have a leader
        await taken_back(of.file, identity, to_bus, client, watch)
        watch.says("正在核对。 Comparing.")
        watch.begins("核对")
        await compared(of.manifest, to_bus, client)
        done = await continued(of, identity, to_bus, client, watch) if of.parts else None
        await said_to_stations(client, of.moment)
        await unrolled(of.file.parent, of.manifest.county, identity, client, into.folder, watch)
        return done


def clear(folder: Path) -> None:
    """The folder of secrets is empty again; only of a restoration that was not finished."""
    if (folder / RESTORING).exists():
        emptied(folder)


def emptied(folder: Path) -> None:
    """Nothing lies in it any more."""
    for one in folder.iterdir() if folder.exists() else ():
        shutil.rmtree(one) if one.is_dir() else one.unlink()
