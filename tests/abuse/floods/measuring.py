"""What everybody else notices: how long another station waits for a verdict, and somebody for a light page."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from statistics import quantiles
from typing import NamedTuple
from uuid import uuid4

import httpx
import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.bus.photos import cut, digest_of
from shared.bus.publishing import PublishRefused, publish_by_shares
from shared.events.outgoing import Outgoing
from tests.abuse.floods.kinds import another
from tests.bench.ground import Ground
from tests.keys import guest, station
from tests.photographs import photograph
from tests.submitters import Submitter

EVERY, PHOTO_EVERY = 0.05, 1.0
"""Seconds between two, sent when they are due whatever became of those before."""
PATIENCE = 60.0
"""What was not answered by then counts as much."""
PAGE = "/roster/sign-in"


class Waits(NamedTuple):
    """Seconds."""

    p50: float
    p99: float

    @classmethod
    def of(cls, took: list[float]) -> Waits:
        """Of few, the 99th of a hundred is the longest."""
        cuts = quantiles(took, n=100, method="inclusive")
        return cls(cuts[49], cuts[98] if len(took) >= 100 else max(took))


class Noticed(NamedTuple):
    """By another station and by a reader."""

    verdict: Waits
    photo: Waits
    page: Waits


class Other:
    """A station that floods nobody."""

    def __init__(self, code: str, client: Client, http: httpx.AsyncClient) -> None:
        self._code, self._client, self._http = code, client, http
        self._patrol = Submitter(code).logs().message
        self._heard: dict[str, asyncio.Event] = {}

    async def hear(self, message: Msg) -> None:
        """A verdict."""
        if waits := self._heard.get(message.subject.split(".")[2]):
            waits.set()

    async def notices(self, seconds: float) -> Noticed:
        """For so long."""
        kinds = ((self._verdict, EVERY), (self._photo, PHOTO_EVERY), (self._page, 2 * EVERY))
        return Noticed(*await asyncio.gather(*(_waits(one, every, seconds) for one, every in kinds)))

    async def _verdict(self) -> None:
        id = str(uuid4())
        await self._answered(id, [another(self._patrol, self._code, id)])

    async def _photo(self) -> None:
        picture = photograph(64, 48) + uuid4().bytes
        await self._answered(digest_of(picture), list(cut(self._code, picture)))

    async def _answered(self, id: str, messages: Sequence[Outgoing]) -> None:
        answered = self._heard[id] = asyncio.Event()
        await publish_by_shares(self._client, messages, PATIENCE)
        await answered.wait()
        del self._heard[id]

    async def _page(self) -> None:
        assert (await self._http.get(PAGE)).status_code == 200


async def _waits(one: Callable[[], Awaitable[None]], every: float, seconds: float) -> Waits:
    took: list[float] = []

    async def timed() -> None:
        begun, is_answered = time.perf_counter(), False
        with suppress(TimeoutError, httpx.HTTPError, nats.errors.Error, PublishRefused):
            async with asyncio.timeout(PATIENCE):
                await one()
                is_answered = True
        took.append(time.perf_counter() - begun if is_answered else PATIENCE)

    begun = time.perf_counter()
    async with asyncio.TaskGroup() as under_way:
        for n in range(int(seconds / every)):
            await asyncio.sleep(begun + n * every - time.perf_counter())
            under_way.create_task(timed())
    return Waits.of(took)


@asynccontextmanager
async def other(here: Ground, gateway: str, code: str) -> AsyncIterator[Other]:
    """It hears its verdicts as every station does."""
    async with (
        guest(here.servers.nats_url, station(here.folder / "secrets", code)) as line,
        httpx.AsyncClient(base_url=gateway, trust_env=False, verify=False, timeout=PATIENCE) as http,
    ):
        one = Other(code, line.client, http)
        await line.client.subscribe(f"verdict.{code}.*", cb=one.hear)
        yield one
