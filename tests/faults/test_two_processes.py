"""A service is two processes: what one of them suffers neither harms the other nor outlives it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
import pytest_asyncio
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from deploy.embedded.servers.running import Servers
from deploy.embedded.settings import ROOT
from shared.events.refusals import REFUSALS
from shared.process.service import INCOMPLETE
from tests.bench.consumption import family
from tests.county import County
from tests.faults.processes import Service, service, stopped
from tests.submitters import Said, station

PATIENCE = 60.0


class Pids(NamedTuple):
    """Of one service."""

    decides: int
    answers: int


@pytest_asyncio.fixture
async def green(county: County, bus_and_database: Servers, tmp_path: Path) -> AsyncIterator[Service]:
    """Answering, and ready."""
    one = service("greenchannel", bus_and_database, tmp_path)
    one.start()
    try:
        await one.answers()
        await until(lambda: is_ready(one))
        yield one
    finally:
        await one.child.kill()


async def until(is_so: Callable[[], object]) -> None:
    """Returns when it is so."""
    async with asyncio.timeout(PATIENCE):
        while not (await result if asyncio.iscoroutine(result := is_so()) else result):
            await asyncio.sleep(0.02)


async def got(one: Service, path: str, patience: float = 10.0) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(f"{one.url}/{path}", timeout=patience)


async def is_ready(one: Service) -> bool:
    return (await got(one, "readyz")).status_code == 200


def pids(one: Service) -> Pids:
    """Those that there are now."""
    assert one.child.pid
    return Pids(*family(one.child.pid))


def is_there(pid: int) -> bool:
    """Running, and not only waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def is_decided(county: County, said: Said) -> None:
    await county.hears(said)
    await until(lambda: county.verdict(said))


async def test_while_nothing_is_answered_everything_is_decided(county: County, green: Service) -> None:
    """Whoever keeps the pages busy, and however: here they stand still altogether."""
    async with stopped(pids(green).answers):
        await is_decided(county, station.serves())
    assert (await got(green, "readyz")).status_code == 200


async def test_what_decides_gives_way_to_nobody_and_is_not_what_the_system_ends(green: Service) -> None:
    decides, answers = pids(green)
    assert os.getpriority(os.PRIO_PROCESS, answers) > os.getpriority(os.PRIO_PROCESS, decides)
    score = [int(Path(f"/proc/{pid}/oom_score_adj").read_text()) for pid in (decides, answers)]
    assert score[1] > score[0]


async def is_made_anew(one: Service) -> Pids:
    """What answers, after it was killed."""
    before = pids(one)
    os.kill(before.answers, signal.SIGKILL)
    assert (await got(one, "healthz", PATIENCE)).status_code == 200
    after = pids(one)
    assert after.decides == before.decides
    assert after.answers != before.answers
    return after


async def test_killed_the_pages_are_back_and_nobody_who_came_meanwhile_was_turned_away(
    county: County, green: Service
) -> None:
    for _ in range(2):
        await is_made_anew(green)
        assert (await got(green, "")).status_code == 200
        await is_decided(county, station.serves())


async def test_made_anew_it_gives_way_as_before_and_knows_what_is_counted(county: County, green: Service) -> None:
    decides, answers = await is_made_anew(green)
    assert os.getpriority(os.PRIO_PROCESS, answers) > os.getpriority(os.PRIO_PROCESS, decides)
    await is_decided(county, station.serves())
    assert 'lianban_decided_total{service="greenchannel"' in (await got(green, "metrics")).text
    await until(lambda: is_ready(green))


@pytest.mark.parametrize("after", ["at once", "made anew"])
async def test_killed_nothing_of_it_is_left_over_and_it_can_be_started_again(
    county: County, green: Service, after: str
) -> None:
    before = await is_made_anew(green) if after == "made anew" else pids(green)
    os.kill(before.decides, signal.SIGKILL)
    async with asyncio.timeout(PATIENCE):
        assert await green.child.ended() == -signal.SIGKILL
    await until(lambda: not any(map(is_there, before)))
    green.start()
    await green.answers()
    await is_decided(county, station.serves())


