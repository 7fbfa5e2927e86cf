"""Whoever asks for large answers and reads none of them fills no service's memory, and whoever reads has his."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import pytest
from httpx import AsyncClient
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from deploy.embedded.ports import HOST, any_free
from shared.process.answering import _server, listening
from shared.process.config import Settings
from shared.web.unread import MOST

LARGE = 4 * 1024 * 1024
MANY, READERS = 60, 8
"""Five times what may be on its way."""
PATIENCE = 60.0


def held() -> int:
    """Bytes of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Served:
    """The server of every service, with a large answer."""

    def __init__(self) -> None:
        self.made = 0
        self.port = any_free()
        app = Starlette(routes=[Route("/large", self._large)])
        where = {"nats_url": "nats://unused", "mongo_url": "mongodb://unused", "instance": "test-1"}
        self.settings = Settings(county="150424", **where, http_port=self.port, http_host=HOST)  # type: ignore[arg-type]
        self.server = _server(app, self.settings)

    async def _large(self, _: object) -> Response:
        self.made += 1
        return Response(os.urandom(LARGE))

    async def is_asked(self, by: ExitStack) -> socket.socket:
        """By somebody who reads nothing by himself."""
        one = by.enter_context(socket.socket())
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.setblocking(False)
        await asyncio.get_running_loop().sock_connect(one, (HOST, self.port))
        await asyncio.get_running_loop().sock_sendall(one, b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return one


@asynccontextmanager
async def served() -> AsyncIterator[Served]:
    """Until the block is left."""
    one = Served()
    with listening(one.settings) as port:
        serving = asyncio.create_task(one.server.serve([port]))
        try:
            yield one
        finally:
            one.server.should_exit = one.server.force_exit = True
            await serving


async def _read(all_of: socket.socket) -> int:
    bytes_read = 0
    while part := await asyncio.get_running_loop().sock_recv(all_of, LARGE):
        bytes_read += len(part)
    return bytes_read


async def grown() -> int:
    """By how many bytes this process has grown when many have asked and read nothing; somebody who reads has all."""
    async with served() as one, asyncio.timeout(PATIENCE):
        before = held()
        with ExitStack() as stack:
            for n in range(MANY):
                await one.is_asked(stack)
                while one.made <= n:
                    await asyncio.sleep(0)
            async with AsyncClient(base_url=f"http://{HOST}:{one.port}", trust_env=False, timeout=PATIENCE) as client:
                for _ in range(READERS):
                    assert len((await client.get("/large")).content) == LARGE
            return held() - before


async def test_who_reads_nothing_fills_no_memory_and_who_reads_has_his_answer() -> None:
    assert await grown() < MOST + 16 * LARGE


async def test_if_answers_were_kept_until_they_are_taken_all_of_them_would_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr("shared.process.answering.Unread", lambda app: app)
    assert await grown() > MANY * LARGE * 3 // 4


async def test_who_takes_nothing_for_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.web.unread.STILL", 0.05)
    async with served() as one, asyncio.timeout(PATIENCE):
        with ExitStack() as stack:
            reader = await one.is_asked(stack)
            while one.server.server_state.connections or not one.made:
                await asyncio.sleep(0.01)
            assert await _read(reader) < LARGE
