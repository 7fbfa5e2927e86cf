"""On how many of the bus's servers each stream is kept: as asked, else as it lies there, and never on fewer unasked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from shared.bus.connection import NOT_FOUND, Bus, BusRefused
from shared.bus.streams import STREAMS

Copies = Literal[1, 3, 5]
"""Servers that keep a stream: of three one may be lost, of five two."""


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
