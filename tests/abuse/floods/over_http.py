"""What a stranger or one station may send to the gateway: each a function by its name."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from tests.submitters import Submitter

CONNECTIONS, READERS, SIGN_INS, SILENT, UNREAD = 20, 30, 6, 1_500, 400
LISTS = (
    "/inspection/api/patrols?from=2018-10-01&to=2018-12-31&by=organisation",
    "/inspection/patrols",
    "/feedback/",
    "/feedback/api/series?period=2018&organisation=150424",
)
"""Those that take longest to put together."""
A_FORM = "application/x-www-form-urlencoded"


class Asking(NamedTuple):
    """Which station asks, with its token, of which gateway."""

    code: str
    token: str
    client: httpx.AsyncClient

    @property
    def gateway(self) -> httpx.URL:
        """Its address."""
        return self.client.base_url


HttpKind = Callable[[Asking, asyncio.Event], Awaitable[int]]


async def over_and_over(one: Callable[[int], Awaitable[object]], hands: int, over: asyncio.Event) -> int:
    """So many at a time, until it is over; an answer that did not come counts too."""
    done = 0

    async def hand(n: int) -> None:
        nonlocal done
        while not over.is_set():
            with suppress(httpx.HTTPError, OSError):
                await one(n)
            done += 1

    await asyncio.gather(*(hand(n) for n in range(hands)))
    return done


async def submits(to: Asking, over: asyncio.Event) -> int:
    """Patrols of its own, with its token, waiting for each verdict."""
    patrol = Submitter(to.code).logs().message
    headers = {"authorization": f"Bearer {to.token}", "content-type": "application/json"}
    own = {name: value for name, value in patrol.headers.items() if name.startswith("ce-")}

    async def one(_: int) -> None:
        said = {**own, **headers, "ce-id": str(uuid4())}
        await to.client.post("/inspection/api/submissions", content=patrol.body, headers=said)

    return await over_and_over(one, CONNECTIONS, over)


async def asks_for_verdicts(to: Asking, over: asyncio.Event) -> int:
    """Of submissions that it never sent."""

    async def one(_: int) -> None:
        await to.client.get(f"/inspection/api/verdicts/{to.code}/{uuid4()}", auth=(to.code, to.token))

    return await over_and_over(one, CONNECTIONS, over)


async def reads(to: Asking, over: asyncio.Event) -> int:
    """The heaviest lists, thirty readers."""

    async def one(n: int) -> None:
        await to.client.get(LISTS[n % len(LISTS)], auth=(to.code, to.token))

    return await over_and_over(one, READERS, over)


async def deep_json(to: Asking, over: asyncio.Event) -> int:
    """Without a token."""
    headers = {"content-type": "application/cloudevents+json"}

    async def one(_: int) -> None:
        await to.client.post("/inspection/api/submissions", content=b"[" * 20_000, headers=headers)

    return await over_and_over(one, CONNECTIONS, over)


async def large_sign_ins(to: Asking, over: asyncio.Event) -> int:
    """Of 58 MB, and as large a form of nobody."""
    body = b"code=" + b"1" * 58_000_000

    async def one(n: int) -> None:
        path = "/inspection/sign-in" if n % 2 else "/inspection/patrol/windows-daily/150424-D02"
        await to.client.post(path, content=body, headers={"content-type": A_FORM, "sec-fetch-site": "same-origin"})

    return await over_and_over(one, SIGN_INS, over)


async def silent_connections(to: Asking, over: asyncio.Event) -> int:
    """Each with a form of which one byte came; whichever is ended is opened again."""
    where = urlsplit(str(to.gateway))
    head = f"POST /inspection/sign-in HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Type: {A_FORM}\r\n"
    tls = ssl._create_unverified_context() if where.scheme == "https" else None

    async def one(_: int) -> None:
        reader, writer = await asyncio.open_connection(where.hostname, where.port, ssl=tls)
        writer.write(f"{head}Content-Length: 900\r\n\r\na".encode())
        ended = asyncio.create_task(reader.read())
        await asyncio.wait([ended, asyncio.create_task(over.wait())], return_when=asyncio.FIRST_COMPLETED)
        writer.close()
        ended.cancel()

    return await over_and_over(one, SILENT, over)


async def takes_nothing(to: Asking, over: asyncio.Event) -> int:
    """Asks for the largest answer and reads none of it."""
    where = urlsplit(str(to.gateway))
    asked = b64encode(f"{to.code}:{to.token}".encode()).decode()
    head = f"GET {LISTS[0]} HTTP/1.1\r\nHost: {where.netloc}\r\nAuthorization: Basic {asked}\r\n\r\n"
    tls = ssl._create_unverified_context() if where.scheme == "https" else None

    async def one(_: int) -> None:
        small = socket.socket()
        small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        small.setblocking(False)
        await asyncio.get_running_loop().sock_connect(small, (where.hostname, where.port))
        name = "localhost" if tls else None
        unread, writer = await asyncio.open_connection(sock=small, ssl=tls, limit=1, server_hostname=name)
        writer.write(head.encode())
        await over.wait()
        writer.transport.abort()
        assert unread

    return await over_and_over(one, UNREAD, over)


OVER_HTTP: Mapping[str, HttpKind] = {
    "submissions over HTTP": submits,
    "verdicts over HTTP": asks_for_verdicts,
    "30 readers of the heaviest lists": reads,
    "deep JSON of nobody": deep_json,
    "6 sign-ins of 58 MB": large_sign_ins,
    "1,500 connections of a byte": silent_connections,
    "400 readers who take nothing": takes_nothing,
}


def client_of(environ: Mapping[str, str] = os.environ) -> httpx.AsyncClient:
    """As many connections as a kind wants."""
    return httpx.AsyncClient(base_url=environ["GATEWAY"], trust_env=False, verify=False, timeout=60, limits=NO_LIMITS)


NO_LIMITS = httpx.Limits(max_connections=None)
