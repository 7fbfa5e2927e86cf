"""A server that was begun while its disk was full: once there is room it is not given the time of one that reads."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from deploy.embedded.ports import HOST
from deploy.embedded.settings import ROOT
from tests.embedded.test_full_disk import disk, fill
from tests.wants import Want, wants

__all__ = ["disk"]
KEPT = ROOT / "deploy" / "container" / "kept.sh"
PATIENCE, TIMES = 3, 10
"""Looks in a row after which a server is ended, and how many times as many one has that was never well."""
ASKING = Want("总线自检 the bus's own word on its health", ("wget",))


@asynccontextmanager
async def unwell() -> AsyncIterator[tuple[str, Callable[[], int]]]:
    """An address that says it cannot serve, and how often it was asked."""
    asked = 0

    async def says_no(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.0 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(says_no, HOST, 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield f"http://{HOST}:{port}/healthz", lambda: asked


@pytest.mark.parametrize("is_full", [True, False], ids=["full", "roomy"])
async def test_a_server_that_is_never_well_is_ended_soon_only_where_its_disk_was_full(
    tmp_path: Path, disk: Path, is_full: bool
) -> None:
    wants(ASKING)
    filler = disk / "filler"
    filler.touch()
    if is_full:
        fill(filler)
    async with unwell() as (health, asked), asyncio.timeout(240):
        given = {"KEPT_HEALTH": health, "KEPT_STORE": str(disk), "KEPT_LOOK": "0.05", "KEPT_PATIENCE": str(PATIENCE)}
        server = await asyncio.create_subprocess_exec(
            *("/bin/sh", KEPT, "sleep", "1000"), env={"PATH": "/usr/bin:/bin", **given}, stdout=DEVNULL
        )
        while asked() < PATIENCE + 1:
            await asyncio.sleep(0.01)
        assert server.returncode is None  # on a full disk a restart cures nothing
        filler.unlink()
        await server.wait()
        assert (asked() < PATIENCE * TIMES) == is_full
