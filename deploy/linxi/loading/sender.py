"""Sends steps as a station's agent does, and waits where the year says so until every service has decided them.

They go into an outbox, from there in batches to the bus, and are answered in it: one connection speaks for all.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import nats.errors
from nats.aio.client import Client

from deploy.linxi.year.days import Step
from services.station.line.delivery import deliver
from services.station.line.verdicts import Verdicts
from services.station.outbox.drafts import Draft
from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Pictures
from services.station.outbox.rows import State
from shared.bus.connection import Bus, BusRefused
from shared.bus.draining import acknowledged, is_drained
from shared.bus.publishing import PublishRefused, SlowDown, publish_each
from shared.bus.streams import SUBSCRIPTIONS, Subscription, submissions_to
from shared.events.outgoing import Outgoing

PATIENCE = 120.0
"""Seconds without any movement after which the sender gives up."""
ANSWER = 10.0
"""Seconds that the bus may take to answer one request."""
TOGETHER = 500
"""Submissions of one batch: of all stations, so that no one's share is used up."""
EVERYBODYS = "verdict.*.*"
LOOK_AGAIN = 0.01
TRY_AGAIN = 0.5

Progress = Callable[[int], None]
"""Hears how many messages the bus has stored since it last heard."""


Bearing = Callable[[Outgoing], Outgoing]


def as_it_is(message: Outgoing) -> Outgoing:
    """Nothing is added."""
    return message


class GaveUp(Exception):
    """Nothing moved for too long; the sentence says where."""


class Sender:
    """Holds messages back until a step settles, so that the ticks of a day and the next day's arrivals go together."""

    def __init__(
        self, client: Client, outbox: Outbox, progress: Progress, patience: float = PATIENCE, passes: Bearing = as_it_is
    ) -> None:
        """`passes` gives each message what lets it tell of a time before the county went live."""
        self._client = client
        self._outbox = outbox
        self._verdicts = Verdicts(client, outbox, Pictures(outbox, outbox.path.parent / "photos"))
        self._bus = Bus(client)
        self._progress = progress
        self._patience = patience
        self._bearing = passes
        self._held: list[Outgoing] = []
        self._repeats: list[Outgoing] = []
        self._unsettled = False

    async def listen(self) -> None:
        """Verdicts are noted from now on; those that were said before are looked up in the end."""
        await self._verdicts.listen(EVERYBODYS)

    async def send(self, step: Step) -> None:
        """What was sent before a settling step's end is decided before this step leaves."""
        await self._settle()
        self._held += map(self._bearing, step.messages)
        self._repeats += map(self._bearing, step.repeats)
        if step.settles:
            await self._leave()

    async def finish(self) -> dict[State, int]:
        """Everything is sent and decided, and every verdict is known: how many were accepted and refused."""
        await self._settle()
        await self._leave()
        await self._settle()
        await self._again(lambda: self._verdicts.look_up(datetime.now(UTC)))
        counts = self._outbox.counts()
        if silent := counts[State.PENDING] + counts[State.DELIVERED]:
            raise GaveUp(f"{silent} submissions are decided, but have no verdict.")
        return counts

    async def _leave(self) -> None:
        """Repeats go after their originals and by themselves: an atomic batch takes no id twice."""
        held, repeats, self._held, self._repeats = self._held, self._repeats, [], []
        self._outbox.save(list(drafts(held)), datetime.now(UTC))
        await self._again(self._deliver)
        await self._again(lambda: publish_each(self._client, repeats, ANSWER))
        self._unsettled = True
        self._progress(len(repeats))

    async def _deliver(self) -> None:
        try:
            await deliver(self._client, self._outbox, self._progress, together=TOGETHER, patience=self._patience)
        except SlowDown as no:
            raise GaveUp(_stuck(submissions_to(no.subject.split(".")[1]), self._patience)) from no

    async def _again(self, ask: Callable[[], Awaitable[Any]]) -> None:
        """Asking again is safe, so a fault of the bus is waited out."""
        since = time.monotonic()
        while True:
            try:
                await ask()
                return
            except (nats.errors.Error, PublishRefused, OSError) as error:
                if time.monotonic() - since > self._patience:
                    raise GaveUp(f"The bus has stored nothing for {self._patience:g} s: {error!r}") from error
            await asyncio.sleep(TRY_AGAIN)

    async def _settle(self) -> None:
        """Submissions, then facts, which are stored before their submission is acknowledged."""
        if self._unsettled:
            for subscription in SUBSCRIPTIONS:
                await self._drained(subscription)
            self._verdicts.note()
            self._unsettled = False

    async def _drained(self, subscription: Subscription) -> None:
        done, moved = -1, time.monotonic()
        while not await self._is_drained(subscription):
            if time.monotonic() - moved > self._patience:
                raise GaveUp(_stuck(subscription, self._patience))
            await asyncio.sleep(LOOK_AGAIN)
            with suppress(nats.errors.Error, BusRefused):
                if done < (done := await acknowledged(self._bus, subscription)):
                    moved = time.monotonic()

    async def _is_drained(self, subscription: Subscription) -> bool:
        """Not known to be while the bus or the consumer is gone."""
        with suppress(nats.errors.Error, BusRefused):
            return await is_drained(self._bus, subscription)
        return False


def drafts(messages: Iterable[Outgoing]) -> Iterator[Draft]:
    """Messages that are made already, as the outbox takes them."""
    return (Draft(one.headers["ce-id"], one.headers["ce-source"], one) for one in messages)


def _stuck(subscription: Subscription, patience: float) -> str:
    return (
        f"{subscription.name} on {subscription.stream} is not done, and nothing has moved for {patience:g} s: "
        "is that service running? Its log says more."
    )


__all__ = ["GaveUp", "Sender"]
