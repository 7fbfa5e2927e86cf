"""On how many of the bus's servers each stream is kept: as asked, else as it lies there, and never on fewer unasked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any, Literal

from shared.bus.connection import NOT_FOUND, Bus, BusRefused
from shared.bus.puller import create_consumer
from shared.bus.streams import CONSUMERS, STREAMS

Copies = Literal[1, 3, 5]
"""Servers that keep a stream: of three one may be lost, of five two."""


SPREAD_WITHIN = 60.0
"""Seconds for what was just asked for; a county's streams took 1 to 6."""
LOOK = 0.2


class FewerCopies(Exception):
    """Streams would be kept on fewer servers than they are; the sentence says which, and how it is meant if it is."""


async def copies_now(bus: Bus) -> dict[str, int]:
    """Of each declared stream that is there."""
    found: dict[str, int] = {}
    for stream in STREAMS:
        try:
            info = await bus.api(f"STREAM.INFO.{stream.name}")
        except BusRefused as no:
            if no.code != NOT_FOUND:
                raise
        else:
            found[stream.name] = int(info["config"]["num_replicas"])
    return found


def copies_wanted(asked: Copies | None, now: Mapping[str, int], may_fall: bool = False) -> dict[str, int]:
    """Of each declared stream; a new one is kept as often as the others of its bus unless asked, on an empty bus once.

    `FewerCopies` where what is asked is less than what is there, unless that is meant.
    """
    usual = max(now.values(), default=1)
    wanted = {stream.name: asked or now.get(stream.name, usual) for stream in STREAMS}
    fewer = sorted(name for name, copies in now.items() if wanted[name] < copies)
    if fewer and not may_fall:
        raise FewerCopies(
            f"REPLICAS is {asked}, but {usual} servers of this bus keep {', '.join(fewer)}: with fewer, one that is "
            "lost takes along what it alone holds. Where that is meant set REPLICAS_MAY_FALL=true, this once."
        )
    return wanted


async def spread(bus: Bus, patience: float = SPREAD_WITHIN) -> list[str]:
    """Returns when each server has what it is to keep, or after so many seconds, with what is not everywhere yet.

    The bus says at once that a stream is kept on more servers, and takes them in one after another: until then the loss
    of one takes the stream along. Servers that are away are not waited for.
    """
    until = time.monotonic() + patience
    while (under_way := [name async for name in _under_way(bus)]) and time.monotonic() < until:
        await asyncio.sleep(LOOK)
    return under_way


async def _under_way(bus: Bus) -> AsyncIterator[str]:
    copies = dict[str, int]()
    for stream in STREAMS:
        info = await bus.api(f"STREAM.INFO.{stream.name}")
        copies[stream.name] = int(info["config"]["num_replicas"])
        if is_under_way(info, copies[stream.name]):
            yield f"stream {stream.name}"
    for of in CONSUMERS:
        if is_under_way(await create_consumer(bus, of), copies[of.stream]):
            yield f"consumer {of.name}"


def is_under_way(info: Mapping[str, Any], copies: int) -> bool:
    """Whether the bus still brings a stream or consumer to so many servers; of a bus of one nobody speaks of others."""
    cluster = info.get("cluster") or {}
    others = cluster.get("replicas") or ()
    behind = any(not one["current"] and not one.get("offline") for one in others)
    return "desired" in cluster or len(others) < copies - 1 or behind
