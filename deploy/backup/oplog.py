"""What the database notes of each write by itself, read on from where the last copy ended.

It holds the newest of it alone (`OPLOG_MB`), so that whoever comes too late finds a gap, which is said.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import bson
from bson.raw_bson import RawBSONDocument

from deploy.backup.cluster_time import ClusterTime
from deploy.backup.database import OURS, RAW
from deploy.embedded.trouble import Trouble
from shared.database.mongo import Client, Session

COUNTYS = {"ns": {"$regex": rf"^{OURS}|^admin\.\$cmd$"}, "$nor": [{"ns": {"$regex": r"\.alive$"}}, {"op": "n"}]}
"""Of the services' databases, and transactions; not the signs of life, two a second of each service."""
TOGETHER = 1_000
"""Entries of one answer."""
GAP = (
    "数据库的操作记录最早只到{:%m月%d日%H:%M:%S}，而上一次备份到{:%m月%d日%H:%M:%S}，中间的已不可得："
    "请先执行一次完整备份（lianban backup）；时常如此的，调大OPLOG_MB。"
    " What came since the last part is not there any more: save the whole county anew."
)


async def read_at(client: Client, session: Session) -> ClusterTime:
    """The first reading of a snapshot session: of which moment it, and each that follows, is."""
    reply = await client["lianban_feedback"].command({"find": "leases", "limit": 1}, session=session)
    return ClusterTime.of(reply["cursor"]["atClusterTime"])


async def members(client: Client) -> str:
    """Which replica set the database is."""
    settings = (await client.admin.command("replSetGetConfig"))["config"]["settings"]
    return str(settings["replicaSetId"])


async def oldest(client: Client) -> ClusterTime:
    """The first entry that is there still."""
    found = await client.local["oplog.rs"].find_one({}, {"ts": 1}, sort=[("$natural", 1)])
    return ClusterTime.of(found["ts"] if found else bson.Timestamp(0, 0))


def gap(first: ClusterTime, since: ClusterTime) -> str:
    """Why what is behind `since` may not all be there; empty where it is."""
    return GAP.format(first.moment, since.moment) if first.stamp > since.stamp else ""


async def _still_holds(client: Client, since: ClusterTime) -> None:
    if why := gap(await oldest(client), since):
        raise Trouble(why)


async def entries(client: Client, since: ClusterTime, until: ClusterTime) -> AsyncIterator[RawBSONDocument]:
    """In their order, behind `since` and up to `until`; all of them, or `Trouble`."""
    await _still_holds(client, since)
    asked = {"ts": {"$gt": since.stamp, "$lte": until.stamp}, **COUNTYS}
    async for some in client.local["oplog.rs"].find_raw_batches(asked, batch_size=TOGETHER):
        for one in bson.decode_all(some, RAW):
            yield one
    await _still_holds(client, since)  # what was removed while it was read may have been removed before it was read
