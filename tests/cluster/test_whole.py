"""Between two steps of an upgrade it is known which server has not yet what the others have."""

from __future__ import annotations

import asyncio
from pathlib import Path

from deploy.embedded.ports import HOST
from deploy.setup.patiently import patiently
from deploy.setup.streams import declare
from deploy.setup.whole import EveryServer, lacking
from tests.cluster.ensemble import PATIENCE, Ensemble, ensemble, reaching
from tests.conftest import county_on


async def _until_lacking(running: Ensemble, lacks: list[str]) -> None:
    monitors = [f"http://{HOST}:{server.ports[1]}" for server in running.buses.values()]
    client = reaching(running.mongo_url)
    try:
        async with asyncio.timeout(PATIENCE):
            while await lacking(monitors, client) != lacks:
                await asyncio.sleep(0.2)
    finally:
        client.close()


async def test_a_server_that_is_away_is_named_until_it_has_all_again(tmp_path: Path) -> None:
    async with ensemble(tmp_path) as running, county_on(running) as county:
        await patiently(lambda: declare(county.bus, copies=3), PATIENCE)
        await _until_lacking(running, [])
        lost, *_ = running.buses.values()
        primary = await running.primary()
        member = next(one for one in running.members.values() if one is not primary)
        for server, name in ((lost, f"http://{HOST}:{lost.ports[1]}"), (member, member.url)):
            await server.kill()
            await _until_lacking(running, [name])
            await server.start()
            await _until_lacking(running, [])


def test_each_server_of_the_bus_is_asked_where_it_says_how_it_is() -> None:
    known = EveryServer(nats_url="tls://nats:4222,tls://nats-2:4222", mongo_url="mongodb://mongo")
    assert known.buses == ["http://nats:8222", "http://nats-2:8222"]