@pytest.mark.parametrize("after", ["at once", "made anew"])
async def test_told_to_stop_all_of_it_ends_and_its_port_is_free(green: Service, after: str) -> None:
    before = await is_made_anew(green) if after == "made anew" else pids(green)
    green.child.send(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        assert await green.child.ended() == 0
    assert not any(map(is_there, before))
    with socket.socket() as port:
        port.bind(("127.0.0.1", green.port))


async def test_told_to_stop_while_its_pages_are_made_anew_it_stops(green: Service) -> None:
    os.kill(pids(green).answers, signal.SIGKILL)
    green.child.send(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        assert await green.child.ended() == 0


async def test_what_stands_still_is_neither_alive_nor_ready_though_pages_are_read(green: Service) -> None:
    async with stopped(pids(green).decides):
        statuses = [(await got(green, path)).status_code for path in ("healthz", "readyz", "metrics")]
        page = await got(green, "")
    assert statuses == [503, 503, 503]
    assert page.status_code == 200
    assert await is_ready(green)


async def test_a_port_that_is_taken_is_said_at_once(bus_and_database: Servers, county: County, tmp_path: Path) -> None:
    one = service("greenchannel", bus_and_database, tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", one.port))
        taken.listen()
        one.start()
        async with asyncio.timeout(PATIENCE):
            assert await one.child.ended() == 1
    assert f"HTTP_PORT {one.port}: " in one.log()


async def test_what_both_have_counted_is_one_page_under_the_names_it_always_had(county: County, green: Service) -> None:
    await is_decided(county, station.serves())
    page = (await got(green, "metrics")).text
    shown = {one.name: one.samples for one in text_string_to_metric_families(page)}
    decided = [one for one in shown["lianban_decided"] if one.name.endswith("_total")]
    assert [(one.labels["type"], one.labels["verdict"], one.value) for one in decided] == [
        ("record-green-service", "accepted", 1)
    ]
    assert "greenchannel-submissions" in {one.labels["consumer"] for one in shown["lianban_consumer_pending_messages"]}
    assert [one.value for one in shown["lianban_build_info"]] == [1]
    assert {one.labels["part"]: one.value for one in shown["lianban_ready"]} == {"bus": 1, "database": 1, "deciding": 1}
    refused = {one.labels["reason"]: one.value for one in shown["lianban_refused"]}
    assert (set(refused), set(refused.values())) == ({*REFUSALS}, {0})
    assert not [name for name in shown if name.endswith("_created")]
    (started,) = shown["process_start_time_seconds"]
    assert time.time() - PATIENCE < started.value <= time.time()
    declared = [line for line in page.splitlines() if line.startswith("# TYPE")]
    assert len(declared) == len(set(declared))
    assert {one.name for one in REGISTRY.collect() if one.name.startswith("lianban_consumer")} <= shown.keys()


async def test_every_line_that_both_say_is_json(county: County, green: Service) -> None:
    await asyncio.gather(*(got(green, "api/nothing") for _ in range(20)), is_decided(county, station.serves()))
    assert [json.loads(line)["service"] for line in green.log().splitlines()]


async def test_a_service_whose_pages_cannot_be_put_together_does_not_start(
    bus_and_database: Servers, county: County, tmp_path: Path
) -> None:
    """One that would answer nobody is not made again and again."""
    one = service("greenchannel", bus_and_database, tmp_path)
    env = {**os.environ, **one.child.command.env}
    program = (
        "from shared.identity.reading import WithoutRule\n"
        "import shared.web.answering as answering\n"
        "def fails(*_):\n    raise WithoutRule('nobody says who may read it')\n"
        "answering.close_by_default = fails\n"
        "from services.greenchannel.app import main\nmain()\n"
    )
    ran = await asyncio.create_subprocess_exec(sys.executable, "-c", program, cwd=ROOT, env=env)
    async with asyncio.timeout(PATIENCE):
        assert await ran.wait() == INCOMPLETE
