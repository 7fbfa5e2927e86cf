"""Whatever one station has its township's bus keep, the line brings what the others sent: it stops at nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from nats.errors import NoRespondersError

from deploy.embedded.servers.running import Server
from deploy.identity.making import make
from deploy.setup.streams import declare
from deploy.township.carrying import carries
from shared.bus.connection import Bus, Message
from shared.bus.publishing import publish_each
from shared.bus.shares import kept_under
from shared.bus.streams import SUBMISSIONS
from shared.events.outgoing import Outgoing
from tests.county import ended
from tests.journeys.test_leaf import both
from tests.keys import Guest, everything, guest
from tests.keys import station as key_of
from tests.submitters import Said, station, stations

pytestmark = pytest.mark.asyncio(loop_scope="module")
PATIENCE = 60.0
OTHER = stations[1]
OWN = station.logs().message.subject.encode()
UNREAD = b"\xff"
"""Comes out of a client as three bytes."""
PHOTO = b"photo.%s.%%s.0" % station.code.encode()


def line(name: bytes, value: bytes) -> bytes:
    return name + b": " + value


ODD = {
    "a usual one": (OWN, line(b"ce-id", b"1")),
    "a header that no client may write": (OWN, line(b"ce-x(y", b"1")),
    "a header with a space": (OWN, line(b"ce-a b", b"1")),
    "an id with one": (OWN, line(b"Nats-Msg-Id (", b"1")),
    "no id": (OWN, line(b"Nats-Msg-Id", b"")),
    "a long id": (OWN, line(b"Nats-Msg-Id", b"i" * 50_000)),
    "a header that grows above the stream": (OWN, line(b"ce-actor", UNREAD * 25_000)),
    "one that grows above what the key may send": (OWN, line(b"ce-actor", UNREAD * 50_000)),
    "a batch of its own": (OWN, line(b"Nats-Batch-Idx", b"1")),
    "odd spaces": (PHOTO % b"a\x0b\x0cb\xc2\xa0", line(b"photo-chunks", b"1")),
    "a long subject": (PHOTO % (b"a" * 32_000), line(b"photo-chunks", b"1")),
    "one that grows": (PHOTO % (UNREAD * 12_000), line(b"photo-chunks", b"1")),
}


@dataclass(frozen=True)
class Ends:
    """Both ends of the line, and what lies there."""

    county: Bus
    station: Guest

    async def says(self, subject: bytes, header: bytes, body: bytes = b"{}") -> None:
        """As a program of its own says it that asks no library."""
        head = b"NATS/1.0\r\n" + header + b"\r\n\r\n"
        sizes = b"%d %d" % (len(head), len(head) + len(body))
        await self.station.client._send_command(b"HPUB %s %s\r\n%s%s\r\n" % (subject, sizes, head, body))
        await self.station.client._flush_pending()

    async def keeps(self) -> None:
        """Returns when the township's bus keeps what is said; the line's program makes its streams when it begins."""
        async with asyncio.timeout(60):
            while True:
                with suppress(NoRespondersError):
                    await publish_each(self.station.client, [station.serves(n=99).message], 5)
                    return
                await asyncio.sleep(0.05)

    async def is_there(self, said: Said) -> Message:
        """At the county."""
        async with asyncio.timeout(PATIENCE):
            while (found := await self.county.last(SUBMISSIONS.name, kept_under(said.message.subject))) is None or (
                found.headers.get("ce-id") != said.id
            ):
                await asyncio.sleep(0.05)
        return found


async def running(folder: Path) -> tuple[Server, Server]:
    make(folder / "secrets")
    hub, leaf = both(folder, folder / "secrets")
    await hub.start()
    await leaf.start()
    return hub, leaf


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ends(quick_folder: Path) -> AsyncIterator[Ends]:
    folder = quick_folder / "goes-on"
    folder.mkdir()
    hub, leaf = await running(folder)
    own, secrets = folder / "secrets" / "t-150424100", folder / "secrets"
    async with guest(hub.url, everything(secrets)) as county, guest(leaf.url, key_of(secrets, station.code)) as one:
        await declare(Bus(county.client))
        carrying = asyncio.create_task(carries(own, leaf.url))
        try:
            here = Ends(Bus(county.client), one)
            await here.keeps()
            yield here
        finally:
            await ended([carrying])
            await leaf.kill()
            await hub.kill()


@pytest.mark.parametrize("odd", ODD)
async def test_behind_what_cannot_be_brought_the_next_is(ends: Ends, odd: str) -> None:
    said = station.serves(n=[*ODD].index(odd) + 1)
    await ends.says(*ODD[odd])
    await publish_each(ends.station.client, [said.message], 5)
    await ends.is_there(said)


async def test_the_largest_that_a_stream_takes_is_brought_in_the_midst_of_others(ends: Ends) -> None:
    """Seen: an atomic batch adds some bytes to each, was refused whole for it, and again for ever."""
    last, empty = station.serves(3, n=7), Outgoing(OWN.decode(), b"", {"ce-id": "x"})
    large = empty._replace(body=b"x" * (SUBMISSIONS.max_message - empty.size))
    small = [station.serves(2, n=n).message for n in range(200, 230)]
    await asyncio.gather(*(publish_each(ends.station.client, [one], 5) for one in (*small[:15], large, *small[15:])))
    await publish_each(ends.station.client, [last.message], 5)
    await ends.is_there(last)
    held = await ends.county.following(SUBMISSIONS.name, kept_under(large.subject), 0, 200)
    assert large.body in [one.body for one in held]
