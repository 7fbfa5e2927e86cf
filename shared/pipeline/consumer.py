"""The loop under a pipeline: hold the lease, pull a batch, settle it.

Behind a full batch nobody waits for an answer: while it is told the next one is decided, and the one after that is on
its way here. The order stands: a batch is told when the one before it has been, and acknowledged when it is told.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple, Protocol

import structlog

from shared.bus.connection import Bus, Message
from shared.bus.puller import Puller
from shared.bus.streams import ACK_WAIT, Subscription
from shared.database.lease import Lease, LeaseLost
from shared.events.masked import subject_known
from shared.failures import brief, in_one_line
from shared.patience import again
from shared.pipeline.beginning import Beginning, Begins
from shared.pipeline.pipeline import Step
from shared.pipeline.trimming import Trimming

PULL_WAIT = 2.0
"""Seconds a pull waits for the first message; also how often an idle loop prolongs its lease."""
STANDBY = 0.5
"""Seconds after which a copy that stands by looks again whether it is to decide."""
NEVER = -1
"""No pull has gone well since: rewind before the next."""
ATTEMPTS = 5
"""Times a message is tried alone before it goes to DEAD as `service-error`."""

log = structlog.get_logger()


class Decider(Begins, Protocol):
    """What is done with a batch: a pipeline, or something that repeats as harmlessly."""

    step: Step
    beat: Callable[[], None]

    @property
    def in_turn(self) -> bool:
        """Whether a batch must have been told before the next one can be decided."""

    async def decide(self, messages: Sequence[Message]) -> Any:
        """Everything that the database is to hold; what came of it is handed to `tell`."""

    async def tell(self, messages: Sequence[Message], committed: Any) -> None:
        """Everything that others are to know, of new and repeated messages alike."""

    async def bury(self, message: Message, why: str) -> None:
        """One that fails alone every time goes to DEAD, to be driven again after a repair."""

    async def close(self) -> None:
        """Nothing more comes: what it holds beside the database and the bus is ended."""


class Telling(NamedTuple):
    """A batch that is committed, and the task that tells it."""

    messages: Sequence[Message]
    task: asyncio.Task[None]


class Consumer:
    """One subscription's loop."""

    def __init__(self, pipeline: Decider, bus: Bus, subscription: Subscription, lease: Lease) -> None:
        self._pipeline = pipeline
        self._bus = bus
        self._of = subscription
        self._lease = lease
        self._puller = Puller(bus, subscription)
        self._seen_reconnects = NEVER
        self._trimming = Trimming(bus, subscription)
        self._done = 0
        self._telling: Telling | None = None
        self._stopping = asyncio.Event()
        self._beginning = Beginning(pipeline, subscription, self._puller, lease, self._stopping)
        self.beaten = time.monotonic()
        self.holding = False
        pipeline.beat = self.beat

    def beat(self) -> None:
        """A sign of life for the watchdog."""
        self.beaten = time.monotonic()

    def stop(self) -> None:
        """Finish what is in hand, take no more."""
        self._stopping.set()

    @property
    def is_stopping(self) -> bool:
        """Told to stop; whoever told it waits no longer than it wants to."""
        return self._stopping.is_set()

    async def run(self) -> None:
        """Decides batch after batch until stopped; every fault is waited out here."""
        try:
            await again(self._take_over, self.beat, f"lease {self._of.name}")
            while not self._stopping.is_set():
                messages = await again(self._next, self.beat, f"pull {self._of.name}")
                if messages:
                    await self._settle(messages)
            await self._finish_telling()
        finally:
            if self._telling:
                self._telling.task.cancel()
                await asyncio.wait([self._telling.task])
            await self._pipeline.close()
        with suppress(Exception):
            await self._puller.close()
            await self._lease.release()

    async def _take_over(self) -> None:
        while not self._stopping.is_set():
            self.beat()
            if await self._lease.acquire():
                self.holding = True
                log.info("deciding", subscription=self._of.name)
                return
            await asyncio.sleep(STANDBY)

    async def _next(self) -> list[Message]:
        """The next batch in the stream's order; after a reconnect everything unacknowledged comes again first.

        Nothing may fail once a batch is in hand: called again this would take the next one, and acknowledge both.
        """
        self.beat()
        if self._stopping.is_set():
            return []
        room_in = await self._trimming.up_to(self._done)
        reconnects = self._bus.reconnects
        if reconnects != self._seen_reconnects:
            await self._finish_telling()
            done = await self._beginning.done()
            if done is None:
                return []
            self._done = done
            room_in = await self._trimming.up_to(self._done)
        self._seen_reconnects = NEVER
        wait = 0 if self._telling else min(PULL_WAIT, room_in or PULL_WAIT)
        messages = await self._puller.pull(self._of.batch, wait, ahead=not self._pipeline.in_turn)
        self._seen_reconnects = reconnects
        if not messages:
            await self._finish_telling()
            await self._lease.hold()
            await self._trimming.up_to(self._done)
        return messages

    async def _settle(self, messages: Sequence[Message]) -> None:
        """Decides a batch and begins to tell it; ends when the next may be decided."""
        self._trimming.decided(messages)
        async with self._working(messages):
            try:
                committed = await self._decided(messages)
            except LeaseLost:
                raise
            except Exception as error:
                await self._finish_telling()
                await self._one_by_one(messages, error)
                return
            await self._finish_telling()
        self._telling = Telling(messages, asyncio.create_task(self._tell(messages, committed)))
        if self._pipeline.in_turn or len(messages) < self._of.batch:
            await self._finish_telling()

    async def _finish_telling(self) -> None:
        """The batch before has been told, or gone through message by message when it could not be."""
        if telling := self._telling:
            try:
                await telling.task
            except Exception as error:
                await self._one_by_one(telling.messages, error)
            self._telling = None

    async def _decided(self, messages: Sequence[Message]) -> Any:
        return await again(lambda: self._pipeline.decide(messages), self.beat, "decide")

    async def _tell(self, messages: Sequence[Message], committed: Any) -> None:
        async with self._working(messages):
            await again(lambda: self._pipeline.tell(messages, committed), self.beat, "publish")
            await self._acknowledge(messages[-1])

    async def _acknowledge(self, last: Message) -> None:
        await again(lambda: self._bus.acknowledge(last), self.beat, "acknowledge")
        await self._pipeline.step("acknowledged")
        self._done = last.sequence

    async def _one_by_one(self, messages: Sequence[Message], error: Exception) -> None:
        if len(messages) > 1:
            log.warning("one by one", messages=len(messages), **brief(error))
        async with self._working(messages):
            for message in messages:
                await self._alone(message)

    async def _alone(self, message: Message) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                await self._tell([message], await self._decided([message]))
                return
            except LeaseLost:
                raise
            except Exception as error:
                log.error("service error", subject=subject_known(message.subject), attempt=attempt, exc_info=True)
                if attempt == ATTEMPTS:
                    await self._bury(message, error)

    async def _bury(self, message: Message, error: Exception) -> None:
        """Only while the database lets us write at all: what it refuses everybody is not the message's fault."""
        await again(self._lease.hold, self.beat, "lease")
        await again(lambda: self._pipeline.bury(message, in_one_line(error)), self.beat, "bury")
        await again(lambda: self._lease.hold(sequence=message.sequence), self.beat, "lease")
        await self._acknowledge(message)

    @asynccontextmanager
    async def _working(self, messages: Sequence[Message]) -> AsyncIterator[None]:
        task = asyncio.create_task(self._keep_working(messages))
        try:
            yield
        finally:
            task.cancel()

    async def _keep_working(self, messages: Sequence[Message]) -> None:
        """A nak would break the order: the bus is told that work goes on, as long as it does."""
        while True:
            await asyncio.sleep(ACK_WAIT / 3)
            with suppress(Exception):
                await self._bus.still_working(messages)
