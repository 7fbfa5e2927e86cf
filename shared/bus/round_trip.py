"""Knowing that the bus has it: what a client has subscribed to and published so far is there."""

from __future__ import annotations

from nats.aio.client import Client

from shared.bus.requests import heeding


async def round_trip(client: Client) -> None:
    """Returns when the bus has all that was said before.

    Two flushes: the client writes its ping past what still waits to be written, and the second follows that.
    """
    await heeding(client.flush())
    await heeding(client.flush())
