"""A county that is back as its archive has it is brought on to a later moment, by the parts behind that.

The bus stays that of the archive. What the databases have done since is made known by them: each subscription reads on
where it stood then, and ledgers know every repeat; each service tells the facts of since once more, by itself, at its
start. What only the bus knew is lost: dead letters, and what it had acknowledged and nobody decided; stations, which
are told to which moment it is back, send that again.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

import bson
from bson.raw_bson import RawBSONDocument
from pyrage import x25519

from deploy.backup import bus as streams
from deploy.backup import database as documents
from deploy.backup.archive import ReadOn, members
from deploy.backup.database import RAW
from deploy.backup.figures import figures
from deploy.backup.further import LEDGERS, ledgers
from deploy.backup.manifest import Figures, Manifest, StreamNoted
from deploy.backup.replaying import Replaying
from deploy.backup.restore_point import RestorePoint
from deploy.backup.transactions import committed
from deploy.embedded.trouble import Trouble
from deploy.progress import Watch
from shared.bus.connection import Bus
from shared.bus.streams import CONSUMERS
from shared.database.lease import Reached
from shared.database.mongo import Client, database
from shared.pipeline import retelling
from shared.services import SERVICES

UNLIKE = (
    "恢复后的底账与后续文件所记不一致，不能启用：\n{}\n请用 --until 恢复到较早的时间。"
    " What came back is not what was saved."
)


@dataclass(frozen=True)
class Continued:
    """What was written again."""

    writes: int
    entries: int
    """Of ledgers."""


async def continued(of: RestorePoint, identity: x25519.Identity, bus: Bus, client: Client, watch: Watch) -> Continued:
    """Both servers are as the archive has them, and were compared."""
    replaying, read = Replaying(client), ReadOn(watch.reached)
    watch.begins("恢复后续", sum(place.stat().st_size for place, _ in of.parts))
    for one in committed(_entries(of, identity, read)):
        if not of.has(one.at.seconds):
            break
        await replaying.take(one)
    await replaying.end()
    watch.begins("核对")
    await _stands_where_it_stood(client, of.manifest, await streams.noted(bus))
    for service in SERVICES:
        if replaying.earliest:
            await retelling.ask(database(client, service), replaying.earliest)
    await _compared(of, replaying.entered, bus, client)
    watch.ends()
    return Continued(replaying.writes, replaying.entered.total())


def _entries(of: RestorePoint, identity: x25519.Identity, read: ReadOn) -> Iterator[RawBSONDocument]:
    for place, _ in of.parts:
        for name, content in members(place, identity, read):
            if name.startswith("oplog/"):
                yield from bson.decode_iter(gzip.decompress(content), RAW)
        read.next()


async def _stands_where_it_stood(client: Client, manifest: Manifest, now: Mapping[str, StreamNoted]) -> None:
    """Each subscription in its stream, which ends where it did; what was found to be wrong since is of another bus."""
    gone = ("held", "apart", "adopts", "forgives")
    for one in CONSUMERS:
        noted = manifest.figures.places.get(one.name)
        place = Reached(now[one.stream].created, noted.sequence) if noted and noted.fits else Reached()
        leases = client[f"lianban_{one.name.partition('-')[0]}"]["leases"]
        anew = {"$set": {"place": asdict(place)}, "$unset": dict.fromkeys(gone, "")}
        await leases.update_one({"_id": one.name}, anew)


async def _compared(of: RestorePoint, entered: Mapping[str, int], bus: Bus, client: Client) -> None:
    before, found = of.manifest.figures, await ledgers(client)
    expected = dict(of.parts[-1][1].ledgers) if of.until is None and of.parts else _with(before, entered)
    lines = [
        f"{name}: {expected.get(name)} -> {found.get(name)}"
        for name in sorted(expected.keys() | found.keys())
        if expected.get(name) != found.get(name)
    ]
    now = await figures(client, await documents.collections(client), await streams.noted(bus))
    if (more := unfounded(now)) > unfounded(before):
        lines.append(f"facts that follow from nothing: {unfounded(before)} -> {more}")
    if lines:
        raise Trouble(UNLIKE.format("\n".join(lines)))


def _with(before: Figures, entered: Mapping[str, int]) -> dict[str, int]:
    kept = {name: n for name, n in before.collections.items() if n and name.rpartition("/")[2] in LEDGERS}
    return {name: kept.get(name, 0) + entered.get(name, 0) for name in kept.keys() | entered.keys()}


def unfounded(of: Figures) -> int:
    """Facts that feedback has heard and no service's ledger has; 0 as it should be."""
    return sum(max(0, count - of.published.get(kind, 0)) for kind, count in of.heard.items())
