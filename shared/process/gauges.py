"""What a monitoring team reads of a service beside what it counts: looked up when Prometheus asks, not too often.

A look that fails (bus or database away) leaves the last values standing and is counted; the page of metrics answers
all the same, for that is when it is needed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from prometheus_client import Counter, Gauge

from shared.bus.connection import Bus, Message
from shared.bus.streams import CONSUMERS, SECOND, STREAMS, Subscription
from shared.calendar import CHINA, is_working_day, known_until
from shared.database.lease import standing_apart
from shared.database.mongo import Client, Database, members_away
from shared.patience import is_fault
from shared.pipeline.dead_letters import undriven
from shared.process.condition import DECIDING, NotDeciding
from shared.roster.known import KnownRoster

Look = Callable[[], Awaitable[None]]

OFTEN = 5.0
"""Seconds within which values are shown again rather than looked up anew."""
PATIENCE = 3.0
"""Seconds that a look may take: well below the patience of a scrape."""

UNKNOWN = float("nan")
"""What nobody has looked at yet, or what is not there, has no value: 0 would say that all is well, or over."""


def not_looked_at(name: str, means: str) -> Gauge:
    """A gauge without a value until it is set."""
    gauge = Gauge(name, means)
    gauge.set(UNKNOWN)
    return gauge


FAILED = Counter("lianban_look_failures_total", "Looks at bus or database that failed or took too long.", ["service"])
PENDING = Gauge("lianban_consumer_pending_messages", "Messages stored and not yet acknowledged.", ["consumer"])
OLDEST = Gauge("lianban_consumer_oldest_pending_seconds", "Age of the oldest of them; 0 when none waits.", ["consumer"])
REDELIVERED = Gauge("lianban_consumer_redelivered_messages", "Under way for the second time or more.", ["consumer"])
APART = Gauge(
    "lianban_apart", "1 while nothing is decided because bus and database do not stem from one moment.", ["consumer"]
)
READY = Gauge("lianban_ready", "1 while a part answers both processes, 0 while it does not.", ["part"])
STREAM_BYTES = Gauge("lianban_stream_bytes", "What a stream holds.", ["stream"])
STREAM_LIMIT = Gauge("lianban_stream_limit_bytes", "The most a stream may hold, or has room for.", ["stream"])
STREAM_KEPT = Gauge(
    "lianban_stream_kept_seconds", "For how long a stream keeps what is not taken out of it; 0 for ever.", ["stream"]
)
REPLICAS_AWAY = Gauge(
    "lianban_stream_replicas_away",
    "Further servers of the bus that are to keep a stream and do not: away, behind, or not told yet.",
    ["stream"],
)
MEMBERS_AWAY = not_looked_at("lianban_database_members_away", "Members of the database that a service does not reach.")
UNDRIVEN = not_looked_at("lianban_dead_letters_waiting", "Dead letters that nobody has driven again or closed.")
LIVE = not_looked_at(
    "lianban_live_timestamp_seconds", "When the county went live, before which nothing raises an alert; 0 for never."
)
KNOWN_UNTIL = not_looked_at(
    "lianban_calendar_until_timestamp_seconds", "When the years end of which the State Council's notice is known."
)
WORKING_DAY = not_looked_at("lianban_working_day", "1 on a working day of the State Council's notice, else 0.")


class Looks:
    """All looks of one service, taken together."""

    def __init__(self, service: str, looks: Sequence[Look]) -> None:
        self._service, self._looks = service, looks
        self._at = -OFTEN
        self._one_at_a_time = asyncio.Lock()
        FAILED.labels(service)

    async def take(self) -> None:
        """Returns within `PATIENCE` or a little more, whatever is away."""
        async with self._one_at_a_time:
            if time.monotonic() - self._at < OFTEN:
                return
            await asyncio.gather(*(self._take(look) for look in self._looks))
            self._at = time.monotonic()

    async def _take(self, look: Look) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await look()
        except Exception as error:
            if not is_fault(error):
                raise
            FAILED.labels(self._service).inc()


def readiness(ready: Callable[[], Awaitable[Mapping[str, bool]]]) -> Look:
    """What `readyz` says; of a process that decides nothing more can be said than that it stands still."""

    async def look() -> None:
        try:
            parts = {**await ready(), DECIDING: True}
        except NotDeciding:
            parts = {DECIDING: False}
        for part, is_there in parts.items():
            READY.labels(part).set(is_there)

    return look


def consumers(bus: Bus, service: str) -> Look:
    """How far behind a service's own consumers are."""
    own = [one for one in CONSUMERS if one.name.startswith(f"{service}-")]

    async def look() -> None:
        for one in own:
            await _consumer(bus, one)

    return look


def moments(db: Database, service: str) -> Look:
    """Whether bus and database of a service's consumers fit together."""
    own = [one.name for one in CONSUMERS if one.name.startswith(f"{service}-")]

    async def look() -> None:
        apart = await standing_apart(db)
        for name in own:
            APART.labels(name).set(name in apart)

    return look


async def _consumer(bus: Bus, of: Subscription) -> None:
    info = await bus.api(f"CONSUMER.INFO.{of.stream}.{of.name}")
    waiting = [found for subject in of.filters if (found := await _next(bus, of, subject, info)) is not None]
    oldest = min((one.received for one in waiting), default=None)
    PENDING.labels(of.name).set(info["num_pending"] + info["num_ack_pending"])
    OLDEST.labels(of.name).set((datetime.now(UTC) - oldest).total_seconds() if oldest else 0)
    REDELIVERED.labels(of.name).set(info["num_redelivered"])


async def _next(bus: Bus, of: Subscription, subject: str, info: dict[str, dict[str, int]]) -> Message | None:
    return await bus.next(of.stream, subject, info["ack_floor"]["stream_seq"])


def streams(bus: Bus) -> Look:
    """How full the streams are, and what lies dead."""

    async def look() -> None:
        for stream in STREAMS:
            info = await bus.api(f"STREAM.INFO.{stream.name}")
            STREAM_BYTES.labels(stream.name).set(info["state"]["bytes"])
            STREAM_LIMIT.labels(stream.name).set(stream.room(info["config"]))
            STREAM_KEPT.labels(stream.name).set(info["config"]["max_age"] / SECOND)
            REPLICAS_AWAY.labels(stream.name).set(servers_lacking(info))
        UNDRIVEN.set(await undriven(bus))

    return look


def servers_lacking(info: Mapping[str, Any]) -> int:
    """Of those that are to keep a stream: away, behind, or not told yet, for the bus takes in one after another."""
    others = (info.get("cluster") or {}).get("replicas") or ()
    following = sum(bool(one["current"]) and not one.get("offline") for one in others)
    return max(0, int(info["config"]["num_replicas"]) - 1 - following)


def members(client: Client) -> Look:
    """How many of the database are away."""

    async def look() -> None:
        MEMBERS_AWAY.set(members_away(client))

    return look


def calendar(live_from: date | None, roster: KnownRoster) -> Look:
    """Whether today is a working day, by the notices that come with the roster, and from when on silence counts."""

    async def look() -> None:
        LIVE.set(datetime.combine(live_from, clock_time.min, CHINA).timestamp() if live_from else 0)
        await roster.current()
        today = datetime.now(CHINA).date()
        WORKING_DAY.set(is_working_day(today))
        following = known_until(today) + timedelta(days=1)
        KNOWN_UNTIL.set(datetime.combine(following, clock_time.min, CHINA).timestamp())

    return look
