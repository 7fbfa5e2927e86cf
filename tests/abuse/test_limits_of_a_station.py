"""What a station's own key does not let it take, by the bus's own word."""

from __future__ import annotations

import asyncio

from deploy.identity.rights import STATION_CONNECTIONS, STATION_SUBSCRIPTIONS
from shared.bus.round_trip import round_trip
from shared.identity.nats_jwt import claims_in
from tests.identity.conftest import Gate
from tests.keys import guest, station
from tests.submitters import station as own

PATIENCE = 20.0


async def word_on(gate: Gate, subscriptions: int) -> str:
    """What the bus says to so many of one connection; on a complaint the client gives that up."""
    async with guest(gate.url, station(gate.secrets, own.code), reconnects=0) as one:
        for n in range(subscriptions):
            await one.client.subscribe(f"verdict.{own.code}.{n}")
        answered = asyncio.create_task(round_trip(one.client))
        # A complaint comes before the answer, and may close the client so that the answer never comes.
        async with asyncio.timeout(PATIENCE):
            while not (answered.done() or one.client.last_error):
                await asyncio.sleep(0.02)
        answered.cancel()
        return str(one.client.last_error or "").lower()


async def test_it_has_as_many_subscriptions_as_it_needs_and_no_more(gate: Gate) -> None:
    assert await word_on(gate, STATION_SUBSCRIPTIONS // 2) == ""
    assert "maximum subscriptions exceeded" in await word_on(gate, STATION_SUBSCRIPTIONS + 5)


async def test_the_connections_of_all_stations_leave_room_for_the_services(gate: Gate) -> None:
    account = claims_in((gate.secrets / "accounts" / "STATIONS.jwt").read_text())
    assert account["nats"]["limits"]["conn"] == STATION_CONNECTIONS
    county = claims_in((gate.secrets / "accounts" / "COUNTY.jwt").read_text())
    assert county["nats"]["limits"]["conn"] == -1
