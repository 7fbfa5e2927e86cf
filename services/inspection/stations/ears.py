"""An ear for each organisation, that hears no more of it than its share: the bus itself passes over what is beyond.

Whoever floods its heartbeat is unheard until the next round, and costs nobody anything: a message that no subscription
wants is not even handed out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import BadSubscriptionError

SHARE = 10
"""Heartbeats of one organisation in a round: it sends one each half minute, and some more when its line comes back."""
QUEUE = "inspection"
Hears = Callable[[Msg], Awaitable[None]]


class Ears:
    """Of one copy; copies share what they hear."""

    def __init__(self, client: Client, hears: Hears) -> None:
        self._client, self._hears = client, hears
        self._open: dict[str, Subscription] = {}
        self._used: set[str] = set()

    async def turn_to(self, codes: Iterable[str]) -> None:
        """From now on these are heard, each for a whole share again."""
        for code in codes:
            before = self._open.get(code)
            if before is not None and code not in self._used:
                continue
            self._used.discard(code)
            self._open[code] = await self._opened(code)
            if before is not None:
                with suppress(BadSubscriptionError):
                    await before.unsubscribe()

    async def _opened(self, code: str) -> Subscription:
        ear = await self._client.subscribe(f"heartbeat.{code}", QUEUE, self._hear)
        await ear.unsubscribe(limit=SHARE)
        return ear

    async def _hear(self, message: Msg) -> None:
        self._used.add(message.subject.split(".")[1])
        await self._hears(message)
