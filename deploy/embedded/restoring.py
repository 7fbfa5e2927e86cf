"""A county is brought back into an empty folder of data.

All of it is built in a folder of its own and moved into place when it has been compared; until then, and where that was
broken off, `make run` opens nothing.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path

from pyrage import x25519

from deploy.backup.continuing import Continued, continued
from deploy.backup.database import nothing_expires
from deploy.backup.restore_point import RestorePoint, lying_there, wanted
from deploy.backup.restoring import compared, said_to_stations, taken_back, unpacked
from deploy.backup.saving import entered
from deploy.backup.unrolling import unrolled
from deploy.embedded.county.claim import claimed
from deploy.embedded.county.folder import LIVE_FROM, RESTORING, prepare, secrets
from deploy.embedded.county.supervisor import OWNERS_ALONE
from deploy.embedded.ports import any_free
from deploy.embedded.servers.running import bus, database, started
from deploy.embedded.trouble import Trouble
from deploy.identity import making
from deploy.identity.database import address_of
from deploy.progress import Watch

OF_A_COUNTY = ("secrets", "nats", "mongo", LIVE_FROM, "county")
"""What a county's folder has; moved into place in this order."""
NOT_EMPTY = "{}中已有一个县的数据，没有恢复：请用LIANBAN_DATA=指定空的文件夹。 There is a county in it already."


def brought_back(
    file: Path, identity: x25519.Identity, data: Path, watch: Watch, until: datetime | None = None
) -> tuple[RestorePoint, Continued | None]:
    """As the archive says, and the parts behind it up to a moment; where it cannot be, nothing is left of it."""
    os.umask(OWNERS_ALONE)
    if found := [name for name in OF_A_COUNTY if (data / name).exists()]:
        raise Trouble(NOT_EMPTY.format(data / found[0]))
    watch.says("正在校验备份文件。 Checking the file.")
    watch.begins("校验", lying_there(file))
    asked = wanted(file, identity, until, watch.reached)
    watch.ends()
    prepare(data)
    with claimed(data):
        return asked, asyncio.run(restored(asked, identity, data, watch))


async def restored(of: RestorePoint, identity: x25519.Identity, data: Path, watch: Watch) -> Continued | None:
    """In `data`, once all is compared; what a restoration of before left there unfinished is removed."""
    making_it = data / RESTORING
    shutil.rmtree(making_it, ignore_errors=True)
    making_it.mkdir(mode=0o700)
    try:
        done = await _made(of, identity, making_it, watch)
    except BaseException:
        shutil.rmtree(making_it)
        raise
    for name in OF_A_COUNTY:
        (making_it / name).rename(data / name)
    making.make(secrets(data))
    shutil.rmtree(making_it)
    return done


async def _made(of: RestorePoint, identity: x25519.Identity, making_it: Path, watch: Watch) -> Continued | None:
    for file in of.files:
        unpacked(file, identity, making_it)
    own = secrets(making_it).resolve()
    making.make(own)  # the bus's configuration names folders: these now, and those in place later
    async with AsyncExitStack() as stack:
        nats = await started(lambda: bus(making_it, any_free, identity=own))
        stack.push_async_callback(nats.stop)
        mongo = await started(lambda: database(making_it, any_free, secrets=own))
        stack.push_async_callback(mongo.stop)
        async with entered(nats.url, address_of(own, "setup"), own) as (to_bus, client), nothing_expires(client):
            await taken_back(of.file, identity, to_bus, client, watch)
            watch.says("正在核对。 Comparing.")
            watch.begins("核对")
            await compared(of.manifest, to_bus, client)
            done = await continued(of, identity, to_bus, client, watch) if of.parts else None
            await said_to_stations(client, of.moment)
            await unrolled(of.file.parent, of.manifest.county, identity, client, own, watch)
            return done
