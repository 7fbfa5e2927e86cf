"""The real servers as children: they come, go, and come back with what they held."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import nats
import pytest
from motor.motor_asyncio import AsyncIOMotorClient
from nats.js import JetStreamContext

from deploy.embedded.ports import HOST, USUAL, UsualOrNext, any_free
from deploy.embedded.servers.running import servers
from deploy.embedded.trouble import Trouble


@asynccontextmanager
async def jetstream(url: str) -> AsyncIterator[JetStreamContext]:
    client = await nats.connect(url)
    try:
        yield client.jetstream()
    finally:
        await client.close()


async def remembers(mongo_url: str) -> int:
    """Adds a document in a transaction; how many there are then."""
    client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(mongo_url)
    try:
        async with await client.start_session() as session, session.start_transaction():
            await client.county.visits.insert_one({}, session=session)
            return await client.county.visits.count_documents({}, session=session)
    finally:
        client.close()


async def test_what_the_bus_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    async with servers(tmp_path) as running:
        async with jetstream(running.nats_url) as bus:
            await bus.add_stream(name="FACTS", subjects=["fact.>"])
            for _ in range(20):
                await bus.publish("fact.inspection-logged.150424", b"{}", stream="FACTS")
        await running.nats.kill()
        await running.nats.start()
        async with jetstream(running.nats_url) as bus:
            assert (await bus.stream_info("FACTS")).state.messages == 20


async def test_what_the_database_committed_is_there_after_a_kill(tmp_path: Path) -> None:
    async with servers(tmp_path) as running:
        assert await remembers(running.mongo_url) == 1
        await running.mongo.kill()
        await running.mongo.start()
        assert await remembers(running.mongo_url) == 2


async def test_a_server_that_was_stopped_starts_again_on_its_own_port(tmp_path: Path) -> None:
    async with servers(tmp_path) as running:
        for server in (running.nats, running.mongo):
            before = server.child.pid
            await server.stop()
            assert server.child.pid is None
            await server.start()
            assert server.child.pid not in (None, before)
        assert await remembers(running.mongo_url) == 1


async def test_the_database_moves_to_another_port_with_its_data(tmp_path: Path) -> None:
    first, second = any_free(), any_free()
    for port, documents in ((first, 1), (second, 2)):
        ports = {"nats": any_free(), "nats-monitor": any_free(), "mongod": port}
        async with servers(tmp_path, ports.__getitem__) as running:
            assert f":{port}/" in running.mongo_url
            assert await remembers(running.mongo_url) == documents


async def test_a_usual_port_that_is_taken_is_replaced_and_said(tmp_path: Path) -> None:
    said: list[str] = []
    with socket.socket() as other, UsualOrNext(said.append) as choose:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        occupy(other, USUAL["nats"])
        async with servers(tmp_path, choose) as running:
            assert running.nats.ports[0] != USUAL["nats"]
            assert f"Port {USUAL['nats']} is taken: nats uses {running.nats.ports[0]}." in said
            async with jetstream(running.nats_url) as bus:
                assert (await bus.account_info()).streams == 0


def occupy(other: socket.socket, port: int) -> None:
    """A county that runs on this machine occupies it just as well."""
    try:
        other.bind((HOST, port))
    except OSError:
        return
    other.listen()


async def test_a_server_that_cannot_start_says_what_it_said(tmp_path: Path) -> None:
    (tmp_path / "mongo" / "mongod.lock").mkdir(parents=True)
    with pytest.raises(Trouble, match=r"mongod ended at its start \(\d+\).*mongod\.log"):
        async with servers(tmp_path):
            pass
