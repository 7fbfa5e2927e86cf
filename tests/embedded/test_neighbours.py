"""What goes wrong for one at a service harms nobody whose request takes the same kept connection behind the gateway."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from fastapi import FastAPI, Request

from deploy.embedded.children.child import Child
from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers import gateway
from deploy.embedded.servers.readiness import listening
from services.roster.places import PAGES
from shared.pages import error_pages
from shared.process.answering import KEPT_ALIVE, _server
from shared.process.config import Settings
from shared.services import SERVICES
from tests.embedded.fronts import front_at

GOOD, BAD = "/inspection/api/good", "/inspection/api/bad"
NEIGHBOURS = 5


def ailing() -> FastAPI:
    """A service with an accident in one route, and its errors answered as everywhere."""
    app = FastAPI()
    error_pages.answer_errors(app, PAGES)

    @app.post(GOOD)
    async def good(request: Request) -> int:
        return len(await request.body())

    @app.post(BAD)
    async def bad(request: Request) -> int:
        return 1 // len(await request.body()) // 0

    @app.get("/inspection/api/own")
    async def own(request: Request) -> str:
        return "http://{}:{}".format(*request.scope["server"])

    return app


@asynccontextmanager
async def behind_the_gateway(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    own, port = any_free(), any_free()
    settings = Settings(
        nats_url="nats://unused",
        mongo_url="mongodb://unused",
        http_port=own,
        http_host=HOST,
        instance="test-1",
        county="150424",
    )
    server = _server(ailing(), settings)
    serving = asyncio.create_task(server.serve())
    made = gateway.command(folder, front_at(port, folder), dict.fromkeys(SERVICES, own))
    caddy = Child(made, folder / "gateway.log")
    caddy.start()
    await listening(own)
    await listening(port)
    try:
        async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}", trust_env=False) as client:
            yield client
    finally:
        await caddy.stop()
        server.should_exit = True
        await serving


async def statuses(client: httpx.AsyncClient) -> tuple[set[int], set[int]]:
    """Of accidents, and of the good requests right behind each of them."""
    bad, good = set(), set()
    for _ in range(NEIGHBOURS):
        bad.add((await client.post(BAD, content=b"1")).status_code)
        good |= {(await client.post(GOOD, content=b"1")).status_code for _ in range(NEIGHBOURS)}
    return bad, good


async def test_an_accident_harms_no_neighbour(tmp_path: Path) -> None:
    async with behind_the_gateway(tmp_path) as client:
        assert await statuses(client) == ({500}, {200})


async def test_an_accident_is_answered_and_its_connection_goes_on(tmp_path: Path) -> None:
    """Whoever comes next on it has done nothing."""
    async with behind_the_gateway(tmp_path) as client:
        own = urlsplit((await client.get("/inspection/api/own")).json())
        assert own.hostname
        reader, writer = await asyncio.open_connection(own.hostname, own.port)
        for path, status in ((BAD, b"500"), (GOOD, b"200")) * NEIGHBOURS:
            writer.write(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.split()[1] == status
            assert b"close" not in head.lower()
            await reader.readexactly(int(re.findall(rb"(?i)content-length: (\d+)", head)[0]))
        writer.close()


def test_the_gateway_gives_an_idle_connection_up_before_the_service_does() -> None:
    (kept,) = re.findall(r"keepalive (\d+)s", gateway.CADDYFILE.read_text(encoding="utf-8"))
    assert 0 < int(kept) < KEPT_ALIVE
