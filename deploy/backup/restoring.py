"""Brings a county back: secrets first, then the bus and the database of those secrets, then everything is compared.

The archive has been read to its end and found whole before anything of it is used (`archive.checked`).
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pyrage import x25519

from deploy.backup import bus as streams
from deploy.backup import database as documents
from deploy.backup.archive import MANIFEST, members
from deploy.backup.bus import TakingBack
from deploy.backup.figures import figures
from deploy.backup.manifest import Manifest, StreamNoted, unlike
from deploy.backup.unrolling import made as album_made
from deploy.embedded.trouble import Trouble
from deploy.progress import Watch
from services.inspection import brought_back
from shared.bus.connection import Bus
from shared.bus.streams import CONSUMERS
from shared.database.mongo import Client, database

NAMED = 10
"""Figures that are named where some are unlike."""
STRANGE = "备份中有不应有的内容（{}），没有恢复。 There is something in the archive that should not be."
UNLIKE = "恢复后的数据与备份时不一致，不能启用：\n{}\n请换用其他备份。 What came back is not what was saved."
KINDS = ("notes", "secrets", "bus", "database")
FIRST = "000000"


def unpacked(file: Path, identity: x25519.Identity, to: Path) -> None:
    """Secrets and notes, which come first: the notes beside the folder of secrets."""
    for name, content in itertools.takewhile(_is_file, members(file, identity)):
        kind, _, path = name.partition("/")
        place = to / path if kind == "notes" else to / "secrets" / path
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.write_bytes(content)
        place.chmod(0o600)


def _is_file(member: tuple[str, bytes]) -> bool:
    path = PurePosixPath(member[0])
    if path.is_absolute() or ".." in path.parts:
        raise Trouble(STRANGE.format(member[0]))
    return path.parts[0] in ("notes", "secrets")


async def taken_back(file: Path, identity: x25519.Identity, bus: Bus, client: Client, watch: Watch) -> None:
    """Streams with their consumers, collections with their indexes; both servers are empty."""
    declared: dict[str, bytes] = {}
    watch.begins("恢复", file.stat().st_size)
    stream: TakingBack | None = None
    async for name, content in _each(members(file, identity, watch.reached)):
        kind, _, rest = name.partition("/")
        of, _, part = rest.rpartition("/")
        if stream is not None and (kind != "bus" or part == FIRST):
            await stream.end()
            stream = None
        if kind == "bus" and part == FIRST:
            stream = await streams.taken_back(bus, of, content)
            watch.at(f"总线 {of}")
        elif stream is not None:
            await stream.give(content)
        elif kind == "database" and part == "declared":
            declared[of] = content
            await documents.made(client, of, content)
            watch.at(of.removeprefix(documents.OURS))
        elif kind == "database":
            await documents.filled(client, of, content)
    watch.begins("索引", len(declared), "个集合")
    for done, (key, one) in enumerate(declared.items()):
        watch.at(key.removeprefix(documents.OURS))
        watch.reached(done)
        await documents.indexed(client, key, one)
    await album_made(client)
    watch.ends()


async def _each(of: Iterator[tuple[str, bytes]]) -> AsyncIterator[tuple[str, bytes]]:
    """Read in a thread, for the bus is to be answered meanwhile."""
    while member := await asyncio.to_thread(next, of, None):
        if member[0] != MANIFEST and member[0].partition("/")[0] not in KINDS:
            raise Trouble(STRANGE.format(member[0]))
        yield member


async def _places_in(client: Client, before: Mapping[str, StreamNoted], now: Mapping[str, StreamNoted]) -> None:
    """A stream that is taken back has another identity: places in the one that was saved are places in it."""
    for one in CONSUMERS:
        of = {"_id": one.name, "place.stream": before[one.stream].created}
        anew = {"$set": {"place.stream": now[one.stream].created}}
        await client[f"lianban_{one.name.partition('-')[0]}"]["leases"].update_one(of, anew)


async def said_to_stations(client: Client, to: datetime) -> None:
    """What was submitted since is lost here: whoever still has it sends it again, once he is told."""
    await brought_back.note(database(client, "inspection"), to, datetime.now(UTC))


async def compared(manifest: Manifest, bus: Bus, client: Client) -> None:
    """`Trouble` with what is not as it was."""
    now = await streams.noted(bus)
    await _places_in(client, manifest.figures.streams, now)
    found = await figures(client, await documents.collections(client), now)
    if lines := unlike(manifest.figures, found):
        raise Trouble(UNLIKE.format("\n".join(lines[:NAMED])))
