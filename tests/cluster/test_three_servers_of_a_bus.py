"""A bus of three servers: how often streams are kept, what is read of them, and what the loss of one changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from prometheus_client import REGISTRY

from deploy.backup.bus import snapshot, taken_back
from deploy.embedded.servers.running import Server
from deploy.setup.patiently import patiently
from deploy.setup.replicas import FewerCopies, copies_now
from deploy.setup.streams import declare
from shared.bus.catching_up import pages_up_to
from shared.bus.connection import Bus
from shared.bus.puller import Puller
from shared.bus.streams import AUDIT_LINES, CONSUMERS, PEOPLE, STREAMS, submissions_to
from shared.events.outgoing import Outgoing
from shared.identity.access import Access, enter
from shared.process import gauges
from tests.cluster.ensemble import buses

pytestmark = pytest.mark.asyncio(loop_scope="module")
SOMEBODY = PEOPLE.subjects[0].replace(">", "somebody")
WRITES = 150
PATIENCE = 120.0


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def three(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Server]]:
    """Three servers, and the streams of a county on each of them."""
    async with buses(tmp_path_factory.mktemp("buses")) as running:
        async with on(*running) as bus:
            await patiently(lambda: declare(bus, copies=3), PATIENCE)
        yield running


@asynccontextmanager
async def on(*urls: str) -> AsyncIterator[Bus]:
    """Through one of these servers."""
    client = await enter(",".join(urls), Access(), max_reconnect_attempts=-1, reconnect_time_wait=0.2)
    try:
        yield Bus(client)
    finally:
        await client.close()


async def test_set_up_again_leaves_as_many_copies_as_there_are_and_fewer_are_refused_unless_meant(
    three: dict[str, Server],
) -> None:
    everywhere = dict.fromkeys((stream.name for stream in STREAMS), 3)
    async with on(*three) as bus:
        await declare(bus)
        assert await copies_now(bus) == everywhere
        with pytest.raises(FewerCopies, match="REPLICAS is 1, but 3 servers of this bus keep AUDIT, DEAD, FACTS"):
            await declare(bus, copies=1)
        assert await copies_now(bus) == everywhere
        consumer = await bus.api(f"CONSUMER.INFO.{AUDIT_LINES.stream}.{AUDIT_LINES.name}")
        assert len(consumer["cluster"]["replicas"]) == 2


async def test_streams_that_were_kept_once_are_kept_three_times_where_that_is_asked(tmp_path: Path) -> None:
    """With their consumers: the bus answers before it has begun to move either, and whoever set it up has waited."""
    async with buses(tmp_path) as running, on(*running) as bus:
        await patiently(lambda: declare(bus), PATIENCE)
        assert set((await copies_now(bus)).values()) == {1}
        await patiently(lambda: declare(bus, copies=3), PATIENCE)
        assert set((await copies_now(bus)).values()) == {3}
        assert [await _others(bus, f"STREAM.INFO.{of.name}") for of in STREAMS] == [2] * len(STREAMS)
        assert [await _others(bus, f"CONSUMER.INFO.{of.stream}.{of.name}") for of in CONSUMERS] == [2] * len(CONSUMERS)


async def _others(bus: Bus, asked: str) -> int:
    """How many servers have it too, all of it, where the bus is not about to take in more."""
    cluster = (await bus.api(asked))["cluster"]
    return 0 if "desired" in cluster else sum(one["current"] for one in cluster["replicas"])


async def test_what_was_acknowledged_is_read_through_whichever_server(three: dict[str, Server]) -> None:
    """By direct get, some of the hundreds are not there yet: that is how it was read before."""
    first, second, third = three
    async with on(first) as writer, on(second) as one, on(third) as other:
        places = {one: 0, other: 0}
        behind = 0
        for n in range(WRITES):
            written = Outgoing(SOMEBODY, str(n).encode(), {})
            await writer.publish([written])
            for reader in places:
                held = await reader.last(PEOPLE.name, SOMEBODY)
                behind += held is None or held.body != written.body
                newest = await reader.last_stored(PEOPLE.name, SOMEBODY)
                assert newest is not None
                assert newest.body == written.body
                async for page in pages_up_to(reader, PEOPLE.name, SOMEBODY, places[reader], newest.sequence):
                    places[reader] = page[-1].sequence
                assert places[reader] == newest.sequence
    print(f"direct gets that were behind: {behind} of {2 * WRITES}")


async def test_a_pull_ends_well_when_another_server_leads_the_consumer(three: dict[str, Server]) -> None:
    of = submissions_to("greenchannel")
    async with on(*three) as bus:
        puller = Puller(bus, of)
        await patiently(puller.rewind, PATIENCE)
        waiting = asyncio.create_task(puller.pull(10, 30))
        while not (await bus.api(f"CONSUMER.INFO.{of.stream}.{of.name}"))["num_waiting"]:
            await asyncio.sleep(0.02)
        await bus.api(f"CONSUMER.LEADER.STEPDOWN.{of.stream}.{of.name}")
        async with asyncio.timeout(25):
            assert await waiting == []
        await puller.close()


async def test_a_stream_that_was_saved_is_taken_back_through_whichever_server(three: dict[str, Server]) -> None:
    """On one of them, which may be another than the one that is asked; set-up then keeps it on three again."""
    kept = [Outgoing("audit.roster.saved", str(n).encode(), {}) for n in range(30)]
    async with on(*three) as bus:
        for one in kept:
            await bus.publish([one])
        before = (await bus.api(f"STREAM.INFO.{AUDIT_LINES.stream}"))["state"]["messages"]
        beginning, *parts = [part async for part in snapshot(bus, AUDIT_LINES.stream)]
        for server in three:
            await bus.api(f"STREAM.DELETE.{AUDIT_LINES.stream}")
            async with on(server) as through:
                back = await taken_back(through, AUDIT_LINES.stream, beginning)
                for part in parts:
                    await back.give(part)
                await back.end()
            info = await bus.api(f"STREAM.INFO.{AUDIT_LINES.stream}")
            assert (info["config"]["num_replicas"], info["state"]["messages"]) == (1, before)
        await patiently(lambda: declare(bus, copies=3), PATIENCE)
        assert set((await copies_now(bus)).values()) == {3}


async def test_whoever_loses_its_server_goes_on_at_another(three: dict[str, Server]) -> None:
    first, second, third = three
    async with on(first, second, third) as bus:
        used = str(bus.client.connected_url.geturl()) if bus.client.connected_url else ""
        lost = three[next(url for url in three if url == used)]
        await lost.kill()
        try:
            await patiently(lambda: bus.publish([Outgoing("audit.roster.test", b"{}", {})]), PATIENCE)
            assert bus.reconnects == 1
            async with on(*three) as late:
                assert await patiently(lambda: late.last_stored("AUDIT", "audit.roster.test"), PATIENCE) is not None
            assert await away(bus, 1) == dict.fromkeys((stream.name for stream in STREAMS), 1)
        finally:
            await lost.start()
        assert not any((await away(bus, 0)).values())


async def away(bus: Bus, at_last: int) -> dict[str, float | None]:
    """Of how many servers each stream is said to lack, once it is as many of each."""
    async with asyncio.timeout(PATIENCE):
        while True:
            await patiently(gauges.streams(bus), PATIENCE)
            name = "lianban_stream_replicas_away"
            found = {one.name: REGISTRY.get_sample_value(name, {"stream": one.name}) for one in STREAMS}
            if set(found.values()) == {at_last}:
                return found
            await asyncio.sleep(0.5)
