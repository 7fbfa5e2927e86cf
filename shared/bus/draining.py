"""Whether a service has decided all that was stored for it before now."""

from __future__ import annotations

from shared.bus.connection import Bus
from shared.bus.streams import SUBSCRIPTIONS, Subscription


async def acknowledged(bus: Bus, subscription: Subscription) -> int:
    """The sequence up to which a subscription's messages are done."""
    info = await bus.api(f"CONSUMER.INFO.{subscription.stream}.{subscription.name}")
    return int(info["ack_floor"]["stream_seq"])


async def is_drained(bus: Bus, subscription: Subscription) -> bool:
    """By the stream's own last message: by `num_pending`, one that had just been published to was seen to be done."""
    for subject in subscription.filters:
        last = await bus.last_stored(subscription.stream, subject)
        if last is not None and await acknowledged(bus, subscription) < last.sequence:
            return False
    return True


async def drained(bus: Bus) -> bool:
    """Everything submitted is decided and followed: facts are stored before what they follow from is done.

    In the order of the table, in which whoever follows everything comes after those who tell of what they follow.
    """
    for subscription in SUBSCRIPTIONS:
        if not await is_drained(bus, subscription):
            return False
    return True
