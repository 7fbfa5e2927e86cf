"""Brings submissions and photos of a township's stations to the county, in their order, when there is a line.

At the county it is a client among the stations: what it says there is under its own rights. A message is done here when
the county has stored it; between the two it may be brought once more, under the id by which the county knows a repeat.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nats.errors
from nats.aio.client import Client

from deploy.setup.streams import made
from deploy.township.answering import Answering
from shared.backoff import doubling, jittered
from shared.bus.connection import Bus, BusRefused, Message
from shared.bus.leaf import WAITING, photos_at, submissions_at
from shared.bus.publishing import PublishRefused, publish_by_shares
from shared.bus.puller import OutOfStep, Puller, PullFailed, create_consumer
from shared.bus.streams import PHOTOS, SUBMISSIONS, Subscription
from shared.events import Submission
from shared.events.outgoing import LONGEST_SUBJECT, Outgoing, submission_subject
from shared.identity.access import Access, enter

FIRST, LONGEST = 0.5, 30.0
"""Seconds before the line is tried again, jittered by half."""
WAIT = 2.0
"""Seconds a look waits for something new."""
ANSWER = 10.0
"""Seconds that the county's bus may take to answer."""
PING, UNANSWERED = 10, 2
FAULTS = (nats.errors.Error, BusRefused, PublishRefused, PullFailed, OutOfStep, TimeoutError, OSError)
IS_CARRIED = re.compile(r"ce-[a-z0-9]{1,20}|content-type|photo-chunks|Nats-Msg-Id").fullmatch
"""The headers that go along; what else there is of them is the bus's own, nobody's, or what no client may write."""
MOST = min(SUBMISSIONS.max_message, PHOTOS.max_message)
"""Bytes that the county's streams take."""

log = logging.getLogger(__name__)


class NotALine(Exception):
    """The folder is none that was made for a township."""


@dataclass(frozen=True, slots=True)
class Township:
    """What its folder says: where the county's bus is, and for whom it may speak there."""

    folder: Path
    county: str
    stations: tuple[str, ...]

    @classmethod
    def of(cls, folder: Path) -> Township:
        """As `deploy.identity --leaf` made it."""
        try:
            said = json.loads((folder / "line.json").read_text())
            return cls(folder, str(said["county"]), tuple(said["stations"]))
        except (OSError, ValueError, KeyError) as error:
            raise NotALine(f"{folder} holds no line.json as python -m deploy.identity --leaf makes it") from error

    def access(self, name: str) -> Access:
        """With `here.creds` at its own bus, with `line.creds` at the county's."""
        return Access(self.folder / f"{name}.creds", self.folder / "ca.pem")


async def carries(folder: Path, url: str) -> None:
    """Until it is cancelled; while there is no line everything waits at the township's bus, at `url`."""
    township = Township.of(folder)
    log.info("what waits at %s is brought to %s", url, township.county)
    connection = await enter(url, township.access("here"), max_reconnect_attempts=-1)
    try:
        here = Bus(connection)
        await _declared(here, township.stations)
        answering = Answering(connection)
        await answering.listens()
        await _line_after_line(township, here, answering)
    finally:
        await connection.close()


async def _declared(here: Bus, stations: Sequence[str]) -> None:
    for config in (submissions_at(stations), photos_at(stations)):
        await made(here, config)
    for one in WAITING:
        await create_consumer(here, one)


async def _line_after_line(township: Township, here: Bus, answering: Answering) -> None:
    """Each until it breaks; the longer there is none, the more seldom it is tried."""
    waits = doubling(FIRST, LONGEST)
    while True:
        try:
            async with _line(township) as (county, lost):
                log.info("the line to %s is there", township.county)
                waits = doubling(FIRST, LONGEST)
                async with answering.over(county, township.stations):
                    brought = (_brings(here, county, of, township.stations) for of in WAITING)
                    await _first_to_end(lost.wait(), *brought)
        except FAULTS as error:
            log.warning("no line: %s", repr(error)[:200])
        await asyncio.sleep(jittered(next(waits)))


@asynccontextmanager
async def _line(township: Township) -> AsyncIterator[tuple[Client, asyncio.Event]]:
    lost = asyncio.Event()

    async def closed() -> None:
        lost.set()

    access = township.access("line")
    once = {"allow_reconnect": False, "max_reconnect_attempts": 1, "connect_timeout": 5, "closed_cb": closed}
    county = await enter(township.county, access, ping_interval=PING, max_outstanding_pings=UNANSWERED, **once)
    try:
        yield county, lost
    finally:
        with suppress(Exception):
            async with asyncio.timeout(2):
                await county.close()


async def _brings(here: Bus, county: Client, of: Subscription, stations: Sequence[str]) -> None:
    """Batch after batch, each done here when the county has it."""
    puller = Puller(here, of)
    try:
        await puller.rewind()
        while True:
            if messages := await puller.pull(of.batch, WAIT):
                await _stored(county, [*_to_be_brought(messages, stations)])
                await here.acknowledge(messages[-1])
    finally:
        with suppress(Exception):
            await puller.close()


def _to_be_brought(messages: Sequence[Message], stations: Sequence[str]) -> Iterator[Outgoing]:
    """What the county will never take would end each line anew; a byte that is no character is sent as three."""
    for one in messages:
        if is_ours(one.subject, stations):
            brought = outgoing(one)
            if brought.size <= MOST and len(brought.subject.encode()) <= LONGEST_SUBJECT:
                yield brought
            else:
                log.warning("not brought: number %d is too large", one.sequence)


async def _stored(county: Client, messages: Sequence[Outgoing]) -> None:
    """One that the county can never store takes no other along: a batch is refused whole, for whichever reason."""
    try:
        await publish_by_shares(county, messages, ANSWER)
    except PublishRefused as no:
        if len(messages) > 1:
            for one in messages:
                await _stored(county, [one])
        elif no.is_for_good:
            log.warning("not brought: %s", no)
        else:
            raise


def outgoing(message: Message) -> Outgoing:
    """As it came: its ids are those by which the county knows a repeat."""
    headers = {name: value for name, value in message.headers.items() if IS_CARRIED(name)}
    return Outgoing(message.subject, message.body, headers)


def is_ours(subject: str, stations: Sequence[str]) -> bool:
    """Whether anybody listens for it at the county: else it would be waited for without an end."""
    what, *tokens = subject.split(".")
    if what == "photo":
        return tokens[0] in stations
    _, type_name, submitter = tokens
    kind = Submission.registry.get(type_name)
    known = kind is not None and subject == submission_subject(kind.service, type_name, submitter)
    return known and submitter in stations


async def _first_to_end(*working: Coroutine[Any, Any, Any]) -> None:
    """Runs all until one ends; the others are ended with it, and what it failed by is raised."""
    tasks = [asyncio.create_task(one) for one in working]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
