"""Makes the bus as declared: streams, consumers, buckets."""

from __future__ import annotations

from deploy.setup.replicas import Copies, copies_now, copies_wanted
from shared.bus.connection import Bus, BusRefused
from shared.bus.puller import create_consumer
from shared.bus.streams import CONSUMERS, STREAMS, Stream

STREAM_NOT_FOUND = 10059


async def declare(bus: Bus, room: float = 1, copies: Copies | None = None, may_fall: bool = False) -> list[str]:
    """Creates what is missing, brings the rest to the declaration; tells what it did.

    With `room` each stream may hold so many times what is declared; on how many servers it is kept says `replicas.py`.
    """
    wanted = copies_wanted(copies, await copies_now(bus), may_fall)
    done = [await _stream(bus, stream.with_room(room), wanted[stream.name]) for stream in STREAMS]
    for subscription in CONSUMERS:
        await create_consumer(bus, subscription)
        done.append(f"consumer {subscription.name}")
    return done


async def _stream(bus: Bus, stream: Stream, copies: int) -> str:
    """As it is declared and no more: what it was told to fetch from elsewhere it fetches no longer."""
    try:
        await bus.api(f"STREAM.UPDATE.{stream.name}", stream.config(copies))
    except BusRefused as no:
        if no.err_code != STREAM_NOT_FOUND:
            raise
        await bus.api(f"STREAM.CREATE.{stream.name}", stream.config(copies))
        return f"stream {stream.name} created"
    return f"stream {stream.name}"
