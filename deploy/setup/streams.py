"""Makes the bus as declared: streams, consumers, buckets."""

from __future__ import annotations

from typing import Any

from shared.bus.connection import Bus, BusRefused
from shared.bus.puller import create_consumer
from shared.bus.streams import CONSUMERS, STREAMS, SUBMISSIONS, Stream

STREAM_NOT_FOUND = 10059


async def declare(bus: Bus) -> list[str]:
    """Creates what is missing, brings the rest to the declaration; tells what it did."""
    done = [await _stream(bus, stream) for stream in STREAMS]
    for subscription in CONSUMERS:
        await create_consumer(bus, subscription)
        done.append(f"consumer {subscription.name}")
    return done


async def sources(bus: Bus, stream: Stream) -> list[dict[str, Any]]:
    """What a stream takes from townships' own buses, as `deploy.setup.leaf` declared it."""
    try:
        found: list[dict[str, Any]] = (await bus.api(f"STREAM.INFO.{stream.name}"))["config"].get("sources", [])
    except BusRefused as no:
        if no.err_code != STREAM_NOT_FOUND:
            raise
        return []
    return found


async def _stream(bus: Bus, stream: Stream) -> str:
    taken = await sources(bus, stream) if stream is SUBMISSIONS else []
    try:
        await bus.api(f"STREAM.UPDATE.{stream.name}", stream.config() | ({"sources": taken} if taken else {}))
    except BusRefused as no:
        if no.err_code != STREAM_NOT_FOUND:
            raise
        await bus.api(f"STREAM.CREATE.{stream.name}", stream.config())
        return f"stream {stream.name} created"
    return f"stream {stream.name}"
