"""The county in numbers, of one moment: read when it is saved and again when it is back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from deploy.backup.database import Collection
from deploy.backup.manifest import Figures, PlaceNoted, StreamNoted
from shared.bus.streams import CONSUMERS
from shared.database.lease import Kept, Reached
from shared.database.mongo import Client, Session
from shared.pipeline.ledger import FACTS, SUBMISSIONS
from shared.services import SERVICES

FACTS_OF = [{"$unwind": "$facts"}, {"$group": {"_id": "$facts.type", "n": {"$sum": 1}}}]
BY_TYPE = [{"$group": {"_id": "$type", "n": {"$sum": 1}}}]


async def figures(
    client: Client, of: Sequence[Collection], streams: Mapping[str, StreamNoted], session: Session | None = None
) -> Figures:
    """With a snapshot session as of its moment; of the bus as it was found then."""
    return Figures(
        collections={one.key: await _count(client, one, session) for one in of},
        streams=streams,
        places=await _places(client, streams, session),
        published=await _published(client, session),
        heard=await _grouped(client, "feedback", FACTS, BY_TYPE, session),
        months=await _months(client, session),
    )


async def _count(client: Client, one: Collection, session: Session | None) -> int:
    counting = client[one.database][one.name].aggregate([{"$count": "n"}], session=session)
    return sum([found["n"] async for found in counting])


async def _places(client: Client, streams: Mapping[str, StreamNoted], session: Session | None) -> dict[str, PlaceNoted]:
    """Of what is read from the bus."""
    of = {one.name: streams[one.stream].created for one in CONSUMERS}
    found = {}
    for service in SERVICES:
        leases = client[f"lianban_{service}"]["leases"].find({"_id": {"$in": list(of)}}, session=session)
        async for one in leases:
            place = Kept.stored(one).place or Reached()
            found[one["_id"]] = PlaceNoted(sequence=place.sequence, fits=place.stream == of[one["_id"]])
    return found


async def _published(client: Client, session: Session | None) -> dict[str, int]:
    """Facts that followed from submissions, and from others' facts."""
    all_of_them: Counter[str] = Counter()
    for service in SERVICES:
        for ledger in (SUBMISSIONS, FACTS):
            all_of_them += Counter(await _grouped(client, service, ledger, FACTS_OF, session))
    return dict(sorted(all_of_them.items()))


async def _grouped(
    client: Client, service: str, collection: str, pipeline: Sequence[Any], session: Session | None
) -> dict[str, int]:
    found = client[f"lianban_{service}"][collection].aggregate(list(pipeline), session=session)
    return dict(sorted([(one["_id"], one["n"]) async for one in found]))


async def _months(client: Client, session: Session | None) -> dict[str, int]:
    sums: Counter[str] = Counter()
    async for one in client["lianban_feedback"]["monthly"].find({}, {"month": 1, "add": 1}, session=session):
        sums[one["month"]] += _sum(one["add"])
    return dict(sorted(sums.items()))


def _sum(one: Any) -> int:
    """Whole numbers, however deep they lie."""
    if isinstance(one, dict):
        return sum(map(_sum, one.values()))
    return one if isinstance(one, int) else 0
