"""The real bus and database, one pair for the session; each test that asks for a county gets one that begins anew."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import nats
import pytest
import pytest_asyncio
import structlog
import uvloop
from hypothesis import settings
from xdist.remote import Producer  # type: ignore[import-untyped]
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

from deploy.embedded.servers.running import Servers, servers
from shared.bus.addresses import servers_in
from shared.bus.streams import STREAMS
from shared.calendar import forget
from shared.database import mongo
from tests.county import County
from tests.logged import logs_as_json
from tests.patient import patient
from tests.photographs import without_photos
from tests.quick import keep_the_quick
from tests.wants import tells_what_was_not_tried

settings.register_profile("lianban", deadline=None, derandomize=os.environ.get("LIANBAN_LONG") != "1", print_blob=True)
settings.load_profile("lianban")
"""The same examples each time, however slow the machine; LIANBAN_LONG looks for others."""
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
"""What a loop waits for is told a hundred times a second here, with every frame of its traceback."""


@pytest.fixture(scope="session")
def _asyncio_loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """The loop that services run on.

    In place of the plugin's own hook: that makes the loop of the session a parameter of each test, and with it the
    shared servers end and start again after every test.
    """
    return ending_loop


def ending_loop() -> asyncio.AbstractEventLoop:
    """One that ends what waits for what never comes: uvloop hands pytest-timeout's failure to its handler alone."""
    loop = uvloop.new_event_loop()
    loop.set_exception_handler(_ends_at_a_timeout)
    return loop


def _ends_at_a_timeout(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    if isinstance(context.get("exception"), pytest.fail.Exception):
        for task in asyncio.all_tasks(loop):
            task.cancel(str(context["exception"]))
    else:
        loop.default_exception_handler(context)


ROOM = sum(stream.max_bytes for stream in STREAMS) * 3 // 2
"""Bytes: what a bus may come to hold, with half as much beside for the database."""


@pytest.fixture(scope="session", autouse=True)
def _a_busy_machine() -> Iterator[None]:
    """Its services answer late, and are not silent for that."""
    with patient():
        yield


@pytest.fixture(autouse=True)
def _process_just_started() -> Iterator[None]:
    """No test goes by the notices that another has published, or by the umask of a program that another has called."""
    forget()
    before = os.umask(0o077)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[Path]:
    """In memory where there is room: a killed process loses nothing by it, and nobody waits for a disk."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    with TemporaryDirectory(prefix="lianban-", dir=memory if roomy else None) as folder:
        yield Path(folder)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def bus_and_database(quick_folder: Path) -> AsyncIterator[Servers]:
    """Shared by all tests that leave them running; a test that destroys servers starts its own."""
    async with servers(quick_folder) as running:
        yield running


class Reached(Protocol):
    """A bus and a database, wherever they run."""

    @property
    def nats_url(self) -> str:
        """Where the bus is."""

    @property
    def mongo_url(self) -> str:
        """Where the database is."""


@asynccontextmanager
async def county_on(running: Reached) -> AsyncIterator[County]:
    """A county on these servers, connected from the running event loop."""
    client = await nats.connect(
        servers_in(running.nats_url), error_cb=_unheard, max_reconnect_attempts=-1, reconnect_time_wait=0.2
    )
    databases = mongo.connect(running.mongo_url)
    try:
        yield County(running.nats_url, client, databases)
    finally:
        databases.close()
        await client.close()


async def _unheard(_: Exception) -> None:
    """What a lost connection means is decided where something is asked of it."""


@pytest_asyncio.fixture
async def empty_county(bus_and_database: Servers) -> AsyncIterator[County]:
    """Streams, databases and indexes as declared, and nothing in them."""
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def begun(bus_and_database: Servers) -> None:
    """Streams and databases as declared, once for a module whose tests leave them so."""
    async with county_on(bus_and_database) as county:
        await county.begins_anew()


@pytest_asyncio.fixture(loop_scope="module")
async def photoless(bus_and_database: Servers, begun: None) -> AsyncIterator[County]:
    """Without photos, answers and dead letters, and without a roster, which photos do not need."""
    async with county_on(bus_and_database) as county:
        await without_photos(county)
        yield county


@pytest_asyncio.fixture
async def county(empty_county: County) -> County:
    """With the roster of a few organisations loaded."""
    await empty_county.is_founded()
    return empty_county


LONGEST = (
    "the year",
    "tests/faults/test_outages.py",
    "tests/faults/test_crash_points.py",
    "tests/faults/test_kills.py",
    "tests/station/test_chaos.py",
    "tests/bench/test_bench.py",
    "tests/identity/test_enrolling.py",
    "tests/faults/test_takeover.py",
)
"""What takes a quarter of a minute or more begins first, so that the workers end together."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make test-quick` says."""
    parser.addoption("--quick", action="store_true", help="only the tests that start no server and no process")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first, and the year in its order."""
    if config.getoption("quick"):
        config.hook.pytest_deselected(items=keep_the_quick(items))
    items.sort(key=lambda item: (_place(LONGEST, _together(item.nodeid)), _place(ONE_YEAR, _file(item.nodeid))))


ONE_YEAR = (
    "tests/journeys/test_kills_in_the_year.py",
    "tests/journeys/test_year.py",
    "tests/browser/test_dashboards.py",
    "tests/browser/test_pages.py",
    "tests/browser/test_chromium_78_and_88.py",
    "tests/browser/test_axe.py",
    "tests/browser/test_console.py",
    "tests/browser/test_paper.py",
    "tests/browser/test_a_day_of_each_post.py",
    "tests/browser/test_doing.py",
)
"""In this order: each looks at the county that the one before it leaves."""


def _place(order: Sequence[str], what: str) -> int:
    """What is not in the order comes last."""
    return order.index(what) if what in order else len(order)


def _file(nodeid: str) -> str:
    return nodeid.split("::")[0]


def _together(nodeid: str) -> str:
    """A file stays together, so that what it starts is started once; so do those that look at one county."""
    file = _file(nodeid)
    return "the year" if file in ONE_YEAR else file


class Together(LoadFileScheduling):  # type: ignore[misc]
    """Hands out to the next free worker what stays together."""

    def _split_scope(self, nodeid: str) -> str:
        return _together(nodeid)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last words, after pytest's own."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter and not hasattr(config, "workerinput"):
        tells_what_was_not_tried([report.longrepr[2] for report in reporter.stats.get("skipped", ())])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """In place of the one that knows files only."""
    return Together(config, log)


__all__ = ["logs_as_json"]
