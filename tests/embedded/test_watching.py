"""Bus and gateway serve a renewed certificate without a restart; a bus that cannot serve is started again."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

from cryptography import x509

from deploy.embedded.children.child import Child
from deploy.embedded.county.watching import LookedAfter, watching
from deploy.embedded.ports import HOST, any_free, is_free
from deploy.embedded.servers import gateway
from deploy.embedded.servers.readiness import listening
from deploy.embedded.servers.running import bus
from deploy.embedded.settings import ROOT
from deploy.identity.certificates import gateway_certificate
from deploy.identity.making import make
from shared.bus.connection import Bus
from shared.identity.access import Access, enter
from shared.identity.shown import shown
from shared.services import SERVICES
from tests.embedded.fronts import front_at

OFTEN = 0.05


@asynccontextmanager
async def watched(one: LookedAfter) -> AsyncIterator[None]:
    """Looked at often, until the block is left."""
    task = asyncio.create_task(watching(one, look=OFTEN))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def shows(place: Path, port: int, greets: bool) -> None:
    """Returns when the server shows what the file holds."""
    held = x509.load_pem_x509_certificate(place.read_bytes()).serial_number
    async with asyncio.timeout(60):
        while x509.load_der_x509_certificate(await shown(HOST, port, greets=greets)).serial_number != held:
            await asyncio.sleep(OFTEN)


async def test_the_bus_serves_its_new_certificate_and_whoever_is_connected_stays_so(tmp_path: Path) -> None:
    secrets, certificate = tmp_path / "secrets", tmp_path / "secrets" / "bus" / "server.pem"
    make(secrets)
    server = bus(tmp_path, lambda _: any_free(), identity=secrets)
    await server.start()
    access = Access(secrets / "setup" / "bus.creds", secrets / "ca.pem")
    try:
        async with watched(LookedAfter(server.child, (certificate,), signal.SIGHUP)):
            connection, pid = await enter(server.url, access), server.child.pid
            await shows(certificate, server.ports[0], greets=True)
            make(secrets, ["bus.example"])
            await shows(certificate, server.ports[0], greets=True)
            await connection.flush()
            assert (server.child.pid, connection.is_connected, connection.stats["reconnects"]) == (pid, True, 0)
            again = await enter(server.url, access)
            assert Bus(again)
            await again.close()
            await connection.close()
    finally:
        await server.stop()


async def test_the_gateway_serves_its_new_certificate_without_being_started_again(tmp_path: Path) -> None:
    front = front_at(any_free(), tmp_path, "old.example")
    command = gateway.command(tmp_path, front, dict.fromkeys(SERVICES, any_free()))
    caddy, certificate = Child(command, tmp_path / "gateway.log"), front.tls / "server.pem"
    caddy.start()
    await listening(front.tls_port)
    try:
        async with watched(LookedAfter(caddy, (certificate,), gateway.READS_AGAIN)):
            pid = caddy.pid
            await shows(certificate, front.tls_port, greets=False)
            assert gateway_certificate(tmp_path / "secrets", ["new.example"]) == ""
            await shows(certificate, front.tls_port, greets=False)
            assert caddy.pid == pid
    finally:
        await caddy.stop()


async def test_the_script_of_a_container_has_the_bus_serve_it_too_and_ends_with_the_bus(tmp_path: Path) -> None:
    secrets, certificate = tmp_path / "secrets", tmp_path / "secrets" / "bus" / "server.pem"
    make(secrets)
    alone = bus(tmp_path, lambda _: any_free(), identity=secrets)
    plain = alone.child.command
    kept = {"KEPT_FILES": str(certificate), "KEPT_SIGNAL": "HUP", "KEPT_LOOK": "0.1"}
    kept |= {"KEPT_BEFORE_END": "USR2", "KEPT_AFTER": "0.2"}
    command = replace(
        plain, argv=("/bin/sh", ROOT / "deploy/container/kept.sh", *plain.argv), env={**plain.env, **kept}
    )
    server = replace(alone, child=Child(command, tmp_path / "kept.log"))
    await server.start()
    try:
        await shows(certificate, server.ports[0], greets=True)
        make(secrets, ["bus.example"])
        await shows(certificate, server.ports[0], greets=True)
        server.child.send(signal.SIGTERM)
        async with asyncio.timeout(60):
            assert await server.child.ended() == 0
        assert is_free(server.ports[0])
        assert "Entering lame duck mode" in (tmp_path / "kept.log").read_text()
    finally:
        await server.stop()
