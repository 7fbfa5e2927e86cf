"""Bus and database that may be destroyed: containers of this test's own, killed while a county decides on them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pymongo import MongoClient
from pymongo.errors import PyMongoError
from testcontainers.core.container import DockerContainer

from deploy.embedded.ports import any_free
from deploy.embedded.settings import ROOT
from tests.conftest import county_on
from tests.containers.engine import ran
from tests.containers.images import Images
from tests.county import County
from tests.faults.load import hears_all, load

pytestmark = pytest.mark.containers
ROUNDS = 40
MEMBERS = 3
MONGOD = "mongod --replSet lianban --bind_ip_all --setParameter transactionLifetimeLimitSeconds=10"


@dataclass(frozen=True)
class Destroyable:
    """A bus in one container, a database in three."""

    bus: DockerContainer
    members: dict[str, DockerContainer]
    nats_url: str

    @property
    def mongo_url(self) -> str:
        return f"mongodb://{','.join(self.members)}/?replicaSet=lianban"

    def primary(self) -> DockerContainer:
        """The member that takes writes now."""
        with MongoClient[dict[str, object]](self.mongo_url) as client:
            address = client.primary or (client.admin.command("hello") and client.primary)
            assert address
            return self.members[f"{address[0]}:{address[1]}"]


@contextmanager
def destroyable(images: Images, data: Path) -> Iterator[Destroyable]:
    """Running, with a primary."""
    port = any_free()
    with ExitStack() as stack:
        bus = stack.enter_context(_bus(images.servers["nats"], port, data))
        started = [stack.enter_context(_member(images.servers["mongo"])) for _ in range(MEMBERS)]
        members = {f"{_address(one)}:27017": one for one in started}
        running = Destroyable(bus, members, f"nats://127.0.0.1:{port}")
        _initiate(list(members))
        yield running


def _bus(image: str, port: int, data: Path) -> DockerContainer:
    variables = {"NATS_SERVER_NAME": "test", "NATS_HOST": '"0.0.0.0"', "NATS_PORT": "4222", "NATS_MONITOR_PORT": "8222"}
    made = DockerContainer(image).with_command("-c /server.conf").with_bind_ports(4222, port)
    for name, value in {**variables, "NATS_STORE": '"/data"'}.items():
        made = made.with_env(name, value)
    made = made.with_volume_mapping(str(ROOT / "deploy" / "nats" / "server.conf"), "/server.conf")
    return made.with_volume_mapping(str(data), "/data", "rw")


def _member(image: str) -> DockerContainer:
    """Without an administrator: nobody else reaches this network."""
    return DockerContainer(image).with_kwargs(entrypoint="").with_command(f"{MONGOD} --dbpath /data/db")


def _address(container: DockerContainer) -> str:
    address = ran("docker", "inspect", "-f", "{{.NetworkSettings.IPAddress}}", _id(container))
    return address.strip()


def _id(container: DockerContainer) -> str:
    return str(container.get_wrapped_container().id)


def _initiate(hosts: list[str]) -> None:
    members = [{"_id": n, "host": host} for n, host in enumerate(hosts)]
    with MongoClient[dict[str, object]](hosts[0], directConnection=True) as client:
        while True:
            try:
                client.admin.command("replSetInitiate", {"_id": "lianban", "members": members})
                break
            except PyMongoError as error:
                if getattr(error, "code", None) == 23:  # initiated already
                    break
    with MongoClient[dict[str, object]](f"mongodb://{hosts[0]}/?replicaSet=lianban") as client:
        client.admin.command("ping")


async def _all_decided(county: County, rounds: int) -> None:
    await county.settles(patience=120)
    verdicts = await county.verdicts()
    assert {f"verdict.{said.submitter}.{said.id}" for said in load(rounds)} <= verdicts.keys()
    assert [one for one in verdicts.values() if one["verdict"] != "accepted"] == []
    assert await county.differences() == []


# The engine's proxy takes connections for a server that is not up yet; the client then drops its stream unclosed.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_the_primary_is_killed_and_then_the_bus_while_a_county_decides(images: Images, tmp_path: Path) -> None:
    with destroyable(images, tmp_path) as running:
        async with county_on(running) as county:
            await county.begins_anew()
            await county.is_founded()
            async with county.working():
                await hears_all(county, load(ROUNDS))
                primary = await asyncio.to_thread(running.primary)
                ran("docker", "kill", "-s", "KILL", _id(primary))
                await hears_all(county, load(ROUNDS, first=ROUNDS))
                await _all_decided(county, 2 * ROUNDS)
                await hears_all(county, load(ROUNDS, first=2 * ROUNDS))
                ran("docker", "kill", "-s", "KILL", _id(running.bus))
                ran("docker", "start", _id(running.bus))
                await _all_decided(county, 3 * ROUNDS)
