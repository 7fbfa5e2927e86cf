"""Makes the bus as declared: streams, consumers, buckets."""

from __future__ import annotations

from deploy.setup.replicas import Copies, copies_now, copies_wanted
from shared.bus.connection import Bus, BusRefused
from shared.bus.puller import create_consumer
from shared.bus.streams import CONSUMERS, STREAMS, Stream

DECLARED_OTHERWISE = 10058


async def declare(bus: Bus, room: float = 1, copies: Copies | None = None, may_fall: bool = False) -> list[str]:
    """Creates what is missing, brings the rest to the declaration; tells what it did.

    With `room` each stream may hold so many times what is declared; on how many servers it is kept says `replicas.py`.
    """
    there = await copies_now(bus)
    wanted = copies_wanted(copies, there, may_fall)
    done = []
    for stream in STREAMS:
        what = await _made(bus, stream.with_room(room), wanted[stream.name])
        done.append(f"stream {stream.name} {what if stream.name in there else 'created'}".strip())
    for subscription in CONSUMERS:
        await create_consumer(bus, subscription)
        done.append(f"consumer {subscription.name}")
    return done


async def _made(bus: Bus, stream: Stream, copies: int) -> str:
    """As it is declared and no more: what it was told to fetch from elsewhere it fetches no longer.

    One that is so already is left alone: changed, it would ask for its room once more, on a disk that has filled since.
    """
    config = stream.config(copies)
    try:
        await bus.api(f"STREAM.CREATE.{stream.name}", config)
    except BusRefused as no:
        if no.err_code != DECLARED_OTHERWISE:
            raise
        await bus.api(f"STREAM.UPDATE.{stream.name}", config)
        return "changed"
    return ""
