"""Again, in place, for as long as it takes: a fault of bus or database never loses a message or changes the order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import nats.errors
import nats.js.errors
import structlog

from shared.backoff import doubling, jittered
from shared.bus.connection import BusRefused
from shared.bus.publishing import PublishRefused
from shared.bus.puller import OutOfStep, PullFailed
from shared.database import mongo
from shared.database.lease import Held
from shared.pipeline.clocks import ServerClockSlow
from shared.roster.feed import RosterAway

FIRST, LONGEST = 0.1, 1.0
"""Seconds of the first and the longest wait, each jittered by half: so late may one go on once it is possible."""
QUIET = 5.0
"""Seconds in which nothing more is said of the same."""
HELD = 0.2
"""Seconds after which what somebody holds back is tried again: no fault, and over soon."""

R = TypeVar("R")
log = structlog.get_logger()


AT_FAULT = (
    nats.errors.Error,
    BusRefused,
    PublishRefused,
    PullFailed,
    OutOfStep,
    RosterAway,
    ServerClockSlow,
    TimeoutError,
    OSError,
)


def is_fault(error: BaseException) -> bool:
    """Whether bus or database are at fault, so that the same again will do."""
    if isinstance(error, PublishRefused) and error.is_for_good:
        return False
    if isinstance(error, AT_FAULT):
        return not isinstance(error, nats.errors.MaxPayloadError)
    return mongo.is_fault(error)


def _why(error: Exception) -> str:
    """In the bus's own words; the database quotes the document that it stumbled over, and says its code."""
    return mongo.code_of(error) if mongo.is_of_database(error) else str(error)[:200]


async def again(work: Callable[[], Awaitable[R]], beat: Callable[[], None], what: str) -> R:
    """The result of `work`, tried until neither bus nor database is at fault; any other exception is the caller's.

    What it waits for is said once, and again where the reason is another, or after `QUIET` seconds.
    """
    waits, said, quiet_until = doubling(FIRST, LONGEST), "", 0.0
    while True:
        beat()
        try:
            return await work()
        except Held:
            wait = HELD
        except Exception as error:
            if not is_fault(error):
                raise
            wait = next(waits)
            if (why := _why(error)) != said or time.monotonic() >= quiet_until:
                log.warning("waiting", what=what, seconds=round(wait, 1), error=type(error).__name__, why=why)
                said, quiet_until = why, time.monotonic() + QUIET
        await asyncio.sleep(jittered(wait))
