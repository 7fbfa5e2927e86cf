"""The tests share one bus and one database, and the loop that services run on."""

from __future__ import annotations

import asyncio

import pytest
import uvloop

from deploy.embedded.servers.running import Servers

met: set[tuple[int | None, int | None]] = set()


@pytest.mark.parametrize("nth", range(2))
async def test_one_test_after_the_other_finds_the_same_servers(bus_and_database: Servers, nth: int) -> None:
    met.add((bus_and_database.nats.child.pid, bus_and_database.mongo.child.pid))
    assert len(met) == 1


async def test_tests_run_on_the_loop_of_services() -> None:
    assert isinstance(asyncio.get_running_loop(), uvloop.Loop)
