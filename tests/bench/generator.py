"""Stations in a process of their own: `python -m tests.bench.generator batched|stations|paced <first day> <count>`.

Says `ready` when everything is made and connected, publishes at the first line it is sent, and says what it took.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import date

import uvloop
from nats.aio.client import Client

from shared.bus.publishing import publish_by_shares, publish_each
from shared.events.outgoing import Outgoing
from shared.identity.access import Access, enter
from tests.bench.scale import GOING_IN, STATIONS
from tests.bench.workload import messages

ANSWER = 30.0
"""Seconds the bus may take for one answer."""

Sending = Callable[[Sequence[Client], Sequence[Outgoing]], Awaitable[None]]


async def batched(clients: Sequence[Client], patrols: Sequence[Outgoing]) -> None:
    """One connection, in atomic batches."""
    await publish_by_shares(clients[0], patrols, ANSWER)


async def stations(clients: Sequence[Client], patrols: Sequence[Outgoing]) -> None:
    """The patrols are dealt out to as many connections as stations; each sends its next when its last is stored."""
    hands = (patrols[n :: len(clients)] for n in range(len(clients)))
    await asyncio.gather(*(_one_after_another(client, hand) for client, hand in zip(clients, hands, strict=True)))


async def _one_after_another(client: Client, patrols: Sequence[Outgoing]) -> None:
    for patrol in patrols:
        await publish_by_shares(client, [patrol], ANSWER)


async def paced(clients: Sequence[Client], patrols: Sequence[Outgoing]) -> None:
    """As many a second as `GOING_IN`, a few at a time, each when it is due."""
    begun, few = time.perf_counter(), GOING_IN // 50
    for n in range(0, len(patrols), few):
        await asyncio.sleep(max(0.0, begun + n / GOING_IN - time.perf_counter()))
        await publish_each(clients[0], patrols[n : n + few], ANSWER)


WAYS: dict[str, tuple[int, Sending]] = {"batched": (1, batched), "stations": (STATIONS, stations), "paced": (1, paced)}


async def generate(way: str, first: date, count: int) -> None:
    """Everything is made before it is asked for, so that only publishing is measured."""
    connections, send = WAYS[way]
    patrols, access = messages(first, count), Access.of(os.environ)
    clients = [await enter(os.environ["NATS_URL"], access, connect_timeout=ANSWER) for _ in range(connections)]
    print("ready", flush=True)
    if not sys.stdin.readline():
        return
    wall, cpu = time.perf_counter(), _cpu()
    await send(clients, patrols)
    print(json.dumps({"seconds": time.perf_counter() - wall, "cpu": _cpu() - cpu}), flush=True)
    for client in clients:
        await client.close()


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    uvloop.run(generate(sys.argv[1], date.fromisoformat(sys.argv[2]), int(sys.argv[3])))
