"""Whatever is posted to whatever address, by whomever, is answered in words, and the connection goes on."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import NamedTuple

import pytest
from fastapi import FastAPI

from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers.readiness import listening
from shared.process.answering import _server
from shared.process.config import Settings
from shared.services import SERVICES
from shared.web.reading import declared
from tests.browsing import token
from tests.county import County
from tests.processes_here import ROUTES, running
from tests.submitters import hall

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
DEEP = b"[" * 20_000
SURROGATE = rb'{"specversion": "1.0", "id": "\ud800", "data": {"a": "\udfff"}, "code": "\ud800"}'
BODIES = {
    "deep JSON as an event": ("application/cloudevents+json", DEEP),
    "deep objects as an event": ("application/cloudevents+json", b'{"a":' * 20_000),
    "half a character as an event": ("application/cloudevents+json", SURROGATE),
    "deep JSON": ("application/json", DEEP),
    "half a character": ("application/json", SURROGATE),
    "no UTF-8": ("application/json", b"\xff\xfe\x00"),
    "nothing": ("application/json", b""),
    "a number": ("application/json", b"1e400"),
    "half a character in a form": (FORM, b"code=%ED%A0%80&token=%00&back=%FF&kept=%ED%BF%BF"),
    "a form of signs": (FORM, b"&&&===;;;%%%%zz=%zz&" * 50),
    "many fields": (FORM, b"a=1&" * 5_000),
    "parts that do not end": (PARTS, b'--x\r\nContent-Disposition: form-data; name="photos"; filename="a"\r\n\r\nabc'),
    "parts that do not begin": (PARTS, b"\r\n\r\nabc"),
    "a part without a name": (PARTS, b"--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n"),
    "parts of no boundary": ("multipart/form-data", b"--x--"),
    "an encoding that is none": (
        PARTS + "; charset=q",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
    ),
}
A_PLACE = {"submitter": hall.code, "organisation": hall.code, "code": hall.code, "sequence": "1"}


class Connection(NamedTuple):
    """One, kept from request to request."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def asks(self, method: str, path: str, kind: str = "", body: bytes = b"", more: str = "") -> int:
        """The status; what was said is read to its end."""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: county\r\nContent-Length: {len(body)}\r\nContent-Type: {kind}\r\n{more}"
        )
        self.writer.write(head.encode("latin-1") + b"\r\n" + body)
        head_said = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = next((line for line in head_said.split(b"\r\n") if line.startswith(b"content-length:")), b":0")
        await self.reader.readexactly(int(length.split(b":")[1]))
        return int(head_said.split()[1])


@asynccontextmanager
async def served(county: County, service: str) -> AsyncIterator[tuple[FastAPI, Connection]]:
    """A service's application as its process serves it."""
    app, port = FastAPI(openapi_url=None), any_free()
    ROUTES[service](app, running(county, service))
    settings = Settings(
        county="150424",
        nats_url="nats://unused",
        mongo_url="mongodb://unused",
        http_port=port,
        http_host=HOST,
        instance="test-1",
    )
    server = _server(app, settings)
    serving = asyncio.create_task(server.serve())
    await listening(port)
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        yield app, Connection(reader, writer)
    finally:
        writer.close()
        server.should_exit = True
        await serving


def posts(app: FastAPI) -> Iterator[str]:
    """Every address that something may be posted to."""
    for route in declared(app):
        if "POST" in route.methods:
            yield re.sub(r"\{(\w+)(:\w+)?\}", lambda name: A_PLACE.get(name[1], "x"), route.path)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("service", SERVICES)
async def test_strange_bodies_are_answered_and_the_connection_goes_on(county: County, service: str) -> None:
    async with served(county, service) as (app, connection), asyncio.timeout(300):
        addresses = sorted(set(posts(app)))
        assert len(addresses) >= 3
        wrong = []
        for path in addresses:
            for name, (kind, body) in BODIES.items():
                status = await connection.asks("POST", path, kind, body)
                if status >= 500:
                    wrong.append(f"{path}: {name}: {status}")
                assert await connection.asks("GET", f"/{service}/healthz") == 200
        assert wrong == [], "\n".join(wrong)


async def test_a_submission_with_its_token_says_what_is_wrong_with_it(county: County) -> None:
    """Half a character is JSON and no text."""
    code, right = token(hall.code)
    attributes = {"specversion": "1.0", "id": "x", "source": code, "type": "log-inspection", "subject": code}
    async with served(county, "inspection") as (_, connection):
        for wrong in ({"data": {"note": "\ud800"}}, {"subject": "\ud800"}, {"data": "\udfff" * 10}):
            body = json.dumps({**attributes, "data": {}, **wrong}).encode()
            bearer = f"Authorization: Bearer {right}\r\n"
            status = await connection.asks(
                "POST", "/inspection/api/submissions", "application/cloudevents+json", body, bearer
            )
            assert status == 400
        assert await connection.asks("GET", "/inspection/healthz") == 200
