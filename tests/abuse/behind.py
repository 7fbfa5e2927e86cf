"""A service's server behind the real gateway, both on ports of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from deploy.embedded.children.child import Child
from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers import gateway
from deploy.embedded.servers.readiness import listening
from shared.process.answering import _server
from shared.process.config import Settings
from shared.services import SERVICES
from tests.embedded.fronts import front_at


@dataclass(frozen=True)
class Behind:
    """What runs, and where the gateway is asked."""

    server: uvicorn.Server
    caddy: Child
    port: int
    tls_port: int

    @property
    def open_files(self) -> int:
        """Of the gateway: a connection is one."""
        return len(list(Path(f"/proc/{self.caddy.pid}/fd").iterdir()))

    @property
    def most_held(self) -> int:
        """Bytes of memory that the gateway has held at most."""
        status = Path(f"/proc/{self.caddy.pid}/status").read_text()
        return 1024 * int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))


@asynccontextmanager
async def behind_the_gateway(app: ASGIApp, folder: Path, env: Mapping[str, str]) -> AsyncIterator[Behind]:
    """All four services are this one; `env` is what the gateway of a test is told besides."""
    own, port = any_free(), any_free()
    where = {"nats_url": "nats://unused", "mongo_url": "mongodb://unused", "instance": "test-1"}
    settings = Settings(county="150424", http_port=own, http_host=HOST, **where)  # type: ignore[arg-type]
    server, front = _server(app, settings), front_at(port, folder)
    serving = asyncio.create_task(server.serve())
    made = gateway.command(folder, front, dict.fromkeys(SERVICES, own))
    caddy = Child(replace(made, env={**made.env, **env}), folder / "gateway.log")
    caddy.start()
    await listening(own)
    await listening(port)
    try:
        yield Behind(server, caddy, port, front.tls_port)
    finally:
        await caddy.stop()
        server.should_exit = server.force_exit = True
        await serving
