"""A server of the bus that stands still says nothing and closes nothing: it is left, and another is tried."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from shared.identity.access import enter
from tests.faults.processes import stopped
from tests.identity.conftest import opened
from tests.keys import of

PATIENCE = 20.0
"""Seconds; TLS alone waits thirty for the farewell of a server that says nothing."""


# The client drops the streams of a greeting that never came unclosed.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_whoever_has_a_silent_server_does_not_wait_for_its_farewell(tmp_path: Path) -> None:
    gate = await opened(tmp_path)
    tried = asyncio.Event()

    async def tries(_: Exception) -> None:
        tried.set()

    soon = {"ping_interval": 0.2, "max_outstanding_pings": 1, "connect_timeout": 0.3, "max_reconnect_attempts": -1}
    client = await enter(gate.url, of(gate.secrets, "roster"), **soon)
    try:
        async with stopped(gate.server.child.pid), asyncio.timeout(PATIENCE):
            while client.is_connected:
                await asyncio.sleep(0.02)
            client._error_cb = tries
            await tried.wait()
        async with asyncio.timeout(PATIENCE):
            while not client.is_connected:
                await asyncio.sleep(0.02)
    finally:
        await client.close()
        await gate.server.stop()
