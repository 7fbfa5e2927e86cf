"""What a client has subscribed to is there when it says so: the next message from elsewhere is heard."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import nats
from nats.aio.client import Client

from shared.bus.round_trip import round_trip
from tests.county import County

Settles = Callable[[Client], Awaitable[None]]


async def flushed(client: Client) -> None:
    """The client's own way, once."""
    await client.flush()


async def unheard(county: County, settles: Settles) -> int:
    """Of so many subscriptions, those that the bus did not have yet."""
    missed = 0
    async with county.connection() as here, county.connection() as there:
        for n in range(200):
            heard = await here.client.subscribe(f"heard.{n}")
            await here.client.publish("-", b"-" * 60_000)  # waits to be written, as under load
            await settles(here.client)
            try:
                await there.client.request(f"heard.{n}", b"", timeout=0.01)
            except nats.errors.NoRespondersError:
                missed += 1
            except nats.errors.TimeoutError:
                pass
            await heard.unsubscribe()
    return missed


async def test_after_a_round_trip_every_subscription_is_there(empty_county: County) -> None:
    assert await unheard(empty_county, round_trip) == 0


async def test_control_the_clients_own_way_misses_some(empty_county: County) -> None:
    missed = await unheard(empty_county, flushed)
    print(f"one flush missed {missed} of 200")
    assert missed > 0
