"""What a client has subscribed to is at the bus when it goes on: its last ping has left behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from nats.aio.client import Client

from shared.bus.round_trip import round_trip
from tests.county import County


class Written:
    """The connection under a client, and all that was written to it, in order."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self.bytes = b""

    def write(self, payload: bytes) -> None:
        self.bytes += payload
        self._transport.write(payload)

    def writelines(self, payloads: Iterable[bytes]) -> None:
        lines = list(payloads)
        self.bytes += b"".join(lines)
        self._transport.writelines(lines)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


async def written(county: County, settles: Callable[[Client], Awaitable[None]]) -> bytes:
    """What a client writes that subscribes and then waits."""
    async with county.connection() as here:
        client: Any = here.client
        client._transport = wire = Written(client._transport)
        await client.subscribe("heard")
        await settles(client)
        return wire.bytes


async def flushed(client: Client) -> None:
    """The client's own way, once."""
    await client.flush()


async def test_the_last_ping_leaves_behind_what_was_subscribed_to(empty_county: County) -> None:
    sent = await written(empty_county, round_trip)
    assert 0 <= sent.find(b"SUB heard") < sent.rfind(b"PING")


async def test_control_the_clients_own_ping_leaves_before_it(empty_county: County) -> None:
    sent = await written(empty_county, flushed)
    assert 0 <= sent.find(b"PING") < sent.find(b"SUB heard")
