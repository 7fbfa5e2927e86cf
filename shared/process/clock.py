"""Time is a submitter: a tick follows from what is due where and when, so that any number of clocks send the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from shared.bus.connection import Bus
from shared.bus.draining import drained
from shared.bus.streams import ROSTER, VERDICTS
from shared.calendar import CHINA, know
from shared.events import Submission
from shared.events.outgoing import foretellable
from shared.events.ticks import tick
from shared.events.verdict import verdict_subject
from shared.patience import again
from shared.process.closed_days import CLOSED, Due, first_open, over
from shared.process.gauges import Look
from shared.process.running import Running
from shared.roster.organisations import Organisation

GRACE = timedelta(minutes=5)
"""Stations that were cut off at midnight get this long before the day is closed; later ones are made up."""
LOOK = 20.0
OTHERS = timedelta(minutes=30)
"""How long what others tell of a day is waited for: a service that is down does not keep the county from closing it."""


def nothing(day: date) -> Iterator[Submission]:
    """Waits for no other service."""
    return iter(())


async def keep_time(parts: Running, due: Due, after: Due = nothing) -> None:
    """Sends a service's ticks for every day that is over since the county went live; catches up after downtime.

    `after` are ticks of other services whose facts these build on: they are decided first.
    """
    if (live_from := parts.settings.live_from) is None:
        return await no_time(parts)
    first = partial(first_open, parts.db, parts.settings.county, due, live_from, datetime.now(CHINA))
    day = await again(first, no_beat, "clock")
    while True:
        while datetime.now(CHINA) >= over(day) + GRACE:
            await again(partial(_wait_for, parts, [*after(day)], over(day)), no_beat, "clock")
            await again(partial(_send, parts, partial(due, day), over(day)), no_beat, "clock")
            day += timedelta(days=1)
        await asyncio.sleep(LOOK)


@dataclass(frozen=True, slots=True)
class Clock:
    """A service's clock: what is due when a day is over, and what others tell of the day before that."""

    due: Due
    after: Due = nothing

    def __call__(self, parts: Running) -> Coroutine[Any, Any, None]:
        """Keeps time until it is cancelled."""
        return keep_time(parts, self.due, self.after)

    def look(self, parts: Running) -> Look:
        """Up to when every day is closed; nothing is told of a county whose clock does not run."""
        since = parts.settings.live_from

        async def look() -> None:
            nonlocal since
            if since is not None:
                since = await first_open(parts.db, parts.settings.county, self.due, since, datetime.now(CHINA))
                CLOSED.labels(parts.service).set(over(since - timedelta(days=1)).timestamp())

        return look


async def no_time(parts: Running) -> None:
    """Nothing is due by itself."""
    await asyncio.Event().wait()


async def founded_county(bus: Bus, county: str) -> Organisation | None:
    """The county as the roster knows it; before it does, its ticks would be refused for good."""
    known = await bus.last_stored(ROSTER.name, f"$KV.roster.{county}")
    return Organisation.model_validate_json(known.body, extra="allow") if known else None


def no_beat() -> None:
    """The clock is watched by nobody: a late tick is still right."""


async def _wait_for(parts: Running, others: list[Submission], over: datetime) -> None:
    """Until each has its verdict, or for so long."""
    county, now = parts.settings.county, asyncio.get_running_loop().time
    until = now() + OTHERS.total_seconds()
    for other in others:
        subject = verdict_subject(county, tick(other, county, over).headers["ce-id"])
        while await parts.bus.last(VERDICTS.name, subject) is None and now() < until:
            await asyncio.sleep(1)


async def _send(parts: Running, due: Callable[[], Iterator[Submission]], over: datetime) -> None:
    """What is due by the calendar as it is when all that was submitted is decided: a notice may have been among it."""
    county = parts.settings.county
    while not await drained(parts.bus) or (founded := await founded_county(parts.bus, county)) is None:
        await asyncio.sleep(1)
    know(founded.notices)
    for data in due():
        await parts.bus.publish([foretellable(tick(data, county, over))])
