"""Saves a county that runs: it stands still while the bus is copied, and its database is copied as of that moment.

The database's moment comes first. What a service has sent by then and not noted as sent is on the copied bus or is sent
once more, and known by its id; the other way round the bus would lack what the database takes for sent.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from pyrage import x25519

from deploy.backup import bus as streams
from deploy.backup import database as documents
from deploy.backup import oplog
from deploy.backup.archive import Passed, Writing, nobody, whole, written
from deploy.backup.cluster_time import ClusterTime, GoesOn
from deploy.backup.database import Collection
from deploy.backup.figures import figures
from deploy.backup.hold import standing_still
from deploy.backup.keys import recipient
from deploy.backup.manifest import Contents, Manifest, StreamNoted
from deploy.backup.secrets import digest_of, secrets_of
from deploy.progress import Watch
from services.feedback.operations.backups import note
from shared.bus.connection import Bus
from shared.bus.streams import STREAMS
from shared.calendar import CHINA
from shared.database.mongo import PATIENCE_MS, Client, Session, database
from shared.identity.access import Access, enter
from shared.services import SERVICES

UNFINISHED = ".part"


@dataclass(frozen=True)
class Live:
    """A county's servers as its backup enters them, and what lies beside them."""

    county: str
    nats_url: str
    mongo_url: str
    secrets: Path
    notes: Mapping[str, str]
    """What the folder says beside its secrets, by name."""
    shown: str
    """What whoever saves it calls the folder of secrets."""


@dataclass(frozen=True)
class Saved:
    """One archive that has been read back."""

    file: Path
    manifest: Manifest
    held_ms: int
    seconds: float


@asynccontextmanager
async def entered(nats_url: str, mongo_url: str, secrets: Path) -> AsyncIterator[tuple[Bus, Client]]:
    """Bus and database, as who copies them and takes them back."""
    access = Access(secrets / "backup" / "bus.creds", secrets / "ca.pem")
    client: Client = Client(mongo_url, serverSelectionTimeoutMS=PATIENCE_MS, appname=f"{documents.WHO}-{token_hex(4)}")
    try:
        connection = await enter(nats_url, access, connect_timeout=5, max_reconnect_attempts=3)
        try:
            yield Bus(connection), client
        finally:
            await connection.close()
    finally:
        client.close()


async def save(running: Live, folder: Path, watch: Watch) -> Saved:
    """Into a file of the moment's name; there is none, where anything fails."""
    since, now = time.monotonic(), datetime.now(CHINA)
    to = recipient(running.secrets)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"lianban-{running.county}-{now:%Y%m%dT%H%M%S}.age"
    draft, once = file.with_name(file.name + UNFINISHED), x25519.Identity.generate()
    async with entered(running.nats_url, running.mongo_url, running.secrets) as (bus, client):
        with written(draft, [to, once.to_public()]) as writing:
            manifest, held_ms = await _all_of_it(running, now, bus, client, writing, watch)
            await asyncio.to_thread(writing.end, manifest)
        watch.says("正在回读校验。 Reading it back.")
        watch.begins("回读", draft.stat().st_size)
        await read_back(draft, once, manifest, watch.reached)
        watch.ends()
        draft.replace(file)
        saved = Saved(file, manifest, held_ms, time.monotonic() - since)
        stands = {"held_ms": held_ms, "seconds": round(saved.seconds, 1)}
        beside(file).write_text(in_the_open(file, file.name, manifest, stands))
        await note(database(client, "feedback"), now, file.stat().st_size, str(file))
    return saved


async def read_back(draft: Path, once: x25519.Identity, manifest: Contents, passed: Passed = nobody) -> None:
    """With a key that was made for this and is forgotten: the other is not on this machine."""
    try:
        if await asyncio.to_thread(whole, draft, once, type(manifest), passed) != manifest:
            raise ValueError(draft)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


async def _all_of_it(
    running: Live, now: datetime, bus: Bus, client: Client, writing: Writing, watch: Watch
) -> tuple[Manifest, int]:
    of = await documents.collections(client)
    databases = {service: database(client, service) for service in SERVICES}
    async with documents.as_of_now(client) as session:
        since = time.monotonic()
        async with standing_still(databases, bus):
            goes_on = await ends_at(client, await oplog.read_at(client, session), running.secrets)
            _keep_secrets(running, writing)
            copied = await _copy_bus(bus, writing, watch)
        held_ms = int((time.monotonic() - since) * 1000)
        watch.says(f"总线已保存，暂停办理{held_ms}毫秒。 Deciding stood still for {held_ms} ms.")
        watch.begins("清点数据库")
        found = await figures(client, of, copied, session)
        watch.begins("数据库", sum(found.collections.values()), "份")
        await _copy_database(client, of, session, writing, watch)
        watch.ends()
    manifest = Manifest(
        revision=revision(),
        county=running.county,
        moment=now,
        figures=found,
        goes_on=goes_on,
        sums=dict(writing.sums),
    )
    return manifest, held_ms


def revision() -> str:
    """Of the program, as its image says."""
    return os.environ.get("LIANBAN_REVISION", "unknown")


async def ends_at(client: Client, at: ClusterTime, secrets: Path) -> GoesOn:
    """What a file of which that is the end is followed on by."""
    return GoesOn(at=at, members=await oplog.members(client), secrets=digest_of(secrets))


def _keep_secrets(running: Live, writing: Writing) -> None:
    """All but the key that opens archives; of the moment, for they say whose keys are void."""
    for name, said in running.notes.items():
        writing.add(f"notes/{name}", said.encode())
    for name, content in secrets_of(running.secrets):
        writing.add(name, content)


async def _copy_bus(bus: Bus, writing: Writing, watch: Watch) -> dict[str, StreamNoted]:
    found = await streams.noted(bus)
    watch.begins("总线", len(STREAMS), "个数据流")
    for done, stream in enumerate(STREAMS):
        watch.at(stream.name)
        watch.reached(done)
        n = 0
        async for part in streams.snapshot(bus, stream.name):
            await asyncio.to_thread(writing.add, f"bus/{stream.name}/{n:06}", part)
            n += 1
    return found


async def _copy_database(
    client: Client, of: list[Collection], session: Session, writing: Writing, watch: Watch
) -> None:
    done = 0
    for one in of:
        watch.at(one.called)
        await asyncio.to_thread(writing.add, f"database/{one.key}/declared", one.declared())
        n = 0
        async for part in documents.parts(client, one, session):
            n += 1
            await asyncio.to_thread(writing.add, f"database/{one.key}/{n:06}", part.content)
            done += part.documents
            watch.reached(done)


def beside(file: Path) -> Path:
    """What may be read without a key."""
    return file.with_suffix(".json")


def in_the_open(file: Path, name: str, manifest: Contents, stands: Mapping[str, float]) -> str:
    """Figures and the sum of the whole, nothing of what they count."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    said = manifest.model_dump(mode="json", exclude={"sums"})
    own = {"file": name, "bytes": os.stat(file).st_size, "sha256": digest}
    return json.dumps({**own, **stands, **said}, indent=1) + "\n"
