"""Makes the bus as declared: streams, consumers, buckets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from deploy.setup.outcome import Outcome
from deploy.setup.replicas import Copies, copies_now, copies_wanted, spread
from shared.bus.connection import Bus, BusRefused
from shared.bus.puller import create_consumer
from shared.bus.streams import CONSUMERS, STREAMS, SUBMISSIONS

DECLARED_OTHERWISE = 10058


async def declare(
    bus: Bus, room: float = 1, copies: Copies | None = None, may_fall: bool = False, days: int | None = None
) -> Outcome:
    """Creates what is missing, brings the rest to the declaration; tells what it did.

    With `room` each stream may hold so many times what is declared; on how many servers it is kept says `replicas.py`,
    and it is there when this returns.
    What was submitted and is not decided is kept for so many `days`: `WouldExpire` where that were the end of some.
    """
    there = await copies_now(bus)
    wanted = copies_wanted(copies, there, may_fall)
    done = []
    if days and SUBMISSIONS.name in there:
        await none_expires(bus, days)
    for stream in STREAMS:
        stream = stream.kept_for(days) if days and stream is SUBMISSIONS else stream
        is_changed = await made(bus, stream.with_room(room).config(wanted[stream.name]))
        what = " changed" if is_changed else "" if stream.name in there else " created"
        done.append(f"stream {stream.name}{what}")
    for subscription in CONSUMERS:
        await create_consumer(bus, subscription)
        done.append(f"consumer {subscription.name}")
    under_way = await spread(bus)
    return Outcome(tuple(done), tuple(f"{one} is not on all of its servers yet" for one in under_way))


class WouldExpire(Exception):
    """What waits would be gone at once; the sentence says how long it has waited."""


async def none_expires(bus: Bus, days: int) -> None:
    """Nothing that waits to be decided is older than that."""
    state = (await bus.api(f"STREAM.INFO.{SUBMISSIONS.name}"))["state"]
    oldest = datetime.fromisoformat(state["first_ts"]) if state["messages"] else datetime.now(UTC)
    if (waited := (datetime.now(UTC) - oldest).days) >= days:
        raise WouldExpire(
            f"SUBMISSIONS_DAYS is {days}, but what waits to be decided is up to {waited} days old and would be gone at "
            "once: have it decided first, or set more days."
        )


async def made(bus: Bus, config: Mapping[str, Any]) -> bool:
    """A stream as it is declared and no more: what it was told to fetch from elsewhere it fetches no longer.

    One that is so already is left alone: changed, it would ask for its room once more, on a disk that has filled since.
    Whether it was changed.
    """
    try:
        await bus.api(f"STREAM.CREATE.{config['name']}", config)
    except BusRefused as no:
        if no.err_code != DECLARED_OTHERWISE:
            raise
        await bus.api(f"STREAM.UPDATE.{config['name']}", config)
        return True
    return False
