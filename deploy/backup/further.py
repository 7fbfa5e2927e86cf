"""Saves what was written since the last file of a row, as a further part of it: deciding does not notice.

The database is asked for what it has noted anyway; nothing stands still, and the bus is not asked at all.
"""

from __future__ import annotations

import asyncio
import fcntl
import gzip
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyrage import x25519

from deploy.backup import oplog
from deploy.backup.archive import LARGEST, Writing, written
from deploy.backup.cluster_time import ClusterTime
from deploy.backup.database import QUICK
from deploy.backup.keys import recipient
from deploy.backup.manifest import PartNoted
from deploy.backup.row import NO_BASE, End, bases, end_of, part_of
from deploy.backup.saving import UNFINISHED, Live, beside, ends_at, in_the_open, read_back, revision
from deploy.backup.secrets import secrets_of
from deploy.embedded.trouble import Trouble
from services.feedback.operations.backups import note_reach
from shared.database.mongo import PATIENCE_MS, Client, Session, database
from shared.pipeline.ledger import FACTS, SUBMISSIONS
from shared.services import SERVICES

ANOTHER = "数据库已不是备份{}时的那一套（恢复过，或者重新建立过），请先执行一次完整备份。 The database is another one."
TWICE = "另一个增量备份正在写入文件夹{}，没有重复备份。 Somebody else is writing a part there."
WHO = "lianban-parts"
"""As whom the database knows it: no backup that keeps a snapshot."""
LEDGERS = (SUBMISSIONS, FACTS)
BY_ITSELF = (".leases", ".backups", ".outs_noted")
"""Collections that are written each minute, though nobody does anything: they alone are no reason for a part."""


@dataclass(frozen=True)
class Further:
    """All is saved up to a moment; `file` is what was written for it, None where nothing had happened."""

    reaches: ClusterTime
    file: Path | None
    entries: int
    bytes: int
    seconds: float


async def further(running: Live, folder: Path) -> list[Further]:
    """The newest row of a folder is brought up to now; before it the former, where it has parts, up to the newest."""
    if not bases(folder, running.county):
        raise Trouble(NO_BASE.format(folder, running.county))
    client: Client = Client(running.mongo_url, serverSelectionTimeoutMS=PATIENCE_MS, appname=WHO)
    try:
        with _alone(folder):
            return await _brought_up(running, client, folder)
    finally:
        client.close()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two would write the same part."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Trouble(TWICE.format(folder)) from error
    finally:
        os.close(held)


async def _brought_up(running: Live, client: Client, folder: Path) -> list[Further]:
    *former, newest = (end_of(base) for base in bases(folder, running.county)[-2:])
    if newest.goes_on.members != await oplog.members(client):
        raise Trouble(ANOTHER.format(newest.base.name))
    done = [await _closed(running, client, row, newest) for row in former if await _is_open(client, row, newest)]
    done.append(await _up_to_now(running, client, newest))
    await note_reach(database(client, "feedback"), done[-1].reaches.moment)
    return done


async def _is_open(client: Client, row: End, newest: End) -> bool:
    """Whether something lies between its end and the archive that came after it, and is there still."""
    ends, is_same = row.goes_on.at.stamp, row.goes_on.members == newest.began.members
    return row.n > 0 and is_same and (await oplog.oldest(client)).stamp <= ends < newest.began.at.stamp


async def _closed(running: Live, client: Client, row: End, newest: End) -> Further:
    counted = {name: n for name, n in newest.collections.items() if n and name.rpartition("/")[2] in LEDGERS}
    return await _saved(running, client, row, newest.began.at, counted, is_wanted=True)


async def _up_to_now(running: Live, client: Client, row: End) -> Further:
    async with await client.start_session(snapshot=True) as session:
        until = await oplog.read_at(client, session)
        return await _saved(running, client, row, until, await ledgers(client, session), is_wanted=False)


async def ledgers(client: Client, session: Session | None = None) -> dict[str, int]:
    """How many entries each service's have, by `<database>/<collection>`."""
    found = {}
    for service in SERVICES:
        db = client[f"lianban_{service}"]
        for name in LEDGERS:
            counting = db[name].aggregate([{"$count": "n"}], session=session)
            if counted := sum([one["n"] async for one in counting]):
                found[f"{db.name}/{name}"] = counted
    return found


async def _saved(
    running: Live, client: Client, row: End, until: ClusterTime, counted: Mapping[str, int], is_wanted: bool
) -> Further:
    """There is none where nothing was done, unless it `is_wanted` to close a row."""
    began, once = time.monotonic(), x25519.Identity.generate()
    file = part_of(row.base, row.n + 1)
    draft = file.with_name(file.name + UNFINISHED)
    draft.unlink(missing_ok=True)
    with written(draft, [recipient(running.secrets), once.to_public()]) as writing:
        goes_on = await ends_at(client, until, running.secrets)
        if goes_on.secrets != row.goes_on.secrets:
            for name, content in secrets_of(running.secrets):
                writing.add(name, content)
        noted, is_something = await _copy(client, row, until, writing)
        part = PartNoted(
            revision=revision(),
            county=running.county,
            base=row.sum,
            n=row.n + 1,
            since=row.goes_on.at,
            goes_on=goes_on,
            entries=noted,
            ledgers=counted,
            sums=dict(writing.sums),
        )
        await asyncio.to_thread(writing.end, part)
    if not (is_something or is_wanted or goes_on.secrets != row.goes_on.secrets):
        draft.unlink()
        return Further(until, None, 0, 0, time.monotonic() - began)
    await read_back(draft, once, part)
    beside(file).write_text(in_the_open(draft, file.name, part, {"seconds": round(time.monotonic() - began, 2)}))
    draft.replace(file)  # the last: a part without what stands beside it could not be followed on
    return Further(until, file, noted, file.stat().st_size, time.monotonic() - began)


async def _copy(client: Client, row: End, until: ClusterTime, writing: Writing) -> tuple[int, bool]:
    """How many entries, and whether somebody has done something."""
    held, count, n, is_something = bytearray(), 0, 0, False

    async def put() -> None:
        nonlocal n
        n += 1
        await asyncio.to_thread(writing.add, f"oplog/{n:06}", gzip.compress(bytes(held), QUICK))
        held.clear()

    async for entry in oplog.entries(client, row.goes_on.at, until):
        if held and len(held) + len(entry.raw) > LARGEST:
            await put()
        held += entry.raw
        count += 1
        is_something = is_something or not entry["ns"].endswith(BY_ITSELF)
    if held:
        await put()
    return count, is_something
