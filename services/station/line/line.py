"""The line to the bus: one connection for as long as it holds; when it breaks, whoever uses it makes another.

nats-py's own reconnecting is left out: it ends for good when a key is refused, and says nothing of why.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import nats.errors
from nats.aio.client import Client

from services.station.folder import Folder, Hub
from shared.identity.access import Access

CONNECT = 5
"""Seconds for a connection and its greeting."""
CLOSING = 2
HANG_UPS, PAUSE = 3, 0.2
"""After so many in a row, seconds apart, it is the key: a bus that ends does not greet again."""
PING, UNANSWERED = 10, 2
"""Seconds between two pings, and how many may stay without an answer."""

SILENT = (TimeoutError, nats.errors.NoServersError)

Heard = Callable[[Exception], Awaitable[None]]
Closed = Callable[[], Awaitable[None]]
Connect = Callable[[Heard, Closed], Awaitable[Client]]
"""Makes a connection that never reconnects by itself; says of what it hears, and that it has closed."""


class HungUp(nats.errors.Error):
    """The bus greeted, was shown the key and hung up: over TLS its word of why is often lost."""


class Line:
    """A connection that stands, and what the bus said first when it would not do something."""

    def __init__(self) -> None:
        self.client = Client()
        self.lost = asyncio.Event()
        self.objected = asyncio.Event()
        self.said: Exception | None = None

    async def heard(self, error: Exception) -> None:
        """A denied publish is only told here; the first error says why, those after it may come of closing."""
        self.said = self.said or error
        self.objected.set()

    async def closed(self) -> None:
        self.lost.set()

    def why(self, error: Exception) -> Exception:
        """What was said by the bus explains more than that no answer, or no connection, came."""
        return self.said if self.said and isinstance(error, SILENT) else error


@asynccontextmanager
async def line(connect: Connect) -> AsyncIterator[Line]:
    """A line until the block is left; what keeps it from being made or breaks it is raised by its cause."""
    one = Line()
    try:
        one.client = await connect(one.heard, one.closed)
        yield one
    except (TimeoutError, nats.errors.Error, OSError) as error:
        if (cause := one.why(error)) is error:
            raise
        raise cause from error
    finally:
        await ended(one.client)


async def ended(client: Client) -> None:
    """Closed, or left behind: the client may wait for ever for the end of a TLS that never began."""
    with suppress(Exception):
        async with asyncio.timeout(CLOSING):
            await client.close()


def to_county(hub: Hub, folder: Folder, key: Path | None = None) -> Connect:
    """The connection of an enrolled station, with its key (the folder's, unless another is named) and its own inbox.

    Without a key file it is one without a key.
    """

    async def connect(heard: Heard, closed: Closed) -> Client:
        settings = {**options(hub.station), **access(hub, folder, key).options, "error_cb": heard, "closed_cb": closed}
        for _ in range(HANG_UPS):
            with suppress(HungUp):
                return await _connected(hub.bus, settings)
            await asyncio.sleep(PAUSE)
        raise HungUp("the bus hung up on the key")

    return connect


async def _connected(bus: Sequence[str], settings: dict[str, Any]) -> Client:
    client = Client()
    try:
        await client.connect(list(bus), **settings)
    except ConnectionError as error:
        greeted = client.client_id is not None  # which closing forgets
        await ended(client)
        if not greeted:
            raise
        raise HungUp(str(error)) from error
    except BaseException:
        await ended(client)
        raise
    if client.is_connected:
        return client
    await ended(client)
    raise HungUp("no word after the greeting")


def access(hub: Hub, folder: Folder, key: Path | None = None) -> Access:
    """The station's key, and the authority by which it knows the bus; both come with enrolment."""
    creds = key or folder.creds
    return Access(creds if creds.exists() else None, folder.ca if hub.bus[0].startswith("tls:") else None)


def options(name: str) -> dict[str, Any]:
    """Two tries and no more: the next connection is another's decision."""
    return {
        "name": name,
        "allow_reconnect": False,
        "max_reconnect_attempts": 1,
        "reconnect_time_wait": 0.1,
        "connect_timeout": CONNECT,
        "ping_interval": PING,
        "max_outstanding_pings": UNANSWERED,
    }


def trusting(ca: Path, alone: bool = False) -> ssl.SSLContext:
    """Trusts whom this PC trusts, and the county's own authority; or, `alone`, that authority and nobody else."""
    if alone:
        return ssl.create_default_context(cafile=str(ca))
    context = ssl.create_default_context()
    if ca.exists():
        context.load_verify_locations(ca)
    return context
