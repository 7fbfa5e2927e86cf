"""No bus comes in behind the county's, though its holder has a township's whole folder and a server of his own.

As a leaf he could have anything done at the county, by naming its subjects where an answer goes; see `test_township`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from deploy.embedded.children.child import Child, Command
from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers.binaries import nats_server
from deploy.embedded.servers.running import Server, bus, started
from deploy.identity.authorities import authorities, user
from deploy.identity.leaf import line_rights, make_leaf
from deploy.identity.making import make
from shared.bus.connection import Bus
from shared.bus.leaf import domain
from shared.identity.access import Access
from shared.identity.nats_jwt import claims_in, signed
from tests.identity.conftest import Gate
from tests.identity.test_forgeries import stored
from tests.keys import everything, guest
from tests.keys import station as key_of
from tests.submitters import COUNTY, station, stations, township

PATIENCE = 60.0
OWN = [township.code, *(one.code for one in stations)]
NAME = domain(township.code)
IN, WRONG_PORT, NOT_IN = "JetStream using domains", "attempted to connect to wrong port", "Authorization Violation"
"""What his own server says of it."""


def seen(server: Server, what: str) -> dict[str, Any]:
    """What the server itself says of it."""
    with urlopen(f"http://{HOST}:{server.ports[1]}/{what}") as answer:
        said: dict[str, Any] = json.load(answer)
    return said


@asynccontextmanager
async def his_own(folder: Path, port: int, creds: Path, secrets: Path) -> AsyncIterator[Path]:
    """A server of his that joins at this port, again and again; its log."""
    whom = f'url: "tls://{HOST}:{port}", credentials: "{creds}", tls {{ ca_file: "{secrets / "ca.pem"}" }}'
    (folder / "own.conf").write_text(
        f'listen: "{HOST}:{any_free("nats")}"\nserver_name: own\n'
        f'leafnodes {{ reconnect: "1s", remotes: [ {{ {whom} }} ] }}'
    )
    child = Child(Command("own", (nats_server(), "-D", "-c", folder / "own.conf"), {}), folder / "own.log")
    child.start()
    try:
        yield folder / "own.log"
    finally:
        await child.kill()


async def said_in(log: Path, *words: str) -> str:
    """The first of these that stands there."""
    async with asyncio.timeout(PATIENCE):
        while True:
            text = log.read_text() if log.exists() else ""
            if found := next((word for word in words if word in text), ""):
                return found
            await asyncio.sleep(0.05)


@pytest.mark.asyncio(loop_scope="session")
async def test_the_bus_listens_to_clients_and_to_nothing_else(gate: Gate) -> None:
    now = seen(gate.server, "varz")
    assert [now[one] for one in ("cluster", "gateway", "leaf", "mqtt", "websocket")] == [{}] * 5


@pytest.mark.asyncio(loop_scope="session")
async def test_a_bus_that_comes_to_the_port_of_clients_is_not_let_in(gate: Gate, tmp_path: Path) -> None:
    own = make_leaf(gate.secrets, township.code, OWN, gate.url)
    async with his_own(tmp_path, gate.server.ports[0], own / "line.creds", gate.secrets) as log:
        assert await said_in(log, WRONG_PORT, IN) == WRONG_PORT
        assert seen(gate.server, "leafz")["leafnodes"] == 0


SUBMITTED = b"submit.roster.rotate-duty.%s 2\r\n{}\r\n" % COUNTY.encode()
OF_BUSES = [
    b"LMSG " + SUBMITTED,
    b"LS+ submit.>\r\n",
    b"RMSG COUNTY " + SUBMITTED,
    b"RS+ COUNTY submit.>\r\n",
    b"A+ COUNTY\r\n",
]


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("words", OF_BUSES)
async def test_whoever_speaks_as_a_bus_where_clients_speak_is_hung_up_on(gate: Gate, words: bytes) -> None:
    own = make_leaf(gate.secrets, township.code, OWN, gate.url)
    async with (
        guest(gate.url, everything(gate.secrets)) as county,
        guest(gate.url, Access(own / "line.creds", gate.secrets / "ca.pem"), reconnects=0) as one,
    ):
        before = await stored(Bus(county.client))
        await one.client._send_command(words)
        await one.client._flush_pending()
        async with asyncio.timeout(PATIENCE):
            while not one.client.is_closed:
                await asyncio.sleep(0.02)
        assert "unknown protocol operation" in str(one.client.last_error).lower()
        assert await stored(Bus(county.client)) == before


# On a county's bus that somebody told to listen to others' as well


def listening(secrets: Path, port: int) -> None:
    """Written behind what `deploy.identity` made."""
    place, keys = secrets / "bus" / "server.conf", secrets / "bus"
    files = f'cert_file: "{keys / "server.pem"}", key_file: "{keys / "server.key"}"'
    place.write_text(f'{place.read_text()}\nleafnodes {{ listen: "{HOST}:{port}", tls {{ {files} }} }}\n')


def as_before(secrets: Path) -> None:
    """Accounts that take leaves in, as all did; whoever signs in says nothing of the way by which he comes."""
    signing = authorities(secrets).signing
    place = secrets / "bus" / "server.conf"
    for name in ("STATIONS", "COUNTY"):
        jwt = (secrets / "accounts" / f"{name}.jwt").read_text()
        claims = claims_in(jwt)
        claims["nats"]["limits"]["leaf"] = -1
        for scope in claims["nats"].get("signing_keys", []):
            scope["template"].pop("allowed_connection_types")
        place.write_text(place.read_text().replace(jwt, signed(claims, signing.seed)))


@asynccontextmanager
async def opened(folder: Path, before: bool) -> AsyncIterator[tuple[Server, Path, int]]:
    """Such a bus, its secrets, and the port for others'."""
    secrets, port = folder / "secrets", any_free("leaf")
    make(secrets)
    make_leaf(secrets, township.code, OWN, "")
    if before:
        as_before(secrets)
        rights = line_rights(OWN).permissions(NAME)
        user(secrets / NAME / "line.creds", secrets, "STATIONS", NAME, rights)
    listening(secrets, port)
    server = await started(lambda: bus(folder, any_free, identity=secrets))
    try:
        yield server, secrets, port
    finally:
        await server.kill()


@pytest.mark.parametrize("whose", ["a township's", "a station's"])
@pytest.mark.parametrize("before", [False, True], ids=["now", "the control"])
async def test_the_keys_of_those_outside_open_no_port_but_the_clients(tmp_path: Path, before: bool, whose: str) -> None:
    async with opened(tmp_path, before) as (server, secrets, port):
        creds = secrets / NAME / "line.creds" if "township" in whose else key_of(secrets, station.code).creds
        assert creds is not None
        async with his_own(tmp_path, port, creds, secrets) as log:
            assert await said_in(log, IN, NOT_IN) == (IN if before else NOT_IN)
            assert seen(server, "leafz")["leafnodes"] == int(before)
        async with guest(server.url, Access(creds, secrets / "ca.pem")) as one:
            assert await one.complaints() == []
