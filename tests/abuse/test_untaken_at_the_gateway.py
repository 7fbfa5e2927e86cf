"""Whoever asks the gateway for large answers and takes none holds neither its memory nor its connections for long."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from deploy.embedded.ports import HOST
from tests.abuse.behind import Behind, behind_the_gateway

LARGE = 16 * 1024 * 1024
"""Bytes: more than the lines between hold."""
TEXT = os.urandom(LARGE // 2).hex()
MANY = 100
EACH = 1_000_000
"""Bytes of the gateway that an answer holds at most while nobody takes it: 300,000, compressed by zstd 1.6 million."""
SECONDS = 2
"""After which the gateway of these tests lets go whoever takes nothing."""
PATIENCE = 60.0
ASKS = b"GET /roster/large HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Large:
    """The answer, and how often it was made."""

    made = 0

    async def __call__(self, _: object) -> Response:
        self.made += 1
        return Response(TEXT, media_type="text/html")


@asynccontextmanager
async def gateway_of(
    folder: Path, monkeypatch: pytest.MonkeyPatch, seconds: int, large: Large | None = None
) -> AsyncIterator[Behind]:
    """Before a service that itself soon lets go whoever takes nothing from it."""
    monkeypatch.setattr("shared.web.unread.STILL", 0.1)
    app = Starlette(routes=[Route("/roster/large", (large or Large()).__call__)])
    async with behind_the_gateway(app, folder, {"GATEWAY_TAKEN": f"{seconds}s"}) as behind, asyncio.timeout(PATIENCE):
        yield behind


async def asked(port: int, by: ExitStack) -> socket.socket:
    """By somebody who takes nothing by himself."""
    one = by.enter_context(socket.socket())
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.setblocking(False)
    await asyncio.get_running_loop().sock_connect(one, (HOST, port))
    await asyncio.get_running_loop().sock_sendall(one, ASKS)
    return one


async def untaken(behind: Behind, large: Large, by: ExitStack) -> int:
    """The open files of before; now many have asked, and the service holds none of them."""
    before = behind.open_files
    for _ in range(MANY):
        await asked(behind.port, by)
    while large.made < MANY:
        await asyncio.sleep(0.01)
    while behind.server.server_state.connections:
        await asyncio.sleep(0.01)
    return before


async def test_who_takes_nothing_is_let_go_by_the_gateway_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = Large()
    async with gateway_of(tmp_path, monkeypatch, SECONDS, large) as behind:
        with ExitStack() as stack:
            before = await untaken(behind, large, stack)
            while behind.open_files > before + 5:
                await asyncio.sleep(0.05)


async def test_control_a_gateway_that_waits_for_ever_holds_what_the_service_has_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = Large()
    async with gateway_of(tmp_path, monkeypatch, 3600, large) as behind:
        with ExitStack() as stack:
            before = await untaken(behind, large, stack)
            assert behind.open_files >= before + MANY


async def test_who_takes_it_slowly_has_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For longer than anybody who takes nothing is waited for."""
    async with gateway_of(tmp_path, monkeypatch, SECONDS) as behind:
        monkeypatch.setattr("shared.web.unread.STILL", PATIENCE)
        with ExitStack() as stack:
            reader = await asked(behind.port, stack)
            taken, begun = 0, asyncio.get_running_loop().time()
            while taken < LARGE:
                part = await asyncio.get_running_loop().sock_recv(reader, 32 * 1024)
                assert part
                taken += len(part)
                await asyncio.sleep(2 * SECONDS / (LARGE / len(part)))
            assert asyncio.get_running_loop().time() - begun > SECONDS


class Frame(NamedTuple):
    """Of HTTP/2: what kind, of which stream."""

    kind: int
    stream: int


HEADERS, RESET, SETTINGS = 1, 3, 4
NOTHING_AT_A_TIME = bytes([0, 4, 0, 0, 0, 0])
"""The setting by which a client says that it takes no byte of any answer yet."""


def framed(kind: int, flags: int, stream: int, body: bytes) -> bytes:
    return len(body).to_bytes(3) + bytes([kind, flags]) + stream.to_bytes(4) + body


def asks_many(of: str) -> bytes:
    """A hundred streams on one connection: each asks, by names of HPACK's static table and literals."""
    block = bytes([0x82, 0x87]) + _said(b"\x04", "/roster/large") + _said(b"\x01", of)
    block += _said(b"\x0f\x01", "zstd, gzip")
    hello = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + framed(SETTINGS, 0, 0, NOTHING_AT_A_TIME)
    return hello + b"".join(framed(HEADERS, 5, 2 * n + 1, block) for n in range(MANY))


def _said(name: bytes, value: str) -> bytes:
    return name + bytes([len(value)]) + value.encode()


async def frames(reader: asyncio.StreamReader) -> AsyncIterator[Frame]:
    while True:
        head = await reader.readexactly(9)
        await reader.readexactly(int.from_bytes(head[:3]))
        yield Frame(head[3], int.from_bytes(head[5:9]) & 0x7FFFFFFF)


async def test_of_one_connection_each_answer_that_is_not_taken_holds_little_and_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with gateway_of(tmp_path, monkeypatch, SECONDS) as behind:
        tls = ssl._create_unverified_context()
        tls.set_alpn_protocols(["h2"])
        reader, writer = await asyncio.open_connection(HOST, behind.tls_port, ssl=tls, server_hostname="localhost")
        before = behind.most_held
        writer.write(asks_many("localhost"))
        waits = {2 * n + 1 for n in range(MANY)}
        async for frame in frames(reader):
            waits -= {frame.stream} if frame.kind == RESET else set()
            if not waits:
                break
        writer.close()
        assert behind.most_held < before + MANY * EACH
